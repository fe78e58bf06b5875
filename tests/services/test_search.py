"""Searching: what words find, what a misspelt one was meant to be, what happens when time runs out, what is offered."""

import pytest

from bot.domain.models import Rating
from bot.domain.search import Field, Order, Step
from bot.services.catalogue import Catalogue, Turn, meaning, paging
from bot.services.library import Library
from bot.store import snippets
from bot.store.database import Database
from tests.catalogues import Drawn, shelve
from tests.library import DARK, HALL


async def test_words_begin_and_stand_in_a_row(database: Database) -> None:
    await shelve(database, Drawn(title="One", text="The old lamplight over the harbour."))
    await shelve(database, Drawn(title="Two", text="The light of an old harbour lamp."))
    catalogue = Catalogue(database)
    for line, titles in {
        "lamp": ["Two"],
        "lamp*": ["One", "Two"],
        '"old harbour"': ["Two"],
        "harbour -lamp": ["One"],
        "-lamp": ["One"],
        "HARBOUR old": ["One", "Two"],
        "12:30": [],
        "NEAR(lamp": [],
    }.items():
        found = await catalogue.search(HALL, f"{line} sort:title")
        assert [story.title for story in found.rows] == titles, line


async def test_a_word_in_the_title_fits_best(database: Database) -> None:
    await shelve(database, Drawn(title="One", text="A lamp, once."))
    await shelve(database, Drawn(title="The Lamp", text="Nothing."))
    await shelve(database, Drawn(title="Three", summary="About a lamp."))
    found = await Catalogue(database).search(HALL, "lamp")
    assert [story.title for story in found.rows] == ["The Lamp", "Three", "One"]
    assert found.order is Order.BEST


async def test_a_misspelt_search_is_guessed(database: Database) -> None:
    await shelve(database, Drawn(title="One", text="The harbour at night."))
    await shelve(database, Drawn(title="Two", text="A harlequin.", rating=Rating.NC_17))
    catalogue = Catalogue(database)
    found = await catalogue.search(HALL, "harbuor night")
    assert found.rows == []
    assert found.meant is not None
    assert found.meant[1] == "harbour night"
    assert [story.title for story in (await catalogue.turn(HALL, found.meant[0], Turn())).rows] == ["One"]
    hidden = await catalogue.search(HALL, "harlequim")
    assert hidden.meant is None, "a word that only a story has which does not open here"
    assert (await catalogue.search(DARK, "harlequim")).meant is not None
    assert (await catalogue.search(HALL, "xylophone")).meant is None


async def test_where_time_runs_out_the_newest_stand_in(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(25):
        await shelve(database, Drawn(title=f"Lamp {number:02}"))
    monkeypatch.setattr(paging, "PATIENCE", 0.0)
    monkeypatch.setattr("bot.store.sqlite.STEPS", 1)
    catalogue = Catalogue(database)
    found = await catalogue.search(HALL, "lamp")
    assert found.stands_in
    assert found.total.more
    assert [story.title for story in found.rows] == [f"Lamp {number:02}" for number in range(24, 14, -1)]
    following = await catalogue.turn(HALL, found.id, Turn(Step.NEXT, found.rows[-1].id, 10))
    assert following.rows[0].title == "Lamp 14"
    before = await catalogue.turn(HALL, found.id, Turn(Step.PREVIOUS, following.rows[0].id, 10))
    assert before.rows[0].title == "Lamp 24"
    async with database.write() as db:
        await db.run("DELETE FROM stories WHERE id = :id", id=found.rows[-1].id)
    again = await catalogue.turn(HALL, found.id, Turn(Step.NEXT, found.rows[-1].id, 10))
    assert again.rows[0].title == "Lamp 14"


async def test_where_there_is_no_time_at_all_nothing_is_shown_as_everything(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shelve(database, Drawn())
    monkeypatch.setattr(paging, "LEFT", 0.0)
    monkeypatch.setattr("bot.store.sqlite.STEPS", 1)
    for line in ("lamp", "words:>1"):
        found = await Catalogue(database).search(HALL, line)
        assert found.stands_in
        assert found.total == (0, True)


async def test_of_very_many_words_that_begin_alike_the_frequent_ones_are_looked_for(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "BEGINNINGS", 2)
    for text in ("lamp lamps", "lamp lamps", "lampion", "lantern"):
        await shelve(database, Drawn(title=text, text=text))
    found = await Catalogue(database).search(HALL, "lamp*")
    assert sorted({story.title for story in found.rows}) == ["lamp lamps"]
    assert found.total == (2, True)
    every = await Catalogue(database).search(HALL, "lam* -lampi*")
    assert every.total == (2, True)


async def test_what_is_offered_begins_as_it_is_typed_or_has_the_words(database: Database) -> None:
    for title, author in (
        ("The Lamp", "Isolde Wren"),
        ("Lantern", "Ann"),
        ("A Tale of Wrens", "Wrenna"),
        ("Oar", "Lana"),
    ):
        await shelve(database, Drawn(title=title, author=author, series="Lights", tags=["Long Way", "Lonely"]))
    library = Library(database)
    for typed, titles in {
        "la": ["The Lamp", "Lantern", "Oar"],
        "the lamp": ["The Lamp"],
        "wren": ["A Tale of Wrens", "The Lamp"],
        "isol la": ["The Lamp"],
        "": ["The Lamp", "Lantern", "Oar", "A Tale of Wrens"],
        "???": [],
    }.items():
        assert [each.title for each in await library.suggest(HALL, typed)] == titles, typed
    for field, typed, offered in (
        (Field.AUTHOR, "w", ["Wrenna", "Isolde Wren"]),
        (Field.AUTHOR, "", ["Ann", "Isolde Wren", "Lana", "Wrenna"]),
        (Field.TAG, "lo", ["Lonely", "Long Way"]),
        (Field.TAG, "way", ["Long Way"]),
        (Field.SERIES, "LI", ["Lights"]),
    ):
        assert [each.name for each in await library.suggest_names(HALL, field, typed)] == offered, (field, typed)


async def test_a_word_of_a_title_is_offered_ahead_of_authors_and_series(database: Database) -> None:
    for title, author, series in (
        ("The Borrowed Dark", "Ann", "Lanterns"),
        ("An Oar", "Lana", ""),
        ("On the Usefulness of Lamps", "Ann", ""),
        ("Lamplight", "Ann", ""),
    ):
        await shelve(database, Drawn(title=title, author=author, series=series))
    offered = [each.title for each in await Library(database).suggest(HALL, "la")]
    assert offered == ["Lamplight", "On the Usefulness of Lamps", "An Oar", "The Borrowed Dark"]


async def test_what_fits_in_two_ways_takes_one_place(database: Database) -> None:
    for number in range(30):
        title = f"Lamp of Lamps {number:02}" if number < 15 else f"Old Lamp {number}"
        await shelve(database, Drawn(title=title, author="Lamia"))
    offered = [each.title for each in await Library(database).suggest(HALL, "lam")]
    assert len(set(offered)) == len(offered) == 25
    assert offered[:15] == [f"Lamp of Lamps {number:02}" for number in range(15)]


def test_what_a_search_may_take_leaves_time_to_answer() -> None:
    each_after_the_other = (meaning.PATIENCE, paging.LEFT, paging.PATIENCE, snippets.PATIENCE)
    assert sum(each_after_the_other) <= 0.22, "of a quarter of a second, on a machine that does something else too"
