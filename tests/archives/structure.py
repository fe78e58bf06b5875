"""This room writes index and author pages: structure that leads to stories and is none."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.domain.documents import DocumentKind
from tests.archives.drafts import Draft, bare, encoded, furnished
from tests.archives.truth import NOTHING, TrueDocument, TrueEntry
from tests.archives.web import escape


class Row(NamedTuple):
    """A link of an index page, and what stands beside it."""

    entry: TrueEntry
    beside: str = ""


class Section(NamedTuple):
    """A heading of an index page, which may be all that says a story's rating."""

    heading: str
    rows: tuple[Row, ...]


def page(path: str, title: str, heading: str, sections: Iterable[Section], *, author: bool = False) -> TrueDocument:
    """An index or author page as hands wrote them: a title, headings, lists of links, a way back."""
    sections = list(sections)
    draft: Draft = [bare(f"<html><head><title>{escape(title)}</title></head>\n<body>\n{heading}\n")]
    for section in sections:
        draft += [bare(f"<h3>{escape(section.heading)}</h3>\n")] if section.heading else []
        draft += [bare("<ul>\n"), *(bare(_row(row)) for row in section.rows), bare("</ul>\n")]
    draft += [bare('<p align=center><a href="/">'), furnished("Return to Main"), bare("</a></p>\n</body></html>\n")]
    data, _ = encoded(draft)
    kind = DocumentKind.AUTHOR if author else DocumentKind.INDEX
    entries = tuple(row.entry for section in sections for row in section.rows)
    return TrueDocument(path=path, data=data, kind=kind, fields=NOTHING, entries=entries, quirks=("index_pages",))


def _row(row: Row) -> str:
    return f'<li><a href="{row.entry.target}">{escape(row.entry.title)}</a>{escape(row.beside)}\n'


def of_parts(path: str, title: str, author: str, parts: Sequence[tuple[str, str]]) -> TrueDocument:
    """A story's own index page: its title and byline as a story's are, and no text."""
    rows = tuple(Row(TrueEntry(target, label, part=label)) for target, label in parts)
    heading = f"<h1>{escape(title)}</h1>\n<h2>by {escape(author)}</h2>"
    return page(path, title, heading, [Section("", rows)])


def of_author(path: str, author: str, works: Sequence[tuple[str, str, str]]) -> TrueDocument:
    rows = tuple(Row(TrueEntry(target, title), f" - {about}") for target, title, about in works)
    heading = f"<h1>{escape(author)}</h1>\n<h2>Stories by {escape(author)}</h2>"
    return page(path, f"{author} - The Weir Archive", heading, [Section("", rows)], author=True)
