"""Shelves of readers."""

from bot.domain.access import Audience
from bot.domain.models import Place, Rating
from bot.domain.shelf import Board, Count, Mark
from bot.store import readers, shelf, stories
from bot.store.database import Database
from tests.library import DARK, HALL, HOME, add, edition, open_archive

ME = HALL.reader
JON = Audience(HOME, reader=200)


async def _mark(database: Database, story: int, mark: Mark, now: float = 1.0, reader: int = ME) -> None:
    async with database.write() as db:
        await shelf.mark(db, reader, story, mark, now)


async def _titles(database: Database, audience: Audience, board: Board, *, hidden: bool = False) -> list[str]:
    found = await shelf.items(database.reader, audience, board, 0, 10, hidden=hidden)
    return [item.story.title for item in found]


async def test_marks_stand_newest_first_and_are_one_s_own(database: Database) -> None:
    for now, title in enumerate(("The Lamp", "The Well", "The Quay")):
        await _mark(database, await add(database, edition(title)), Mark.LIKED, now)
    assert await _titles(database, HALL, Board.LIKED) == ["The Quay", "The Well", "The Lamp"]
    assert await _titles(database, JON, Board.LIKED) == []
    assert await _titles(database, HALL, Board.LATER) == []


async def test_a_board_is_read_page_by_page(database: Database) -> None:
    for now in range(5):
        await _mark(database, await add(database, edition(f"Tale {now}")), Mark.LIKED, now)
    found = await shelf.items(database.reader, HALL, Board.LIKED, 2, 2, hidden=False)
    assert [item.story.title for item in found] == ["Tale 2", "Tale 1"]


async def test_what_is_finished_is_neither_for_later_nor_dropped(database: Database) -> None:
    story = await add(database, edition("The Lamp"))
    for mark in (Mark.LIKED, Mark.LATER, Mark.DROPPED, Mark.FINISHED):
        await _mark(database, story, mark)
    state = await shelf.state(database.reader, ME, story)
    assert state.marks == {Mark.LIKED, Mark.FINISHED}


async def test_likes_are_counted_over_all_readers_and_once_each(database: Database) -> None:
    story = await add(database, edition("The Lamp"))
    for reader in (ME, ME, 200, 300):
        await _mark(database, story, Mark.LIKED, reader=reader)
    assert (await shelf.state(database.reader, ME, story)).likes == 3
    async with database.write() as db:
        await shelf.unmark(db, ME, story, Mark.LIKED)
    state = await shelf.state(database.reader, ME, story)
    assert (state.likes, state.marks) == (2, frozenset())


async def test_what_is_hidden_is_counted_apart_and_keeps_its_like(database: Database) -> None:
    lamp, well = [await add(database, edition(title)) for title in ("The Lamp", "The Well")]
    await _mark(database, lamp, Mark.LIKED, 1)
    await _mark(database, well, Mark.LIKED, 2)
    async with database.write() as db:
        await shelf.hide(db, ME, Board.LIKED, well, hidden=True)
        await shelf.hide(db, 200, Board.LIKED, lamp, hidden=True)
    assert await _titles(database, HALL, Board.LIKED) == ["The Lamp"]
    assert await _titles(database, HALL, Board.LIKED, hidden=True) == ["The Well", "The Lamp"]
    assert await shelf.count(database.reader, HALL, Board.LIKED) == Count(1, 1)
    assert (await shelf.state(database.reader, ME, well)).likes == 1


async def test_a_place_read_again_comes_back_into_the_history(database: Database) -> None:
    story = await add(database, edition("The Lamp", pages=3))
    place = Place(ME, story, 0, 1, 0, "anchor 1", 5.0)
    async with database.write() as db:
        await readers.keep_places(db, [place])
        await shelf.hide(db, ME, Board.HISTORY, story, hidden=True)
    assert await _titles(database, HALL, Board.HISTORY) == []
    async with database.write() as db:
        await readers.keep_places(db, [place._replace(read_at=6.0)])
    (item,) = await shelf.items(database.reader, HALL, Board.HISTORY, 0, 10, hidden=False)
    assert (item.story.title, item.page, item.at) == ("The Lamp", 2, 6.0)


async def test_bookmarks_keep_their_page_and_note_and_are_one_s_own(database: Database) -> None:
    story = await add(database, edition("The Lamp", pages=3))
    for page, note in ((3, "the end"), (2, "first"), (2, "better")):
        leaf = await stories.leaf(database.reader, story, page)
        assert leaf is not None
        async with database.write() as db:
            await shelf.set_bookmark(db, ME, story, leaf, note, 10.0 - page)
    found = await shelf.items(database.reader, HALL, Board.BOOKMARKS, 0, 10, hidden=False)
    assert [(item.page, item.note) for item in found] == [(2, "better"), (3, "the end")]
    kept = await shelf.bookmark(database.reader, ME, found[0].id)
    assert kept is not None
    assert (kept.place.paragraph, kept.place.anchor, kept.note) == (1, "anchor 1", "better")
    assert await shelf.bookmark(database.reader, 200, found[0].id) is None
    async with database.write() as db:
        await shelf.drop_bookmark(db, 200, found[0].id)
        await shelf.drop_bookmark(db, ME, found[1].id)
    assert await shelf.bookmarks(database.reader, ME) == 1


async def test_a_story_that_must_not_be_known_of_here_is_on_no_board_and_in_no_count(database: Database) -> None:
    other = await open_archive(database, 55)
    elsewhere = await add(database, edition("Elsewhere"), archive_id=other)
    mature = await add(database, edition("Mature", rating=Rating.NC_17))
    for story in (elsewhere, mature):
        await _mark(database, story, Mark.LIKED)
    assert await _titles(database, HALL, Board.LIKED) == ["Mature"], "listed, with where it opens"
    safe = Audience(HOME.__class__(1, "Story Archive", Rating.PG_13, directory_safe=True), reader=ME)
    assert await _titles(database, safe, Board.LIKED) == []
    assert await shelf.count(database.reader, safe, Board.LIKED) == Count(0, 0)
    assert await shelf.count(database.reader, DARK, Board.LIKED) == Count(1, 0)
