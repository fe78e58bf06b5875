"""This room binds a book in the format that was asked for, in as many volumes as its size asks for."""

import enum
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from bot.domain.books import Book, BoundStory
from bot.domain.models import Part
from bot.formats.books import epub, plain, webpage

ROOM = 1_000
"""Bytes that the numbers of the volumes may add."""


class Binding(enum.StrEnum):
    EPUB = "epub"
    HTML = "html"
    TEXT = "txt"


WRITERS: dict[Binding, Callable[[Book], bytes]] = {
    Binding.EPUB: epub.write, Binding.HTML: webpage.write, Binding.TEXT: plain.write,
}  # fmt: skip


class Bound(NamedTuple):
    """A file to be sent."""

    book: Book
    content: bytes


def bind(book: Book, binding: Binding, limit: int) -> list[Bound]:
    """The book in files of at most `limit` bytes; numbered volumes where one is not enough.

    It is parted between stories, else between the parts of one; a single part is never cut, however large.
    """
    whole = Bound(book, WRITERS[binding](book))
    if len(whole.content) <= limit:
        return [whole]
    volumes = list(_parted(book, binding, limit))
    numbered = (replace(each, volume=number, volumes=len(volumes)) for number, each in enumerate(volumes, start=1))
    return [Bound(each, WRITERS[binding](each)) for each in numbered]


def _parted(book: Book, binding: Binding, limit: int) -> Iterator[Book]:
    halves = _halves(book)
    for half in halves:
        if len(halves) > 1 and len(WRITERS[binding](half)) + ROOM > limit:
            yield from _parted(half, binding, limit)
        else:
            yield half


def _halves(book: Book) -> list[Book]:
    if len(book.stories) != 1:
        middle = len(book.stories) // 2
        return [replace(book, stories=stories) for stories in (book.stories[:middle], book.stories[middle:])]
    story = book.stories[0]
    if len(story.parts) < 2:
        return [book]
    middle = len(story.parts) // 2
    return [replace(book, stories=(_with(story, parts),)) for parts in (story.parts[:middle], story.parts[middle:])]


def _with(story: BoundStory, parts: tuple[Part, ...]) -> BoundStory:
    return replace(story, parts=parts)
