"""What a list asks of the database: the right index, a bounded number of rows, nothing that is typed as syntax."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.models import Rating
from bot.domain.search import Field, Order, Range, Selection, Sought
from bot.store import lists, naming, orders, snippets, stories, suggestions, vocabulary, wording
from bot.store.database import Database
from bot.store.orders import ORDERS, Boundary
from tests.catalogues import Drawn, empty, shelve
from tests.library import DARK, HALL
from tests.store.statements import asked

HARD = st.text(st.sampled_from(list("ab1 \"'*():-^+{}[]_%\\\0é漢")), max_size=12)


async def _plan(database: Database, sql: str, parameters: dict[str, Any]) -> list[str]:
    rows = await database.reader.all(f"EXPLAIN QUERY PLAN {sql}", **parameters)  # pyright: ignore[reportArgumentType]
    return [row["detail"] for row in rows]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("forward", [True, False])
async def test_each_order_is_read_along_its_index_from_the_boundary(
    database: Database, order: Order, forward: bool
) -> None:
    sieve = await lists.sieve(database.reader, HALL, Selection())
    bounds = Boundary("lamp", "lamp", 7)
    sql = lists.statement(sieve, order, bounds, forward=forward)
    plan = await _plan(database, sql, {**sieve.parameters, **bounds._asdict(), "limit": 11})
    searched = [step for step in plan if step.startswith("SEARCH s")]
    assert len(searched) == len(Rating)
    first = "(archive_id=? AND rating=? AND ("
    assert all(f"INDEX {ORDERS[order].through} " in step and first in step for step in searched), plan
    assert not any(step.startswith("SCAN s") for step in plan)


async def test_a_rare_name_is_where_a_list_begins_and_a_frequent_one_is_not(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        await shelve(database, Drawn(tags=["Angst"], author="Ruby" if number else "Ann"))
    selection = Selection(has={Field.TAG: (("angst",),), Field.AUTHOR: ((1, 2),)})
    sieve = await lists.sieve(database.reader, HALL, selection)
    assert "story_tags" in sieve.source or "story_authors" in sieve.source
    monkeypatch.setattr(lists, "FEW", 3)
    assert (await lists.sieve(database.reader, HALL, selection)).source == ""
    rare = Selection(has={Field.TAG: (("angst",),), Field.AUTHOR: ((1,),)})
    sieve = await lists.sieve(database.reader, HALL, rare)
    assert "story_authors" in sieve.source
    assert await lists.page(database.reader, sieve, Order.TITLE, None, 9, forward=True) == [1]


async def test_a_page_asks_for_its_rows_alone(database: Database) -> None:
    for number in range(30):
        await shelve(database, Drawn(title=f"Tale {number:02}"))
    sieve = await lists.sieve(database.reader, HALL, Selection())
    with asked(database) as statements:
        ids = await lists.page(database.reader, sieve, Order.TITLE, None, 11, forward=True)
        await stories.some(database.reader, ids)
    assert len(ids) == 11
    assert len(statements) == 2


async def test_back_from_a_boundary_is_in_the_same_order(database: Database) -> None:
    ids = [await shelve(database, Drawn(title=title)) for title in ("C", "A", "B", "D")]
    db = database.reader
    sieve = await lists.sieve(db, HALL, Selection())
    bounds = await orders.boundary(db, 1, Order.TITLE, ids[3])
    assert await lists.page(db, sieve, Order.TITLE, bounds, 2, forward=False) == [ids[2], ids[0]]
    assert await lists.sort(db, Order.TITLE, ids) == [ids[1], ids[2], ids[0], ids[3]]
    assert await lists.sort(db, Order.NEWEST, ids) == ids[::-1]
    assert await orders.boundary(db, 2, Order.TITLE, ids[3]) is None, "another archive's"


@pytest.mark.parametrize(
    ("limits", "titles"),
    [
        (Range(least=5), ["5", "9"]),
        (Range(most=4), ["1"]),
        (Range(least=1, most=9, without=(5,)), ["1", "9"]),
        (Range(least=6, most=2), []),
    ],
)
async def test_ranges(database: Database, limits: Range, titles: Sequence[str]) -> None:
    for words in (1, 5, 9):
        await shelve(database, Drawn(title=str(words), words=words))
    sieve = await lists.sieve(database.reader, HALL, Selection(ranges={Field.WORDS: limits}))
    ids = await lists.page(database.reader, sieve, Order.TITLE, None, 9, forward=True)
    assert [story.title for story in await stories.some(database.reader, ids)] == titles


@given(st.lists(st.tuples(HARD, st.booleans()), min_size=1, max_size=3), HARD)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_nothing_typed_is_syntax(database: Database, typed: list[tuple[str, bool]], title: str) -> None:
    selection = Selection(
        words=tuple(Sought((text, "b"), negated) for text, negated in typed), titles=(Sought((title,)),)
    )
    sieve = await lists.sieve(database.reader, HALL, selection)
    for order in (Order.TITLE, Order.BEST) if sieve.has_words else (Order.TITLE,):
        await lists.page(database.reader, sieve, order, None, 9, forward=True)
    await suggestions.with_words(database.glance, HALL, title, 9, 1.0)
    await suggestions.beginning(database.reader, HALL, title, 9)
    for field in (Field.AUTHOR, Field.TAG, Field.STATUS):
        await naming.beginning(database.reader, HALL, field, title, 9)
        await naming.within(database.glance, HALL, field, title, 9, 1.0)
        await naming.holding(database.search, HALL, field, title, 1.0)


@pytest.mark.parametrize(
    ("phrases", "written"),
    [
        ([Sought(("lamp",))], '"lamp"'),
        ([Sought(("the old lamp",)), Sought(("sea",))], '"the old lamp" AND "sea"'),
        ([Sought(("lamp",)), Sought(("sea",), negated=True)], '("lamp") NOT ("sea")'),
        ([Sought(("lamp", "lamps"))], '("lamp" OR "lamps")'),
        ([Sought(('l"amp" OR x',))], '"l amp OR x"'),
        ([Sought(("sea",), negated=True)], ""),
        ([Sought(("???",))], ""),
    ],
)
def test_what_the_text_index_is_asked(phrases: list[Sought], written: str) -> None:
    assert wording.wanted(phrases) == written


def test_columns_stand_ahead_of_everything() -> None:
    phrases = [Sought(("lamp",)), Sought(("sea",), negated=True)]
    assert wording.wanted(phrases, "title") == 'title : (("lamp") NOT ("sea"))'
    assert wording.unwanted(phrases) == '"sea"'


async def test_an_excerpt_is_of_the_text_or_else_of_the_summary(database: Database) -> None:
    text = await shelve(database, Drawn(title="One", text="far away " * 30 + "a lamp was lit", summary="A lamp."))
    summary = await shelve(database, Drawn(title="Two", text="Dark.", summary="About a lamp."))
    title = await shelve(database, Drawn(title="The Lamp", text="Dark."))
    sieve = await lists.sieve(database.reader, HALL, Selection(words=(Sought(("lamp",)),)))
    found = await snippets.of(database.search, sieve, [text, summary, title])
    assert found.keys() == {text, summary}
    assert found[text].endswith("a \x02lamp\x03 was lit")
    assert found[summary] == "About a \x02lamp\x03."
    assert await snippets.of(database.search, sieve, []) == {}


async def test_the_frequent_words_that_begin_alike_come_first(database: Database) -> None:
    for text in ("lamp lantern", "lantern", "lantern Lämpchen"):
        await shelve(database, Drawn(title="X", text=text))
    known = await vocabulary.beginning(database.search, "la", 9, 1.0)
    assert (known.words[0], sorted(known.words), known.finished) == ("lantern", ["lamp", "lampchen", "lantern"], True)
    assert not (await vocabulary.beginning(database.search, "la", 2, 1.0)).finished


async def test_names_are_those_of_stories_that_have_a_row_here(database: Database) -> None:
    await empty(database)
    await shelve(database, Drawn(author="Isolde Wren", series="Lights", tags=["Angst"], status="Complete"))
    await shelve(database, Drawn(author="Wrenna", rating=Rating.NC_17, tags=["Angst", "Dark"]))
    safe = DARK.__class__(DARK.archive.__class__(1, "x", Rating.PG_13, directory_safe=True), 1, age_restricted=True)
    db = database.reader
    for audience, authors, tags in ((HALL, ["Isolde Wren", "Wrenna"], 2), (safe, ["Isolde Wren"], 1)):
        assert [each.name for each in await naming.beginning(db, audience, Field.AUTHOR, "", 9)] == authors
        assert len(await naming.beginning(db, audience, Field.TAG, "", 9)) == tags
        assert sorted(await naming.some(database.search, audience, Field.AUTHOR, 9, 1.0)) == authors
    [exact] = await naming.exactly(db, HALL, Field.STATUS, "complete")
    assert exact == ("Complete", "Complete")
    assert await naming.exactly(db, safe, Field.TAG, "dark") == []
    assert [each.name for each in await naming.within(database.glance, HALL, Field.AUTHOR, "wr", 9, 1.0)] == [
        "Isolde Wren"
    ]
