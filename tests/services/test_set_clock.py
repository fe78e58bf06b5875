"""The relay, where the wall clock is set: no letter is late for it, and no try comes before its time by much."""

import pytest

from bot.domain.delivery import LEASE, LONGEST, RETRIES, Later, NotYet, State, Unknown
from bot.store import lines
from bot.store.database import Database
from bot.ui.courier import UNREACHABLE
from tests.services.town import Town, authors, brought, write
from tests.store.relay import NOW, claimed, states

HOUR, DAY = 3_600.0, 86_400.0
AGES = 11 * DAY
"""What a machine is behind by that forgot the time while it was off."""


def _came(town: Town) -> list[tuple[float, int]]:
    return [(sent.at, number) for sent in town.messages for number in brought(sent)]


@pytest.mark.parametrize("seconds", [HOUR, -HOUR, AGES])
async def test_what_comes_once_an_idle_relays_clock_was_set_goes_at_once(database: Database, seconds: float) -> None:
    town, [story] = Town(database), await authors(database, 1)
    await town.settle(NOW)
    town.set_by = seconds
    await write(database, story, 1, NOW + seconds)
    await town.settle(NOW + 1)
    assert _came(town) == [(NOW, 1)]


async def test_a_relay_that_begins_with_a_clock_that_is_behind_sends_once_it_is_right(database: Database) -> None:
    """What waits was planned by one whose clock was right."""
    town, [story] = Town(database), await authors(database, 1)
    town.set_by = -AGES
    town.planned.ahead = -AGES
    await write(database, story, 1)
    await town.settle(NOW + 1)
    assert _came(town) == []
    town.set_by = 0.0
    await town.settle(NOW + 2)
    assert _came(town) == [(NOW, 1)]


async def test_a_retry_is_never_put_off_for_longer_than_any_waits(database: Database) -> None:
    [story] = await authors(database, 1)
    await write(database, story, 1)
    async with database.write() as db:
        await db.run("UPDATE lines SET due_at = :at", at=NOW + DAY)
        await lines.shift(db, AGES, NOW + HOUR)
    assert await lines.next_due(database.reader, opens=True) == NOW + HOUR + LONGEST


@pytest.mark.parametrize("seconds", [HOUR, -HOUR])
async def test_what_is_on_its_way_keeps_its_time(database: Database, seconds: float) -> None:
    _, [story] = Town(database), await authors(database, 1)
    await write(database, story, 1)
    await claimed(database)
    async with database.write() as db:
        await lines.shift(db, seconds, NOW + seconds)
    assert await lines.next_due(database.reader, opens=True) == NOW + seconds + LEASE


@pytest.mark.parametrize("seconds", [-HOUR, HOUR])
async def test_a_retry_planned_while_the_clock_is_set_comes_in_its_time(database: Database, seconds: float) -> None:
    town, [story] = Town(database), await authors(database, 1)
    letter = await write(database, story, 1)

    def busy(_: object) -> Later | None:
        town.trouble = lambda _: None
        town.set_by = seconds  # nobody has looked at the clock when the try is written down
        return Later("busy")

    town.trouble = busy
    await town.settle(NOW + RETRIES[0])
    assert await states(database, [letter]) == [State.DELIVERED]
    [(at, _)] = _came(town)
    assert at == NOW + RETRIES[0] if seconds < 0 else at < NOW + RETRIES[0]


@pytest.mark.parametrize("seconds", [-HOUR, HOUR])
async def test_a_pause_that_begins_while_the_clock_is_set_ends_in_its_time(database: Database, seconds: float) -> None:
    """Nobody had looked at the clock yet when Discord could not be reached; then it was set right again."""
    town, [story] = Town(database), await authors(database, 1)
    letter = await write(database, story, 1)

    def out(_: object) -> NotYet | None:
        town.trouble = lambda _: None
        town.set_by = seconds
        town.pace.cannot_reach(town.planned() + UNREACHABLE)
        return NotYet("out")

    town.trouble = out
    await town.settle(NOW)
    town.set_by = 0.0
    await town.settle(NOW + UNREACHABLE + RETRIES[0])
    assert await states(database, [letter]) == [State.DELIVERED]


async def test_a_clock_that_could_not_be_minded_is_minded_later(database: Database) -> None:
    town, [story] = Town(database), await authors(database, 1)
    await write(database, story, 1)
    town.trouble = lambda _: Unknown("hung")
    await town.settle(NOW)
    due = await lines.next_due(database.reader, opens=False)
    async with database.write() as db:
        await db.run("CREATE TRIGGER full BEFORE UPDATE ON lines BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
    town.set_by = -HOUR
    with pytest.raises(Exception, match="the disk is full"):
        await town.postman._mind_the_clock()
    async with database.write() as db:
        await db.run("DROP TRIGGER full")
    await town.postman._mind_the_clock()
    assert due is not None
    assert await lines.next_due(database.reader, opens=False) == due - HOUR
