"""This room reads a book of stories: one document whose list of contents names them."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from bot.domain.documents import DocumentKind, Evidence, Extent, Kind, Manuscript, Reading, Source
from bot.formats import contents, heading, notes, parts, single
from bot.formats.contents import Contents
from bot.formats.draft import Draft
from bot.formats.ends import is_end
from bot.formats.sheet import Sheet

SURE = 0.75
"""From here on a document with a list of contents is several stories and not one with chapters."""
EVEN = 0.3
"""How sure it is where nothing but the list speaks for it."""

LISTED = 0.9  # confidence in a title of the list
GUESS = 0.5

CHAPTERS = frozenset(
    ("chapter", "part", "book", "act", "episode", "canto", "section", "volume", "installment", "instalment")
)
STORIES = frozenset(("adventure", "story", "tale", "case", "fable", "poem"))
COLLECTION = re.compile(
    r"\b(?:stories|tales|adventures|collection|collected|anthology|memoirs|cases|legends|fables|sketches|vignettes|ghosts?\s+stories|shorts|poems|fics)\b",
    re.IGNORECASE,
)


class Weighed(NamedTuple):
    """How sure it is that a book holds stories, 0 to 1, and the reasons."""

    confidence: float
    reasons: tuple[str, ...]


class Book(NamedTuple):
    """What the book as a whole says of its stories."""

    draft: Draft
    listed: Contents
    end: int


def weigh(sheet: Sheet, listed: Contents, title: str, end: int) -> Weighed:
    """What speaks for several stories, and what for one with chapters."""
    words = {each.word for each in listed.headed} | {each.title.word for each in listed.headed}
    told: list[tuple[float, str]] = []
    if COLLECTION.search(title):
        told.append((0.25, f"its title, “{title}”, speaks of several"))
    if named := sorted(words & STORIES):
        told.append((0.2, f"its headings say “{named[0]}”"))
    if _counts_anew(sheet, listed, end):
        told.append((0.2, "a title has numbered parts of its own"))
    told += [(0.3, "its titles have end marks of their own")] if _several(sheet, listed, end, is_end) else []
    told += [(0.4, "its titles have authors of their own")] if _several(sheet, listed, end, _is_byline) else []
    if named := sorted(words & CHAPTERS):
        told.append((-0.5, f"its headings say “{named[0]}”"))
    sure = min(max(EVEN + sum(weight for weight, _ in told), 0.0), 0.95)
    return Weighed(sure, tuple(reason for _, reason in told) or ("nothing but its list of contents says so",))


def _spans(listed: Contents, end: int) -> Iterator[tuple[int, int]]:
    """The lines below each heading, down to the next."""
    return pairwise([*(each.line for each in listed.headed), end])


def _counts_anew(sheet: Sheet, listed: Contents, end: int) -> bool:
    for start, close in _spans(listed, end):
        numbers = [
            number[0]
            for index in range(start + 1, close)
            if 0 < len(sheet.texts[index]) < 12 and (number := contents.numeral_of(sheet.texts[index]))
        ]
        if len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)):
            return True
    return False


def _several(sheet: Sheet, listed: Contents, end: int, is_one: Callable[[str], bool]) -> bool:
    """Whether two or more titles, the last one apart, have such a line below their heading or above the next."""
    spans = list(_spans(listed, end))[:-1]
    edges = ((sheet.text(sheet.next(start + 1)), sheet.text(sheet.previous(close))) for start, close in spans)
    return sum(is_one(one) or is_one(other) for one, other in edges) > 1


def _is_byline(text: str) -> bool:
    told = heading.byline(text) if len(text) <= heading.LONGEST_BARE else None
    return told is not None and bool(told.author)


def doubt(listed: Contents, weighed: Weighed) -> str:
    return (
        f"Its list of contents has {len(listed.headed)} titles; they were taken for parts of one story, since it is"
        f" sure to no more than {weighed.confidence:.0%} that they are stories: {', '.join(weighed.reasons)}."
    )


def read(sheet: Sheet, source: Source, book: Book, weighed: Weighed) -> Reading:
    """Each title of the list as a story of its own, all in one series; what stands about them is furniture."""
    first = book.listed.headed[0].line
    sheet.mark((each.line for each in book.listed.headed), Kind.FIELDS)
    sheet.fill(0, first, Kind.FURNITURE)
    tail = notes.read(sheet, book.listed.headed[-1].line + 1, book.end)
    spans = list(_spans(book.listed, tail.start))
    stories = tuple(_story(sheet, book, number, start + 1, close) for number, (start, close) in enumerate(spans))
    return Reading(
        kind=DocumentKind.STORY,
        format=source.format,
        manuscripts=stories,
        extents=tuple(Extent(sheet.lines[start].start, sheet.lines[close - 1].end) for start, close in spans),
        warnings=(
            (
                f"It was taken for a book of {len(stories)} stories, sure to {weighed.confidence:.0%}:"
                f" {', '.join(weighed.reasons)}."
            ),
            *tail.warnings,
        ),
    )


def _story(sheet: Sheet, book: Book, number: int, start: int, end: int) -> Manuscript:
    found = {
        index: title for index, title in parts.headings(sheet, start, end).items() if parts.title_of(sheet.texts[index])
    }
    sections = parts.split(sheet, start, end, found)
    told = single.blocks(sheet, start, end, sections)
    single.mark(sheet, start, end, sections, found)
    title = book.listed.headed[number].title
    whole, place = book.draft.evidence.get("title", Evidence(title.start + 1, GUESS)), Evidence(title.end, LISTED)
    fields: dict[str, Any] = {
        **book.draft.fields(),
        "title": title.text,
        "series": book.draft.values["title"] or None,
        "series_number": str(number + 1),
        "evidence": {**book.draft.evidence, "title": place, "series": whole, "series_number": place},
    }
    return Manuscript(**fields, parts=told)
