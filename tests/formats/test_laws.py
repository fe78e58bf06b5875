"""This room proves what holds for every reader, whatever the bytes."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.documents import Format
from bot.domain.errors import Unreadable
from bot.formats import containers, prose, source
from bot.formats.boxes import Aside, Member
from tests.formats import documents

TAGS = [
    "<p>", "</p>", "<br>", "<br/>", "<BR CLEAR=ALL>", "<i>", "</i>", "<b>", "</b>", "<em>", "</em>", "<hr>",
    "<hr width=50%>", "<pre>", "</pre>", "<center>", "</center>", "<div>", "</div>", "<div align=center>", "<table>",
    "<tr>", "<td>", "</td>", "</tr>", "</table>", "<h1>", "</h1>", "<title>", "</title>", "<a href=\"x.html\")>",
    "<a href='y>", "</a>", "<script>", "</script>", "<style>", "</style>", "<!--", "-->", "<!- x ->", "<!", "<?",
    "<form>", "<input name=a>", "</form>", "<img src=line.gif>", "<img alt=x>", "<blockquote>", "</blockquote>",
    "<ul>", "<li>", "<dl>", "<dt>", "<dd>", "<span style='font-style:italic'>", "</span>", "<o:p>", "<3", "<---",
    "<sigh>", "<", ">", "&", "&amp;", "&eacute", "&#8212ever", "&#150;", "&#0;", "&#xD800;", "&nbsp;", "AT&T;", "\"",
    "'", "\n", "\n\n", "\r\n", "\r", "\t", "\x0c", "\x00", "\x1a", " ", "word", "The lamp went out.", "*so*",
    "**no**", "_it_", "/is/", "***", "----", "> ", ">From ", "# ", "[x](y.md)", "---\n", "title: x\n",
    "From: a\nSubject: b\nMessage-ID: c\n\n", "-- \n", "é", "“", "😀", "â€™", "\ufeff",
]  # fmt: skip
soups = st.lists(st.sampled_from(TAGS), max_size=40).map("".join)


def _encoded(text: str, charset: str) -> bytes:
    return text.encode(charset, "ignore")


def _followed(data: bytes, tail: bytes) -> bytes:
    return data + tail


encoded = st.builds(_encoded, soups, st.sampled_from(["utf-8", "cp1252", "utf-16"]))
anything: st.SearchStrategy[bytes] = st.one_of(
    encoded, st.binary(max_size=200), st.builds(_followed, encoded, st.binary(max_size=9))
)


@given(anything, st.sampled_from([None, *Format]))
def test_lines_tile_every_document_and_markup_lies_inside(data: bytes, format: Format | None) -> None:  # noqa: A002
    try:
        read = source.read(data, format)
    except Unreadable:
        return
    documents.check(data, read)
    blocks = prose.read(read.lines)
    assert prose.normal(blocks) == blocks
    assert all(
        1 <= read.number(number) <= data.count(b"\n") + data.count(b"\r") + 1 for number in range(1, len(read.lines))
    )


@given(anything, st.sampled_from([None, *Format]))
def test_no_replacement_character_is_ever_made(data: bytes, format: Format | None) -> None:  # noqa: A002
    try:
        read = source.read(data, format)
    except Unreadable:
        return
    if b"\xef\xbf\xbd" not in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        assert not any("\ufffd" in line.text for line in read.lines)


@given(anything)
def test_every_file_gives_documents_or_reasons(data: bytes) -> None:
    for found in containers.members("box", data):
        assert isinstance(found, Member | Aside)
        assert found.path.startswith("box")


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "one endless line": lambda size: b"word " * (size // 5),
    "deep tags": lambda size: b"<div>" * (size // 5) + b"x",
    "deep emphasis": lambda size: b"<i>" * (size // 3) + b"x",
    "all stars": lambda size: b"*" * size,
    "stars apart": lambda size: b"*a " * (size // 3),
    "all slashes": lambda size: b"/a " * (size // 3),
    "all ampersands": lambda size: b"<p>" + b"&" * size,
    "all less-than": lambda size: b"<p>x" + b"<" * size,
    "all newlines": lambda size: b"x" + b"\n" * size,
    "all line breaks": lambda size: b"<p>x" + b"<br>" * (size // 4),
    "unclosed quotes": lambda size: b"<p>x" + b'<a href="x ' * (size // 11),
    "unclosed comments": lambda size: b"<p>x" + b"<!-- " * (size // 5),
    "unclosed scripts": lambda size: b"<p>x" + b"<script>" * (size // 8),
    "unclosed tags": lambda size: b"<p>x" + b"<p " * (size // 3),
    "one unclosed tag": lambda size: b"<p>x<a " + b"y" * size,
    "links": lambda size: b"<p>x" + b"<a href=x>" * (size // 10),
    "brackets": lambda size: b"# x\n# y\n" + b"[" * size,
    "half links": lambda size: b"# x\n# y\n" + b"[a](" * (size // 4),
    "headers": lambda size: b"From: x\nSubject: y\nDate: z\n" + b"A: b\n" * (size // 5) + b"\nx",
    "folds": lambda size: b"From: x\nSubject: y\nDate: z\n" + b" a\n" * (size // 3) + b"\nx",
    "quoted": lambda size: b"From: x\nSubject: y\nDate: z\n\n" + b">" * size,
    "drawings": lambda size: b"/\\_|\n" * (size // 5),
    "rules": lambda size: b"-o" * (size // 2),
    "short rules": lambda size: (b"-o" * 90 + b"x\n") * (size // 182),
    "blank dashes": lambda size: (b"- " * 90 + b"x\n") * (size // 182),
    "entities": lambda size: b"<p>" + b"&eacute" * (size // 7),
    "front matter": lambda size: b"---\n" + b"a: b\n" * (size // 5),
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_work_grows_with_the_bytes_alone(shape: str) -> None:
    """Eight times the bytes take at most some twenty times as long, where a square would take 64 times."""
    short, long = (_fastest(HOSTILE[shape](size)) for size in (8_000, 64_000))
    assert long < 20 * short + 0.02


def _fastest(data: bytes) -> float:
    return min(_seconds(data) for _ in range(3))


def _seconds(data: bytes) -> float:
    start = time.process_time()
    try:
        read = source.read(data)
        prose.read(read.lines)
    except Unreadable:
        pass
    return time.process_time() - start
