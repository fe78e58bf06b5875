"""This room proves that a document's format is told by what stands in it."""

import pytest

from bot.domain.documents import Format
from bot.formats import sniff
from bot.formats.sniff import Container

TEXT = [
    "The Lamp\n\nIt went out at nine.\n",
    "I <3 you, and <grin> you know it. <<Come here>> <--- he\n",
    "if a < b and b > c, then <i\n",
    "Title: The Lamp\nAuthor: Ann\nRating: PG\n\nIt went out.\n",
    "From: Ann\nTo: Bea\n\nDear Bea,\nthe lamp is out.\n",
    "From: Ann\nSubject: The Lamp\n\nIt went out.\n",
    "# 1\n\nIt went out.\n",
    "*So* late, _so_ late, **so** late.\n",
    "AT&T; R&R & so on\n",
    "---\nIt went out.\n---\n",
    "\ufeff\n\nlamp",
]
HTML = [
    "<!DOCTYPE html><p>x",
    "</script>\n<HTML><BODY>x",
    "It went <i>out</i> at nine.\n\nAnd stayed out.\n",
    "One.<br><br>Two.<br><br>Three.",
    "<p>One.\n<p>Two.\n<p>Three.",
    "&quot;It is late,&quot; she said, and caf&eacute; shut.",
    '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body><p>x</p></body></html>',
]
MARKDOWN = [
    "---\ntitle: The Lamp\nauthor: Ann\n---\n\nIt went out.\n",
    "# The Lamp\n\n## One\n\nIt went out.\n",
    "# The Lamp\n\nIt went **out**.\n",
    "\ufeff# The Lamp\r\r## One\r\rIt went out.\r",
    "See [one](one.md) and [two](https://example.org/two).\n",
]
MAIL = [
    "From: Ann <a@example.org>\nSubject: The Lamp\nDate: Sat, 3 Jan 1996 01:05:34 GMT\n\nIt went out.\n",
    "Path: news!x\nNewsgroups: alt.lamp\nSubject: x\n\nIt went out.\n",
    "From a@example.org Sat Jan  3 01:05:34 1996\nReceived: from x\n by y\nSubject: x\n\nIt went out.\n",
    "\n\nMessage-ID: <1@x>\r\nSubject: x\r\n\r\nIt went out.\r\n",
    "From: a\nSubject: b\nMIME-Version: 1.0\nContent-Type: text/html\n\n<html><p>x</html>",
]


@pytest.mark.parametrize("text", TEXT)
def test_plain_text_is_what_nothing_else_plainly_is(text: str) -> None:
    assert sniff.format_of(text.encode()) is Format.TEXT


@pytest.mark.parametrize("text", HTML)
def test_a_web_page_has_tags_that_are_meant(text: str) -> None:
    assert sniff.format_of(text.encode()) is Format.HTML


@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown_has_marks_that_are_plainly_meant(text: str) -> None:
    assert sniff.format_of(text.encode()) is Format.MARKDOWN


@pytest.mark.parametrize("text", MAIL)
def test_mail_begins_with_a_block_of_its_headers(text: str) -> None:
    assert sniff.format_of(text.encode()) is Format.MAIL


def test_utf_16_is_text() -> None:
    assert sniff.format_of("<html>".encode("utf-16")) is Format.TEXT


@pytest.mark.parametrize(
    ("head", "container"),
    [
        (b"PK\x03\x04" + bytes(26) + b"x1.txt", Container.ZIP),
        (b"PK\x05\x06" + bytes(18), Container.ZIP),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip", Container.EPUB),
        (b"From a@example.org Sat Jan  3 01:05:34 1996\nSubject: x\nFrom: a\n\nx", Container.MBOX),
        (b"From - Sat Jan  3 01:05:34 1996\r\nSubject: x\r\nFrom: a\r\n\r\nx", Container.MBOX),
        (b"From here to there it was a long way in 1996\nand back.\n", None),
        (b"From a@example.org Sat Jan  3 01:05:34 1996\nIt went out.\n", None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_a_container_is_told_by_its_first_bytes(head: bytes, container: Container | None) -> None:
    assert sniff.container_of(head) is container
