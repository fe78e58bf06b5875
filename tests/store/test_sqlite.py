"""Transactions on a real file, also when they are cut short."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.store.database import Database
from bot.store.sqlite import SHARED, Reader, Write, Writer, connect
from tests.store.counting import count, put


async def test_a_transaction_is_kept_as_a_whole(database: Database) -> None:
    async with database.write() as db:
        await put(db, "one")
        await put(db, "two")
    assert await count(database) == 2


async def test_an_error_takes_everything_of_it_back(database: Database) -> None:
    with pytest.raises(RuntimeError):
        await _put_and_fail(database)
    assert await count(database) == 0
    async with database.write() as db:
        await put(db, "after")
    assert await count(database) == 1


async def _put_and_fail(database: Database) -> None:
    async with database.write() as db:
        await put(db, "one")
        raise RuntimeError


@pytest.mark.parametrize("steps", range(12))
async def test_a_cancelled_writer_leaves_no_open_transaction(database: Database, steps: int) -> None:
    """Cancelled after any number of turns of the loop, it leaves both rows or none, and the next writer works."""

    async def write() -> None:
        async with database.write() as db:
            await put(db, "one")
            await put(db, "two")

    task = asyncio.create_task(write())
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await count(database) in (0, 2)
    async with database.write() as db:
        await put(db, "after")
    assert await count(database) in (1, 3)


async def test_writers_wait_for_one_another(database: Database) -> None:
    async def write(number: int) -> None:
        async with database.write() as db:
            before = await db.value("SELECT count(*) FROM memory")
            await asyncio.sleep(0)
            await put(db, f"{number} after {before}")

    await asyncio.gather(*(write(number) for number in range(20)))
    rows = await database.reader.all("SELECT key FROM memory")
    assert sorted(int(row["key"].split()[-1]) for row in rows) == list(range(20))


async def test_work_that_is_taken_along_is_kept_as_a_whole(database: Database) -> None:
    async def work(db: Writer) -> int:
        await put(db, "one")
        await db.many("INSERT INTO memory (key, value) VALUES (:key, '')", [{"key": "two"}, {"key": "three"}])
        assert await db.run("UPDATE memory SET value = 'x' WHERE key <> 'one'") == 2
        return await db.insert("INSERT INTO archives (name) VALUES ('Another')")

    assert await database.transact(work) == 2
    assert await database.read(_keys) == ["one", "three", "two"]


async def _keys(db: Reader) -> list[str]:
    return [row["key"] for row in await db.all("SELECT key FROM memory ORDER BY key")]


async def test_an_error_in_it_takes_everything_back(database: Database) -> None:
    async def work(db: Writer) -> None:
        await put(db, "one")
        raise KeyError("two")

    with pytest.raises(KeyError, match="two"):
        await database.transact(work)
    assert await count(database) == 0
    assert await database.transact(_once) == "once"


async def _once(db: Writer) -> str:
    await put(db, "once")
    return "once"


async def test_it_must_wait_for_nothing_else(database: Database) -> None:
    async def work(db: Writer) -> None:
        await put(db, "one")
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="must wait for nothing else"):
        await database.transact(work)
    assert await count(database) == 0


@pytest.mark.parametrize("steps", range(6))
async def test_cancelled_it_is_kept_or_not_and_the_next_one_works(database: Database, steps: int) -> None:
    task = asyncio.create_task(database.transact(_once))
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await count(database) in (0, 1)
    async with database.write() as db:
        await put(db, "after")
    assert await count(database) in (1, 2)


async def test_both_ways_of_writing_wait_for_one_another(database: Database) -> None:
    async def slowly() -> None:
        async with database.write() as db:
            await put(db, "slow")
            await asyncio.sleep(0)
            assert await db.value("SELECT count(*) FROM memory") == 1

    await asyncio.gather(slowly(), database.transact(_once))
    assert await count(database) == 2


async def test_a_companion_is_taken_along(database: Database) -> None:
    async def along(db: Writer) -> None:
        await put(db, "along")

    database.companion = lambda: along
    await database.transact(_once)
    assert await database.read(_keys) == ["along", "once"]


async def test_what_is_read_is_one_state(database: Database, database_path: Path) -> None:
    with closing(sqlite3.connect(database_path, check_same_thread=False)) as other:

        async def work(db: Reader) -> tuple[int, int]:
            before = await db.value("SELECT count(*) FROM memory")
            with other:
                other.execute("INSERT INTO memory VALUES ('theirs', '')")
            return before, await db.value("SELECT count(*) FROM memory")

        assert await database.read(work) == (0, 0)
    assert await count(database) == 1


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await database.reader.all("DELETE FROM memory")


async def test_it_syncs_fully_and_keeps_foreign_keys(database: Database) -> None:
    async with database.write() as db:
        assert await db.value("PRAGMA synchronous") == 2
        assert await db.value("PRAGMA foreign_keys") == 1
        assert await db.value("PRAGMA journal_mode") == "wal"
    assert await database.reader.value("PRAGMA wal_autocheckpoint") == 0


async def test_it_keeps_in_memory_what_an_import_changes(database: Database) -> None:
    async with database.write() as db:
        before = -await db.value("PRAGMA cache_size")
    await database.remember(64 * 1024 * 1024)
    async with database.write() as db:
        assert -await db.value("PRAGMA cache_size") == 64 * 1024 > before


async def test_the_version_changes_when_another_connection_writes(database: Database, database_path: Path) -> None:
    before = await database.version()
    async with database.write() as db:
        await put(db, "ours")
    assert await database.version() == before
    async with connect(database_path) as other, other.write() as db:
        await put(db, "theirs")
    assert await database.version() != before


COUNTING = (
    "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :most) SELECT n FROM numbers"
)


async def test_a_search_ends_when_its_time_is_up_and_keeps_what_it_found(database: Database) -> None:
    found = await database.search.rows(COUNTING, 0.02, most=10**9)
    assert not found.finished
    assert [row["n"] for row in found.rows[:3]] == [1, 2, 3]
    assert len(found.rows) < 10**7
    again = await database.search.rows(COUNTING, 5.0, most=10)
    assert again.finished, "the connection is as good as new"
    assert len(again.rows) == 10


async def test_what_is_wrong_with_a_search_is_said(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await database.search.rows("SELECT * FROM nowhere", 1.0)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await database.glance.rows("DELETE FROM memory", 1.0)


async def test_readers_do_not_wait_for_a_search(database: Database) -> None:
    searching = asyncio.create_task(database.search.rows(COUNTING, 0.5, most=10**9))
    await asyncio.sleep(0)
    assert await database.reader.value("SELECT 1") == 1
    assert (await database.glance.rows("SELECT 1", 1.0)).finished
    assert not searching.done()
    assert not (await searching).finished


async def test_what_comes_together_is_one_transaction(database: Database) -> None:
    """And each of it is there for whoever comes after it."""
    commits = 0

    def committed() -> None:
        nonlocal commits
        commits += 1

    database.companion = committed  # asked once in a transaction
    keys = [f"{number}" for number in range(9)]
    assert await asyncio.gather(*[database.transact(_putting(key)) for key in keys]) == [*range(1, 10)]
    assert commits == 2, "the first alone, for nobody else was there yet"
    assert await database.read(_keys) == keys


async def test_who_came_first_does_not_wait_for_all_the_others(database: Database) -> None:
    """What takes long is shared out: who is done is answered before the next are begun."""
    now = 0.0
    database._clock = lambda: now
    ended: list[list[int]] = []
    done: list[int] = []

    def slowly(number: int) -> Write[None]:
        async def work(db: Writer) -> None:
            nonlocal now
            now += SHARED / 2
            await put(db, str(number))

        return work

    async def asked(number: int) -> None:
        await database.transact(slowly(number))
        done.append(number)

    database.companion = lambda: ended.append([*done])
    await asyncio.gather(*map(asked, range(6)))
    assert ended == [[], [0], [0, 1, 2], [0, 1, 2, 3, 4]]
    assert await database.read(_keys) == [str(number) for number in range(6)]


async def test_who_is_left_over_is_taken_though_another_fails_or_is_cancelled(database: Database) -> None:
    now = 0.0
    database._clock = lambda: now

    async def fail(db: Writer) -> None:
        nonlocal now
        now += SHARED
        await put(db, "never")
        raise KeyError("no")

    async def wait(db: Writer) -> None:
        nonlocal now
        now += SHARED
        await put(db, f"slow {now}")

    works: list[Write[Any]] = [_once, fail, wait, fail, _putting("one"), wait, _putting("two")]
    tasks = [asyncio.create_task(database.transact(work)) for work in works]
    await asyncio.sleep(0)
    tasks[4].cancel()
    told = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(each) for each in told if isinstance(each, BaseException)] == [
        KeyError, KeyError, asyncio.CancelledError,
    ]  # fmt: skip
    kept = await database.read(_keys)
    assert [key.split()[0] for key in kept] == ["once", "slow", "slow", "two"]


async def test_who_fails_takes_nobody_along(database: Database) -> None:
    async def fail(db: Writer) -> None:
        await put(db, "never")
        raise KeyError("no")

    *kept, failed = await asyncio.gather(
        database.transact(_putting("one")),
        database.transact(_putting("two")),
        database.transact(fail),
        return_exceptions=True,
    )
    assert (kept, repr(failed)) == ([1, 2], "KeyError('no')")
    assert await database.read(_keys) == ["one", "two"]


async def test_who_breaks_the_transaction_takes_nobody_along(database: Database) -> None:
    """None of the others may say that it is kept where it is not, nor be refused for it."""

    async def give_up(db: Writer) -> None:
        await db.run("ROLLBACK")
        raise sqlite3.OperationalError("database or disk is full")

    before, *told = await asyncio.gather(
        database.transact(_once),  # alone, for nobody else was there yet
        database.transact(_putting("one")),
        database.transact(give_up),
        database.transact(_putting("two")),
        return_exceptions=True,
    )
    assert (before, [*map(str, told)]) == ("once", ["2", "database or disk is full", "3"])
    assert await database.read(_keys) == ["once", "one", "two"]
    assert await database.transact(_putting("after")) == 4


async def test_what_is_done_alone_is_done_once_whoever_fails_beside_it(database: Database) -> None:
    tries: list[str] = []

    def trying(name: str) -> Write[None]:
        async def work(db: Writer) -> None:
            tries.append(name)
            await db.run("INSERT INTO memory (key, value) VALUES ('same', :name)", name=name)

        return work

    told = await asyncio.gather(
        database.transact(_once),
        *[database.transact(trying(name)) for name in ("a", "b")],
        database.alone(trying("alone")),
        return_exceptions=True,
    )
    assert [type(each).__name__ for each in told] == ["str", "NoneType", "IntegrityError", "IntegrityError"]
    assert tries == ["a", "b", "a", "b", "alone"]


async def test_a_companion_that_fails_fails_all(database: Database) -> None:
    async def along(_db: Writer) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    database.companion = lambda: along
    told = await asyncio.gather(*[database.transact(_putting(key)) for key in "ab"], return_exceptions=True)
    assert [str(error) for error in told] == ["disk I/O error"] * 2
    assert await count(database) == 0


@pytest.mark.parametrize("steps", range(6))
async def test_who_is_cancelled_in_the_queue_cancels_nobody_else(database: Database, steps: int) -> None:
    tasks = [asyncio.create_task(database.transact(_putting(key))) for key in "abc"]
    for _ in range(steps):
        await asyncio.sleep(0)
    tasks[0].cancel()
    tasks[2].cancel()
    first, second, third = await asyncio.gather(*tasks, return_exceptions=True)
    kept = await database.read(_keys)
    assert second == kept.index("b") + 1
    assert (isinstance(first, int) <= ("a" in kept), isinstance(third, int) <= ("c" in kept)) == (True, True)
    assert await database.transact(_once) == "once"


def _putting(key: str) -> Write[int]:
    async def work(db: Writer) -> int:
        await put(db, key)
        return await db.value("SELECT count(*) FROM memory")

    return work
