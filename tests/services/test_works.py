"""What readers did with a story: counted as it happens, never of fewer than five, never of whoever does not want it."""

import io

import pytest
from PIL import Image

from bot.domain.figures import Day, What
from bot.domain.models import Place
from bot.domain.refusals import NoStoryOfYours, NotYourStory
from bot.domain.settings import ReaderSettings
from bot.domain.shelf import Mark
from bot.formats.panels import FEW
from bot.services.works import ROWS, Works
from bot.store import figures, readers, settings, shelf
from bot.store.database import Database
from bot.store.figures import RESTING
from tests.library import add, edition
from tests.store.relay import write

RUBY = 11
DAY = 86_400.0
MAY = 11_443  # the first of May 2001, in days since 1970


@pytest.fixture
async def story(database: Database) -> int:
    story = await add(database, edition("The Lamp", "Ruby", pages=3))
    async with database.write() as db:
        await db.run("UPDATE authors SET user_id = :user", user=RUBY)
    return story


def _works(database: Database, day: float = MAY) -> Works:
    return Works(database, lambda: day * DAY)


async def _reads(database: Database, story: int, day: int, *people: int, part: int = 0) -> None:
    places = [Place(person, story, part, 1, 0, "anchor", day * DAY + 60 * turn) for person in people for turn in (1, 2)]
    async with database.write() as db:
        await readers.keep_places(db, places)


async def _days(database: Database, story: int, what: What) -> list[Day]:
    return await figures.days(database.reader, story, what)


async def test_a_reader_counts_once_a_day_and_is_new_once(database: Database, story: int) -> None:
    await _reads(database, story, MAY, 1, 2)
    await _reads(database, story, MAY + 1, 1, 3)
    await _reads(database, story, MAY + 1, 1)
    assert await _days(database, story, What.READS) == [Day(MAY, 2, 2), Day(MAY + 1, 2, 1)]
    assert await _days(database, story, What.READERS) == [Day(MAY, 2, 2), Day(MAY + 1, 1, 1)]


async def test_authors_and_who_does_not_want_it_are_not_counted(database: Database, story: int) -> None:
    async with database.write() as db:
        await settings.keep(db, 2, ReaderSettings(counted=False))
    for day in (MAY, MAY + 1):
        await _reads(database, story, day, RUBY, 2, 3)
    async with database.write() as db:
        for person in (2, 3):
            await shelf.mark(db, person, story, Mark.LIKED, MAY * DAY)
    assert await _days(database, story, What.READS) == [Day(MAY, 1, 1), Day(MAY + 1, 1, 0)]
    assert await _days(database, story, What.LIKES) == [Day(MAY, 1, 1), Day(MAY + 1, 0, 0)]


async def test_a_like_that_is_taken_back_is_none(database: Database, story: int) -> None:
    async with database.write() as db:
        await shelf.mark(db, 1, story, Mark.LIKED, MAY * DAY)
        await shelf.mark(db, 2, story, Mark.LIKED, MAY * DAY)
        await shelf.unmark(db, 2, story, Mark.LIKED)
        await shelf.unmark(db, 2, story, Mark.LIKED)
    assert await _days(database, story, What.LIKES) == [Day(MAY, 1, 1)]


async def test_letters_are_counted_and_who_writes_again_is_no_new_one(database: Database, story: int) -> None:
    for number, (day, person) in enumerate(((0, 1), (0, 2), (1, 1))):
        await write(database, story, number, now=(MAY + day) * DAY, writer_id=person)
    assert await _days(database, story, What.LETTERS) == [Day(MAY, 2, 2), Day(MAY + 1, 1, 0)]


async def test_nothing_is_kept_of_who_it_was(database: Database, story: int) -> None:
    columns = await database.reader.all("SELECT name FROM pragma_table_info('daily')")
    named = {row["name"] for row in columns}
    assert named == {"archive_id", "story_id", "day", "reads", "readers", "likes", "letters", "writers", "newcomers"}


async def test_no_figure_stands_for_fewer_than_five(database: Database, story: int) -> None:
    await _reads(database, story, MAY, 1, 2, 3, 4)
    made = await _works(database).plot(RUBY, story)
    assert made.told.count(FEW.rstrip(".")) == 4
    assert not any(figure in made.told for figure in ("4", "1 May"))
    await _reads(database, story, MAY + 2, 4, 5)
    made = await _works(database).plot(RUBY, story)
    assert "New readers: 1 May – 3 May 2001 5." in made.told
    assert "Reads (a reader counts once a day): 1 May – 3 May 2001 6." in made.told
    assert Image.open(io.BytesIO(made.picture)).format == "PNG"


async def test_where_readers_stopped_is_told_by_part(database: Database, story: int) -> None:
    async with database.write() as db:
        await db.run("UPDATE stories SET parts = 3")
        await db.run("UPDATE pages SET part = number - 1, paragraph = 9")
        await settings.keep(db, 90, ReaderSettings(counted=False))
        await shelf.mark(db, 91, story, Mark.FINISHED, MAY * DAY)
    await _reads(database, story, MAY, *range(20, 25))
    await _reads(database, story, MAY, *range(30, 36), part=1)
    await _reads(database, story, MAY, 90, 91, RUBY, part=1)
    await _reads(database, story, MAY + 13, 40, part=1)
    counted = await figures.stopped(database.reader, story, (MAY + 1) * DAY + RESTING)
    assert counted == [5, 6, 0], "not the one who is near, nor who finished, nor who is not counted"
    made = await _works(database, MAY + 15).plot(RUBY, story)
    assert "Where readers stopped, by part: part 1 5, part 2 6." in made.told
    async with database.write() as db:
        await db.run("UPDATE places SET part = 2, paragraph = 9 WHERE reader_id BETWEEN 30 AND 35")
    assert await figures.stopped(database.reader, story, (MAY + 1) * DAY + RESTING) == [5, 0, 0], (
        "these came to the end"
    )


async def test_it_is_the_author_s_alone(database: Database, story: int) -> None:
    works = _works(database)
    for user in (0, 22):
        with pytest.raises(NotYourStory):
            await works.plot(user, story)
        with pytest.raises(NoStoryOfYours):
            await works.find(user, "The Lamp")
        assert (await works.shelf(user)).rows == []
        assert await works.suggest(user, "lamp") == []


async def test_the_shelf_has_pages(database: Database, story: int) -> None:
    for number in range(ROWS + 2):
        await add(database, edition(f"Tale {number:02}", "Ruby"))
    works = _works(database)
    first, last = await works.shelf(RUBY), await works.shelf(RUBY, 99)
    assert (len(first.rows), first.start, first.total) == (ROWS, 0, ROWS + 3)
    assert (len(last.rows), last.start) == (3, ROWS)
    assert {each.id for each in first.rows} & {each.id for each in last.rows} == set()
    assert [each.title for each in await works.find(RUBY, "#1")] == ["The Lamp"]
