"""This room names the things of the archive."""

import enum
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.settings import PageLength


class Rating(enum.IntEnum):
    """How mature a story is, mildest first; what cannot be read counts as the strictest."""

    G = 0
    PG = 1
    PG_13 = 2
    R = 3
    NC_17 = 4
    UNRATED = 5

    @property
    def label(self) -> str:
        return "Not rated" if self is Rating.UNRATED else self.name.replace("_", "-")


class Standing(enum.StrEnum):
    """Whether a story is there for readers; only a published one is, everywhere."""

    PUBLISHED = "published"
    WITHHELD = "withheld"  # a moderator has to look at it first
    HIDDEN = "hidden"  # a moderator took it away
    WITHDRAWN = "withdrawn"  # its author took it back, text and all
    REMOVED = "removed"  # the run that brought it was taken back; what was written about it stays


class LinkKind(enum.StrEnum):
    """What this story is to the story it names."""

    SEQUEL = "sequel"
    PREQUEL = "prequel"
    COMPANION = "companion"
    FOLLOWS = "follows"  # takes place after it, without being its sequel
    UNIVERSE = "universe"  # set in the same world


class Link(NamedTuple):
    """A story named in another one's header: "sequel to Letting Go"."""

    kind: LinkKind
    target: str


class Style(enum.StrEnum):
    """How a run of text is set."""

    PLAIN = "plain"
    ITALIC = "italic"
    BOLD = "bold"


class Span(NamedTuple):
    """A run of text in one style."""

    text: str
    style: Style = Style.PLAIN


class Paragraph(NamedTuple):
    """One paragraph; a newline inside a span is a line the author broke (verse, a letter)."""

    spans: tuple[Span, ...]


class SceneBreak(NamedTuple):
    """A wider gap, a row of stars, a rule: the story moves elsewhere."""


Block = Paragraph | SceneBreak


class Part(NamedTuple):
    """One chapter; `title` is empty where the story is not divided."""

    title: str
    blocks: tuple[Block, ...]


class Page(NamedTuple):
    """What one embed shows. `text` is Discord Markdown exactly as it is sent."""

    part: int  # index of the part, from 0
    paragraph: int  # index of the block within its part that the page begins in, from 0
    within: int  # characters into that block's Markdown, where it is longer than a page
    anchor: str  # hash of that block, to find the place again in an edited text
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story of an archive, without its text."""

    id: int
    archive_id: int
    author_id: int
    author: str
    series_id: int | None
    series: str | None
    title: str
    rating: Rating
    rating_raw: str
    description: str
    spoilers: tuple[str, ...]
    note: str
    disclaimer: str
    status: str
    words: int
    parts: int
    pages: int
    state: Standing = Standing.PUBLISHED
    series_number: str = ""  # as its header says
    series_place: int | None = None  # in the order its series is read in, from 1
    told: str = ""  # what readers are told of its state


class Place(NamedTuple):
    """Where a reader is in a story; it outlives another page length and an edited text."""

    reader_id: int
    story_id: int
    part: int
    paragraph: int
    within: int
    anchor: str
    read_at: float


class Gated(NamedTuple):
    """What the gate asks of a story, and whom a letter about it is for."""

    id: int
    archive_id: int
    author_id: int
    title: str
    rating: Rating
    state: Standing
    told: str  # what readers are told of its state


class Leaf(NamedTuple):
    """One page of a story with what stands around it."""

    story_id: int
    archive_id: int
    title: str
    author: str
    number: int  # from 1
    pages: int
    part: int  # from 0
    parts: int
    part_title: str
    paragraph: int
    within: int
    anchor: str
    text: str
    words: int
    rating: Rating
    part_starts: tuple[tuple[int, str], ...]  # first page and title of each part that has any text
    state: Standing = Standing.PUBLISHED
    length: PageLength = PageLength.LONG
    stored: int = 0  # the stored page that shows its beginning; 0 where it is one itself
    told: str = ""  # what readers are told of its state

    @property
    def stored_number(self) -> int:
        """What a letter calls it: the number of a stored page."""
        return self.stored or self.number
