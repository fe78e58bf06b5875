"""The session that outlives a process: how far it is, where it is kept, and how long to wait for Discord."""

import asyncio
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import session
from bot.lag import Lag
from bot.session import Backoff, Progress, Saved
from bot.store.database import Database


def test_what_is_not_answered_yet_is_read_again() -> None:
    progress = Progress()
    events = {number: progress.begin("s", number) for number in (5, 6, 7)}
    assert progress.reached("s", 7) == 4
    progress.end(events[6])
    assert progress.reached("s", 8) == 4
    progress.end(events[5])
    assert progress.reached("s", 8) == 6
    progress.end(events[7])
    assert progress.reached("s", 8) == 8


def test_two_handlers_of_one_event_both_have_to_end() -> None:
    progress = Progress()
    one, other = progress.begin("s", 5), progress.begin("s", 5)
    progress.end(one)
    assert progress.reached("s", 5) == 4
    progress.end(other)
    assert progress.reached("s", 5) == 5


def test_another_session_begins_anew() -> None:
    progress = Progress()
    old = progress.begin("old", 90)
    assert progress.reached("new", 3) == 3
    new = progress.begin("new", 90)
    progress.end(old)
    assert progress.reached("new", 95) == 89
    progress.end(new)
    assert progress.reached("new", 95) == 95


@given(st.permutations(range(1, 12)))
def test_nothing_unfinished_is_ever_passed_over(order: list[int]) -> None:
    progress = Progress()
    events = {number: progress.begin("s", number) for number in range(1, 12)}
    unfinished = set(events)
    for number in order:
        progress.end(events[number])
        unfinished.discard(number)
        assert progress.reached("s", 11) == min(unfinished, default=12) - 1


async def test_it_is_kept_with_whatever_is_written(database: Database) -> None:
    saved = Saved("abc", 42, "wss://gateway.example")
    assert await session.recall(database.reader, "key") is None
    async with database.write() as db:
        await session.keep(db, "key", saved)
    assert await session.recall(database.reader, "key") == saved
    assert await session.recall(database.reader, "another key") is None


async def test_a_companion_writes_in_the_same_transaction(database: Database) -> None:
    async def along(db: object) -> None:
        assert db is not None
        raise RuntimeError

    database.companion = lambda: along
    with pytest.raises(RuntimeError):
        async with database.write() as db:
            await db.run("INSERT INTO memory VALUES ('a', 'b')")
    assert await database.reader.value("SELECT count(*) FROM memory") == 0


def test_pauses_double_up_to_the_cap_and_begin_with_none() -> None:
    backoff = Backoff(60.0)
    assert [backoff.pause(0.0) for _ in range(9)] == [0, 1, 3, 7, 15, 31, 60, 60, 60]
    backoff.reset()
    assert [backoff.pause(1.0) for _ in range(3)] == [0, 0.5, 1.5]


async def test_a_loop_that_is_late_says_so(caplog: pytest.LogCaptureFixture) -> None:
    lag = Lag(notable=0.0)
    with caplog.at_level(logging.WARNING):
        watching = asyncio.create_task(lag.watch(every=0.0))
        while lag.longest == 0.0:  # noqa: ASYNC110
            await asyncio.sleep(0)
        watching.cancel()
    assert "The event loop was" in caplog.text
    lag.seen(0.3)
    lag.seen(-1.0)
    assert (lag.last, lag.longest) == (0.0, 0.3)
