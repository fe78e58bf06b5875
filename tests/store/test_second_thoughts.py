"""What is not on its way yet goes by what its author says now."""

import pytest

from bot.domain.delivery import DIGEST, State, Unknown, Wish
from bot.store import lines, outbox, wishes
from bot.store.database import Database
from bot.store.wishes import Wishes
from tests.library import add, edition
from tests.store.relay import MARA, NOW, carried, claim, claimed, link, settle, state, states, write


@pytest.fixture
async def story(database: Database) -> int:
    return await add(database, edition("The Lamp", "Ruby"))


async def _wish(database: Database, wished: Wishes, now: float = NOW) -> None:
    async with database.write() as db:
        await wishes.wish(db, 1, wished)
        await outbox.place_waiting(db, await lines.of_author(db, 1), now)


async def test_off_reaches_what_stands_ready(database: Database, story: int) -> None:
    await link(database)
    letter = await write(database, story)
    await _wish(database, Wishes(None, Wish.OFF))
    assert await claim(database) is None
    assert await state(database, letter) is State.WAITING
    await _wish(database, Wishes(None, Wish.ON))
    assert await carried(database, await claimed(database)) == [letter]


async def test_away_reaches_it_as_well_and_ends(database: Database, story: int) -> None:
    await link(database)
    letter = await write(database, story)
    await _wish(database, Wishes(None, Wish.ON, away_until=NOW + 100))
    assert await claim(database, NOW + 99) is None
    assert await carried(database, await claimed(database, NOW + 100)) == [letter]


async def test_off_for_one_story_leaves_the_others_alone(database: Database, story: int) -> None:
    other = await add(database, edition("The Wick", "Ruby"))
    await link(database)
    await write(database, story, 1)
    kept = await write(database, other, 2)
    await _wish(database, Wishes(story, Wish.OFF))
    assert await carried(database, await claimed(database)) == [kept]


async def test_a_digest_of_today_is_not_put_off_to_tomorrow(database: Database, story: int) -> None:
    await link(database)
    await _wish(database, Wishes(None, Wish.DAILY))
    letter = await write(database, story)
    midnight = (NOW // DIGEST + 1) * DIGEST
    async with database.write() as db:
        await outbox.join_lines(db, midnight)
    await _wish(database, Wishes(None, Wish.DAILY), midnight + 1)
    assert await carried(database, await claimed(database, midnight + 1)) == [letter]


async def test_a_block_reaches_what_waits_and_what_is_ready(database: Database, story: int) -> None:
    held, ready = await write(database, story, 1, writer_id=5), await write(database, story, 2)
    await link(database)
    async with database.write() as db:
        assert await outbox.turn_away(db, 1, 1, 5) == 1
    assert await states(database, [held, ready]) == [State.DECLINED, State.READY]
    assert await carried(database, await claimed(database)) == [ready]


async def test_neither_touches_what_may_have_arrived(database: Database, story: int) -> None:
    await link(database)
    letter = await write(database, story)
    parcel = await claimed(database)
    await settle(database, parcel, Unknown("hung"))
    async with database.write() as db:
        assert await outbox.turn_away(db, 1, 1, MARA) == 0
    await _wish(database, Wishes(None, Wish.OFF))
    assert await state(database, letter) is State.SENDING
    assert await carried(database, await claimed(database, NOW + 60)) == [letter]
