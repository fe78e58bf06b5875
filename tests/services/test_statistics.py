"""An archive in figures: one reader of five stories is one reader, and nothing is told of few."""

import io

import pytest
from PIL import Image

from bot.domain.figures import Day, What
from bot.domain.models import Place, Rating, Standing
from bot.domain.people import Actor
from bot.domain.refusals import NotYourDesk
from bot.domain.settings import ReaderSettings
from bot.domain.shelf import Mark
from bot.formats.panels import FEW
from bot.services.acting import Acting
from bot.services.statistics import Statistics
from bot.store import figures, readers, settings, shelf
from bot.store.database import Database
from tests.library import add, edition, open_archive
from tests.services.company import MO, SERVER
from tests.store.relay import write

DAY = 86_400.0
MAY = 11_443  # the first of May 2001, in days since 1970


@pytest.fixture
async def stories(database: Database) -> list[int]:
    return [await add(database, edition(f"Tale {number}", "Ruby", series="Tales")) for number in range(5)]


async def _reads(database: Database, day: int, readings: list[tuple[int, int]]) -> None:
    """Each a reader and a story."""
    async with database.write() as db:
        places = [Place(reader, story, 0, 1, 0, "anchor", day * DAY) for reader, story in readings]
        await readers.keep_places(db, places)


async def _days(database: Database, what: What, archive: int = 1) -> list[Day]:
    return await figures.days_of_archive(database.reader, archive, what)


def _statistics(database: Database) -> Statistics:
    return Statistics(Acting(database, SERVER))


async def test_a_reader_of_many_stories_is_one_reader(database: Database, stories: list[int]) -> None:
    await _reads(database, MAY, [(1, story) for story in stories])
    await _reads(database, MAY + 1, [(1, stories[0]), (2, stories[0]), (2, stories[1])])
    assert await _days(database, What.READS) == [Day(MAY, 5, 1), Day(MAY + 1, 3, 1)]
    assert await _days(database, What.READERS) == [Day(MAY, 1, 1), Day(MAY + 1, 1, 1)]
    made = await _statistics(database).plot(MO)
    assert made.told.count(FEW.rstrip(".")) == 4, "five reads of one reader are no figure"


async def test_five_readers_are_a_figure(database: Database, stories: list[int]) -> None:
    await _reads(database, MAY, [(reader, stories[0]) for reader in range(1, 5)])
    await _reads(database, MAY + 1, [(5, stories[1]), (1, stories[1])])
    made = await _statistics(database).plot(MO)
    assert "New readers: 1 May – 2 May 2001 5." in made.told
    assert "Reads (a reader counts once a day): 1 May – 2 May 2001 6." in made.told
    assert Image.open(io.BytesIO(made.picture)).format == "PNG"


async def test_likes_and_letters_count_persons_once(database: Database, stories: list[int]) -> None:
    async with database.write() as db:
        await settings.keep(db, 3, ReaderSettings(counted=False))
        for reader, story in ((1, stories[0]), (1, stories[1]), (2, stories[0]), (3, stories[0])):
            await shelf.mark(db, reader, story, Mark.LIKED, MAY * DAY)
    assert await _days(database, What.LIKES) == [Day(MAY, 3, 2)]
    for number, (day, writer) in enumerate(((0, 1), (0, 3), (1, 1), (1, 2))):
        await write(database, stories[number], number, now=(MAY + day) * DAY, writer_id=writer)
    assert await _days(database, What.LETTERS) == [Day(MAY, 1, 1), Day(MAY + 1, 2, 1)]


async def test_another_archive_s_readers_are_in_none(database: Database, stories: list[int]) -> None:
    other = await open_archive(database, SERVER + 1)
    there = await add(database, edition("Elsewhere"), archive_id=other)
    await _reads(database, MAY, [(reader, story) for reader in range(9) for story in (stories[0], there)])
    for archive in (1, other):
        assert await _days(database, What.READERS, archive) == [Day(MAY, 9, 9)]
    keeper = Actor(9, other, SERVER + 1, manages=True, roles=frozenset(), owns_bot=False)
    assert (await _statistics(database).plot(keeper)).holdings.stories == {"published": 1}


async def test_what_is_there_is_counted_by_state(database: Database, stories: list[int]) -> None:
    await add(database, edition("Night", "Jon", rating=Rating.NC_17), state=Standing.WITHHELD)
    held = (await _statistics(database).plot(MO)).holdings
    assert (held.stories, held.words, held.authors, held.series) == ({"published": 5, "withheld": 1}, 18, 2, 1)


async def test_it_is_for_moderators(database: Database, stories: list[int]) -> None:
    with pytest.raises(NotYourDesk):
        await _statistics(database).plot(MO._replace(manages=False))
