"""This room tests the EPUBs: by epubcheck, Discord's readers' strictest librarian, and by reading them."""

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.books import Book, BoundStory
from bot.domain.models import Part
from bot.formats.books import epub
from tests.formats.books import shelf as books
from tests.formats.books.checker import check
from tests.formats.strategies import blocks

XHTML = "{http://www.w3.org/1999/xhtml}"
ALLOWED = {
    "html", "head", "title", "link", "body", "h1", "h2", "p", "em", "strong", "br", "hr", "nav", "ol", "li", "a", "img",
}  # fmt: skip


def _files(book: Book) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(epub.write(book))) as box:
        assert box.testzip() is None
        return {name: box.read(name) for name in box.namelist()}


def _said(files: dict[str, bytes]) -> str:
    pages = [ET.fromstring(content) for name, content in files.items() if name.endswith(".xhtml")]
    return "\n".join("".join(page.itertext()) for page in pages)


@pytest.mark.parametrize(
    "book",
    [
        books.book(),
        books.book(books.full()),
        books.book(books.full(), books.story("The Well"), title="Harbour Lights"),
        books.book(
            books.story(books.HOSTILE, parts=2, series=books.HOSTILE, description=books.HOSTILE, language="xx-Klingon"),
            books.story(" "),
        ),
    ],
    ids=["plain", "full", "series", "hostile"],
)
def test_epubcheck_has_nothing_to_say(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(epub.write(book))
    check(path)


def test_the_type_stands_first_and_bare() -> None:
    content = epub.write(books.book())
    assert content[30:58] == b"mimetypeapplication/epub+zip"


def test_the_same_book_is_the_same_bytes() -> None:
    assert epub.write(books.book(books.full())) == epub.write(books.book(books.full()))


def test_metadata_name_the_series_the_authors_and_the_date() -> None:
    package = _files(books.book(books.full()))["book/package.opf"].decode()
    assert "<dc:creator>Ruby</dc:creator>\n<dc:creator>Jo</dc:creator>" in package
    assert '<meta property="belongs-to-collection" id="series">Harbour Lights</meta>' in package
    assert '<meta refines="#series" property="group-position">3</meta>' in package
    assert "<dc:date>2001-05</dc:date>" in package
    assert "<dc:language>en</dc:language>" in package
    assert '<meta property="dcterms:modified">2001-09-09T01:46:40Z</meta>' in package


def test_everything_of_the_header_is_told() -> None:
    said = _said(_files(books.book(books.full())))
    for told in ("Ruby & Jo", "Harbour Lights, 3", "PG-13", "1,234 words", "Complete", "A lamp goes out.",
                 "None of it is true.", "A, B", "Thanks to all.", "The end of the road.", "Chapter 3"):  # fmt: skip
        assert told in said


def test_emphasis_lines_and_scene_breaks_stay() -> None:
    page = _files(books.book())["book/story1.xhtml"].decode()
    assert "<p>It was <em>late</em>, and the <strong>lamp</strong>.</p>" in page
    assert '<hr class="scene"/>\n<p>Rough the sea,<br/>and rougher the wind.</p>' in page


def test_contents_lead_to_every_story_and_part() -> None:
    files = _files(books.book(books.story(parts=2), books.story("The Well"), title="Both"))
    contents = ET.fromstring(files["book/contents.xhtml"])
    links = [(link.get("href"), "".join(link.itertext())) for link in contents.iter(f"{XHTML}a")]
    assert links == [
        ("story1.xhtml", "The Lamp"),
        ("story1part1.xhtml", "Chapter 1"),
        ("story1part2.xhtml", "Chapter 2"),
        ("story2.xhtml", "The Well"),
    ]
    assert all(f"book/{href}" in files for href, _ in links)


TEXTS = st.text(max_size=30)
STORIES = st.builds(
    BoundStory,
    title=TEXTS,
    authors=st.lists(TEXTS, min_size=1, max_size=2).map(tuple),
    parts=st.lists(st.builds(Part, TEXTS, blocks), min_size=1, max_size=3).map(tuple),
    series=TEXTS,
    series_number=TEXTS,
    description=TEXTS,
    disclaimer=TEXTS,
    notes_after=st.lists(TEXTS, max_size=2).map(tuple),
)


@given(st.lists(STORIES, min_size=1, max_size=2))
@settings(max_examples=60, deadline=None)
def test_whatever_a_story_holds_only_our_own_elements_are_in_the_book(stories: list[BoundStory]) -> None:
    for name, content in _files(books.book(*stories)).items():
        if name.endswith((".xhtml", ".opf", ".svg", ".xml")):
            page = ET.fromstring(content)
            if name.endswith(".xhtml"):
                assert {element.tag.removeprefix(XHTML) for element in page.iter()} <= ALLOWED
