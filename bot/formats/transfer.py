"""This room undoes what mail does to bytes on the way, and knows where each of them came from."""

import binascii
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from bot.domain.documents import Extent, Line

NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))


class Transferred(NamedTuple):
    """Decoded bytes; those from `decoded[n]` on came from bytes `encoded[n]` on of the document."""

    data: bytes
    decoded: Sequence[int]
    encoded: Sequence[int]

    def place(self, at: int) -> int:
        """Where a decoded byte stands in the document: exact at line ends, in proportion between them."""
        index = min(bisect_right(self.decoded, at) - 1, len(self.decoded) - 2)
        start, end = self.decoded[index], self.decoded[index + 1]
        width = self.encoded[index + 1] - self.encoded[index]
        return self.encoded[index] + (width * (at - start) // (end - start) if end > start else width)

    def lines(self, lines: Iterable[Line], start: int) -> list[Line]:
        """Lines of the decoded bytes as lines of the document from byte `start` on; what encoding costs is markup."""
        told: list[Line] = []
        for line in lines:
            end = max(self.place(line.end), start)
            content = line.end - line.start - sum(each.end - each.start for each in line.markup)
            costs = (Extent(start + content, end),) if start + content < end else ()
            told.append(line._replace(start=start, end=end, markup=costs))
            start = end
        return told


def decoded(raw: bytes, start: int, encoding: str) -> Transferred | None:
    """`raw` stands at byte `start` of the document; None where mail left it as it is."""
    if encoding == "quoted-printable":
        return _decoded(raw, start, [binascii.a2b_qp(line) for line in raw.splitlines(keepends=True)])
    return _decoded(raw, start, _from_base64(raw)) if encoding == "base64" else None


def _from_base64(raw: bytes) -> list[bytes]:
    """One piece a line; digits that do not fill a line's last byte go to the next one."""
    pieces: list[bytes] = []
    rest = b""
    for line in raw.splitlines(keepends=True):
        digits = rest + line.translate(None, NOT_BASE64)
        whole = len(digits) // 4 * 4
        pieces.append(binascii.a2b_base64(digits[:whole]))
        rest = digits[whole:]
    if pieces and len(rest) > 1:
        pieces[-1] += binascii.a2b_base64(rest + b"=" * (4 - len(rest)))
    return pieces


def _decoded(raw: bytes, start: int, pieces: Sequence[bytes]) -> Transferred:
    ends = accumulate(map(len, raw.splitlines(keepends=True)))
    return Transferred(b"".join(pieces), [0, *accumulate(map(len, pieces))], [start, *(start + end for end in ends)])
