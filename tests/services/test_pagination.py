"""Pages of another length than the stored one."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.errors import Gone, NoSuchPart, TooMature
from bot.domain.models import Leaf, Rating
from bot.domain.settings import PageLength
from bot.formats.markdown import units
from bot.services.pagination import Pagination
from bot.services.reading import Reading
from bot.services.shelf import Shelves
from bot.store import stories
from bot.store.database import Database
from tests.imports import shelve
from tests.library import DARK, HALL, add, edition
from tests.pages import page
from tests.store.statements import asked

SHORT, MEDIUM, LONG = PageLength
LENGTHS = st.sampled_from(PageLength)


def text(paragraphs: int, sentences: int = 12) -> list[str]:
    return [
        " ".join(f"Sentence {number} of paragraph {index} says it." for number in range(sentences))
        for index in range(paragraphs)
    ]


async def take(database: Database, folder: Path, paragraphs: list[str], now: float = 1.0) -> int:
    return await shelve(database, folder, "story", page("Story", paragraphs=paragraphs), now)


async def every(reading: Reading, story: int, length: PageLength) -> list[Leaf]:
    first = await reading.leaf(HALL, story, 1, length)
    return [await reading.leaf(HALL, story, number, length) for number in range(1, first.pages + 1)]


async def test_each_length_holds_the_whole_text(database: Database, tmp_path: Path) -> None:
    story = await take(database, tmp_path, text(40))
    reading = Reading(database)
    told = {length: await every(reading, story, length) for length in PageLength}
    assert len(told[SHORT]) > len(told[MEDIUM]) > len(told[LONG]) > 2
    for length, leaves in told.items():
        assert all(units(leaf.text) <= length for leaf in leaves)
        assert [leaf.number for leaf in leaves] == list(range(1, len(leaves) + 1))
        assert {leaf.length for leaf in leaves} == {length}
        assert " ".join(leaf.text for leaf in leaves).split() == " ".join(leaf.text for leaf in told[LONG]).split()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(here=LENGTHS, there=LENGTHS, share=st.floats(0, 1))
async def test_one_goes_on_at_the_same_words_in_any_length(
    reading: Reading, story: int, here: PageLength, there: PageLength, share: float
) -> None:
    pages = (await reading.leaf(HALL, story, 1, here)).pages
    before = await reading.turn(HALL, story, 1 + round(share * (pages - 1)), here)
    begins = before.text[:60]
    for after in (
        await reading.open(HALL, story, length=there),
        await reading.turn(HALL, story, before.number, there, here),
    ):
        assert after.length is there
        assert begins in after.text or begins.split(".")[0] in after.text


@pytest.fixture
async def story(database: Database, tmp_path: Path) -> int:
    return await take(database, tmp_path, [*text(20), *text(1, 300), *text(20, 3)])


@pytest.fixture
def reading(database: Database) -> Reading:
    return Reading(database)


async def test_what_longer_pages_show_takes_nobody_back(reading: Reading, story: int) -> None:
    await reading.turn(HALL, story, 11, SHORT)
    for length in (LONG, MEDIUM, LONG):
        await reading.open(HALL, story, length=length)
    assert (await reading.open(HALL, story, length=SHORT)).number == 11
    await reading.turn(HALL, story, 12, LONG, SHORT)
    assert (await reading.open(HALL, story, length=SHORT)).number == 12


async def test_an_edit_moves_a_place_of_another_length_along(
    database: Database, reading: Reading, tmp_path: Path
) -> None:
    story = await take(database, tmp_path, text(40))
    before = await reading.turn(HALL, story, 20, SHORT)
    await take(database, tmp_path, [*text(1, 500), *text(40)], now=2.0)
    for length in PageLength:
        after = await reading.open(HALL, story, length=length)
        assert before.text.split(".")[0] in after.text


async def test_a_bookmark_keeps_the_place_and_no_number(database: Database, reading: Reading, story: int) -> None:
    leaf = await reading.leaf(HALL, story, 13, SHORT)
    shelves = Shelves(database, reading.flush)
    await shelves.bookmark(HALL, leaf, "here")
    for length in PageLength:
        assert leaf.text.split(".")[0] in (await reading.open_bookmark(HALL, 1, length)).text
    assert (await reading.open_bookmark(HALL, 1, SHORT)).number == 13


async def test_a_letter_names_the_stored_page(database: Database, reading: Reading, story: int) -> None:
    for leaf in await every(reading, story, SHORT):
        stored = await stories.leaf(database.reader, story, leaf.stored_number)
        assert stored is not None
        assert leaf.text.split(".")[0] in stored.text
    assert (await reading.leaf(HALL, story, 3)).stored_number == 3


async def test_the_gate_stands_ahead_of_the_scissors(database: Database, reading: Reading) -> None:
    dark = await add(database, edition("Dark", rating=Rating.R))
    with asked(database) as statements:
        with pytest.raises(TooMature):
            await reading.turn(HALL, dark, 1, SHORT)
        with pytest.raises(Gone):
            await reading.turn(HALL, 999, 1, SHORT)
    assert not any("FROM parts" in sql for sql, _ in statements)
    assert (await reading.turn(DARK, dark, 1, SHORT)).title == "Dark"


async def test_parts_begin_pages_of_their_own(database: Database, reading: Reading, tmp_path: Path) -> None:
    chapters = [block for number in (1, 2) for block in (f"Chapter {number}", *text(9))]
    story = await take(database, tmp_path, chapters)
    first = await reading.leaf(HALL, story, 1, SHORT)
    assert [title for _, title in first.part_starts] == ["Chapter 1", "Chapter 2"]
    second = await reading.open(HALL, story, 2, SHORT)
    assert (second.part_title, second.number) == ("Chapter 2", first.part_starts[1][0])
    with pytest.raises(NoSuchPart):
        await reading.open(HALL, story, 3, SHORT)


async def test_a_turn_cuts_nothing_anew(database: Database, reading: Reading, story: int) -> None:
    await reading.turn(HALL, story, 1, SHORT)
    with asked(database) as statements:
        await reading.turn(HALL, story, 2, SHORT)
    assert len(statements) == 1


async def test_a_new_text_is_cut_anew(database: Database, reading: Reading, tmp_path: Path) -> None:
    story = await take(database, tmp_path, text(40))
    await reading.turn(HALL, story, 1, SHORT)
    await take(database, tmp_path, ["Something else.", *text(40)], now=2.0)
    assert "Something else." in (await reading.turn(HALL, story, 1, SHORT)).text


async def test_two_who_ask_at_once_wait_for_one_cutting(database: Database, story: int) -> None:
    pagination = Pagination(database)
    with asked(database) as statements:
        made = await asyncio.gather(*(pagination.cut(story, 1.0, SHORT) for _ in range(5)))
    assert all(each is made[0] for each in made)
    assert len(statements) == 2


async def test_who_gives_up_does_not_keep_others_from_their_page(database: Database, story: int) -> None:
    pagination = Pagination(database)
    hasty, patient = (asyncio.create_task(pagination.cut(story, 1.0, SHORT)) for _ in range(2))
    await asyncio.sleep(0)
    hasty.cancel()
    assert (await patient).pages


async def test_what_is_kept_has_a_bound(database: Database, tmp_path: Path) -> None:
    ids: list[int] = []
    for name in ("one", "two", "three"):
        told = page(name, paragraphs=[f"{name} {paragraph}" for paragraph in text(30)])
        ids.append(await shelve(database, tmp_path, name, told))
    pagination = Pagination(database, room=30_000)
    for story in ids:
        await pagination.cut(story, 1.0, SHORT)
    with asked(database) as statements:
        await pagination.cut(ids[2], 1.0, SHORT)
        assert statements == []
        await pagination.cut(ids[0], 1.0, SHORT)
        assert len(statements) == 2


async def test_a_large_story_is_cut_beside_the_loop(database: Database, tmp_path: Path) -> None:
    story = await take(database, tmp_path, text(250))
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0)

    ticking = asyncio.create_task(tick())
    await Pagination(database).cut(story, 1.0, SHORT)
    ticking.cancel()
    assert ticks > 20
