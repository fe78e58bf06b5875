"""This room opens zip archives that may be hostile, with every limit stated."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple

from bot.domain.documents import Kind, RawField

MEGABYTE = 1 << 20
LARGEST_DOCUMENT = 16 * MEGABYTE
LARGEST_NESTED = 256 * MEGABYTE  # a zip within a zip; it waits in a file, not in memory
LARGEST_TOTAL = 4 << 30
MOST_MEMBERS = 200_000
DEEPEST = 4  # zips within zips
STEEPEST = 200  # bytes out of one byte in; text that repeats itself all the time reaches 100
UNSUSPICIOUS = MEGABYTE  # below it, no ratio is a bomb
CHUNK = 1 << 16
ENCRYPTED = 0x1


class Member(NamedTuple):
    """A document: `path` is its own behind that of what holds it ("box.zip/stories/x1.txt", "box.mbox/3")."""

    path: str
    data: bytes
    fields: tuple[RawField, ...] = ()  # what a book's package document says of it
    order: int = 0  # within its book
    group: str = ""  # the book that it is a part of: all of one group are one story
    structure: str = ""  # "cover", "title page", "contents": of a book, and no story


class Aside(NamedTuple):
    """What was not read, and why, as a clause; `expected` where nothing is wrong: a book's pictures, style sheets."""

    path: str
    reason: str
    size: int = 0
    expected: bool = False
    kind: Kind = Kind.MARKUP  # of all its bytes


class Refused(Exception):
    """A member that is not read; its message is a clause."""


class Box:
    """A zip archive whose members are read one by one, each within the limits that are left to it."""

    def __init__(self, file: IO[bytes], budget: "Budget") -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RecursionError) as error:
            raise Refused("it is a damaged or truncated zip archive; pack it again") from error
        self._budget = budget

    def __iter__(self) -> Iterator[zipfile.ZipInfo]:
        # not is_dir(), which cannot stand a member without a name
        return (info for info in self._zip.infolist() if not info.filename.endswith("/"))

    def named(self, name: str) -> zipfile.ZipInfo | None:
        return self._zip.NameToInfo.get(name)

    def read(self, info: zipfile.ZipInfo, limit: int = LARGEST_DOCUMENT) -> bytes:
        """All of a member. Raises Refused."""
        return b"".join(self.chunks(info, limit))

    def chunks(self, info: zipfile.ZipInfo, limit: int) -> Iterator[bytes]:
        """A member piece by piece: what its header says of its size is no evidence. Raises Refused."""
        self._refuse(info, limit)
        size = 0
        try:
            with self._zip.open(info) as file:
                while chunk := file.read(CHUNK):
                    size += len(chunk)
                    self._weigh(info, size, limit)
                    self._budget.spend(len(chunk))
                    yield chunk
        except NotImplementedError as error:
            raise Refused("it is packed in a way that this Python does not know; pack it again") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
            raise Refused("it is damaged or truncated within its zip archive; pack it again") from error

    def _refuse(self, info: zipfile.ZipInfo, limit: int) -> None:
        if info.flag_bits & ENCRYPTED:
            raise Refused("it is encrypted; pack it without a password")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise Refused("it is a link and no document; pack what it leads to")
        self._weigh(info, info.file_size, limit)

    def _weigh(self, info: zipfile.ZipInfo, size: int, limit: int) -> None:
        if size > limit:
            raise Refused(f"it is larger than {limit // MEGABYTE} MB, the most that is read; divide it")
        if size > UNSUSPICIOUS and size > STEEPEST * max(info.compress_size, 1):
            raise Refused(f"it unpacks to more than {STEEPEST} times its size, as only a zip bomb does")


class Budget:
    """What a whole file may unpack to, nested archives and all."""

    def __init__(self) -> None:
        self._bytes = LARGEST_TOTAL
        self._members = MOST_MEMBERS

    def spend(self, size: int) -> None:
        self._bytes -= size
        if self._bytes < 0:
            raise Refused(
                f"the archive unpacks to more than {LARGEST_TOTAL >> 30} GB, the most that is read; divide it"
            )

    def count(self) -> bool:
        """Whether one more member may be read."""
        self._members -= 1
        return self._members >= 0


def path_of(name: str) -> str:
    """A member's name as a path within its archive. Raises Refused for one that leads out of it, and for none."""
    path = name.replace("\\", "/")
    if path.startswith("/") or path[1:2] == ":" or ".." in path.split("/"):
        raise Refused("its name leads out of the archive; pack it again under a plain name")
    pieces = [piece for piece in path.split("/") if piece not in ("", ".")]
    if not pieces:
        raise Refused("it has no name; pack it again under one")
    return "/".join(pieces)


def is_left_behind(path: str) -> bool:
    """Whether a system put a file into an archive, and no person: hidden names, thumbnails, what a Mac notes."""
    names = path.split("/")
    return names[-1].lower() in ("thumbs.db", "desktop.ini") or any(
        name.startswith(".") or name == "__MACOSX" for name in names
    )


def shown(name: str) -> str:
    """A name with what a terminal might obey escaped."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in name)
