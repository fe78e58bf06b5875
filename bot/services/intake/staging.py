"""This room holds on disk what an import has read, so that an archive of any size fits into little memory."""

import os
import pickle
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import IO, Any, NamedTuple

import orjson

from bot.services.intake.preparing import Done, Job, Prepared
from bot.store.packing import unpack

Row = dict[str, Any]
"""What JSON holds."""


class Where(NamedTuple):
    """A place in the file."""

    start: int
    size: int


class Slot(NamedTuple):
    """Where a document waits."""

    prepared: Where
    content: Where
    size: int  # of the document itself
    job: Job  # what else has to be known to read it again


class Stage:
    """A file without a name: documents by their numbers, and rows of the report in the order of their keys."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._end = 0
        self._slots: dict[int, Slot] = {}
        self._rows: dict[tuple[int, int], Where] = {}

    def put(self, done: Done) -> None:
        """Keeps a document; one of the same number makes way."""
        prepared, content = self._write(done.prepared), self._write(done.content)
        self._slots[done.number] = Slot(prepared, content, done.size, done.job)

    def prepared(self, number: int) -> Prepared:
        return pickle.loads(self._read(self._slots[number].prepared))  # noqa: S301 - written above

    def packed(self, number: int) -> bytes:
        """The document, packed as it is kept in the database."""
        return self._read(self._slots[number].content)

    def content(self, number: int) -> bytes:
        return unpack(self.packed(number))

    def job(self, number: int) -> Job:
        """The document, to be read again."""
        return self._slots[number].job._replace(data=self.content(number))

    def size(self, number: int) -> int:
        return self._slots[number].size

    def add_row(self, key: tuple[int, int], row: Row) -> None:
        self._rows[key] = self._write(orjson.dumps(row))

    def rows(self) -> Iterator[Row]:
        for key in sorted(self._rows):
            yield orjson.loads(self._read(self._rows[key]))

    def _write(self, data: bytes) -> Where:
        self._file.write(data)
        where = Where(self._end, len(data))
        self._end += len(data)
        return where

    def _read(self, where: Where) -> bytes:
        self._file.flush()
        return os.pread(self._file.fileno(), where.size, where.start)  # two threads read here


@contextmanager
def stage() -> Generator[Stage]:
    """A stage that is gone at the end of the block."""
    with tempfile.TemporaryFile(prefix="talebearer-") as file:
        yield Stage(file)
