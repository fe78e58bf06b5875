"""This room opens what holds documents: zip archives, EPUB books and mailboxes; anything else holds itself."""

import io
import tempfile
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO
from zipfile import ZipInfo

from bot.formats import digests, sniff, wrecks
from bot.formats.boxes import (
    DEEPEST,
    LARGEST_DOCUMENT,
    LARGEST_NESTED,
    MEGABYTE,
    MOST_MEMBERS,
    Aside,
    Box,
    Budget,
    Member,
    Refused,
    is_left_behind,
    path_of,
    shown,
)
from bot.formats.epub_in import Book
from bot.formats.sniff import Container

HEAD = 4096
LONGEST_LINE = MEGABYTE
LEFT_BEHIND = "it is what a system leaves in an archive, and nobody's page"


def members(path: str, file: bytes | Path) -> Iterator[Member | Aside]:
    """The documents in a file that is called `path`, one after the other; at most one of them is in memory.

    What cannot be read is told as an Aside, and the rest goes on. Raises OSError where the file itself cannot be read.
    """
    with io.BytesIO(file) if isinstance(file, bytes) else file.open("rb") as opened:
        yield from _opened(path, opened, Budget(), 0)


def _opened(path: str, file: IO[bytes], budget: Budget, depth: int) -> Iterator[Member | Aside]:
    kind = sniff.container_of(file.read(HEAD))
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    try:
        if kind is Container.MBOX:
            yield from _messages(path, file)
        elif kind is None:
            yield from _documents(path, _whole(file, size))
        else:
            yield from _unzipped(path, file, budget, depth)
    except Refused as reason:
        yield Aside(path, str(reason), size)


def _unzipped(path: str, file: IO[bytes], budget: Budget, depth: int) -> Iterator[Member | Aside]:
    """The members of an archive; of one that broke off those that are whole, and that the others are lost."""
    if depth >= DEEPEST:
        raise Refused(f"it is a zip archive within {DEEPEST} others; unpack it first")
    try:
        box = Box(file, budget)
    except Refused as reason:
        if (wreck := wrecks.raised(file)) is None:
            raise
        with wreck.file:
            yield from _unpacked(path, Box(wreck.file, budget), budget, depth)
        last = f", “{shown(wreck.lost)}” was cut off" if wreck.lost else ""
        lost = (
            f"{reason}. What is left of it, {wreck.members} members, was read{last}, and whatever stood behind is lost"
        )
        yield Aside(path, lost, file.seek(0, io.SEEK_END))
        return
    yield from _unpacked(path, box, budget, depth)


def _whole(file: IO[bytes], size: int) -> bytes:
    _refuse_large(size)
    return file.read(size)


def _refuse_large(size: int) -> None:
    if size > LARGEST_DOCUMENT:
        raise Refused(f"it is larger than {LARGEST_DOCUMENT // MEGABYTE} MB, the most that is read; divide it")


def _unpacked(path: str, box: Box, budget: Budget, depth: int) -> Iterator[Member | Aside]:
    if box.named("META-INF/container.xml"):
        yield from Book(path, box).members()
        return
    seen: set[str] = set()
    for info in box:
        if not budget.count():
            raise Refused(f"it holds more than {MOST_MEMBERS} documents; the others were not read, divide it")
        full = f"{path}/{shown(info.filename)}"
        try:
            full = f"{path}/{_name(info, seen)}"
            if is_left_behind(path_of(info.filename)):
                yield Aside(full, LEFT_BEHIND, info.file_size, expected=True)
                continue
            yield from _member(full, info, box, budget, depth)
        except Refused as reason:
            yield Aside(full, str(reason), info.file_size)


def _name(info: ZipInfo, seen: set[str]) -> str:
    """The member's path; one that comes twice gets its number. Raises Refused for a name that leads out."""
    name = plain = shown(path_of(info.filename))
    number = 1
    while name in seen:
        number += 1
        name = f"{plain} ({number})"
    seen.add(name)
    return name


def _member(path: str, info: ZipInfo, box: Box, budget: Budget, depth: int) -> Iterator[Member | Aside]:
    """The documents that a member is or holds; a container waits in a file of its own."""
    chunks = box.chunks(info, LARGEST_NESTED)
    first = next(chunks, b"")
    if sniff.container_of(first) is None:
        _refuse_large(info.file_size)
        yield from _documents(path, first + b"".join(chunks))
        return
    with tempfile.SpooledTemporaryFile(max_size=LARGEST_DOCUMENT) as nested:
        nested.write(first)
        for chunk in chunks:
            nested.write(chunk)
        nested.seek(0)
        yield from _opened(path, nested, budget, depth + 1)


def _documents(path: str, data: bytes) -> Iterator[Member]:
    """A document, or the messages of a digest from 1; what stands above and below those is structure."""
    pieces = digests.messages(data)
    if not pieces:
        yield Member(path, data)
    for number, piece in enumerate(pieces):
        is_message = number and digests.is_message(piece)
        yield Member(f"{path}/{number}", piece, structure="" if is_message else "contents")


def _messages(path: str, file: IO[bytes]) -> Iterator[Member | Aside]:
    """The messages of a mailbox from 1, each with its "From " line; a single one goes by the mailbox's own path."""
    found = _split(file)
    first = list(islice(found, 2))
    if len(first) < 2:
        yield from _message(path, *first)
        return
    for number, message in enumerate(chain(first, found), start=1):
        yield from _message(f"{path}/{number}", message)


def _message(path: str, data: bytes | int) -> Iterator[Member | Aside]:
    """A message, or those of a digest that was sent as one."""
    if isinstance(data, int):
        yield Aside(path, f"it is larger than {LARGEST_DOCUMENT // MEGABYTE} MB, the most that is read", data)
    else:
        yield from _documents(path, data)


def _split(file: IO[bytes]) -> Iterator[bytes | int]:
    """Messages, or the size of one that is too large to be read."""
    held: list[bytes] = []
    size, is_blank = 0, True
    while line := file.readline(LONGEST_LINE):
        if held and is_blank and line.startswith(b"From ") and sniff.ENVELOPE.match(line):
            yield b"".join(held) if size <= LARGEST_DOCUMENT else size
            held, size = [], 0
        size += len(line)
        if size <= LARGEST_DOCUMENT:
            held.append(line)
        is_blank = not line.strip()
    if held:
        yield b"".join(held) if size <= LARGEST_DOCUMENT else size
