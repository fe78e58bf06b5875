"""This room draws documents that are meant to hurt: each shape in any size, to see that work grows with it alone."""

import base64
import io
import zipfile
from collections.abc import Callable

from bot.domain.documents import Format

Shape = Callable[[int], bytes]  # bytes in, about as many out
TEXT, HTML, MAIL, MARKDOWN = Format.TEXT, Format.HTML, Format.MAIL, Format.MARKDOWN


def repeated(piece: bytes, *, head: bytes = b"", tail: bytes = b"") -> Shape:
    return lambda size: head + piece * (size // len(piece)) + tail


def deepening(mark: bytes) -> Shape:
    """Each line quotes the one above it: as deep as the square root of the size."""

    def shape(size: int) -> bytes:
        depth = int((2 * size / len(mark)) ** 0.5)
        return b"".join(mark * level + b" so he said\n" for level in range(1, depth))

    return shape


def attached(size: int) -> bytes:
    head = b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n"
    return head + base64.encodebytes(bytes(range(256)) * (size // 350))


def many_members(size: int) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as file:
        for number in range(size // 120):
            file.writestr(f"{number}.txt", b"The lamp.")
    return box.getvalue()


PAGE = b"<html><body><p>The lamp went out.</p>"
MESSAGE = b"From: a@b.example\nSubject: The Lamp\nDate: Tue, 14 Mar 1995 22:04:11 GMT\n"
TEXTS: dict[str, Shape] = {
    "one endless line": repeated(b"lamp and ferry "),
    "one endless word": repeated(b"lamp"),
    "all stars": repeated(b"*"),
    "all underscores": repeated(b"_"),
    "all slashes": repeated(b"/"),
    "stars about words": repeated(b"*a "),
    "stars and letters": repeated(b"a*"),
    "all newlines": repeated(b"\n"),
    "all carriage returns": repeated(b"\r"),
    "all blanks": repeated(b" "),
    "all tabs and newlines": repeated(b" \t\n"),
    "alternating blank lines": repeated(b"lamp\n\n"),
    "growing gaps": repeated(b"a\n\nb\n\n\nc\n\n\n\n"),
    "lines of one letter": repeated(b"a\n"),
    "quoted mail": deepening(b">"),
    "many labels": repeated(b"Rating: PG\n"),
    "labels on one line": repeated(b"Rating: PG   "),
    "many colons": repeated(b"a:"),
    "many part headings": repeated(b"Part 1\n\nLamp.\n\n"),
    "part headings alone": repeated(b"Chapter One\n\n"),
    "many scene breaks": repeated(b"Lamp.\n\n***\n\n"),
    "rows of ornaments": repeated(b"~*~\n"),
    "many ends": repeated(b"The End\n\n"),
    "many bylines": repeated(b"The Lamp -- by Ruth\n"),
    "many relations": repeated(b"sequel to ", head=b"Summary: "),
    "many addresses": repeated(b"a@b.example "),
    "signs of addresses": repeated(b"a@"),
    "many dots": repeated(b"a."),
    "open brackets": repeated(b"("),
    "bytes of no encoding": repeated(b"\x81\x8d"),
    "utf-8 and cp1252 by turns": repeated("é’\n".encode() + b"\xe9\x92\n"),
    "encoded twice": repeated("é’".encode().decode("latin-1").encode()),
    "half of a letter": repeated(b"\xc3"),
    "nulls": repeated(b"a\0"),
}
PAGES: dict[str, Shape] = {
    "deep blocks": repeated(b"<div>", head=PAGE),
    "deep emphasis": repeated(b"<i>", head=PAGE),
    "deep tables": repeated(b"<table><tr><td>", head=PAGE),
    "deep lists": repeated(b"<ul><li>", head=PAGE),
    "deep quotations": repeated(b"<blockquote>a", head=PAGE),
    "ends of nothing": repeated(b"</div>", head=PAGE),
    "all <": repeated(b"<", head=PAGE),
    "all >": repeated(b">", head=PAGE),
    "all &": repeated(b"&", head=PAGE),
    "entities without end": repeated(b"&amp", head=PAGE),
    "numbers without end": repeated(b"1", head=PAGE + b"&#"),
    "entities of numbers": repeated(b"&#8212", head=PAGE),
    "comments that never end": repeated(b"<!--", head=PAGE),
    "comments of one dash": repeated(b"<!- ", head=PAGE),
    "declarations": repeated(b"<!", head=PAGE),
    "instructions": repeated(b"<?", head=PAGE),
    "sections of CDATA": repeated(b"<![CDATA[", head=PAGE),
    "scripts that never end": repeated(b"<script>", head=PAGE),
    "styles by turns": repeated(b"<style></script>", head=PAGE),
    "a quote that never ends": repeated(b"lamp ", head=PAGE + b'<a href="'),
    "many quotes that never end": repeated(b'<a href="x', head=PAGE),
    "a tag that never ends": repeated(b" a=b", head=PAGE + b"<a"),
    "attributes with no value": repeated(b" a", head=PAGE + b"<a", tail=b">"),
    "many breaks": repeated(b"<br>", head=PAGE),
    "hard blanks": repeated(b"<p>&nbsp;</p>", head=PAGE),
    "many rules": repeated(b"<hr>a", head=PAGE),
    "many links": repeated(b'<a href="x.html">lamp</a> ', head=PAGE),
    "many links of lists": repeated(b'<li><a href="x.html">lamp</a> by Ruth', head=PAGE),
    "many cells": repeated(b"<td>Rating:</td><td>PG</td>", head=PAGE + b"<table><tr>"),
    "one endless paragraph": repeated(b"lamp <i>and</i> ", head=PAGE),
    "one endless pre": repeated(b"The lamp went out over the weir.\n", head=PAGE + b"<pre>"),
    "documents within documents": repeated(b"<html><body><p>a", head=PAGE),
    "misnested emphasis": repeated(b"<b><i>a</b></i>", head=PAGE),
    "forms": repeated(b"<form><input>a", head=PAGE),
}
MESSAGES: dict[str, Shape] = {
    "many headers": repeated(b"Received: from a by b\n", head=MESSAGE, tail=b"\nThe lamp."),
    "a header folded for ever": repeated(b" lamp\n", head=MESSAGE + b"References: a\n", tail=b"\nThe lamp."),
    "encoded words": repeated(b"=?utf-8?q?a?= ", head=MESSAGE + b"Comments: ", tail=b"\n\nThe lamp."),
    "half an encoded word": repeated(b"=?utf-8?q?", head=MESSAGE + b"Comments: ", tail=b"\n\nThe lamp."),
    "base64 of garbage": attached,
    "quoted-printable": repeated(b"=E9=", head=MESSAGE + b"Content-Transfer-Encoding: quoted-printable\n\n"),
    "bounds of parts": repeated(b"--x\n\n", head=MESSAGE + b"Content-Type: multipart/mixed; boundary=x\n\n"),
    "quoted again and again": deepening(b"> "),
    "signatures": repeated(b"-- \na\n", head=MESSAGE + b"\n"),
}
MARKED: dict[str, Shape] = {
    "open square brackets": repeated(b"[", head=b"# a\n\n"),
    "links of links": repeated(b"[a](", head=b"# a\n\n"),
    "back quotes": repeated(b"`a", head=b"# a\n\n"),
    "stars by twos": repeated(b"**a ", head=b"# a\n\n"),
    "quotations": repeated(b"> ", head=b"# a\n\n"),
    "lists": repeated(b"- ", head=b"# a\n\n"),
    "many headings": repeated(b"# a\n\n"),
    "fences": repeated(b"```\n"),
    "front matter without end": repeated(b"a: b\n", head=b"---\n"),
    "back slashes": repeated(b"\\", head=b"# a\n\n"),
}
BOXES: dict[str, Shape] = {
    "members of a zip": many_members,
    "messages of a box": repeated(b"From a@b.example Tue Mar 14 22:04:11 1995\nFrom: a\n\nLamp.\n\n"),
}
SHAPES: list[tuple[Format | None, str, Shape]] = [
    *((TEXT, name, shape) for name, shape in TEXTS.items()),
    *((HTML, name, shape) for name, shape in PAGES.items()),
    *((MAIL, name, shape) for name, shape in MESSAGES.items()),
    *((MARKDOWN, name, shape) for name, shape in MARKED.items()),
    *((None, name, shape) for name, shape in BOXES.items()),
]
