"""This room copies a database file beside those who read and write it, in a thread that can be called off."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

BUSY = 10.0
"""Seconds a statement waits for another process's lock."""

UNFINISHED = ".part"
"""What the name of a copy ends with until it is whole."""

PAGES = 1_000
"""Pages copied between two looks at whether the copy is still wanted: a few milliseconds."""

STEPS = 100_000
"""Steps of SQLite's machine between two such looks while the copy is checked: a few milliseconds."""


class _CalledOff(Exception):
    """Nobody wants the copy any more."""


async def copy_file(path: Path, target: Path, *, check: bool) -> None:
    """An online backup of one consistent state that leaves the file and its folder as they are.

    Cancelled, it ends when its thread has: nobody may close a connection of SQLite's in the middle of a backup,
    which then waits for the other end for ever.

    Raises:
        sqlite3.Error: it could not be read or written, or (`check`) does not pass its integrity check.
    """
    called_off = threading.Event()
    copying = asyncio.create_task(asyncio.to_thread(_copy, path, target, called_off, check))
    try:
        await asyncio.wait({copying})
    except asyncio.CancelledError:
        called_off.set()
        await asyncio.wait({copying})
        copying.exception()  # looked at here, since nobody else will
        raise
    copying.result()


def _copy(path: Path, target: Path, called_off: threading.Event, check: bool) -> None:
    # Nobody has it open where it has no log beside it, and to read it as usual would make one.
    mode = "mode=ro" if Path(f"{path}-wal").exists() else "mode=ro&immutable=1"
    address = f"{path.absolute().as_uri()}?{mode}"

    def look(_status: int = 0, _remaining: int = 0, _total: int = 0) -> None:
        if called_off.is_set():
            raise _CalledOff

    with (
        closing(sqlite3.connect(address, uri=True, isolation_level=None, timeout=BUSY)) as source,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        source.execute("BEGIN")  # one state from the first page to the last, whatever is written meanwhile
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy, pages=PAGES, progress=look)
        if check:
            copy.set_progress_handler(called_off.is_set, STEPS)
            _check(copy)


def _check(copy: sqlite3.Connection) -> None:
    [verdict] = copy.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(f"the copy is damaged: {verdict}")
