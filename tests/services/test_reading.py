"""Reading and places."""

import sqlite3
from pathlib import Path

import pytest

from bot.domain.errors import Gone, NoPlace, NoSuchPart, TooMature
from bot.domain.models import Rating
from bot.services.reading import Reading
from bot.store import readers
from bot.store.database import Database
from tests.imports import take
from tests.library import DARK, HALL, add, edition, open_archive
from tests.pages import page


@pytest.fixture
def reading(database: Database) -> Reading:
    ticks = iter(range(1, 1_000_000))
    return Reading(database, lambda: float(next(ticks)))


async def test_a_place_within_a_paragraph_of_many_pages(database: Database, reading: Reading, tmp_path: Path) -> None:
    endless = " ".join(f"Sentence {number} of a paragraph that does not end." for number in range(700))
    await take(database, tmp_path / "a", {"endless.txt": page("Endless", paragraphs=["Short.", endless, "End."])})
    for number in (1, 6, 8):
        turned = await reading.turn(HALL, 1, number)
        assert turned.number == number
        assert (await reading.open(HALL, 1)).text == turned.text
        await reading.flush()
        assert (await Reading(database).open(HALL, 1)).text == turned.text


async def test_an_edit_ahead_of_it_moves_the_place_along(database: Database, reading: Reading, tmp_path: Path) -> None:
    endless = " ".join(f"Sentence {number} of a paragraph that does not end." for number in range(700))
    pages = [page("Endless", paragraphs=[*start, endless]) for start in ([], ["New. " * 900])]
    await take(database, tmp_path / "a", {"endless.txt": pages[0]})
    before = await reading.turn(HALL, 1, 5)
    await take(database, tmp_path / "a", {"endless.txt": pages[1]})
    after = await reading.open(HALL, 1)
    assert after.number > before.number
    assert set(before.text.split(".")) & set(after.text.split("."))


async def test_what_is_not_written_yet_counts(database: Database, reading: Reading) -> None:
    with pytest.raises(NoPlace):
        await reading.resume(HALL)
    mild, other = [await add(database, edition(title, pages=3)) for title in ("Mild", "Other")]
    dark = await add(database, edition("Dark", rating=Rating.R, pages=3))
    await reading.turn(HALL, mild, 2)
    await reading.flush()
    await reading.turn(HALL, other, 3)
    await reading.turn(DARK, dark, 2)
    assert await reading.has_place(HALL)
    assert (await reading.resume(HALL)).title == "Other"
    assert (await reading.resume(DARK)).title == "Other", "resuming is reading, and the newest place"
    await reading.turn(DARK, dark, 2)
    assert (await reading.resume(DARK)).title == "Dark"
    assert (await reading.resume(HALL)).title == "Other"


async def test_going_on_waits_for_no_writer(database: Database, reading: Reading) -> None:
    story = await add(database, edition("Mild", pages=3))
    await reading.turn(HALL, story, 2)
    async with database.write():
        assert await reading.has_place(HALL)
        assert (await reading.resume(HALL)).number == 2


async def test_places_that_could_not_be_written_are_kept(database: Database, reading: Reading) -> None:
    story = await add(database, edition("Mild", pages=3))
    await reading.turn(HALL, story, 2)
    async with database.write() as db:
        await db.run("ALTER TABLE places RENAME TO elsewhere")
    with pytest.raises(sqlite3.OperationalError):
        await reading.flush()
    async with database.write() as db:
        await db.run("ALTER TABLE elsewhere RENAME TO places")
    await reading.flush()
    assert await readers.place(database.reader, HALL.reader, story) is not None


async def test_a_part_asks_the_gate_first(database: Database, reading: Reading) -> None:
    dark = await add(database, edition("Dark", rating=Rating.R))
    foreign = await add(database, edition("Foreign"), archive_id=await open_archive(database, 77))
    with pytest.raises(TooMature):
        await reading.open(HALL, dark, part=7)
    with pytest.raises(NoSuchPart):
        await reading.open(DARK, dark, part=7)
    for story in (foreign, 999):
        with pytest.raises(Gone):
            await reading.open(HALL, story, part=7)
        with pytest.raises(Gone):
            await reading.turn(DARK, story, 1)
