"""This room is all that is SQLite's own: one writer, readers beside it, transactions that survive cancellation."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Generic, LiteralString, NamedTuple, Protocol, TypeVar

import aiosqlite

from bot.store.copying import UNFINISHED, copy_file
from bot.store.packing import FUNCTIONS
from bot.store.threads import in_thread, to_the_end

BUSY_TIMEOUT = 10_000
"""Milliseconds a statement waits for another process's lock (an import commits every few stories)."""

MOMENT = 250
"""Milliseconds that emptying the log waits for whoever reads: that may be minutes, and nobody writes meanwhile."""

STEPS = 1_000
"""Steps of SQLite's machine between two looks at the clock: some tens of microseconds."""

SHARED = 0.05
"""Seconds for which what is waiting is written together: who came first is not to wait for all the others."""

Clock = Callable[[], float]
Value = str | int | float | bytes | None
Row = sqlite3.Row
Parameters = Mapping[str, Value]
T = TypeVar("T")


class Done(Protocol):
    """What is known of a statement that changed something."""

    @property
    def rowcount(self) -> int: ...

    @property
    def lastrowid(self) -> int | None: ...


class Statements(Protocol):
    """Whatever carries statements out."""

    async def rows(self, sql: str, parameters: Parameters) -> list[Row]: ...

    async def change(self, sql: str, parameters: Parameters) -> Done: ...

    async def change_many(self, sql: str, rows: Sequence[Parameters]) -> None: ...


class _OneByOne:
    """Each statement makes a trip of its own to the connection's thread."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def rows(self, sql: str, parameters: Parameters) -> list[Row]:
        return list(await self._connection.execute_fetchall(sql, parameters))  # pyright: ignore[reportArgumentType]

    async def change(self, sql: str, parameters: Parameters) -> Done:
        cursor = await self._connection.execute(sql, parameters)  # pyright: ignore[reportArgumentType]
        await cursor.close()
        return cursor

    async def change_many(self, sql: str, rows: Sequence[Parameters]) -> None:
        cursor = await self._connection.executemany(sql, rows)  # pyright: ignore[reportArgumentType]
        await cursor.close()


class _There:
    """For work that is in the connection's thread itself: nothing is waited for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def rows(self, sql: str, parameters: Parameters) -> list[Row]:
        return self._connection.execute(sql, parameters).fetchall()

    async def change(self, sql: str, parameters: Parameters) -> Done:
        return self._connection.execute(sql, parameters)

    async def change_many(self, sql: str, rows: Sequence[Parameters]) -> None:
        self._connection.executemany(sql, rows)


class Reader:
    """A connection that only reads."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def all(self, sql: LiteralString, **parameters: Value) -> list[Row]:
        return await self._statements.rows(sql, parameters)

    async def one(self, sql: LiteralString, **parameters: Value) -> Row | None:
        rows = await self.all(sql, **parameters)
        return rows[0] if rows else None

    async def value(self, sql: LiteralString, **parameters: Value) -> Any:  # noqa: ANN401 - a column of any type
        row = await self.one(sql, **parameters)
        return None if row is None else row[0]


class Writer(Reader):
    """The connection that writes; it exists inside a transaction alone."""

    async def run(self, sql: LiteralString, **parameters: Value) -> int:
        """Executes a statement; returns the number of rows it changed."""
        return (await self._statements.change(sql, parameters)).rowcount

    async def insert(self, sql: LiteralString, **parameters: Value) -> int:
        """Executes an INSERT; returns the new row's id."""
        made = (await self._statements.change(sql, parameters)).lastrowid
        assert made is not None
        return made

    async def many(self, sql: LiteralString, rows: list[dict[str, Value]]) -> None:
        await self._statements.change_many(sql, rows)


Read = Callable[[Reader], Coroutine[Any, Any, T]]
Write = Callable[[Writer], Coroutine[Any, Any, T]]


class Found(NamedTuple):
    """What a statement gave in the time that it had; not `finished`: there may be more."""

    rows: list[Row]
    finished: bool


class Seeker:
    """A connection for statements that nobody can foresee the cost of: each ends when its time is up."""

    def __init__(self, connection: aiosqlite.Connection, clock: Clock = time.monotonic) -> None:
        self._connection = connection
        self._clock = clock

    async def rows(self, sql: LiteralString, seconds: float, **parameters: Value) -> Found:
        """The rows that come within so many seconds of work; time spent waiting for the connection is not counted."""
        return await in_thread(self._connection, lambda raw: self._until(raw, sql, parameters, seconds))

    def _until(self, raw: sqlite3.Connection, sql: str, parameters: Parameters, seconds: float) -> Found:
        end = self._clock() + seconds
        raw.set_progress_handler(lambda: self._clock() >= end, STEPS)
        rows: list[Row] = []
        try:
            for row in raw.execute(sql, parameters):
                rows.append(row)  # noqa: PERF402 - what came before the interruption is kept
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
            return Found(rows, finished=False)
        finally:
            raw.set_progress_handler(None, 0)
        return Found(rows, finished=True)


class Database:
    """A SQLite file: `reader` for reading, `async with database.write() as db` for a transaction.

    `search` and `glance` are for what takes its time and for what must not wait for that: results, and suggestions.

    `read` and `transact` take the work as a function and carry it out in one trip to the connection's thread, where
    each statement would else make its own.
    """

    def __init__(
        self,
        path: Path,
        writer: aiosqlite.Connection,
        reader: aiosqlite.Connection,
        search: aiosqlite.Connection,
        glance: aiosqlite.Connection,
        clock: Clock = time.monotonic,
    ) -> None:
        self.path = path
        self._clock = clock
        self._writer = writer
        self._reader = reader
        self.search = Seeker(search)
        self.glance = Seeker(glance)
        self._lock = asyncio.Lock()
        self._turns: list[_Turn[Any]] = []
        self.reader = Reader(_OneByOne(reader))
        self.companion: Callable[[], Write[None] | None] = lambda: None
        """Asked before the end of every transaction for what is to be written along, but not worth one of its own."""

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[Writer]:
        """One transaction: committed as a whole at the end of the block, or not at all."""
        async with self._lock:
            try:
                await self._writer.execute("BEGIN IMMEDIATE")
                yield (db := Writer(_OneByOne(self._writer)))
                if (along := self.companion()) is not None:
                    await along(db)
                await to_the_end(self._writer.commit())
            finally:
                # A cancelled statement still runs: the rollback queues behind it. After a commit it does nothing.
                await to_the_end(self._writer.rollback())

    async def transact(self, work: Write[T]) -> T:
        """One transaction like `write`, of work that waits for nothing but the database.

        What comes while another is being written is written together, as far as it gets in a moment: one commit, and
        so one wait for the disk, for all. Where one of them fails, each is done again in a transaction of its own: it
        must not mind that.
        """
        turn = _Turn(work)
        self._turns.append(turn)
        try:
            async with self._lock:
                if turn in self._turns:
                    await self._take_turns()
        finally:
            if turn in self._turns:  # cancelled before anybody took it up
                self._turns.remove(turn)
        return turn.outcome()

    async def alone(self, work: Write[T]) -> T:
        """Like `transact`, of work that is long, or that may be done once only."""
        turn = _Turn(work)
        async with self._lock:
            await self._take([turn])
        return turn.outcome()

    async def _take_turns(self) -> None:
        turns, self._turns = self._turns, []
        try:
            await self._take(turns)
        finally:
            self._turns[:0] = [turn for turn in turns if not turn.over]

    async def _take(self, turns: "Turns") -> None:
        along = self.companion()
        await to_the_end(in_thread(self._writer, lambda raw: _taken(raw, turns, along, self._clock)))

    async def read(self, work: Read[T]) -> T:
        """Reads one state of the database, by work that waits for nothing else."""
        return await in_thread(self._reader, lambda raw: _at_once(raw, work))

    async def copy_to(self, target: Path) -> None:
        """An online backup: one consistent state, made page by page beside readers and writers, and checked.

        Nothing has the target's name before it is whole, so a file that is there is a sound copy.

        Raises:
            sqlite3.Error, OSError: it could not be written, or does not pass its integrity check.
        """
        unfinished = target.with_name(target.name + UNFINISHED)
        unfinished.unlink(missing_ok=True)
        await copy_file(self.path, unfinished, check=True)
        unfinished.replace(target)

    async def write_back(self) -> bool:
        """Brings the file itself up to date and empties its log; False where somebody still reads what was before."""
        async with self._lock:
            await self._writer.execute(f"PRAGMA busy_timeout = {MOMENT}")
            try:
                [(busy, _, _)] = await self._writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                await self._writer.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        return not busy

    async def remember(self, size: int) -> None:
        """Keeps so many bytes of pages in memory while one transaction writes much: else they are written twice."""
        await self._writer.execute(f"PRAGMA cache_size = -{size // 1024}")

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
        reader, search, glance = [await stack.enter_async_context(_reading(path)) for _ in range(3)]
        yield Database(path, writer, reader, search, glance)


@asynccontextmanager
async def _reading(path: Path) -> AsyncGenerator[aiosqlite.Connection]:
    address = f"{path.absolute().as_uri()}?mode=ro"
    async with aiosqlite.connect(address, uri=True, isolation_level=None) as reader:
        reader.row_factory = sqlite3.Row
        await reader.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        await reader.execute("PRAGMA wal_autocheckpoint = 0")  # two that checkpoint met SQLite's WAL-reset bug
        yield reader


async def _prepare(writer: aiosqlite.Connection) -> None:
    writer.row_factory = sqlite3.Row
    await writer.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    await writer.execute("PRAGMA journal_mode = WAL")
    await writer.execute("PRAGMA synchronous = FULL")  # with NORMAL, a power cut took acknowledged letters
    await writer.execute("PRAGMA foreign_keys = ON")
    await writer.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten in the file too
    for name, function in FUNCTIONS.items():
        await writer.create_function(name, 1, function, deterministic=True)  # pyright: ignore[reportUnknownMemberType]


class _Turn(Generic[T]):
    """Work that waits for its transaction, and what came of it."""

    def __init__(self, work: Write[T]) -> None:
        self._work = work
        self._result: tuple[T] | None = None
        self._error: Exception | None = None
        self.over = False
        """Whether it is written, or has failed."""

    def take(self, db: Writer) -> None:
        self._result = (_driven(self._work(db)),)

    def fail(self, error: Exception) -> None:
        self._error = error
        self.over = True

    def outcome(self) -> T:
        if self._error is not None:
            raise self._error
        assert self._result is not None
        return self._result[0]


Turns = Sequence[_Turn[Any]]


def _taken(raw: sqlite3.Connection, turns: Turns, along: Write[None] | None, clock: Clock) -> None:
    """Takes turns in one transaction, as many as there is time for, or each in its own where one of them fails.

    A savepoint for each would spare the others, but SQLite then copies every page that a turn is the first to change.
    """
    try:
        _together(raw, turns, along, clock)
    except Exception as error:
        if len(turns) == 1:
            return turns[0].fail(error)
        for turn in _in_time(turns, clock):
            _taken(raw, [turn], along, clock)


def _together(raw: sqlite3.Connection, turns: Turns, along: Write[None] | None, clock: Clock) -> None:
    db = Writer(_There(raw))
    taken: list[_Turn[Any]] = []
    try:
        raw.execute("BEGIN IMMEDIATE")
        for turn in _in_time(turns, clock):
            turn.take(db)
            taken.append(turn)
        if along is not None:
            _driven(along(db))
        raw.commit()
    finally:
        raw.rollback()  # after a commit it does nothing
    for turn in taken:
        turn.over = True


def _in_time(turns: Turns, clock: Clock) -> Iterator[_Turn[Any]]:
    """Those whose turn comes within a moment; the first one's always does."""
    end = clock() + SHARED
    for turn in turns:
        yield turn
        if clock() >= end:
            return


def _at_once(raw: sqlite3.Connection, work: Read[T]) -> T:
    raw.execute("BEGIN")
    try:
        return _driven(work(Reader(_There(raw))))
    finally:
        raw.rollback()


def _driven(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine gives that never has to wait.

    Raises:
        RuntimeError: it waits for something other than the database.
    """
    try:
        work.send(None)
    except StopIteration as end:
        return end.value
    work.close()
    raise RuntimeError("Work for the database's thread must wait for nothing else; use `write` for it.")
