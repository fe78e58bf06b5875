"""What is kept for a time only goes when that is over."""

from bot.domain.delivery import EMAIL_KEPT
from bot.services.upkeep import Upkeep
from bot.store import drafts, effects, letters
from bot.store.database import Database
from tests.library import add, edition
from tests.store.relay import NOW, write


async def test_addresses_and_effects_go_after_their_time(database: Database) -> None:
    story = await add(database, edition("The Lamp", "Ruby"))
    written = [await write(database, story, number, email="m@example.org") for number in range(3)]
    async with database.write() as db:
        await effects.record(db, 5, "done", NOW)
    now, woken = NOW, list[float]()
    upkeep = Upkeep(database, lambda: woken.append(now), lambda: now)
    await upkeep.round()
    assert await effects.recall(database.reader, 5) == "done"
    now = NOW + max(effects.KEPT, drafts.KEPT) + 1
    await upkeep.round()
    assert await effects.recall(database.reader, 5) is None
    assert woken == []
    now = NOW + EMAIL_KEPT
    await upkeep.round()
    assert woken == [now]
    assert not any([(await letters.receipt(database.reader, letter)).has_email for letter in written])
