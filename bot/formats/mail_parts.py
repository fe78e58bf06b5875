"""This room cuts a mail into its headers and parts, by bytes."""

import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from typing import NamedTuple

from bot.formats.decoding import legacy, undouble

DEEPEST = 5  # parts within parts
MOST_PARTS = 100
LONGEST_ENCODED = 4_000  # characters of a header whose encoded words are read
BLANK_LINE = re.compile(rb"\r?\n\r?\n|\r\r|\A\r?\n")
HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]{0,20}(.*)", re.DOTALL)
PARAMETER = re.compile(r';\s{0,9}([A-Za-z-]{1,40})\s{0,3}=\s{0,3}(?:"([^"]{0,300})"|([^\s;"]{1,300}))')


class Part(NamedTuple):
    """Bytes `start` to `body` are a part's boundary and headers, up to `end` its body."""

    start: int
    body: int
    end: int
    kind: str  # "text/plain"
    encoding: str  # "quoted-printable"
    name: str  # of an attached file


class Header(NamedTuple):
    name: str
    value: str
    line: int  # from 1


def headers(data: bytes) -> list[Header]:
    """The header lines of a block, folded ones in one, encoded words read."""
    found: list[tuple[str, list[str], int]] = []
    for number, line in enumerate(map(_text, data.splitlines()), 1):
        if line[:1] in (" ", "\t") and found:
            found[-1][1].append(line.strip())
        elif match := HEADER.match(line.removeprefix(">")):
            found.append((match[1], [match[2].strip()], number))
    return [Header(name, _words(" ".join(values)), number) for name, values, number in found]


def body_of(data: bytes, start: int, end: int) -> int:
    """Where the body begins: behind the first blank line."""
    match = BLANK_LINE.search(data, start, end)
    return match.end() if match else end


def parts(data: bytes, start: int, end: int, depth: int = 0) -> Iterator[Part]:
    """The leaves of what stands there, one behind the other; together they are all of it."""
    body = body_of(data, start, end)
    told = {header.name.lower(): header.value for header in headers(data[start:body])}
    content = told.get("content-type", "")
    kind = content.split(";", 1)[0].strip().lower() or "text/plain"
    parameters = {match[1].lower(): match[2] or match[3] or "" for match in PARAMETER.finditer(content)}
    boundary = parameters.get("boundary", "").encode("utf-8", "replace")
    places = _boundaries(data, body, end, boundary) if kind.startswith("multipart/") and depth < DEEPEST else []
    if not places:
        name = parameters.get("name", "")
        encoding = told.get("content-transfer-encoding", "").strip().lower()
        yield Part(start, body, end, kind, encoding, name)
        return
    yield Part(start, places[0][0], places[0][0], "multipart", "", "")
    for (begin, head), (close, _) in zip(places, [*places[1:], (end, end)], strict=True):
        if data[begin:head].rstrip().endswith(boundary + b"--"):
            yield Part(begin, close, close, "multipart", "", "")
        else:
            yield Part(begin, head, head, "multipart", "", "")
            yield from parts(data, head, close, depth + 1)


def _boundaries(data: bytes, start: int, end: int, boundary: bytes) -> list[tuple[int, int]]:
    """Where each boundary line begins and ends."""
    if not boundary:
        return []
    pattern = re.compile(rb"^--" + re.escape(boundary) + rb"(?:--)?[ \t]{0,40}\r?(?:\n|\Z)", re.MULTILINE)
    return [match.span() for match in pattern.finditer(data, start, end)][:MOST_PARTS]


def _text(data: bytes) -> str:
    try:
        return undouble(data.decode("utf-8"))
    except UnicodeDecodeError:
        return legacy(data)


def _words(value: str) -> str:
    """Encoded words read; as it stands where they cannot be, or are too many for the standard library's reader."""
    if "=?" not in value or len(value) > LONGEST_ENCODED:
        return value
    try:
        return "".join(_word(*word) for word in decode_header(value)).strip() or value
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return value


def _word(word: bytes | str, charset: str | None) -> str:
    if isinstance(word, str):
        return word
    return word.decode(charset) if charset and charset != "unknown-8bit" else _text(word)
