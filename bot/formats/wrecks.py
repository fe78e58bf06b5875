"""This room finds what is left of a zip archive that broke off or lost its table of contents."""

import shutil
import struct
import tempfile
import zlib
from typing import IO, NamedTuple

CHUNK = 1 << 16
LARGEST = 256 << 20  # bytes of an archive that is searched, and of a member whose size has to be found out
MOST_MEMBERS = 65_535
# APPNOTE.TXT 4.3.7, 4.3.12 and 4.3.16: what stands ahead of each member, its row in the table, the end of that.
SIGNATURE = b"PK\x03\x04"
LOCAL = struct.Struct("<4s5H3L2H")
ROW = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
SIZES_FOLLOW = 0x8
DEFLATED = 8
UNKNOWN = 0xFFFFFFFF


class Found(NamedTuple):
    """A member whose data are all there."""

    row: bytes
    end: int


class Wreck(NamedTuple):
    """The archive with a new table of contents, how many members that has, and the name of the one that broke off."""

    file: IO[bytes]
    members: int
    lost: str


def raised(file: IO[bytes]) -> Wreck | None:
    """None where no whole member is left, or the archive is too large to be searched."""
    size = file.seek(0, 2)
    if size > LARGEST:
        return None
    rows: list[bytes] = []
    place, end, lost = 0, 0, ""
    while len(rows) < MOST_MEMBERS and (place := _next(file, place)) >= 0:
        found = _member(file, place, size)
        if isinstance(found, str):
            lost = found
            place += len(SIGNATURE)
        else:
            rows.append(found.row)
            place = end = found.end
    return Wreck(_with_table(file, end, rows), len(rows), lost) if rows else None


def _next(file: IO[bytes], place: int) -> int:
    """Where the next member's header stands at or behind `place`, -1 where none does."""
    file.seek(place)
    held = b""
    while chunk := file.read(CHUNK):
        held += chunk
        if (found := held.find(SIGNATURE)) >= 0:
            return place + found
        place += max(0, len(held) - len(SIGNATURE) + 1)
        held = held[-len(SIGNATURE) + 1 :]
    return -1


def _member(file: IO[bytes], place: int, size: int) -> Found | str:
    """A member's row for the table, or its name where its data break off."""
    file.seek(place)
    head = file.read(LOCAL.size)
    if len(head) < LOCAL.size:
        return "?"
    _, needed, flags, method, time, date, crc, packed, whole, name_size, extra_size = LOCAL.unpack(head)
    name = file.read(name_size)
    start = place + LOCAL.size + name_size + extra_size
    if flags & SIZES_FOLLOW or UNKNOWN in (packed, whole):
        measured = _measured(file, start) if method == DEFLATED else None
        if measured is None:
            return name.decode(errors="replace")
        crc, packed, whole = measured
    if start + packed > size:
        return name.decode(errors="replace")
    row = (b"PK\x01\x02", needed, needed, flags, method, time, date, crc, packed, whole)
    return Found(ROW.pack(*row, len(name), 0, 0, 0, 0, 0, place) + name, start + packed)


def _measured(file: IO[bytes], start: int) -> tuple[int, int, int] | None:
    """Checksum, packed and whole size of data that do not tell them; None where they break off or have no end."""
    file.seek(start)
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    crc = packed = whole = 0
    while not machine.eof and whole <= LARGEST:
        waiting = machine.unconsumed_tail or file.read(CHUNK)
        if not waiting:
            return None
        try:
            out = machine.decompress(waiting, CHUNK)
        except zlib.error:
            return None
        packed += len(waiting) - len(machine.unconsumed_tail) - len(machine.unused_data)
        whole, crc = whole + len(out), zlib.crc32(out, crc)
    return (crc, packed, whole) if machine.eof else None


def _with_table(file: IO[bytes], end: int, rows: list[bytes]) -> IO[bytes]:
    """A copy as far as the last whole member, with a table of contents behind it."""
    copy: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=LARGEST >> 4)  # noqa: SIM115 - whoever asked closes it
    file.seek(0)
    shutil.copyfileobj(file, copy)
    copy.truncate(end)
    copy.seek(end)
    table = b"".join(rows)
    copy.write(table + END.pack(b"PK\x05\x06", 0, 0, len(rows), len(rows), len(table), end, 0))
    copy.seek(0)
    return copy
