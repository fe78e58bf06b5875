"""This room keeps of a document what is needed to see its place among thousands of others."""

import posixpath
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain import names
from bot.domain.documents import DocumentKind, Entry, Format, Manuscript, PartLabel, Reading
from bot.domain.models import Paragraph, Part, Style
from bot.formats.likeness import prints
from bot.formats.people import ANONYMOUS


class Piece(NamedTuple):
    """Manuscript number `story` (from 0) of document number `document` of a run."""

    document: int
    story: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One manuscript, or one page of structure, without its text; small enough to keep for a whole archive."""

    piece: Piece
    path: str
    kind: DocumentKind
    format: Format
    group: str = ""  # the container whose members are one work, an EPUB
    order: int = 0  # within it
    title: str = ""
    authors: tuple[str, ...] = ()
    series: str | None = None
    part: PartLabel | None = None
    parts: int = 0
    words: int = 0
    emphasis: int = 0
    repairs: int = 0
    prints: "array[int]"
    edges: tuple[int, ...] = ()
    entries: tuple[Entry, ...] = ()
    heading: str = ""
    is_front: bool = False  # it has the header of a story and no text

    @property
    def folder(self) -> str:
        return posixpath.dirname(self.path)

    @property
    def people(self) -> frozenset[str]:
        """Keys of the authors; empty where none is named."""
        return frozenset(names.key(name) for name in self.authors if name != ANONYMOUS)


def summarise(
    document: int, path: str, reading: Reading, words: Iterable[int], *, group: str = "", order: int = 0
) -> list[Summary]:
    """One for each manuscript of a document, of so many `words`, or the one of a page of structure."""
    if reading.kind is not DocumentKind.STORY:
        return [_structure(document, path, reading, group, order)]
    return [
        _story(Piece(document, index), path, reading, manuscript, counted, group, order)
        for index, (manuscript, counted) in enumerate(zip(reading.manuscripts, words, strict=True))
    ]


def _structure(document: int, path: str, reading: Reading, group: str, order: int) -> Summary:
    return Summary(
        piece=Piece(document, 0),
        path=path,
        kind=reading.kind,
        format=reading.format,
        group=group,
        order=order,
        prints=array("Q"),
        entries=reading.entries,
        heading=reading.heading,
        is_front=bool(reading.manuscripts),
    )


def _story(piece: Piece, path: str, reading: Reading, story: Manuscript, words: int, group: str, order: int) -> Summary:
    return Summary(
        piece=piece,
        path=path,
        kind=reading.kind,
        format=reading.format,
        group=group,
        order=order,
        title=story.title,
        authors=story.authors,
        series=story.series,
        part=reading.part,
        parts=len(story.parts),
        words=words,
        emphasis=sum(map(emphasis, story.parts)),
        repairs=len(reading.repairs),
        prints=prints(story.parts),
        edges=reading.edges,
    )


def emphasis(part: Part) -> int:
    """Runs of text that are set off."""
    return sum(span.style is not Style.PLAIN for paragraph in _paragraphs(part) for span in paragraph.spans)


def _paragraphs(part: Part) -> Iterator[Paragraph]:
    return (block for block in part.blocks if isinstance(block, Paragraph))
