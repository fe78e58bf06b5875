"""This room puts documents together out of chunks whose kind is known, and turns them into bytes."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from bot.domain.documents import Kind
from tests.archives.truth import Mark


class Chunk(NamedTuple):
    """Characters as they will be written; `kind` of what a reader sees of them, None where it is not to be judged."""

    text: str
    kind: Kind | None = None


Draft = list[Chunk]
Encode = Callable[[str], bytes]
_WORD = re.compile(r"(?<![&#\w<=/\"'])[A-Za-z]{3,}")


def bare(text: str) -> Chunk:
    """Tags, blanks, newlines: what no kind is claimed for."""
    return Chunk(text)


def told(text: str) -> Chunk:
    return Chunk(text, Kind.TEXT)


def stated(text: str) -> Chunk:
    return Chunk(text, Kind.FIELDS)


def noted(text: str) -> Chunk:
    return Chunk(text, Kind.NOTES)


def furnished(text: str) -> Chunk:
    return Chunk(text, Kind.FURNITURE)


def utf8(text: str) -> bytes:
    return text.encode("utf-8")


def windows(text: str) -> bytes:
    """cp1252, where it has the character; a control from 0x80 to 0x9F stays the one byte it is."""
    return b"".join(_windows_byte(character) for character in text)


def _windows_byte(character: str) -> bytes:
    if 0x80 <= ord(character) < 0xA0:
        return bytes([ord(character)])
    return character.encode("cp1252", "xmlcharrefreplace")


def encoded(draft: Iterable[Chunk], encode: Encode = utf8) -> tuple[bytes, tuple[Mark, ...]]:
    """The document's bytes, and for the first and last word of each chunk of known kind where they stand."""
    data, marks = bytearray(), list[Mark]()
    for chunk in draft:
        start = len(data)
        data += encode(chunk.text)
        marks += _marks(chunk, start, encode) if chunk.kind else []
    return bytes(data), tuple(marks)


def _marks(chunk: Chunk, start: int, encode: Encode) -> list[Mark]:
    assert chunk.kind is not None
    words = list(_WORD.finditer(chunk.text))
    first = [] if chunk.kind is Kind.NOTES else words[:1]  # whether a note's label is a note is nobody's concern
    ends = {word.start(): word for word in first + words[-1:]}
    return [
        Mark(
            start + len(encode(chunk.text[:at])),
            start + len(encode(chunk.text[: word.end()])),
            chunk.kind,
            word.group(),
        )
        for at, word in ends.items()
    ]


def replaced(draft: Draft, change: Callable[[str], str], kinds: frozenset[Kind | None] = frozenset()) -> Draft:
    """The draft with every chunk changed, or those of the kinds alone."""
    return [chunk._replace(text=change(chunk.text)) if not kinds or chunk.kind in kinds else chunk for chunk in draft]
