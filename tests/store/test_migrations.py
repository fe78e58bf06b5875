"""The schema: brought up to date step by step, never guessed at."""

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.errors import DatabaseRefused
from bot.domain.models import Standing
from bot.services.intake.curating import Curator
from bot.store import documents, editions, stories
from bot.store.database import Migration, open_database, shipped, statements
from bot.store.packing import FUNCTIONS
from tests.imports import take_paths

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


async def _first_release(path: Path) -> None:
    """The database that the first release left: see first_light.sql."""
    await _open(path, shipped()[:1])
    script = Path(__file__).with_name("first_light.sql").read_text("utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


async def test_a_database_of_the_first_release_is_carried_over(database_path: Path) -> None:
    await _first_release(database_path)
    with closing(sqlite3.connect(database_path)) as connection:
        originals = dict(connection.execute("SELECT id, content FROM originals"))
        [[ranges]] = connection.execute("SELECT ranges FROM originals WHERE id = 1")
    async with open_database(database_path) as database:
        db = database.reader
        kept = [await documents.kept(db, number) for number in (1, 2, 3)]
        assert {each.content for each in kept} == set(originals.values())
        old = next(each for each in kept if each.content == originals[1])
        assert [list(each) for each in old.ranges] == json.loads(ranges)
        assert [each.relation for each in await editions.of_story(db, 1)] == ["edition", "shown"]
        story = await stories.get(db, 2)
        assert story is not None
        assert (story.title, story.author, story.state) == ("Dawn", "Mara & Jon", Standing.PUBLISHED)
        assert await db.value("SELECT count(*) FROM places") == await db.value("SELECT count(*) FROM letters") == 1
        found = "SELECT count(*) FROM story_words WHERE story_words MATCH 'nobody AND any'"
        assert await db.value(found) == 1
        assert await db.all("PRAGMA foreign_key_check") == []


async def test_what_the_first_release_took_in_is_known_again(database_path: Path, tmp_path: Path) -> None:
    await _first_release(database_path)
    async with open_database(database_path) as database:
        kept = await documents.kept(database.reader, 2)
        file = tmp_path / "dawn.txt"
        file.write_bytes(kept.content)
        made = await take_paths(database, [file])
        assert made.statuses == ["unchanged"]


async def test_an_edition_of_the_first_release_can_be_shown_again(database_path: Path) -> None:
    await _first_release(database_path)
    async with open_database(database_path) as database:
        curator = Curator(database, clock=lambda: 9.0)
        story = await curator.story("The Lamp")
        for number, words in ((1, "Then it was not."), (2, "Then it was not any more.")):
            await curator.show(story, number)
            leaf = await stories.leaf(database.reader, story.id, 1)
            assert leaf is not None
            assert leaf.text.endswith(words)
