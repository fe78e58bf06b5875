"""This room binds a book as one web page that needs nothing but itself."""

from collections.abc import Iterator

from bot.domain.books import Book, BoundStory
from bot.formats.books import languages, xhtml

POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write(book: Book) -> bytes:
    """UTF-8; no script, no address, and a policy that forbids both."""
    title = xhtml.text(book.name)
    head = (
        f'<!DOCTYPE html>\n<html lang="{languages.of(book)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{xhtml.STYLE}</style>\n</head>\n<body>\n"
    )
    return (head + "\n".join(_body(book)) + "\n</body>\n</html>\n").encode()


def _body(book: Book) -> Iterator[str]:
    if len(book.stories) > 1:
        yield f"<h1>{xhtml.text(book.name)}</h1>"
        yield from _contents(book)
    for number, story in enumerate(book.stories, start=1):
        yield f'<article id="story{number}">'
        yield from _story(story)
        yield "</article>"


def _contents(book: Book) -> Iterator[str]:
    yield "<nav><ol>"
    for number, story in enumerate(book.stories, start=1):
        yield f'<li><a href="#story{number}">{xhtml.text(story.title)}</a></li>'
    yield "</ol></nav>"


def _story(story: BoundStory) -> Iterator[str]:
    yield from xhtml.title_page(story)
    for part in story.parts:
        if part.title:
            yield f"<h2>{xhtml.text(part.title)}</h2>"
        yield from xhtml.blocks(part.blocks)
    yield from xhtml.afterword(story)
