"""The schema: brought up to date step by step, never guessed at."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.domain.errors import DatabaseRefused
from bot.store.database import Migration, open_database, shipped, statements
from bot.store.packing import FUNCTIONS

FIRST = Migration(1, "first", "CREATE TABLE a (x);\nCREATE TABLE b (y);\n")
SECOND = Migration(2, "second", "ALTER TABLE a ADD COLUMN z;\nINSERT INTO a VALUES ('ü;', 1);\n")
BROKEN = Migration(2, "second", "ALTER TABLE a ADD COLUMN z;\nINSERT INTO nowhere VALUES (1);\n")


async def test_each_step_is_applied_once(database_path: Path) -> None:
    for steps in ([FIRST], [FIRST, SECOND], [FIRST, SECOND]):
        async with open_database(database_path, steps):
            pass
    async with open_database(database_path, [FIRST, SECOND]) as database:
        assert [tuple(row) for row in await database.reader.all("SELECT * FROM a")] == [("ü;", 1)]


async def test_a_step_that_fails_leaves_nothing_of_itself(database_path: Path) -> None:
    with pytest.raises(DatabaseRefused, match="nowhere"):
        await _open(database_path, [FIRST, BROKEN])
    async with open_database(database_path, [FIRST, SECOND]) as database:
        assert await database.reader.value("SELECT z FROM a") == 1


async def test_a_newer_schema_is_refused_in_a_sentence(database_path: Path) -> None:
    await _open(database_path, [FIRST, SECOND])
    with pytest.raises(DatabaseRefused, match=r"newer Talebearer .*step 2, second.*; install that version"):
        await _open(database_path, [FIRST])


async def test_a_changed_step_is_refused_in_a_sentence(database_path: Path) -> None:
    await _open(database_path, [FIRST])
    with pytest.raises(DatabaseRefused, match=r"Step 1 \(first\) .* not the one this version ships"):
        await _open(database_path, [FIRST._replace(sql="CREATE TABLE c (x);\n")])


async def test_what_is_no_database_is_refused_in_a_sentence(database_path: Path) -> None:
    await asyncio.to_thread(database_path.write_bytes, b"once upon a time " * 100)
    with pytest.raises(DatabaseRefused, match=r"archive.db cannot be used: .*; name another file in DATABASE_URL"):
        await _open(database_path, [FIRST])


async def test_two_processes_may_open_a_new_file_at_once(database_path: Path) -> None:
    async with open_database(database_path) as one, open_database(database_path) as other:
        counts = [await each.reader.value("SELECT count(*) FROM migrations") for each in (one, other)]
    assert counts == [len(shipped())] * 2


async def _open(path: Path, steps: list[Migration]) -> None:
    async with open_database(path, steps):
        pass


def test_what_is_shipped_is_numbered_without_gaps_and_strict(tmp_path: Path) -> None:
    steps = shipped()
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    with sqlite3.connect(tmp_path / "all.db") as connection:
        for name, function in FUNCTIONS.items():
            connection.create_function(name, 1, function)
        for step in steps:
            for statement in statements(step.sql):
                connection.execute(statement)
        loose = connection.execute(
            "SELECT name FROM pragma_table_list WHERE NOT strict AND type = 'table' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
    connection.close()
    assert loose == []


def test_a_script_is_cut_at_statements_not_at_semicolons() -> None:
    script = "-- a; comment\nINSERT INTO a VALUES ('x;\ny');\n\nCREATE TABLE b (y);\n"
    assert [part.strip().split("\n")[-1] for part in statements(script)] == ["y');", "CREATE TABLE b (y);"]
