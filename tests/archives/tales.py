"""This room makes a tale: its title page, what is said of it, and its chapters."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.domain.models import Rating
from tests.archives import fields, prose, unseen
from tests.archives.chance import Chance
from tests.archives.fields import Saying
from tests.archives.truth import NOTHING, Chapter, Number, Piece

TITLES = [
    "Letting the Water In",
    "Won by a Hair",
    "Down by the Weir",
    "Late, Later, Never",
    "Seven Lamps",
    "The Ferryman’s Daughter",
    "Ebb - Flow",
    "Not So Very Far",
    "Low Water",
    "Of Salt, Of Rope",
    "What the Dog Knew",
    "Été",
    "A Kettle for Two",
    "Stand by Me",
]
AUTHORS = [
    "Ruth Kessler",
    "Zoë Marchbanks",
    "Tam Okafor",
    "S. L. Whitlow",
    "Björn Ekdahl",
    "kestrel",
    "Nightjar",
    "Mary-Ann O'Dell",
    "Señora Paz",
    "Anders von Weir",
]
SERIES = ["Salt Road", "The Weir Cycle", "Changing Lamps", "North Stair"]
UNNUMBERED = Number((1, ""), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tale:
    """A story before anybody laid it out."""

    title: str
    authors: tuple[str, ...]
    series: str | None = None
    sayings: tuple[Saying, ...] = ()
    chapters: tuple[Chapter, ...]
    private: tuple[str, ...] = ()
    after: tuple[str, ...] = ()  # notes after the end
    status: str = ""  # what an end mark says of it
    missing: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def fields(self) -> Mapping[str, object]:
        """All that its documents say of it, wherever they say it."""
        said = {each.field: each.meaning for each in self.sayings if each.field != "tags"}
        tags = tuple(tag for each in self.sayings if each.field == "tags" for tag in _tuple(each.meaning))
        rating = {"rating": fields.MEANINGS.get(str(said.get("rating_raw", "")), Rating.UNRATED)}
        own = {
            **rating,
            "title": self.title,
            "authors": self.authors,
            "series": self.series,
            "tags": tags,
            "after": self.after,
        }
        return {**NOTHING, **own, **({"status": self.status} if self.status else {}), **said}


def _tuple(value: object) -> tuple[str, ...]:
    assert isinstance(value, tuple)
    return tuple(str(each) for each in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


class Person(NamedTuple):
    """An author, and how to reach them."""

    name: str
    mail: str
    page: str


def person(chance: Chance) -> Person:
    name = chance.of(AUTHORS, unseen.AUTHORS)
    box = f"{chance.choice(['tide', 'weir', 'lamp', 'kite'])}{chance.randint(10, 99)}"
    return Person(name, f"{box}@post{chance.randint(1, 9)}.example.net", f"http://www.{box}.example.org/~{box}/")


def tale(chance: Chance, *, chapters: int = 1, extra: tuple[Piece, ...] = ()) -> Tale:
    return Tale(
        title=chance.of(TITLES, unseen.TITLES),
        authors=(person(chance).name,),
        sayings=tuple(fields.header(chance)),
        chapters=tuple(_chapter(chance, number, extra if number == 1 else ()) for number in range(1, chapters + 1)),
    )


def _chapter(chance: Chance, number: int, extra: tuple[Piece, ...]) -> Chapter:
    return Chapter(numbered(number), "", prose.text(chance, scenes=chance.randint(1, 3), extra=extra))


def numbered(number: float, letter: str = "") -> Number:
    return Number((number, letter), f"{number:g}{letter}")


PROLOGUE, EPILOGUE = Number((-1, ""), "Prologue"), Number((math.inf, ""), "Epilogue")


def saying_of(tale: Tale, field: str) -> Saying | None:
    return next((each for each in tale.sayings if each.field == field), None)


def said(tale: Tale, *sayings: Saying) -> Tale:
    """The tale with these in place of what it said of the same fields."""
    new = {each.field for each in sayings}
    return replace(tale, sayings=(*sayings, *(each for each in tale.sayings if each.field not in new)))


def unsaid(tale: Tale, *fields: str) -> Tale:
    return replace(tale, sayings=tuple(each for each in tale.sayings if each.field not in fields))


def with_piece(tale: Tale, *pieces: Piece) -> Tale:
    """The tale with these in its first chapter, three paragraphs in."""
    first = tale.chapters[0]
    told = (*first.pieces[:3], *pieces, *first.pieces[3:])
    return replace(tale, chapters=(first._replace(pieces=told), *tale.chapters[1:]))
