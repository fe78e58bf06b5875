"""This room binds a book as EPUB 3."""

import io
import uuid
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from bot.domain.books import Book, BoundStory
from bot.formats.books import cover, languages, xhtml
from bot.formats.books.xhtml import text

# w3.org/TR/epub-33: Open Container Format, Package document, Navigation document
MIMETYPE = "application/epub+zip"
PACKAGE = "http://www.idpf.org/2007/opf"
CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
OLDEST = (1980, 1, 1, 0, 0, 0)
"""The time of every file: the same book is the same bytes, whenever it is made."""


class Leaf(NamedTuple):
    """One XHTML file of the book; `level` is 0 for what the contents do not name, 2 for a part of a story."""

    name: str
    title: str
    level: int
    body: str


def write(book: Book) -> bytes:
    """The book with cover, contents, a title page for each story and a file for each part."""
    leaves = list(_leaves(book))
    language = languages.of(book)
    files = {
        "META-INF/container.xml": CONTAINER,
        "book/package.opf": _package(book, leaves, language),
        "book/contents.xhtml": _page("Contents", _contents(leaves), language),
        "book/cover.svg": cover.draw(book),
        "book/style.css": xhtml.STYLE,
        **{f"book/{leaf.name}": _page(leaf.title, leaf.body, language) for leaf in leaves},
    }
    return _packed(files)


def _packed(files: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as box:
        box.writestr(zipfile.ZipInfo("mimetype", OLDEST), MIMETYPE)  # first, and not compressed
        for name, content in files.items():
            box.writestr(zipfile.ZipInfo(name, OLDEST), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _leaves(book: Book) -> Iterator[Leaf]:
    image = f'<img src="cover.svg" alt="{text(book.name)}" style="max-width: 100%"/>'
    yield Leaf("cover.xhtml", book.name, 0, f'<p class="flush">{image}</p>')
    for number, story in enumerate(book.stories, start=1):
        yield from _story(number, story)


def _story(number: int, story: BoundStory) -> Iterator[Leaf]:
    """A story in one piece stands on its title page; the parts of another have files of their own."""
    head = "\n".join(xhtml.title_page(story))
    tail = "\n".join(xhtml.afterword(story))
    if len(story.parts) == 1 and not story.parts[0].title:
        told = "\n".join(xhtml.blocks(story.parts[0].blocks))
        yield Leaf(f"story{number}.xhtml", story.title, 1, f"{head}\n{xhtml.SCENE_BREAK}\n{told}\n{tail}")
        return
    yield Leaf(f"story{number}.xhtml", story.title, 1, head)
    for index, part in enumerate(story.parts, start=1):
        title = part.title or f"Part {index}"
        told = "\n".join((f"<h2>{text(title)}</h2>", *xhtml.blocks(part.blocks)))
        last = tail if index == len(story.parts) else ""
        yield Leaf(f"story{number}part{index}.xhtml", title, 2, f"{told}\n{last}")


def _page(title: str, body: str, language: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}"'
        f' xml:lang="{language}">\n<head>\n<title>{_named(title)}</title>\n'
        f'<link rel="stylesheet" type="text/css" href="style.css"/>\n</head>\n<body>\n{body}\n</body>\n</html>\n'
    )


def _contents(leaves: list[Leaf]) -> str:
    rows: list[str] = []
    level = 0
    for leaf in (leaf for leaf in leaves if leaf.level):
        rows.append("<ol>" if leaf.level > level else "</li>" + "</ol></li>" * (level - leaf.level))
        rows.append(f'<li><a href="{leaf.name}">{_named(leaf.title)}</a>')
        level = leaf.level
    return f'<nav epub:type="toc">\n<h1>Contents</h1>\n{"".join(rows)}{"</li></ol>" * level}\n</nav>'


def _package(book: Book, leaves: list[Leaf], language: str) -> str:
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<package xmlns="{PACKAGE}" version="3.0" unique-identifier="id" xml:lang="{language}">',
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">',
            *_metadata(book, language),
            "</metadata>",
            "<manifest>",
            *_manifest(leaves),
            "</manifest>",
            "<spine>",
            *(f'<itemref idref="{_id(leaf.name)}"/>' for leaf in leaves),
            "</spine>",
            "</package>",
        )
    )


def _metadata(book: Book, language: str) -> Iterator[str]:
    modified = datetime.fromtimestamp(book.made_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"{book.identifier}#{book.volume}")
    yield f'<dc:identifier id="id">urn:uuid:{identity}</dc:identifier>'
    yield f"<dc:title>{text(book.name)}</dc:title>"
    yield f"<dc:language>{language}</dc:language>"
    yield from (f"<dc:creator>{text(author)}</dc:creator>" for author in book.authors)
    yield f"<dc:publisher>{text(book.archive)}</dc:publisher>"
    yield f'<meta property="dcterms:modified">{modified}</meta>'
    if len(book.stories) == 1:
        yield from _story_metadata(book.stories[0])


def _story_metadata(story: BoundStory) -> Iterator[str]:
    if story.description.strip():
        yield f"<dc:description>{text(story.description)}</dc:description>"
    if story.written:
        yield f"<dc:date>{text(story.written)}</dc:date>"
    if story.series.strip():
        yield f'<meta property="belongs-to-collection" id="series">{text(story.series)}</meta>'
        yield '<meta refines="#series" property="collection-type">series</meta>'
        if story.series_number.replace(".", "", 1).isdecimal():
            yield f'<meta refines="#series" property="group-position">{story.series_number}</meta>'


def _manifest(leaves: list[Leaf]) -> Iterator[str]:
    yield '<item id="contents" href="contents.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    yield '<item id="cover-image" href="cover.svg" media-type="image/svg+xml" properties="cover-image"/>'
    yield '<item id="style" href="style.css" media-type="text/css"/>'
    for leaf in leaves:
        yield f'<item id="{_id(leaf.name)}" href="{leaf.name}" media-type="application/xhtml+xml"/>'


def _named(title: str) -> str:
    return text(title) if text(title).strip() else "Untitled"


def _id(name: str) -> str:
    return name.removesuffix(".xhtml")
