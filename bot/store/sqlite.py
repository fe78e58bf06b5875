"""This room is all that is SQLite's own: one writer, readers beside it, transactions that survive cancellation."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, LiteralString

import aiosqlite

from bot.store.packing import FUNCTIONS

BUSY_TIMEOUT = 10_000
"""Milliseconds a statement waits for another process's lock (an import commits every few stories)."""

Value = str | int | float | bytes | None
Row = sqlite3.Row


class Reader:
    """A connection that only reads."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def all(self, sql: LiteralString, **parameters: Value) -> list[Row]:
        return list(await self._connection.execute_fetchall(sql, parameters))  # pyright: ignore[reportArgumentType]

    async def one(self, sql: LiteralString, **parameters: Value) -> Row | None:
        rows = await self.all(sql, **parameters)
        return rows[0] if rows else None

    async def value(self, sql: LiteralString, **parameters: Value) -> Any:  # noqa: ANN401 - a column of any type
        row = await self.one(sql, **parameters)
        return None if row is None else row[0]

    async def copy_to(self, copy: aiosqlite.Connection) -> None:
        await self._connection.backup(copy)


class Writer(Reader):
    """The connection that writes; it exists inside a transaction alone."""

    async def run(self, sql: LiteralString, **parameters: Value) -> int:
        """Executes a statement; returns the number of rows it changed."""
        cursor = await self._connection.execute(sql, parameters)
        await cursor.close()
        return cursor.rowcount

    async def insert(self, sql: LiteralString, **parameters: Value) -> int:
        """Executes an INSERT; returns the new row's id."""
        cursor = await self._connection.execute(sql, parameters)
        await cursor.close()
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    async def many(self, sql: LiteralString, rows: list[dict[str, Value]]) -> None:
        cursor = await self._connection.executemany(sql, rows)
        await cursor.close()


class Database:
    """A SQLite file: `reader` for reading, `async with database.write() as db` for a transaction."""

    def __init__(self, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self._writer = writer
        self._lock = asyncio.Lock()
        self.reader = Reader(reader)
        self.companion: Callable[[Writer], Awaitable[None]] | None = None
        """Writes along with every transaction what is not worth one of its own."""

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[Writer]:
        """One transaction: committed as a whole at the end of the block, or not at all."""
        async with self._lock:
            try:
                await self._writer.execute("BEGIN IMMEDIATE")
                yield (db := Writer(self._writer))
                if self.companion is not None:
                    await self.companion(db)
                await _to_the_end(self._writer.commit())
            finally:
                # A cancelled statement still runs: the rollback queues behind it. After a commit it does nothing.
                await _to_the_end(self._writer.rollback())

    async def copy_to(self, target: Path) -> None:
        """An online backup: one consistent state, made page by page beside readers and writers.

        Raises:
            sqlite3.DatabaseError: the copy does not pass its integrity check.
        """
        async with aiosqlite.connect(target) as copy:
            await self.reader.copy_to(copy)
            [(verdict,)] = await copy.execute_fetchall("PRAGMA integrity_check")
        if verdict != "ok":
            raise sqlite3.DatabaseError(f"the copy is damaged: {verdict}")

    async def version(self) -> int:
        """A number that changes when another process has written (`PRAGMA data_version`)."""
        rows = await self._writer.execute_fetchall("PRAGMA data_version")
        return next(iter(rows))[0]


@asynccontextmanager
async def connect(path: Path) -> AsyncGenerator[Database]:
    """Opens (and makes) the file at `path`; closes it with its threads at the end of the block."""
    async with AsyncExitStack() as stack:
        writer = await stack.enter_async_context(aiosqlite.connect(path, isolation_level=None))
        await _prepare(writer)
        reader = await stack.enter_async_context(
            aiosqlite.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        )
        reader.row_factory = sqlite3.Row
        await reader.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        await reader.execute("PRAGMA wal_autocheckpoint = 0")  # two that checkpoint met SQLite's WAL-reset bug
        yield Database(writer, reader)


async def copy_read_only(path: Path, target: Path) -> None:
    """An online backup that leaves the file and its folder as they are."""
    # Nobody has it open where it has no log beside it, and to read it as usual would make one.
    mode = "mode=ro" if Path(f"{path}-wal").exists() else "mode=ro&immutable=1"
    async with aiosqlite.connect(f"{path.absolute().as_uri()}?{mode}", uri=True) as source:
        await source.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        async with aiosqlite.connect(target) as copy:
            await source.backup(copy)


async def _prepare(writer: aiosqlite.Connection) -> None:
    writer.row_factory = sqlite3.Row
    await writer.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    await writer.execute("PRAGMA journal_mode = WAL")
    await writer.execute("PRAGMA synchronous = FULL")  # with NORMAL, a power cut took acknowledged letters
    await writer.execute("PRAGMA foreign_keys = ON")
    for name, function in FUNCTIONS.items():
        await writer.create_function(name, 1, function, deterministic=True)  # pyright: ignore[reportUnknownMemberType]


async def _to_the_end(work: Coroutine[Any, Any, None]) -> None:
    """Awaits `work` even if the caller is cancelled meanwhile, and only then lets the cancellation through."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
