"""This room says how a tale is laid out: every choice that its author's tools and habits made."""

import enum
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from tests.archives import fields, unseen
from tests.archives.chance import Chance
from tests.archives.drafts import Draft, Encode, utf8
from tests.archives.tales import Tale
from tests.archives.truth import Chapter


class Writing(enum.Enum):
    TEXT = "text"
    HTML = "html"
    MAIL = "mail"
    MARKDOWN = "markdown"
    DOWNLOAD = "AO3's download"
    FETCHED = "FanFicFare's page"


class Spacing(enum.Enum):
    """What parts two paragraphs of a plain text."""

    BLANK = "a blank line"
    INDENT = "an indent alone"
    EVERY_LINE = "two blank lines, since one follows every line"


class Block(enum.Enum):
    """What a paragraph of a web page is made of."""

    P = "p"
    OPEN = "p without end"
    BREAKS = "br br"
    DIV = "div"
    PRE = "pre"


class Heading(enum.Enum):
    """Where title, series and author stand."""

    SEED = "Series - Title -- by Author"
    LABELS = "labels"
    BYLINE = "title, then a line by Author"
    CENTRED = "centred title, starred underline, by alone"
    TWO = "h1 with the part, h2 with series and author"
    BARE = "a title alone"


class Emphasis(NamedTuple):
    italic: tuple[str, str]
    bold: tuple[str, str]


STARS = Emphasis(("*", "*"), ("**", "**"))
UNDERSCORES = Emphasis(("_", "_"), ("**", "**"))
SLASHES = Emphasis(("/", "/"), ("**", "**"))
TAGS = Emphasis(("<i>", "</i>"), ("<b>", "</b>"))
Mend = Callable[[Draft], Draft]
Tail = Callable[[Tale, Chance], Draft]  # what stands after the end


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How documents of a tale are written; a quirk changes a choice or two."""

    writing: Writing = Writing.TEXT
    width: int = 0  # columns of the hard wrap, 0: a paragraph is one line
    rewrapped: int = 0  # columns of a second mailer
    spacing: Spacing = Spacing.BLANK
    scene: str = "* * *"  # "": a wider gap
    emphasis: Emphasis = STARS
    heading: Heading = Heading.LABELS
    names: tuple[str, str, str] = ("Title", "Author", "Series")  # labels of the heading
    label: str = "{label}: {value}"
    label_width: int = 0  # columns values are wrapped at
    between: str = "\n\n"  # labels
    cells: bool = False  # labels stand in a table
    separator: str = ""  # a line between header and text
    block: Block = Block.P
    title: str = "{title}"  # as a part's heading names it
    divided: str = ""  # heading of each part within one document; "": one document a part
    repeats: bool = True  # whether each part's document says all labels again
    top: tuple[str, ...] = ()
    bottom: tuple[str, ...] = ()
    end: str = ""
    part_end: str = ""
    tail: tuple[Tail, ...] = ()
    file: str = "{stem}{suffix}"
    files: tuple[str, ...] = ()  # a name for each part, where they follow no one rule
    encode: Encode = utf8
    mends: tuple[Mend, ...] = ()
    repaired: bool = False
    unjudged: frozenset[str] = frozenset()  # fields that the facts leave open
    unstated: frozenset[str] = frozenset()  # fields of the tale that stand in no document but an index


def ordinary(chance: Chance, writing: Writing) -> Layout:
    """A layout as most archives have it; what is odd comes from quirks alone."""
    end = chance.choice(["The End", "End", "", "", "Fin"])
    if writing in {Writing.DOWNLOAD, Writing.FETCHED}:
        return Layout(writing=writing, emphasis=TAGS, scene="<hr />", divided="Chapter {number}")
    if writing is Writing.HTML:
        return _page(chance, end)
    base = Layout(
        writing=writing,
        names=_names(chance),
        end=end,
        width=chance.choice([0, 65, 70, 72, 76]),
        scene=chance.choice(["* * *", "***", "-----"]),
    )
    if writing is Writing.MARKDOWN:
        return replace(base, width=0, scene="* * *", heading=Heading.BYLINE, label="**{label}:** {value}")
    return replace(base, heading=chance.choice([Heading.SEED, Heading.LABELS, Heading.BYLINE]))


def _names(chance: Chance) -> tuple[str, str, str]:
    return fields.label(chance, "title"), fields.label(chance, "authors"), fields.label(chance, "series")


def _page(chance: Chance, end: str) -> Layout:
    block = chance.choice([Block.P, Block.BREAKS, Block.PRE, Block.P])
    return Layout(
        writing=Writing.HTML,
        names=_names(chance),
        end=end,
        block=block,
        width=chance.choice([68, 72, 75]) if block is Block.PRE else 0,
        emphasis=TAGS,
        scene="<hr>" if block is not Block.PRE else "* * *",
        heading=chance.choice([Heading.TWO, Heading.BYLINE, Heading.LABELS]),
    )


def suffix(layout: Layout) -> str:
    return {Writing.TEXT: ".txt", Writing.HTML: ".html", Writing.MAIL: ".msg", Writing.MARKDOWN: ".md"}.get(
        layout.writing, ".html"
    )


def filename(layout: Layout, stem: str, chapter: Chapter, place: int) -> str:
    name = layout.files[place] if layout.files else layout.file
    return name.format(stem=stem, number=chapter.number.label, suffix=suffix(layout))


def scene_of(chance: Chance, scenes: list[str]) -> str:
    return chance.of(scenes, unseen.SCENES)
