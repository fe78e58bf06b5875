"""This room invents what stories are made of: people, places, sentences, verse, letters, scripts and pictures."""

from tests.archives.chance import Chance
from tests.archives.truth import Form, Gap, Passage, Piece, bold, italic

PEOPLE = [
    "Marit",
    "Odo",
    "Ilse",
    "Brannagh",
    "Tove",
    "Calloway",
    "Señora Ruiz",
    "Étienne",
    "Jürg",
    "Mags",
    "Pell",
    "Dr. Aske",
]
THINGS = ["lamp", "ferry", "orchard gate", "ledger", "kettle", "lighthouse", "well-rope", "signal flag", "map", "piano"]
PLACES = ["harbour", "mill", "old post office", "salt road", "chapel", "greenhouse", "north stair", "café", "weir"]
SAID = ["said", "asked", "whispered", "muttered", "answered", "shouted over the wind"]
MOODS = [
    "quietly",
    "at last",
    "without turning round",
    "for the third time",
    "in spite of everything",
    "as if it mattered",
]
ADJECTIVES = ["grey", "patient", "half-forgotten", "crooked", "salt-stained", "bright", "ordinary", "borrowed"]
TELLING = [
    "The {adjective} {thing} stood where {person} had left it, beside the {place}.",
    "{person} walked down to the {place} {mood}, and counted the {adjective} boats.",
    "Nobody in the {place} had seen the {thing} since the night of the storm, or said so {mood}.",
    "It was not the {adjective} kind of morning that {person} had hoped for; it was the other kind.",
    "By noon the {thing} was cold again, the {place} was empty, and {person} had stopped pretending to read.",
    "There were 12 steps from the {place} to the {thing}, and {person} knew all of them by their creak.",
    "Rain came in over the {place}, slowly at first, then all at once.",
    "{person} thought of the {adjective} {thing} and of what had been promised beside it.",
    "Somewhere behind the {place} a dog barked, twice, and was quiet.",
    "The two of them went on, past the {place} and the {adjective} {thing}, until the road gave out.",
]
TALK = [
    '"You might have told me about the {thing}," {person} {said} {mood}.',
    '"Not the {thing}. Anything but the {adjective} {thing}," {said} {person}.',
    '"And who," {person} {said}, "is going to carry it to the {place}?"',
    '"I know," {person} {said}. "I was there when it fell."',
    '"It is a {adjective} day for it," {said} {person}, and meant the {place}.',
]
# Dialogue and narration that a careless reader takes for a header, a heading, furniture or an end.
TRAPS = [
    '"Rating: poor," {person} read aloud from the inspector\'s card, "and the {thing} worse."',
    '"Note: bring the {thing}," said the slip of paper that {person} held up to the light.',
    '"Summary: we lost," {person} {said} {mood}.',
    '"Disclaimer? I own the {place} and everything in it," {person} {said}.',
    "Warning: the sign said no more than that, and {person} walked past it to the {place} as everybody did.",
    "Part of the {place} had burned, and part of the {thing} with it.",
    "The end of the {place} was nearer than {person} had thought.",
    "Chapter and verse, that was what {person} wanted, and what the {place} never gave.",
    "To be continued was all the {adjective} notice on the {thing} had to say about it, and {person} laughed.",
    "Author of three letters about the {thing}, {person} was known at the {place} for a fourth.",
]


def fill(chance: Chance, template: str) -> str:
    return template.format(
        person=chance.choice(PEOPLE),
        thing=chance.choice(THINGS),
        place=chance.choice(PLACES),
        said=chance.choice(SAID),
        mood=chance.choice(MOODS),
        adjective=chance.choice(ADJECTIVES),
    )


def paragraph(chance: Chance, sentences: int = 0) -> Passage:
    """Narration of several sentences, long enough to need wrapping."""
    count = sentences or chance.randint(2, 5)
    return prose(" ".join(fill(chance, chance.choice(TELLING)) for _ in range(count)))


def prose(text: str) -> Passage:
    return Passage(Form.PROSE, (text,))


def talk(chance: Chance) -> Passage:
    lines = [fill(chance, chance.choice(TALK))]
    if chance.likely(0.6):
        lines.append(fill(chance, chance.choice(TELLING)))
    return prose(" ".join(lines))


def trap(chance: Chance) -> Passage:
    return prose(fill(chance, chance.choice(TRAPS)))


def emphatic(chance: Chance) -> Passage:
    """A paragraph with a word or two set apart."""
    words = paragraph(chance, 2).text.split(" ")
    place = chance.randrange(1, len(words) - 2)
    if not words[place].isalpha() or not words[place + 1].isalpha():
        return prose(
            f"It was {italic('never')} about the {chance.choice(THINGS)}, and {italic('that much')} they knew."
        )
    words[place : place + 2] = [italic(f"{words[place]} {words[place + 1]}")]
    return prose(" ".join(words))


def outcry(chance: Chance) -> Passage:
    return prose(
        f'"{bold("Stop")} where you are," {chance.choice(PEOPLE)} said to the man by the {chance.choice(PLACES)}.'
    )


def verse(chance: Chance) -> Passage:
    first, second = chance.choice(THINGS), chance.choice(PLACES)
    return Passage(
        Form.LINES,
        (
            f"Over the {second} and under the rain,",
            f"nobody carries the {first} again,",
            "over the water and over the stone,",
            f"nobody walks to the {second} alone.",
        ),
    )


def letter(chance: Chance) -> list[Piece]:
    writer, reader = chance.sample(PEOPLE, 2)
    return [
        prose(f"Dear {reader},"),
        paragraph(chance, 3),
        Passage(Form.LINES, ("Yours, in haste,", writer)),
    ]


def mail(chance: Chance) -> list[Piece]:
    """An e-mail that people in the story read: its labels are text."""
    writer, reader = chance.sample(PEOPLE, 2)
    head = (f"From: {writer}", f"To: {reader}", f"Subject: the {chance.choice(THINGS)}", "Date: Tuesday")
    return [paragraph(chance, 2), Passage(Form.LINES, head), paragraph(chance, 2)]


def script(chance: Chance) -> Passage:
    first, second = (name.split()[-1].upper() for name in chance.sample(PEOPLE, 2))
    return Passage(
        Form.LINES,
        (
            f"{first}: You came back for the {chance.choice(THINGS)}.",
            f"{second}: I came back for nothing of the kind.",
            f"{first}: (quietly) Then sit down.",
            f"{second}: By the {chance.choice(PLACES)}? Never.",
        ),
    )


ART = [
    ("      /\\_/\\", "     ( o.o )", "      > ^ <"),
    ("   __|__", "  \\_____/", " ~~~~~~~~~~~"),
    ("  +-------+", "  | 4 | 7 |", "  +-------+", "  | 1 | 9 |", "  +-------+"),
]


def art(chance: Chance) -> Passage:
    return Passage(Form.ART, chance.choice(ART))


def quotation(chance: Chance) -> Passage:
    """Mail quoted by somebody in the story."""
    lines = (
        f"> Did you find the {chance.choice(THINGS)}?",
        f"> It was by the {chance.choice(PLACES)} on Monday,",
        "> and I need it.",
    )
    return Passage(Form.QUOTE, lines)


def scene(chance: Chance, passages: int) -> list[Piece]:
    makers = (paragraph, paragraph, talk, talk, talk)
    return [chance.choice(makers)(chance) for _ in range(passages)]


def text(chance: Chance, *, scenes: int = 2, extra: tuple[Piece, ...] = ()) -> tuple[Piece, ...]:
    """A chapter: scenes of paragraphs with gaps between them, `extra` within the first scene, never at its edge."""
    pieces: list[Piece] = []
    for number in range(scenes):
        told = scene(chance, chance.randint(4, 9))
        if not number:
            told[0], told[-1] = paragraph(chance, 3), paragraph(chance, 3)
            told[2:2] = extra
        pieces += ([Gap()] if pieces else []) + told
    return tuple(pieces)
