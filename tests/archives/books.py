"""This room binds tales as EPUB 2 and 3, plainly and as FanFicFare and AO3 (through calibre) bind theirs."""

import io
import zipfile
from typing import NamedTuple

from tests.archives import web
from tests.archives.drafts import Draft, bare, encoded, stated
from tests.archives.layout import TAGS, Layout, Writing
from tests.archives.tales import Tale, saying_of
from tests.archives.truth import Chapter
from tests.archives.web import escape

CONTAINER = (
    '<?xml version="1.0"?>\n<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="{opf}" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<package xmlns="http://www.idpf.org/2007/opf" version="{version}" unique-identifier="id">\n'
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">\n{metadata}</metadata>\n'
    '<manifest>\n{manifest}</manifest>\n<spine toc="ncx">\n{spine}</spine>\n</package>\n'
)
PAGE = '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml">\n<head><title>{title}</title></head>\n<body>\n'
LAYOUT = Layout(writing=Writing.HTML, emphasis=TAGS, scene="<hr/>", divided="")


class Binding(NamedTuple):
    """How a tool binds a book: where its files lie, and which pages stand ahead of the chapters."""

    folder: str
    version: str
    contents: bool  # a page of contents within the spine
    title_page: bool


BINDINGS = {
    "epub_2": Binding("OEBPS/", "2.0", contents=False, title_page=False),
    "epub_3": Binding("EPUB/", "3.0", contents=True, title_page=True),
    "fanficfare": Binding("OEBPS/", "2.0", contents=True, title_page=True),
    "ao3": Binding("", "2.0", contents=False, title_page=True),
}


class Bound(NamedTuple):
    """A book's bytes, and its pages in the order of its spine: path within the book, bytes, chapter or None."""

    data: bytes
    pages: tuple[tuple[str, bytes, Chapter | None], ...]


def bound(tale: Tale, binding: Binding) -> Bound:
    pages = list(_pages(tale, binding))
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as book:
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        book.writestr("META-INF/container.xml", CONTAINER.format(opf=f"{binding.folder}content.opf"))
        book.writestr(f"{binding.folder}content.opf", _package(tale, binding, [path for path, _, _ in pages]))
        book.writestr(f"{binding.folder}toc.ncx", _contents_of_old(tale))
        for path, data, _ in pages:
            book.writestr(f"{binding.folder}{path}", data, zipfile.ZIP_DEFLATED)
    return Bound(box.getvalue(), tuple((f"{binding.folder}{path}", data, chapter) for path, data, chapter in pages))


def _pages(tale: Tale, binding: Binding) -> list[tuple[str, bytes, Chapter | None]]:
    pages: list[tuple[str, bytes, Chapter | None]] = []
    if binding.title_page:
        pages.append(("title_page.xhtml", _title_page(tale), None))
    if binding.contents:
        pages.append(("toc_page.xhtml", _contents(tale), None))
    return pages + [(f"file{at:04}.xhtml", _chapter(each), each) for at, each in enumerate(tale.chapters, 1)]


def _title_page(tale: Tale) -> bytes:
    rows = [each for each in tale.sayings if each.value and each.label]
    by = " & ".join(tale.authors)
    draft: Draft = [
        bare(PAGE.format(title=escape(f"{tale.title} by {by}"))),
        bare("<h3>"),
        stated(escape(tale.title)),
        bare(f"</h3>\n<h4>by {escape(by)}</h4>\n<div>\n"),
    ]
    draft += [bare(f"<b>{escape(each.label)}:</b> {escape(each.value)}<br />\n") for each in rows]
    return encoded([*draft, bare("</div>\n</body>\n</html>\n")])[0]


def _contents(tale: Tale) -> bytes:
    rows = "".join(
        f'<a href="file{at:04}.xhtml">{escape(heading(each))}</a><br />\n' for at, each in enumerate(tale.chapters, 1)
    )
    return (
        PAGE.format(title="Contents") + f"<h3>Table of Contents</h3>\n<div>\n{rows}</div>\n</body>\n</html>\n"
    ).encode()


def heading(chapter: Chapter) -> str:
    return f"Chapter {chapter.number.label}: {chapter.title}" if chapter.title else f"Chapter {chapter.number.label}"


def _chapter(chapter: Chapter) -> bytes:
    title = escape(heading(chapter))
    draft = [
        bare(PAGE.format(title=title)),
        bare(f"<h3>{title}</h3>\n"),
        *web.pieces(chapter, LAYOUT),
        bare("</body>\n</html>\n"),
    ]
    return encoded(draft)[0]


def _package(tale: Tale, binding: Binding, pages: list[str]) -> str:
    manifest = "".join(
        f'<item id="p{at}" href="{path}" media-type="application/xhtml+xml"/>\n' for at, path in enumerate(pages)
    )
    manifest += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>\n'
    spine = "".join(f'<itemref idref="p{at}"/>\n' for at in range(len(pages)))
    return PACKAGE.format(version=binding.version, metadata=_metadata(tale, binding), manifest=manifest, spine=spine)


def _metadata(tale: Tale, binding: Binding) -> str:
    lines = [
        f'<dc:identifier id="id">tale:{len(tale.title)}</dc:identifier>',
        f"<dc:title>{escape(tale.title)}</dc:title>",
    ]
    lines += [f'<dc:creator opf:role="aut">{escape(each)}</dc:creator>' for each in tale.authors]
    for name, element in (("description", "dc:description"), ("language", "dc:language"), ("written", "dc:date")):
        saying = saying_of(tale, name)
        lines += [f"<{element}>{escape(saying.value)}</{element}>"] if saying else []
    tags = tale.fields["tags"]
    assert isinstance(tags, tuple)
    lines += [f"<dc:subject>{escape(str(each))}</dc:subject>" for each in tags]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return "\n".join([*lines, *_series(tale, binding), ""])


def _series(tale: Tale, binding: Binding) -> list[str]:
    """calibre's own names in EPUB 2, a collection in EPUB 3."""
    if not tale.series:
        return []
    if binding.version == "2.0":
        return [
            f'<meta name="calibre:series" content="{escape(tale.series)}"/>',
            '<meta name="calibre:series_index" content="2"/>',
        ]
    collection = f'<meta property="belongs-to-collection" id="c">{escape(tale.series)}</meta>'
    return [collection, '<meta refines="#c" property="group-position">2</meta>']


def _contents_of_old(tale: Tale) -> str:
    points = "".join(
        f'<navPoint id="n{at}" playOrder="{at}"><navLabel><text>{escape(heading(each))}</text></navLabel>'
        f'<content src="file{at:04}.xhtml"/></navPoint>\n'
        for at, each in enumerate(tale.chapters, 1)
    )
    namespace = "http://www.daisy.org/z3986/2005/ncx/"
    return f'<?xml version="1.0"?>\n<ncx xmlns="{namespace}" version="2005-1">\n<navMap>\n{points}</navMap>\n</ncx>\n'
