"""This room reads plain text: each line as it stands, whatever its newline."""

import re
from collections.abc import Sequence
from itertools import accumulate, chain

from bot.domain.documents import Extent, Format, Line, Source
from bot.formats import charsets, decoding
from bot.formats.decoding import BYTE_ORDER_MARK, CONTROLS, WIDE_MARKS

FORM_FEED = re.compile(b"(\x0c)")


def read(data: bytes) -> Source:
    """A form feed is a blank line of its own; UTF-16 is read where a byte-order mark says so."""
    if data[:2] in WIDE_MARKS:
        return _wide(data)
    raw = _raw(data)
    ends = list(accumulate(map(len, raw)))
    repairs: list[str] = []
    texts = _repaired(_texts(data, raw, repairs), repairs)
    return Source(
        format=Format.TEXT, lines=tuple(map(Line, texts, [0, *ends], ends)), repairs=tuple(repairs), origin=data
    )


def _raw(data: bytes) -> list[bytes]:
    raw = data.splitlines(keepends=True)
    if b"\x0c" not in data:
        return raw
    pieces = (FORM_FEED.split(line) if b"\x0c" in line else (line,) for line in raw)
    return [piece for piece in chain.from_iterable(pieces) if piece]


def _texts(data: bytes, raw: list[bytes], repairs: list[str]) -> list[str]:
    if data.startswith(BYTE_ORDER_MARK):
        repairs.append("A byte-order mark stands at the beginning.")
        data = data.removeprefix(BYTE_ORDER_MARK)
        raw[0] = raw[0].removeprefix(BYTE_ORDER_MARK)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _line_by_line(raw, repairs)
    if b"\x0c" in data:
        return [line.decode("utf-8").strip("\r\n\x0c") for line in raw]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")[: len(raw)]


def _line_by_line(raw: list[bytes], repairs: list[str]) -> list[str]:
    texts: list[str] = []
    numbers: list[int] = []
    charset = charsets.of(b"".join(raw))
    for number, line in enumerate(raw, 1):
        bare = line.strip(b"\x0c").rstrip(b"\r\n")
        try:
            texts.append(bare.decode("utf-8"))
        except UnicodeDecodeError:
            texts.append(decoding.legacy(bare, charset))
            numbers.append(number)
    repairs += decoding.sentences(numbers, (), (), (), charset)
    repairs += [charsets.FOREIGN] if charsets.is_foreign(b"".join(raw)) else []
    return texts


def _repaired(texts: list[str], repairs: list[str]) -> list[str]:
    text = "\n".join(texts)
    doubled, controls, lost = list[int](), list[int](), list[int]()
    if not text.isascii() and decoding.is_doubled(text):
        texts, doubled = decoding.replaced(texts, decoding.undouble)
        text = "\n".join(texts)
    if CONTROLS.search(text):
        texts, controls = decoding.replaced(texts, decoding.uncontrolled)
    if "\N{REPLACEMENT CHARACTER}" in text:
        lost = [number for number, line in enumerate(texts, 1) if "\N{REPLACEMENT CHARACTER}" in line]
    repairs += decoding.sentences((), doubled, controls, lost)
    return texts


def _wide(data: bytes) -> Source:
    """What UTF-16 takes beyond UTF-8 is markup at the end of each line."""
    encoding = WIDE_MARKS[data[:2]]
    repairs = [f"It is UTF-16 text ({'little' if encoding.endswith('le') else 'big'}-endian)."]
    try:
        text = data[2:].decode(encoding)
    except UnicodeDecodeError:
        text = data[2:].decode(encoding, "ignore")
        return _told(text, encoding, data, [*repairs, "Bytes that are no UTF-16 were left out."])
    return _told(text, encoding, data, repairs)


def _told(text: str, encoding: str, data: bytes, repairs: list[str]) -> Source:
    raw = [piece for piece in re.split("(?<=\n)|(?<=\r)(?!\n)", text) if piece]
    ends = [2 + end for end in accumulate(len(piece.encode(encoding)) for piece in raw)]
    if ends:
        ends[-1] = len(data)
    texts = _repaired([piece.rstrip("\r\n") for piece in raw], repairs)
    sizes = [len(piece.encode()) for piece in raw]
    return Source(format=Format.TEXT, lines=tuple(_wide_lines(texts, ends, sizes)), repairs=tuple(repairs), origin=data)


def _wide_lines(texts: Sequence[str], ends: Sequence[int], sizes: Sequence[int]) -> list[Line]:
    lines: list[Line] = []
    for text, start, end, size in zip(texts, [0, *ends], ends, sizes, strict=False):
        costs = (Extent(start + size, end),) if size < end - start else ()
        lines.append(Line(text, start, end, markup=costs))
    return lines
