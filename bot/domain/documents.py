"""This room names what an importer meets and makes: documents, their lines, what is read from them."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from bot.domain.models import Link, Part, Rating, SceneBreak, Style


class Format(enum.StrEnum):
    """How a document is written; told by its content, never by its name."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"
    MAIL = "mail"


class Role(enum.StrEnum):
    """What a document's own markup says a line is; in plain text every line is PLAIN."""

    PLAIN = "plain"
    TITLE = "title"  # <title>
    HEADING = "heading"  # <h1> to <h6>, a Markdown heading
    CELL = "cell"  # a table's cell that may hold a field
    RULE = "rule"  # <hr>, the picture of a rule
    LINKS = "links"  # nothing but links: navigation, or a row of an index
    CONTROL = "control"  # a form's field or button, with the words beside it
    QUOTE = "quote"  # <blockquote>, mail quoted with ">"
    PREFORMATTED = "preformatted"  # <pre>: its line ends and blanks stand as they are
    MAIL = "mail"  # a mail header


class Run(NamedTuple):
    """Characters `start` to `end` (exclusive) of a line that are set in one style."""

    start: int
    end: int
    style: Style


class Hyperlink(NamedTuple):
    """A link of a web page: characters `start` to `end` of its line, and the address as it is written."""

    start: int
    end: int
    target: str


class Extent(NamedTuple):
    """Bytes `start` to `end` (exclusive) of a document."""

    start: int
    end: int


class Line(NamedTuple):
    """One line of a document as a reader sees it: a line of plain text, a paragraph or a row of a web page.

    Bytes `start` to `end` of the document are its own, with its newline; lines tile the document. A blank line parts
    two paragraphs, as in plain text; a web page's paragraphs come with such lines between them (of few or no bytes).
    """

    text: str
    start: int
    end: int
    role: Role = Role.PLAIN
    level: int = 0  # of a heading, 1 to 6
    centred: bool = False
    runs: tuple[Run, ...] = ()
    links: tuple[Hyperlink, ...] = ()
    markup: tuple[Extent, ...] = ()  # tags, comments, what entities and transfer encodings cost


class RawField(NamedTuple):
    """Metadata that stands outside the text: a mail header, <meta>, an EPUB's package document."""

    label: str
    value: str
    line: int  # from 1; 0 where the document has no lines of text
    path: str = ""  # of another document that it stands in


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document as lines; `repairs` are sentences about what was wrong with its bytes and markup."""

    format: Format
    lines: tuple[Line, ...]
    repairs: tuple[str, ...] = ()
    fields: tuple[RawField, ...] = ()
    warnings: tuple[str, ...] = ()
    origin: bytes = field(default=b"", repr=False, compare=False)

    def number(self, line: int) -> int:
        """The line of the file, from 1, on which line `line` of ours (from 1) has its first letter."""
        if not self.origin or not 1 <= line <= len(self.lines):
            return line
        place = _first_letter(self.lines[line - 1], self.origin)
        returns = b"\n" if b"\n" in self.origin else b"\r"
        return self.origin.count(returns, 0, place) + 1


def _first_letter(line: Line, origin: bytes) -> int:
    place = line.start
    for extent in line.markup:
        if origin[place : extent.start].strip():
            break
        place = extent.end
    blank = origin[place : line.end]
    return place + len(blank) - len(blank.lstrip())


class Kind(enum.StrEnum):
    """What a byte of a document is to us."""

    __hash__ = str.__hash__  # an enum's own is slow, and every line of a document is counted by its kind

    TEXT = "text"
    FIELDS = "fields"
    NOTES = "notes"
    FURNITURE = "furniture"
    MARKUP = "markup"
    BLANK = "blank"
    UNCLASSIFIED = "unclassified"


class Range(NamedTuple):
    """Bytes `start` to `end` (exclusive) of a document."""

    start: int
    end: int
    kind: Kind


class Evidence(NamedTuple):
    """Where a field was read, and how sure that is."""

    line: int  # from 1
    confidence: float  # 0 to 1: 1 for a label, less for what form and place suggest
    path: str = ""  # of another document: an index page, an EPUB's package document


class Moment(enum.StrEnum):
    """Where a note stands."""

    BEFORE = "before"
    AFTER = "after"


class Note(NamedTuple):
    """An author's note, a glossary, a dedication: kept beside the text, not in it."""

    moment: Moment
    text: str


class ContactKind(enum.StrEnum):
    MAIL = "mail"
    PAGE = "page"
    NAME = "name"


class Contact(NamedTuple):
    """A way to a person that an old page tells: for moderators alone."""

    kind: ContactKind
    value: str
    line: int


class PartLabel(NamedTuple):
    """What a document says of its place in a story: "part 2 of 26", "1a/7", "Epilogue"."""

    number: tuple[
        float, str
    ]  # sorts parts: (2, ""), (1, "a"), (2.5, "b"); a prologue is (-1, ""), an epilogue (inf, "")
    label: str  # as people would say it: "2", "1a", "Epilogue"
    total: int | None = None
    title: str = ""  # of the part, "" where it has none


class Entry(NamedTuple):
    """A row of an index page: a document it leads to, and what it says of it; "" where it says nothing."""

    target: str  # the address as it is written
    title: str
    line: int  # from 1
    authors: tuple[str, ...] = ()
    series: str = ""
    rating_raw: str = ""
    description: str = ""
    part: str = ""
    section: str = ""  # the heading that it stands under


class DocumentKind(enum.StrEnum):
    """What a document is: a story or part of one, or structure."""

    STORY = "story"
    INDEX = "index"
    AUTHOR = "author"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """A story, or one part of it, as read from documents, before it has a place in an archive."""

    title: str
    authors: tuple[str, ...]
    series: str | None = None
    series_number: str = ""  # its place in the series as written: "3"
    rating: Rating = Rating.UNRATED
    rating_raw: str = ""
    description: str = ""
    spoilers: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()  # what its header warns of
    tags: tuple[str, ...] = ()  # categories, genres, keywords, pairings, characters
    fandom: tuple[str, ...] = ()
    language: str = ""  # as written, "" where it is not named
    written: str = (
        ""  # date of writing or posting: ISO 8601 as far as it is known ("2001", "2001-05"), or "" if none can be read
    )
    notes: tuple[Note, ...] = ()
    disclaimer: str = ""
    links: tuple[Link, ...] = ()
    status: str = ""
    parts: tuple[Part, ...] = ()
    evidence: Mapping[str, Evidence] = field(default_factory=lambda: MappingProxyType({}))  # by name of the field above
    warnings: tuple[str, ...] = ()

    @property
    def author(self) -> str:
        """All authors as one name on a title page."""
        return " & ".join(self.authors)

    @property
    def scene_breaks(self) -> int:
        return sum(isinstance(block, SceneBreak) for part in self.parts for block in part.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One document, read: what it is, what it says, and what each of its bytes is."""

    kind: DocumentKind
    format: Format
    manuscripts: tuple[
        Manuscript, ...
    ] = ()  # of a story or part of one; several in a book of stories; a title page's has no text
    extents: tuple[Extent, ...] = ()  # in a book of several: the bytes of each manuscript, its heading first
    part: PartLabel | None = None  # where the document is one of several of a story
    entries: tuple[Entry, ...] = ()  # of an index or author page
    heading: str = ""  # of an index or author page: the story, author or section it is about
    ranges: tuple[Range, ...] = ()  # no gap, no overlap, from 0 to the document's length
    contacts: tuple[Contact, ...] = ()
    furniture: tuple[str, ...] = ()  # the lines that were taken for it, for the report
    edges: tuple[int, ...] = ()  # hashes of the text's first and last lines: what repeats over an archive is no text
    repairs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
