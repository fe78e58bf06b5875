"""What it costs to find the next letter: the same however many wait."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import lines
from bot.store.database import Database, open_database
from tests.bench.relay import FEW, NOBODY, fill
from tests.library import add, edition
from tests.store.relay import NOW, claimed

MANY = 100_000
Arrange = Callable[[sqlite3.Connection], None]


def _as_they_are(_database: sqlite3.Connection) -> None:
    """Every letter for an author of its own, whose door is known."""


def _behind_closed_doors(database: sqlite3.Connection) -> None:
    """All but the last ten wait for a door that cannot be opened now, and have waited longer."""
    database.execute("UPDATE lines SET opens = 1 WHERE id < (SELECT max(id) FROM lines) - 10")


def _of_one_author(database: sqlite3.Connection) -> None:
    """All in one line."""
    database.execute("UPDATE outbox SET line_id = 10")
    database.execute("UPDATE lines SET due_at = NULL WHERE id <> 10")


def _put_off(database: sqlite3.Connection) -> None:
    """All but the first wait for an author who is away, or takes no direct messages."""
    database.execute("UPDATE outbox SET state = 'waiting' WHERE id > 10")
    database.execute("UPDATE outbox SET due_at = 9e9 WHERE id > 10 AND id % 2")
    database.execute("UPDATE lines SET due_at = NULL WHERE id > 10")


@pytest.mark.parametrize("arrange", [_as_they_are, _behind_closed_doors, _of_one_author, _put_off])
async def test_100_000_cost_what_100_cost(tmp_path: Path, arrange: Arrange) -> None:
    few = await _steps(tmp_path / "few.db", FEW, arrange)
    many = await _steps(tmp_path / "many.db", MANY, arrange)
    assert many <= 1.5 * few


async def _steps(path: Path, waiting: int, arrange: Arrange) -> int:
    """Steps of SQLite's machine for claiming one letter of so many, and for asking when the next is due."""
    async with open_database(path) as database:
        await add(database, edition("The Lamp"))
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA synchronous = OFF")
        fill(raw, [(NOBODY, NOBODY)], waiting)
        with raw:
            arrange(raw)
    async with open_database(path) as database:
        return await _counted(database)


async def _counted(database: Database) -> int:
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    await database._writer.set_progress_handler(step, 1)
    await claimed(database, NOW)
    async with database.write() as db:
        await lines.next_due(db, opens=False)
        await lines.next_due(db, opens=True)
    await database._writer.set_progress_handler(None, 0)  # pyright: ignore[reportArgumentType]
    return steps
