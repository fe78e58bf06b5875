"""This room draws the header of a tale: what is said of it, under which label, and what that means."""

from typing import NamedTuple

from bot.domain.models import Link, LinkKind, Rating
from tests.archives.chance import Chance

Spelling = str
# As the facts count and name them; `unseen` has others.
LABELS: dict[str, list[Spelling]] = {
    "rating_raw": ["Rating", "RATING", "Rated"],
    "description": ["Summary", "Description", "SUMMARY"],
    "spoilers": ["Spoilers", "SPOILERS", "Spoiler"],
    "cautions": ["Warning", "Warnings", "WARNING"],
    "before": ["Author's Note", "Author's Notes", "Author’s Note", "Note", "Notes", "A/N", "AUTHOR'S NOTE"],
    "disclaimer": ["Disclaimer", "DISCLAIMER", "Disclaimers"],
    "tags": ["Category", "Classification", "Keywords", "Pairing", "Genre"],
    "fandom": ["Fandom", "FANDOM"],
    "written": ["Date", "Written", "DATE"],
    "status": ["Status", "STATUS"],
    "series": ["Series", "SERIES"],
    "authors": ["Author", "AUTHOR", "By", "Written by"],
    "title": ["Title", "TITLE", "Story"],
    "language": ["Language"],
}


class Saying(NamedTuple):
    """One field as a header says it, and what it means."""

    field: str  # of NOTHING
    label: str
    value: str
    meaning: object


class Relation(NamedTuple):
    """How a description names another story, and what that is."""

    words: str
    kind: LinkKind


RELATIONS = [
    Relation("sequel to {title}", LinkKind.SEQUEL),
    Relation("prequel to {title}", LinkKind.PREQUEL),
    Relation("companion to {title}", LinkKind.COMPANION),
    Relation("takes place after {title}", LinkKind.FOLLOWS),
    Relation("follows {title}", LinkKind.FOLLOWS),
]
DESCRIPTIONS = [
    "A lamp is lost, and a friendship with it",
    "Marit rescues Odo from the flood",
    "What the ferryman saw on the night of the storm",
    "Two people, one kettle, no harbour",
    "Seven letters that were never sent",
]
RATINGS = ["G", "PG", "PG-13", "R", "NC-17"]
# What each spelling means; what is none of them is not rated, and so the strictest.
MEANINGS = {
    **dict.fromkeys(["G", "K", "General", "General Audiences"], Rating.G),
    **dict.fromkeys(["PG", "K+", "k+", "PG, I think"], Rating.PG),
    **dict.fromkeys(["PG-13", "PG 13", "PG13", "pg-13", "Pg-13", "T", "Teen", "Teen and Up"], Rating.PG_13),
    **dict.fromkeys(["PG-13 for language", "Mild PG-13"], Rating.PG_13),
    **dict.fromkeys(["R", "M", "Mature", "MATURE", "R (violence)", "R for language"], Rating.R),
    **dict.fromkeys(["NC-17", "NC17", "nc-17", "NC 17", "X", "MA", "Explicit", "explicit"], Rating.NC_17),
}
DATES = [
    ("2001-05-30", "2001-05-30"),
    ("5/30/2001", "2001-05-30"),
    ("8/15/99", "1999-08-15"),
    ("May 30, 2001", "2001-05-30"),
]
VALUES: dict[str, list[tuple[str, object]]] = {
    "spoilers": [("The Long Tide", ("The Long Tide",)), ("Low Water, The Storm", ("Low Water", "The Storm"))],
    "cautions": [("violence", ("violence",)), ("violence, bad language", ("violence", "bad language"))],
    "before": [
        ("This was written on a train.", ("This was written on a train.",)),
        ("Thanks to Brannagh for reading it twice.", ("Thanks to Brannagh for reading it twice.",)),
    ],
    "disclaimer": [
        ("The weir is not mine.", "The weir is not mine."),
        ("They belong to the BBC.", "They belong to the BBC."),
    ],
    "tags": [("Drama, Angst", ("Drama", "Angst")), ("Humour", ("Humour",))],
    "fandom": [("The Weir", ("The Weir",)), ("Salt Road", ("Salt Road",))],
    "written": [(raw, meaning) for raw, meaning in DATES],
    "status": [("Complete", "Complete"), ("In progress", "In progress")],
    "language": [("English", "English"), ("Deutsch", "Deutsch")],
}
PAIRINGS: list[tuple[str, object]] = [
    ("Marit/Odo", ("Marit/Odo",)),
    ("Tove/Ilse, Pell/Mags", ("Tove/Ilse", "Pell/Mags")),
]
ORDINARY = ["spoilers", "cautions", "before", "disclaimer", "tags", "fandom", "written", "status", "language"]


def label(chance: Chance, field: str) -> Spelling:
    from tests.archives import unseen  # it names this room's Spelling

    return chance.of(LABELS[field], unseen.LABELS.get(field, []))


def saying(chance: Chance, field: str) -> Saying:
    spelling = label(chance, field)
    values = PAIRINGS if spelling in {"Pairing", "Pairings"} else VALUES[field]
    value, meaning = chance.choice(values)
    return Saying(field, spelling, value, meaning)


def rating(chance: Chance, raw: str = "") -> Saying:
    raw = raw or chance.choice(RATINGS)
    return Saying("rating_raw", label(chance, "rating_raw"), raw, raw)


def description(chance: Chance, relation: Relation | None = None, target: str = "") -> list[Saying]:
    """The description, and the link it makes; a link is no label of its own, so its saying has no value."""
    text = chance.choice(DESCRIPTIONS)
    if relation is None:
        return [Saying("description", label(chance, "description"), f"{text}.", f"{text}.")]
    text = f"{text}, {relation.words.format(title=target)}."
    return [
        Saying("description", label(chance, "description"), text, text),
        Saying("links", "", "", (Link(relation.kind, target),)),
    ]


def header(chance: Chance) -> list[Saying]:
    """Rating and description, and some of the others, each once, in no settled order."""
    others = chance.sample(ORDINARY, chance.randint(1, 4))
    return [rating(chance), *description(chance), *(saying(chance, field) for field in others)]
