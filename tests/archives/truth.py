"""This room names what the builder knows about an archive because it made it."""

import enum
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from bot.domain.documents import DocumentKind, Kind
from bot.domain.models import Rating, Style

# Where emphasis begins and ends in the builder's own text: characters that no story has.
ITALIC = ("\ue000", "\ue001")
BOLD = ("\ue002", "\ue003")
MARKS = {"\ue000": Style.ITALIC, "\ue002": Style.BOLD}
_MARKED = re.compile("[\ue000\ue002]([^\ue000-\ue003]*)[\ue001\ue003]")
_ANY_MARK = re.compile("[\ue000-\ue003]")


class Form(enum.Enum):
    """What a passage is, which says whether its lines are the author's own."""

    PROSE = "prose"  # one line, to be wrapped as the layout likes
    LINES = "lines"  # verse, a letter's head, a script, an e-mail: each line stands
    ART = "art"  # each line stands, with its blanks
    QUOTE = "quote"  # mail quoted with ">" within the story


class Passage(NamedTuple):
    """A paragraph as its author meant it."""

    form: Form
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


class Gap(NamedTuple):
    """A scene break."""


Piece = Passage | Gap


def italic(text: str) -> str:
    return f"{ITALIC[0]}{text}{ITALIC[1]}"


def bold(text: str) -> str:
    return f"{BOLD[0]}{text}{BOLD[1]}"


def unmarked(text: str) -> str:
    return _ANY_MARK.sub("", text)


def emphasised(text: str) -> list[tuple[Style, str]]:
    return [(MARKS[found.group()[0]], found.group(1)) for found in _MARKED.finditer(text)]


class Number(NamedTuple):
    """A part's place in its story, as documents.PartLabel sorts it, and what its heading calls it."""

    order: tuple[float, str]
    label: str


class Chapter(NamedTuple):
    """A part as its author wrote it."""

    number: Number
    title: str
    pieces: tuple[Piece, ...]


class Mark(NamedTuple):
    """Bytes `start` to `end` of a document hold `text`, and are of this kind."""

    start: int
    end: int
    kind: Kind
    text: str


class TrueEntry(NamedTuple):
    """A row of an index page."""

    target: str
    title: str
    authors: tuple[str, ...] = ()
    rating_raw: str = ""
    part: str = ""


# What a document says where it says nothing: every label that is none must leave these alone.
NOTHING: Mapping[str, object] = MappingProxyType(
    {
        "title": "",
        "authors": (),
        "series": None,
        "series_number": "",
        "rating": Rating.UNRATED,
        "rating_raw": "",
        "description": "",
        "spoilers": (),
        "cautions": (),
        "tags": (),
        "fandom": (),
        "language": "",
        "written": "",
        "before": (),
        "after": (),
        "disclaimer": "",
        "links": (),
        "status": "",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueDocument:
    """One document, and what a careful person would find in it."""

    path: str
    data: bytes
    kind: DocumentKind = DocumentKind.STORY
    fields: Mapping[str, object] = field(default_factory=lambda: NOTHING)  # a missing name: not to be judged
    chapters: tuple[Chapter, ...] = ()
    headings: tuple[str, ...] = ()  # of its parts, as they stand; () where the text is not divided
    number: tuple[float, str] | None = None  # where it is one part of a story
    total: int | None = None
    marks: tuple[Mark, ...] = ()
    private: tuple[str, ...] = ()  # addresses and names that may stand in no public field
    entries: tuple[TrueEntry, ...] = ()
    doubts: tuple[str, ...] = ()  # each must be named by a warning
    repaired: bool = False  # whether the repair log must have a sentence
    quirks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueStory:
    """One story of an archive, told by however many documents."""

    fields: Mapping[str, object]
    chapters: tuple[Chapter, ...]
    paths: tuple[str, ...]  # one per document, in order
    missing: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()  # documents that are a part once more: the report must name them
    duplicates: tuple[tuple[str, str], ...] = ()  # path, relation
    quirks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """A whole archive: its documents by path as the report names them, and its stories."""

    documents: Sequence[TrueDocument]
    stories: Sequence[TrueStory]

    @property
    def private(self) -> frozenset[str]:
        return frozenset(each for document in self.documents for each in document.private)
