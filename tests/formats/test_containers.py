"""This room proves that boxes give what is in them, and that a hostile one is refused while the rest goes in."""

import io
import os
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.domain.documents import Kind, RawField
from bot.formats import boxes, containers
from bot.formats.boxes import Aside, Member

MESSAGE = "From ann@example.org Sat Jan  3 01:05:34 1996\nFrom: Ann\nSubject: {0}\n\nIt went out.\n\n"


def packed(
    files: Mapping[str, bytes | str] | Mapping[str | zipfile.ZipInfo, bytes | str],
    compression: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return box.getvalue()


def opened(content: bytes | Path, name: str = "box.zip") -> tuple[list[Member], dict[str, str]]:
    found = list(containers.members(name, content))
    asides = {each.path: each.reason for each in found if isinstance(each, Aside)}
    return [each for each in found if isinstance(each, Member)], asides


def paths(members: list[Member]) -> list[str]:
    return [member.path for member in members]


def test_a_file_that_holds_nothing_else_is_its_own_document(tmp_path: Path) -> None:
    assert opened(b"It went out.", "lamp.txt") == ([Member("lamp.txt", b"It went out.")], {})
    file = tmp_path / "lamp.txt"
    file.write_bytes(b"It went out.")
    assert opened(file, "lamp.txt") == ([Member("lamp.txt", b"It went out.")], {})


def test_a_zip_gives_its_documents_with_their_paths() -> None:
    members, asides = opened(packed({"a.txt": "one", "stories/b.txt": "two", "empty/": ""}))
    assert [(member.path, member.data) for member in members] == [
        ("box.zip/a.txt", b"one"), ("box.zip/stories/b.txt", b"two"),
    ]  # fmt: skip
    assert asides == {}


def test_boxes_within_boxes_are_opened() -> None:
    inner = packed({"b.txt": "two", "m.mbox": MESSAGE.format("x") + MESSAGE.format("y")})
    members, _ = opened(packed({"a.txt": "one", "in/inner.zip": inner}))
    assert paths(members) == [
        "box.zip/a.txt", "box.zip/in/inner.zip/b.txt", "box.zip/in/inner.zip/m.mbox/1", "box.zip/in/inner.zip/m.mbox/2",
    ]  # fmt: skip


def test_boxes_within_boxes_for_ever_are_refused() -> None:
    content = packed({"a.txt": "one"})
    for _ in range(boxes.DEEPEST):
        content = packed({"b.txt": "two", "inner.zip": content})
    members, asides = opened(content)
    assert len(members) == boxes.DEEPEST
    assert list(asides.values()) == ["it is a zip archive within 4 others; unpack it first"]


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt", "C:\\evil.txt", "c:evil"]
)
def test_names_that_lead_out_are_refused_and_the_rest_goes_in(name: str) -> None:
    members, asides = opened(packed({name: "evil", "good.txt": "good"}))
    assert paths(members) == ["box.zip/good.txt"]
    assert list(asides.values()) == ["its name leads out of the archive; pack it again under a plain name"]


def test_a_document_without_a_name_is_refused() -> None:
    members, asides = opened(packed({zipfile.ZipInfo(""): "one", "b.txt": "two"}))
    assert paths(members) == ["box.zip/b.txt"]
    assert asides == {"box.zip/": "it has no name; pack it again under one"}


def test_names_that_a_terminal_might_obey_are_shown() -> None:
    members, _ = opened(packed({"a\x1b[31mred\u202e.txt": "one"}))
    assert paths(members) == ["box.zip/a\\x1b[31mred\\u202e.txt"]


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_names_that_come_twice_are_told_apart() -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for content in ("one", "two"):
            archive.writestr("a.txt", content)
    members, _ = opened(box.getvalue())
    assert [(member.path, member.data) for member in members] == [
        ("box.zip/a.txt", b"one"), ("box.zip/a.txt (2)", b"two"),
    ]  # fmt: skip


def test_a_bomb_is_refused_and_the_rest_goes_in() -> None:
    members, asides = opened(packed({"bomb.txt": bytes(2 << 20), "good.txt": "good"}))
    assert paths(members) == ["box.zip/good.txt"]
    assert asides == {"box.zip/bomb.txt": "it unpacks to more than 200 times its size, as only a zip bomb does"}


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    content = packed({"bomb.txt": bytes(2 << 20)})
    lying = content.replace(struct.pack("<L", 2 << 20), struct.pack("<L", 100))
    members, asides = opened(lying)
    assert members == []
    assert list(asides.values()) == ["it is damaged or truncated within its zip archive; pack it again"]


def test_a_document_may_be_only_so_large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for room in (boxes, containers):
        monkeypatch.setattr(room, "LARGEST_DOCUMENT", 1 << 20)
    large = os.urandom((1 << 20) + 1)
    members, asides = opened(packed({"large.txt": large, "good.txt": "good"}))
    assert paths(members) == ["box.zip/good.txt"]
    assert asides == {"box.zip/large.txt": "it is larger than 1 MB, the most that is read; divide it"}
    file = tmp_path / "large.txt"
    file.write_bytes(large)
    assert opened(file, "large.txt") == ([], {"large.txt": "it is larger than 1 MB, the most that is read; divide it"})


def test_an_archive_may_unpack_to_only_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxes, "LARGEST_TOTAL", 10)
    members, asides = opened(packed({"a.txt": "eight by", "b.txt": "eight by"}))
    assert paths(members) == ["box.zip/a.txt"]
    assert "the most that is read" in asides["box.zip/b.txt"]


def test_an_archive_may_hold_only_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxes, "MOST_MEMBERS", 2)
    monkeypatch.setattr(containers, "MOST_MEMBERS", 2)
    members, asides = opened(packed(dict.fromkeys("abcd", "x")))
    assert paths(members) == ["box.zip/a", "box.zip/b"]
    assert asides == {"box.zip": "it holds more than 2 documents; the others were not read, divide it"}


def test_an_encrypted_document_is_refused() -> None:
    content = bytearray(packed({"a.txt": "one"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert opened(bytes(content))[1] == {"box.zip/a.txt": "it is encrypted; pack it without a password"}


def test_a_link_is_refused() -> None:
    info = zipfile.ZipInfo("a.txt")
    info.external_attr = 0o120777 << 16
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert opened(box.getvalue())[1] == {"box.zip/a.txt": "it is a link and no document; pack what it leads to"}


def test_an_unknown_packing_is_refused() -> None:
    content = bytearray(packed({"a.txt": "one"}))
    content[8:10] = content[content.index(b"PK\x01\x02") + 10 :][:2] = b"\x63\x00"
    content[content.index(b"PK\x01\x02") + 10] = 0x63
    assert "does not know" in opened(bytes(content))[1]["box.zip/a.txt"]


@pytest.mark.parametrize("size", [10, 30, 38])
def test_a_truncated_archive_is_refused(size: int) -> None:
    content = packed({"a.txt": "one" * 100})
    assert opened(content[:size]) == ([], {"box.zip": "it is a damaged or truncated zip archive; pack it again"})


def test_a_damaged_document_is_refused_and_the_rest_goes_in() -> None:
    content = packed({"a.txt": "one" * 10, "b.txt": "two"}, zipfile.ZIP_STORED).replace(b"oneone", b"oneOne", 1)
    members, asides = opened(content)
    assert paths(members) == ["box.zip/b.txt"]
    assert asides == {"box.zip/a.txt": "it is damaged or truncated within its zip archive; pack it again"}


def test_a_mailbox_gives_its_messages_whole() -> None:
    box = MESSAGE.format("one") + MESSAGE.format("two") + "From here on, in 1996\n"
    members, _ = opened(box.encode(), "lamps.mbox")
    assert paths(members) == ["lamps.mbox/1", "lamps.mbox/2"]
    assert b"".join(member.data for member in members) == box.encode()


def test_a_single_message_goes_by_its_own_name() -> None:
    members, _ = opened(MESSAGE.format("one").encode(), "x1.txt")
    assert paths(members) == ["x1.txt"]


def test_a_message_too_large_is_refused_and_the_rest_goes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "LARGEST_DOCUMENT", 1 << 20)
    box = MESSAGE.format("one") + "x" * 99 + "\n" * (1 << 20) + MESSAGE.format("two")
    members, asides = opened(box.encode(), "lamps.mbox")
    assert paths(members) == ["lamps.mbox/2"]
    assert asides == {"lamps.mbox/1": "it is larger than 1 MB, the most that is read"}


CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>"""
PACKAGE = """<?xml version="1.0"?><!DOCTYPE package SYSTEM "x">
<package xmlns="http://www.idpf.org/2007/opf" version="2.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The L&aacute;mp</dc:title><dc:creator>Ann</dc:creator>
<dc:subject>Lamps</dc:subject><dc:date>2001-05-06</dc:date><meta name="calibre:series" content="Lights"/>
<meta name="calibre:series_index" content="2"/>{meta}</metadata><manifest>
<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="text/two%202.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>{items}</manifest>
<spine toc="ncx"><itemref idref="cover"/><itemref idref="one"/><itemref idref="two"/>
<itemref idref="gone"/>{spine}</spine>
<guide><reference type="title-page" href="text/title.xhtml"/></guide></package>"""
NCX = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Chapter
One</text></navLabel><content src="text/one.xhtml#a"/></navPoint></navMap></ncx>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><ol>
<li><a href="text/two%202.xhtml">Two</a></li></ol></nav></body></html>"""


def book(meta: str = "", items: str = "", spine: str = "", **files: str) -> bytes:
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/content.opf": PACKAGE.format(meta=meta, items=items, spine=spine),
            "OEBPS/toc.ncx": NCX,
            "OEBPS/cover.xhtml": "<p>cover</p>",
            "OEBPS/text/one.xhtml": "<p>one</p>",
            "OEBPS/text/two 2.xhtml": "<p>two</p>",
            "OEBPS/style.css": "p {}",
            **files,
        }
    )


def test_a_book_gives_its_documents_in_reading_order() -> None:
    members, asides = opened(book(), "lamp.epub")
    assert [(member.path, member.order, member.group, member.structure) for member in members] == [
        ("lamp.epub/OEBPS/cover.xhtml", 1, "lamp.epub", "cover"),
        ("lamp.epub/OEBPS/text/one.xhtml", 2, "lamp.epub", ""),
        ("lamp.epub/OEBPS/text/two 2.xhtml", 3, "lamp.epub", ""),
    ]
    assert asides["lamp.epub/OEBPS/gone.xhtml"] == "the book's package document lists it, but it is missing"


def test_a_books_dress_is_named_and_expected() -> None:
    asides = [each for each in containers.members("lamp.epub", book()) if isinstance(each, Aside) and each.expected]
    assert {each.path.removeprefix("lamp.epub/"): each.kind for each in asides} == {
        "mimetype": Kind.MARKUP, "META-INF/container.xml": Kind.MARKUP, "OEBPS/content.opf": Kind.FIELDS,
        "OEBPS/toc.ncx": Kind.MARKUP, "OEBPS/style.css": Kind.MARKUP,
    }  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(book())) as box:
        read = [each.path for each in containers.members("lamp.epub", book()) if isinstance(each, Member)]
        assert {each.path for each in asides} | set(read) == {f"lamp.epub/{name}" for name in box.namelist()}
        assert all(each.size == box.getinfo(each.path.removeprefix("lamp.epub/")).file_size for each in asides)


@pytest.mark.parametrize("name", ["__MACOSX/._a.txt", ".DS_Store", "stories/Thumbs.db", "stories/.hidden/a.txt"])
def test_what_a_system_left_behind_is_named_and_expected(name: str) -> None:
    found = list(containers.members("box.zip", packed({name: "junk", "a.txt": "one"})))
    assert [each.path for each in found if isinstance(each, Member)] == ["box.zip/a.txt"]
    (aside,) = (each for each in found if isinstance(each, Aside))
    assert (aside.path, aside.size, aside.expected) == (f"box.zip/{name}", 4, True)


def test_a_books_package_tells_its_fields() -> None:
    where = "lamp.epub/OEBPS/content.opf"
    (_, one, two), _ = opened(book(), "lamp.epub")
    assert one.fields == (
        RawField("title", "The Lámp", 0, where), RawField("creator", "Ann", 0, where),
        RawField("subject", "Lamps", 0, where),
        RawField("date", "2001-05-06", 0, where), RawField("series", "Lights", 0, where),
        RawField("series number", "2", 0, where), RawField("part title", "Chapter One", 0, where),
    )  # fmt: skip
    assert "part title" not in {field.label for field in two.fields}


def test_a_third_books_collections_and_contents_are_read() -> None:
    content = book(
        meta='<meta property="belongs-to-collection" id="c">Lights 3</meta><meta property="group-position">7</meta>',
        items='<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        spine='<itemref idref="n"/>',
        **{"OEBPS/nav.xhtml": NAV},
    )
    members, _ = opened(content, "lamp.epub")
    assert (members[-1].path, members[-1].structure) == ("lamp.epub/OEBPS/nav.xhtml", "contents")
    told = {field.label: field.value for field in members[2].fields}
    assert (told["series"], told["series number"], told["part title"]) == ("Lights 3", "7", "Two")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("OEBPS/content.opf", "<package", "it is an EPUB whose OEBPS/content.opf cannot be read; make it again"),
        ("OEBPS/content.opf", "<!DOCTYPE x [<!ENTITY a 'b'>", "defines entities of its own"),
        ("META-INF/container.xml", "<x/>", ""),
        ("META-INF/container.xml", "<x><rootfile full-path='no.opf'/></x>", "it is an EPUB whose no.opf is missing"),
    ],
)
def test_a_broken_book_is_refused(name: str, content: str, reason: str) -> None:
    members, asides = opened(book(**{name: content}), "lamp.epub")
    if reason:
        assert reason in asides["lamp.epub"]
        assert members == []
    else:
        assert len(members) == 3


def test_a_book_whose_entities_would_grow_is_refused() -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>\n<x>&b;</x>"
    assert list(opened(book(**{"OEBPS/content.opf": bomb}), "lamp.epub")[1]) == ["lamp.epub"]


def test_a_book_leads_nowhere_outside() -> None:
    items = '<item id="e" href="../../etc/passwd" media-type="application/xhtml+xml"/>'
    _, asides = opened(book(items=items, spine='<itemref idref="e"/>'), "lamp.epub")
    assert "the book's package document lists it, but it is missing" in asides.values()
