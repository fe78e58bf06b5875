"""This room turns the bytes of a document into lines of text, and writes down what it repaired."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from bot.domain.errors import Unreadable

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
CONTROL_BYTES = bytes([*range(1, 9), *range(14, 26), *range(27, 32), 127])
DOUBLED = re.compile("[ÂÃâ]")  # what every double encoding of a letter or quote begins with
UNKNOWN_TO_CP1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
CP1252 = {code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in UNKNOWN_TO_CP1252}
CP1252_CODES = {ord(character): code for code, character in CP1252.items()}
DROPPED = dict.fromkeys([*range(9), *range(0x0E, 0x20), 0x7F, *UNKNOWN_TO_CP1252])


class Line(NamedTuple):
    """One line without its newline; bytes `start` to `end` (exclusive) of the original hold both."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A document as lines; `repairs` are sentences."""

    lines: tuple[Line, ...]
    repairs: tuple[str, ...] = ()


def decode(data: bytes) -> Source:
    """Reads strict UTF-8, or else each line as UTF-8 or cp1252: a declared charset is no evidence.

    Raises Unreadable with a clause ("it is empty") that the caller puts the document's name before.
    """
    _refuse(data)
    raw = data.splitlines(keepends=True)
    ends = list(accumulate(map(len, raw)))
    repairs: list[str] = []
    texts = _repaired(_texts(data, raw, repairs), repairs)
    if not any(text and not text.isspace() for text in texts):
        raise Unreadable("it is empty")
    return Source(tuple(map(Line, texts, [0, *ends], ends)), tuple(repairs))


def _refuse(data: bytes) -> None:
    if not data:
        raise Unreadable("it is empty")
    if data.startswith(WIDE_MARKS):
        raise Unreadable("it is UTF-16 text; save it as UTF-8")
    if (place := data.find(0)) >= 0:
        raise Unreadable(f"it is binary, not text: a NUL byte stands at byte {place}")
    controls = len(data) - len(data.translate(None, delete=CONTROL_BYTES))
    if controls * 10 > len(data):
        raise Unreadable(f"it is binary, not text: {controls} of its {len(data)} bytes are control codes")


def _texts(data: bytes, raw: list[bytes], repairs: list[str]) -> list[str]:
    if data.startswith(BYTE_ORDER_MARK):
        repairs.append("A byte-order mark stands at the beginning.")
        data = data.removeprefix(BYTE_ORDER_MARK)
        raw[0] = raw[0].removeprefix(BYTE_ORDER_MARK)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _line_by_line(raw, repairs)
    texts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return texts[: len(raw)]


def _line_by_line(raw: list[bytes], repairs: list[str]) -> list[str]:
    texts: list[str] = []
    legacy: list[int] = []
    for number, line in enumerate(raw, 1):
        try:
            texts.append(line.rstrip(b"\r\n").decode("utf-8"))
        except UnicodeDecodeError:
            texts.append(line.rstrip(b"\r\n").decode("latin-1").translate(CP1252))
            legacy.append(number)
    repairs.append(f"{_counted(legacy, 'line')} not UTF-8 and read as cp1252.")
    return texts


def _repaired(texts: list[str], repairs: list[str]) -> list[str]:
    text = "\n".join(texts)
    if not text.isascii() and DOUBLED.search(text):
        texts = _replaced(texts, _undouble, "encoded twice and decoded twice", repairs)
        text = "\n".join(texts)
    if CONTROLS.search(text):
        texts = _replaced(texts, _uncontrolled, "freed of control codes", repairs)
    if "\N{REPLACEMENT CHARACTER}" in text:
        lost = [number for number, line in enumerate(texts, 1) if "\N{REPLACEMENT CHARACTER}" in line]
        repairs.append(f"{_counted(lost, 'line')} damaged before: the original itself holds U+FFFD there.")
    return texts


def _replaced(texts: list[str], repair: Callable[[str], str], deed: str, repairs: list[str]) -> list[str]:
    fresh = [text if text.isascii() and text.isprintable() else repair(text) for text in texts]
    changed = [number for number, (old, new) in enumerate(zip(texts, fresh, strict=True), 1) if old != new]
    if changed:
        repairs.append(f"{_counted(changed, 'line')} {deed}.")
    return fresh


def _undouble(text: str) -> str:
    """cp1252 once taken for UTF-8; changed only where the whole line says so, so that "Âme" stays."""
    try:
        return text.translate(CP1252_CODES).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _uncontrolled(text: str) -> str:
    """Codes 128 to 159 are what cp1252 draws there; pages of the time used them so in any charset."""
    return text.translate(CP1252).translate(DROPPED)


def _counted(numbers: list[int], noun: str) -> str:
    if len(numbers) == 1:
        return f"1 {noun} ({numbers[0]}) was"
    return f"{len(numbers)} {noun}s (the first is {numbers[0]}) were"
