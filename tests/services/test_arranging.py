"""An order that moderators gave a series by hand holds, whatever comes in or is edited; and it can be taken back."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.desk_refusals import (
    ChangedMeanwhile,
    FieldRefused,
    MovedMeanwhile,
    NoSuchPlace,
    NothingToUndo,
    NotInSeries,
    SeriesNamedSo,
)
from bot.domain.errors import Gone, NotFound
from bot.domain.models import Link, LinkKind
from bot.domain.order import arranged
from bot.domain.people import Actor
from bot.domain.refusals import NotYourDesk
from bot.services.acting import Acting
from bot.services.intake.arranging import Arranging
from bot.services.intake.editing import Editing
from bot.services.library import Library
from bot.store import ledger, series
from bot.store.database import Database
from bot.store.ledger import Entry
from tests.library import HALL, add, edition, open_archive, replace

SERVER, MO = 9, 3
MODERATOR = Actor(MO, 1, SERVER, manages=True, roles=frozenset(), owns_bot=False)
ROADS = 1


@pytest.fixture
def arranging(database: Database) -> Arranging:
    acting = Acting(database, SERVER)
    return Arranging(acting, Editing(acting))


@pytest.fixture
async def roads(database: Database) -> list[int]:
    """A series of three, in this order."""
    return [await add(database, edition(title, series="Roads")) for title in ("Out", "On", "Home")]


async def _order(arranging: Arranging, series_id: int = ROADS) -> list[str]:
    return [story.title for story in (await arranging.view(MODERATOR, series_id)).stories]


async def _entries(database: Database) -> list[Entry]:
    return await ledger.entries(database.reader, 1, before=1 << 60, limit=50)


async def test_a_story_is_moved_and_readers_see_it_there(
    database: Database, arranging: Arranging, roads: list[int]
) -> None:
    said = await arranging.move(MODERATOR, ROADS, roads[2], 1, 1, seen=3)
    assert said == "Home stands at place 1 of Roads now, where it stood at 3."
    assert await _order(arranging) == ["Home", "Out", "On"]
    tree = await Library(database).series(HALL, ROADS)
    assert [story.title for story in tree.shelf.rows] == ["Home", "Out", "On"]
    assert await arranging.move(MODERATOR, ROADS, roads[2], 1, 1, seen=3) == said, "a replay acts no second time"
    [entry] = await _entries(database)
    assert (entry.act, entry.actor_id, entry.title) == ("series put into order", MO, "Home")
    assert [(each.field, each.former, each.present) for each in entry.values] == [
        ("order of series 1", None, f"#{roads[2]} #{roads[0]} #{roads[1]}")
    ]


async def test_it_holds_over_what_headers_say_and_what_comes_later_stands_by_its_neighbour(
    database: Database, arranging: Arranging, roads: list[int]
) -> None:
    await arranging.move(MODERATOR, ROADS, roads[2], 1, 1)
    sequel = edition("Home", series="Roads", links=[Link(LinkKind.SEQUEL, "On")])
    await replace(database, roads[2], sequel)
    assert await _order(arranging) == ["Home", "Out", "On"]
    await add(database, edition("After", series="Roads", links=[Link(LinkKind.SEQUEL, "On")]))
    assert (await _order(arranging))[:3] == ["Home", "Out", "On"]
    await arranging.release(MODERATOR, ROADS, 2)
    assert (await _order(arranging)).index("Home") > (await _order(arranging)).index("On")
    assert not (await arranging.view(MODERATOR, ROADS)).by_hand


async def test_an_order_is_undone_while_it_stands(database: Database, arranging: Arranging, roads: list[int]) -> None:
    await arranging.move(MODERATOR, ROADS, roads[2], 1, 1)
    await arranging.move(MODERATOR, ROADS, roads[1], 1, 2)
    second, first = [entry.id for entry in await _entries(database)]
    with pytest.raises(ChangedMeanwhile):
        await arranging.undo(MODERATOR, first, 3)
    assert await arranging.undo(MODERATOR, second, 4) == "Roads is in the order that it had before."
    assert await _order(arranging) == ["Home", "Out", "On"]
    with pytest.raises(NothingToUndo):
        await arranging.undo(MODERATOR, second, 5)
    await arranging.undo(MODERATOR, first, 6)
    assert await _order(arranging) == ["Out", "On", "Home"]
    assert not (await arranging.view(MODERATOR, ROADS)).by_hand
    with pytest.raises(NothingToUndo):
        await arranging.undo(MODERATOR, 99, 7)


async def test_the_record_is_the_order_by_hand(database: Database, arranging: Arranging, roads: list[int]) -> None:
    for number, (story, place) in enumerate([(2, 1), (0, 3), (1, 1), (2, 2)], start=1):
        await arranging.move(MODERATOR, ROADS, roads[story], place, number)
        [newest, *_] = await _entries(database)
        [change] = newest.values
        assert change.present == " ".join(f"#{each}" for each in await series.by_hand(database.reader, ROADS))
    folded: str | None = None
    for entry in reversed(await _entries(database)):
        assert entry.values[0].former == folded
        folded = entry.values[0].present


async def test_two_who_move_the_same_story_at_once(arranging: Arranging, roads: list[int]) -> None:
    moves = [arranging.move(MODERATOR, ROADS, roads[0], place, place, seen=1) for place in (2, 3)]
    done = await asyncio.gather(*moves, return_exceptions=True)
    assert [type(each) for each in done] == [str, MovedMeanwhile]
    assert str(done[1]) == "Somebody moved “Out” to place 2 meanwhile; look at the order, and move it again."
    assert await _order(arranging) == ["On", "Out", "Home"]


async def test_what_cannot_be_moved_is_said(database: Database, arranging: Arranging, roads: list[int]) -> None:
    for place in (0, 4):
        with pytest.raises(NoSuchPlace, match=f"“Roads” has no place “{place}”; its stories stand at 1 to 3."):
            await arranging.move(MODERATOR, ROADS, roads[0], place, place + 1)
    assert await arranging.move(MODERATOR, ROADS, roads[0], 1, 9) == "Out stands at place 1 of Roads already."
    alone = await add(database, edition("Alone"))
    with pytest.raises(NotInSeries, match="does not belong to “Roads” any more"):
        await arranging.move(MODERATOR, ROADS, alone, 1, 10)
    assert await _entries(database) == []


async def test_stories_come_and_go(database: Database, arranging: Arranging, roads: list[int]) -> None:
    await add(database, edition("Alone"))
    await arranging.move(MODERATOR, ROADS, roads[2], 1, 1)
    assert await arranging.join(MODERATOR, ROADS, "alone", 2) == "Alone belongs to Roads now."
    assert await _order(arranging) == ["Home", "Out", "On", "Alone"]
    said = await arranging.part(MODERATOR, ROADS, roads[2], 3)
    assert said == "Home belongs to Roads no more; it stays in the archive."
    assert await _order(arranging) == ["Out", "On", "Alone"]
    assert [story.place for story in (await arranging.view(MODERATOR, ROADS)).stories] == [1, 2, 3]
    with pytest.raises(NotFound):
        await arranging.join(MODERATOR, ROADS, "Nowhere", 4)


async def test_a_series_is_renamed_in_every_header(database: Database, arranging: Arranging, roads: list[int]) -> None:
    await add(database, edition("Ford", series="Rivers"))
    await arranging.move(MODERATOR, ROADS, roads[2], 1, 1)
    assert await arranging.rename(MODERATOR, ROADS, " Long Roads ", 2) == (
        "Roads is called Long Roads now, in 3 headers."
    )
    found = await arranging.view(MODERATOR, ROADS)
    assert (found.name, [story.title for story in found.stories]) == ("Long Roads", ["Home", "Out", "On"])
    changed = [each for entry in await _entries(database) for each in entry.values if each.field == "series"]
    assert [(each.former, each.present) for each in changed] == [("Roads", "Long Roads")] * 3
    with pytest.raises(SeriesNamedSo, match="Another series is called “rivers” already"):
        await arranging.rename(MODERATOR, ROADS, "rivers", 3)
    with pytest.raises(FieldRefused, match="needs at least one letter or digit"):
        await arranging.rename(MODERATOR, ROADS, " … ", 4)


async def test_the_list_counts_and_goes_on(database: Database, arranging: Arranging, roads: list[int]) -> None:
    for number in range(6):
        await add(database, edition(f"Story {number}", series=f"Series {number}"))
    await arranging.move(MODERATOR, ROADS, roads[2], 1, 1)
    first = await arranging.listed(MODERATOR)
    told = [(each.name, each.stories, each.by_hand) for each in first[:2]]
    assert told == [("Roads", 3, True), ("Series 0", 1, False)]
    rest = await arranging.listed(MODERATOR, first[-1].id)
    assert [each.name for each in rest] == ["Series 4", "Series 5"]


async def test_it_is_for_the_moderators_of_that_archive(
    database: Database, arranging: Arranging, roads: list[int]
) -> None:
    other = await open_archive(database, 77)
    stranger = MODERATOR._replace(archive_id=other, server=77)
    reader = MODERATOR._replace(manages=False)
    for number, act in enumerate((arranging.view, arranging.listed)):
        with pytest.raises(NotYourDesk):
            await act(reader, number)
    with pytest.raises(NotYourDesk):
        await arranging.move(reader, ROADS, roads[0], 2, 10)
    assert await arranging.listed(stranger) == []
    attempts = [
        arranging.view(stranger, ROADS), arranging.move(stranger, ROADS, roads[0], 2, 11),
        arranging.release(stranger, ROADS, 12), arranging.part(stranger, ROADS, roads[0], 13),
        arranging.rename(stranger, ROADS, "Mine", 14),
    ]  # fmt: skip
    for attempt in attempts:
        with pytest.raises(Gone):
            await attempt
    assert await _order(arranging) == ["Out", "On", "Home"]


@given(st.permutations(range(8)), st.lists(st.integers(0, 9), unique=True, max_size=8))
def test_nothing_is_lost_and_both_orders_are_kept(order: list[int], by_hand: list[int]) -> None:
    found = arranged(order, by_hand)
    assert sorted(found) == sorted(order)
    ruled = [each for each in by_hand if each in order]
    assert [each for each in found if each in ruled] == ruled
    for number, each in enumerate(order):
        if each not in ruled:
            assert all(found.index(before) < found.index(each) for before in order[:number])
