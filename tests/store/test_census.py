"""What all archives hold together, as the operator's metrics tell it."""

from bot.domain.delivery import State
from bot.domain.models import Standing
from bot.store import census, stories
from bot.store.database import Database
from tests.library import add, edition, open_archive
from tests.store.relay import write


async def test_nothing_is_there_but_the_home_archive(database: Database) -> None:
    assert await census.everything(database.reader) == (1, {}, {})


async def test_stories_are_counted_by_state(database: Database) -> None:
    for title in ("The Lamp", "The Wick", "The Flame"):
        await add(database, edition(title))
    async with database.write() as db:
        await db.run("UPDATE stories SET state = 'hidden' WHERE title = 'The Wick'")
    found = await census.everything(database.reader)
    assert found.stories == {Standing.PUBLISHED: 2, Standing.HIDDEN: 1}
    assert await stories.get(database.reader, 1) is not None


async def test_letters_are_counted_by_state(database: Database) -> None:
    story = await add(database, edition("The Lamp"))
    for number in range(3):
        await write(database, story, number + 1, f"Letter {number}.")
    assert (await census.everything(database.reader)).outbox == {State.WAITING: 3}


async def test_every_server_s_archive_counts(database: Database) -> None:
    await open_archive(database, 77)
    assert (await census.everything(database.reader)).archives == 2


async def test_what_is_removed_is_counted_no_more(database: Database) -> None:
    first, second = [await add(database, edition(title)) for title in ("The Lamp", "The Wick")]
    async with database.write() as db:
        await db.run("DELETE FROM stories WHERE id = :id", id=first)
    assert (await census.everything(database.reader)).stories == {Standing.PUBLISHED: 1}
    assert await stories.get(database.reader, second) is not None
