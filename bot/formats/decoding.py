"""This room turns bytes into letters, and writes down what it repaired on the way."""

import re
from collections.abc import Callable, Sequence

from bot.formats import charsets

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
WIDE_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
CONTROL_BYTES = bytes([*range(9), *range(14, 26), *range(27, 32), 127])
ALL_CONTROL_BYTES = bytes([*range(9), *range(14, 32), 127])
UNKNOWN_TO_CP1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
CP1252 = {code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in UNKNOWN_TO_CP1252}
CP1252_CODES = {ord(character): code for code, character in CP1252.items()}
DROPPED = dict.fromkeys([*range(9), *range(0x0E, 0x20), 0x7F, *UNKNOWN_TO_CP1252])
FOLLOWS = "[\x80-\xbf" + re.escape("".join(CP1252.values())) + "]"  # what a second UTF-8 byte looks like in cp1252
DOUBLED = re.compile(f"[ÂÃ]{FOLLOWS}|â{FOLLOWS}{{2}}|ð{FOLLOWS}{{3}}")


def is_doubled(text: str) -> bool:
    """Whether some of it may be cp1252 once taken for UTF-8; quick."""
    return ("Ã" in text or "â" in text or "Â" in text or "ð" in text) and DOUBLED.search(text) is not None


def undouble(text: str) -> str:
    """cp1252 once taken for UTF-8: the whole line where it says so throughout, else what is known to be so."""
    if not is_doubled(text):
        return text
    return _undoubled(text) or DOUBLED.sub(lambda match: _undoubled(match[0]) or match[0], text)


def _undoubled(text: str) -> str:
    try:
        return text.translate(CP1252_CODES).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return ""


def uncontrolled(text: str) -> str:
    """Codes 128 to 159 are what cp1252 draws there; pages of the time used them so in any charset."""
    return text.translate(CP1252).translate(DROPPED)


def legacy(raw: bytes, charset: str = charsets.CP1252) -> str:
    """cp1252 has a control code where it knows no letter."""
    if charset == charsets.MAC:
        return raw.decode(charset)
    return raw.decode("latin-1").translate(CP1252)


class Decoder:
    """Decodes a document piece by piece; `repairs` tells what that took, by line of the file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._newline = b"\n" if b"\n" in data else b"\r"
        self._is_clean = len(data.translate(None, ALL_CONTROL_BYTES)) == len(data)
        self._is_simple = self._is_clean and data.isascii()
        self._charset = ""  # of lines that are not UTF-8, once there is one
        self._legacy: list[int] = []
        self._doubled: list[int] = []
        self._controls: list[int] = []
        self._lost: list[int] = []

    def text(self, raw: bytes, start: int) -> str:
        """The letters of `raw`, which stands at byte `start`."""
        if self._is_simple:
            return raw.decode("ascii")
        if raw.isascii():
            text = raw.decode("ascii")
            return text if self._is_clean or not CONTROLS.search(text) else self._uncontrolled(text, start)
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = self._by_line(raw, start)
        return self.repaired(text, start)

    def repaired(self, text: str, start: int) -> str:
        """Double encoding undone, control codes left out."""
        single = undouble(text)
        if single != text:
            self._doubled.append(start)
        if "\N{REPLACEMENT CHARACTER}" in single:
            self._lost.append(start)
        return self._uncontrolled(single, start) if CONTROLS.search(single) else single

    def _uncontrolled(self, text: str, start: int) -> str:
        self._controls.append(start)
        return uncontrolled(text)

    def _by_line(self, raw: bytes, start: int) -> str:
        texts: list[str] = []
        self._charset = self._charset or charsets.of(self._data)
        for line in raw.splitlines(keepends=True):
            try:
                texts.append(line.decode("utf-8"))
            except UnicodeDecodeError:
                texts.append(legacy(line, self._charset))
                self._legacy.append(start)
            start += len(line)
        return "".join(texts)

    def repairs(self) -> list[str]:
        numbers = map(self._numbers, (self._legacy, self._doubled, self._controls, self._lost))
        told = sentences(*numbers, charset=self._charset or charsets.CP1252)
        return [*told, charsets.FOREIGN] if self._charset and charsets.is_foreign(self._data) else told

    def _numbers(self, places: Sequence[int]) -> list[int]:
        """Lines of the file, each once; `places` ascend."""
        numbers: list[int] = []
        line, place = 1, 0
        for each in places:
            line += self._data.count(self._newline, place, each)
            place = each
            if not numbers or numbers[-1] != line:
                numbers.append(line)
        return numbers


def sentences(
    legacy: Sequence[int],
    doubled: Sequence[int],
    controls: Sequence[int],
    lost: Sequence[int],
    charset: str = charsets.CP1252,
) -> list[str]:
    """What was repaired, told by numbers of lines."""
    deeds = (
        (legacy, f"not UTF-8 and read as {charsets.NAMES[charset]}."),
        (doubled, "encoded twice and decoded twice."),
        (controls, "freed of control codes."),
        (lost, "damaged before: the original itself holds U+FFFD there."),
    )
    return [f"{_counted(numbers, 'line')} {deed}" for numbers, deed in deeds if numbers]


def _counted(numbers: Sequence[int], noun: str) -> str:
    if len(numbers) == 1:
        return f"1 {noun} ({numbers[0]}) was"
    return f"{len(numbers)} {noun}s (the first is {numbers[0]}) were"


def replaced(texts: list[str], repair: Callable[[str], str]) -> tuple[list[str], list[int]]:
    """The lines repaired, and the numbers of those that changed."""
    fresh = [text if text.isascii() and text.isprintable() else repair(text) for text in texts]
    changed = [number for number, (old, new) in enumerate(zip(texts, fresh, strict=True), 1) if old != new]
    return fresh, changed
