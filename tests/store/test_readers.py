"""Places of readers."""

from bot.domain.models import Place, Rating
from bot.store import readers
from bot.store.database import Database
from tests.library import DARK, HALL, add, edition

ME = HALL.reader


async def _keep(database: Database, *places: Place) -> None:
    async with database.write() as db:
        await readers.keep_places(db, places)


async def test_the_place_written_last_counts_whatever_the_clock_says(database: Database) -> None:
    story = await add(database, edition("The Lamp"))
    for place in (Place(ME, story, 0, 5, 0, "e", read_at=9.0), Place(ME, story, 0, 7, 3, "g", read_at=3.0)):
        await _keep(database, place)
        assert await readers.place(database.reader, ME, story) == place


async def test_a_place_in_a_story_that_is_gone_is_no_error(database: Database) -> None:
    story = await add(database, edition("The Lamp"))
    await _keep(database, Place(ME, 999, 0, 0, 0, "x", 1.0), Place(ME, story, 0, 0, 0, "y", 1.0))
    assert await readers.place(database.reader, ME, 999) is None
    assert await readers.place(database.reader, ME, story) is not None


async def test_one_goes_on_only_with_what_opens_here(database: Database) -> None:
    mild = await add(database, edition("Mild"))
    dark = await add(database, edition("Dark", rating=Rating.R))
    await _keep(database, Place(ME, mild, 0, 0, 0, "m", 1.0), Place(ME, dark, 0, 0, 0, "d", 2.0))
    in_hall = await readers.newest_place(database.reader, HALL)
    in_dark = await readers.newest_place(database.reader, DARK)
    assert in_hall is not None
    assert in_dark is not None
    assert (in_hall.story_id, in_dark.story_id) == (mild, dark)


async def test_places_belong_to_one_reader(database: Database) -> None:
    story = await add(database, edition("The Lamp"))
    await _keep(database, Place(ME + 1, story, 0, 3, 0, "c", 1.0))
    assert await readers.place(database.reader, ME, story) is None
    assert await readers.newest_place(database.reader, HALL) is None
