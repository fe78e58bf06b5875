"""This room packs what is large or many into blobs: documents, their ranges, whole editions."""

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

import orjson
import zstandard

from bot.domain.documents import Kind, Range

LEVEL = 1  # of three it takes two thirds of the time, and 5 % more room
KINDS = (Kind.TEXT, Kind.FIELDS, Kind.NOTES, Kind.FURNITURE, Kind.MARKUP, Kind.BLANK, Kind.UNCLASSIFIED)
"""What a number in the database means: only ever appended to."""
NUMBERS = {kind: number for number, kind in enumerate(KINDS)}


def pack(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=LEVEL).compress(data)


def unpack(packed: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompress(packed)


def pack_json(value: Any) -> bytes:  # noqa: ANN401 - whatever JSON holds
    return pack(orjson.dumps(value))


def unpack_json(packed: bytes) -> Any:  # noqa: ANN401
    return orjson.loads(unpack(packed))


def pack_ranges(ranges: Iterable[Range]) -> bytes:
    """Ranges tile a document: the length and the kind of each say it all, four bytes for both."""
    return array("I", ((each.end - each.start) << 3 | NUMBERS[each.kind] for each in ranges)).tobytes()


def unpack_ranges(packed: bytes) -> list[Range]:
    found: list[Range] = []
    start = 0
    for number in array("I", packed):
        end = start + (number >> 3)
        found.append(Range(start, end, KINDS[number & 7]))
        start = end
    return found


def pack_prints(prints: Sequence[int]) -> bytes:
    return array("Q", prints).tobytes()


def unpack_prints(packed: bytes) -> "array[int]":
    return array("Q", packed)


def zstd(data: bytes | str) -> bytes:
    """`zstd(x)` in SQL, which migrations ask for."""
    return pack(data.encode() if isinstance(data, str) else data)


def packed_ranges(ranges: str) -> bytes:
    """`packed_ranges(json)` in SQL: [[start, end, kind], …] as the first schema kept them."""
    return pack_ranges(Range(start, end, Kind(kind)) for start, end, kind in orjson.loads(ranges))


FUNCTIONS = {"zstd": zstd, "packed_ranges": packed_ranges, "unhexed": bytes.fromhex}
"""By the name and with the one argument that SQL knows them by."""
