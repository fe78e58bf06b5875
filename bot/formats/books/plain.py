"""This room binds a book as plain text."""

from collections.abc import Iterator
from textwrap import fill

from bot.domain.books import Book, BoundStory
from bot.domain.models import Block, SceneBreak, Span, Style
from bot.formats.books import xhtml

WIDTH = 76
"""Columns of a heading's paragraphs; the text itself is left for the reader's own window to wrap."""
SCENE_BREAK = "* * *"
MARKS = {Style.PLAIN: "", Style.ITALIC: "_", Style.BOLD: "*"}


def write(book: Book) -> bytes:
    """UTF-8 with a blank line between paragraphs, emphasis as _italic_ and *bold*."""
    stories = ("\n\n".join(_story(story)) for story in book.stories)
    return ("\n\n\n".join([*_contents(book), *stories]) + "\n").encode("utf-8", "replace")


def _contents(book: Book) -> Iterator[str]:
    if len(book.stories) > 1:
        titles = "\n".join(f"{number:>4}. {story.title}" for number, story in enumerate(book.stories, start=1))
        yield f"{book.name}\n\n{titles}"


def _story(story: BoundStory) -> Iterator[str]:
    yield f"{story.title} -- by {' & '.join(story.authors)}"
    if told := " · ".join(xhtml.facts(story)):
        yield told
    yield from (fill(told, WIDTH) for told in (story.description, *story.notes_before, story.disclaimer) if told)
    for part in story.parts:
        if part.title:
            yield f"\n{part.title}\n{'-' * len(part.title)}"
        yield from map(_block, part.blocks)
    yield from (fill(told, WIDTH) for told in story.notes_after)


def _block(block: Block) -> str:
    return SCENE_BREAK.center(WIDTH).rstrip() if isinstance(block, SceneBreak) else "".join(map(_span, block.spans))


def _span(span: Span) -> str:
    mark = MARKS[span.style]
    return f"{mark}{span.text}{mark}"
