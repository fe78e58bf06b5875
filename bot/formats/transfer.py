"""This room undoes what mail does to bytes on the way, and knows where each of them came from."""

import binascii
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from bot.domain.documents import Extent, Line
from bot.formats.html_lines import merged

NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
ESCAPE = re.compile(rb"=(?:([0-9A-Fa-f]{2})|[ \t]{0,80}(?:\r?\n|\Z))")


class Transferred(NamedTuple):
    """Decoded bytes; those from `decoded[n]` on came from bytes `encoded[n]` on of the document."""

    data: bytes
    decoded: Sequence[int]
    encoded: Sequence[int]

    def place(self, at: int) -> int:
        """Where a decoded byte stands in the document; in proportion within a line of base64."""
        if len(self.decoded) < 2:
            return self.encoded[0]
        index = min(bisect_right(self.decoded, at) - 1, len(self.decoded) - 2)
        start, end = self.decoded[index], self.decoded[index + 1]
        width = self.encoded[index + 1] - self.encoded[index]
        return self.encoded[index] + (width * (at - start) // (end - start) if end > start else width)

    def lines(self, lines: Iterable[Line], start: int) -> list[Line]:
        """Lines of the decoded bytes as lines of the document from byte `start` on; what encoding costs is markup."""
        told: list[Line] = []
        for line in lines:
            end = max(self.place(line.end), start)
            costs = sorted([*self._costs(line.start, line.end), *map(self._extent, line.markup)])
            within = (Extent(max(each.start, start), min(each.end, end)) for each in costs)
            told.append(
                line._replace(start=start, end=end, markup=merged([each for each in within if each.start < each.end]))
            )
            start = end
        return told

    def _extent(self, extent: Extent) -> Extent:
        return Extent(self.place(extent.start), self.place(extent.end))

    def _costs(self, start: int, end: int) -> Iterator[Extent]:
        """What encoding cost between two decoded bytes."""
        index = max(bisect_right(self.decoded, start) - 1, 0)
        while index and self.decoded[index - 1] == start:
            index -= 1
        while index + 1 < len(self.decoded) and self.decoded[index] <= end:
            size = self.decoded[index + 1] - self.decoded[index]
            begin, close = self.encoded[index], self.encoded[index + 1]
            if size < close - begin:
                yield Extent(begin + size, close)
            index += 1


def decoded(raw: bytes, start: int, encoding: str) -> Transferred | None:
    """`raw` stands at byte `start` of the document; None where mail left it as it is."""
    if encoding == "quoted-printable":
        return _mapped(start, _from_quoted_printable(raw))
    return _mapped(start, _from_base64(raw)) if encoding == "base64" else None


def _from_quoted_printable(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Each run of bytes as they are, each that was escaped, each line end that was not meant."""
    place = 0
    for match in ESCAPE.finditer(raw):
        if place < match.start():
            yield match.start() - place, raw[place : match.start()]
        yield match.end() - match.start(), bytes.fromhex(match[1].decode("ascii")) if match[1] else b""
        place = match.end()
    if place < len(raw):
        yield len(raw) - place, raw[place:]


def _from_base64(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """One piece a line; digits that do not fill a line's last byte go to the next one."""
    rest = b""
    lines = raw.splitlines(keepends=True)
    for number, line in enumerate(lines, 1):
        digits = rest + line.translate(None, NOT_BASE64)
        whole = len(digits) // 4 * 4
        rest = digits[whole:]
        tail = binascii.a2b_base64(rest + b"=" * (4 - len(rest))) if number == len(lines) and len(rest) > 1 else b""
        yield len(line), binascii.a2b_base64(digits[:whole]) + tail


def _mapped(start: int, pieces: Iterable[tuple[int, bytes]]) -> Transferred:
    """Pieces of the document, each with the bytes it takes there."""
    held = list(pieces)
    return Transferred(
        b"".join(piece for _, piece in held),
        [0, *accumulate(len(piece) for _, piece in held)],
        list(accumulate((size for size, _ in held), initial=start)),
    )
