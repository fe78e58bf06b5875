"""This room makes the summaries of invented documents for the tests of assembly."""

from itertools import count

from bot.domain.documents import DocumentKind, Entry, Format, Manuscript, PartLabel, Reading
from bot.domain.models import Paragraph, Part, Span
from bot.formats.people import ANONYMOUS
from bot.formats.prose import words
from bot.formats.summary import Summary, summarise

_numbers = count()


def paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def prose(seed: str, paragraphs: int = 10) -> tuple[Paragraph, ...]:
    """Paragraphs long enough to tell texts apart, the same for the same seed."""
    return tuple(
        paragraph(f"Paragraph {number} of the tale of {seed} and the harbour.") for number in range(paragraphs)
    )


def manuscript(title: str, author: str = "Ruby", text: str = "", **fields: object) -> Manuscript:
    parts = (Part("", prose(text or title)),)
    return Manuscript(**{"title": title, "authors": (author,), "parts": parts, **fields})  # type: ignore[arg-type]


def label(number: float, letter: str = "", *, total: int | None = None, title: str = "") -> PartLabel:
    return PartLabel((number, letter), f"{number:g}{letter}", total, title)


def reading(story: Manuscript, part: PartLabel | None = None, **more: object) -> Reading:
    fields = {"kind": DocumentKind.STORY, "format": Format.TEXT, "manuscripts": (story,), "part": part, **more}
    return Reading(**fields)  # type: ignore[arg-type]


def summarised(document: int, path: str, told: Reading, *, group: str = "", order: int = 0) -> list[Summary]:
    """With its words counted, as whoever prepares a document counts them."""
    counted = [sum(words(part.blocks) for part in each.parts) for each in told.manuscripts]
    return summarise(document, path, told, counted, group=group, order=order)


def story(
    path: str,
    title: str,
    author: str = ANONYMOUS,
    part: PartLabel | None = None,
    text: str = "",
    authors: tuple[str, ...] = (),
    **more: object,
) -> Summary:
    """A document with one manuscript; parts of one story have texts of their own unless `text` says otherwise."""
    told = manuscript(title, text=text or f"{title} {part.label if part else ''}", authors=authors or (author,))
    return summarised(next(_numbers), path, reading(told, part, **more))[0]


def index(path: str, *entries: Entry, heading: str = "", kind: DocumentKind = DocumentKind.INDEX) -> Summary:
    told = Reading(kind=kind, format=Format.HTML, entries=entries, heading=heading)
    return summarised(next(_numbers), path, told)[0]


def row(target: str, title: str = "", line: int = 7, **more: object) -> Entry:
    return Entry(target, title, line, **more)  # type: ignore[arg-type]
