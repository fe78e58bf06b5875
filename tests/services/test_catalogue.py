"""Lists: whatever is asked for, its pages hold what Python would choose, in that order, and nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import names
from bot.domain.access import Audience, Sight, may_see
from bot.domain.errors import Gone, QueryRefused
from bot.domain.models import Rating, Standing
from bot.domain.search import Comparison, Field, Filter, Order, Query, Step, Words
from bot.services.catalogue import Catalogue, Listing, Turn, paging
from bot.services.library import Library
from bot.store import stories, tallies
from bot.store.database import Database
from tests.catalogues import Drawn, empty, shelve
from tests.library import HALL, HOME, add, edition, open_archive
from tests.store.test_stories import AUDIENCES

TITLES = st.sampled_from(["The Lamp", "A Lantern", "Harbour", "Zoo", "???", "Été", "lamp 2", "An Oar"])
WORDS = ("lamp", "harbour", "tide", "oar")
DRAWN = st.builds(
    Drawn,
    title=TITLES,
    author=st.sampled_from(["Ruby", "Ann", "Isolde Wren"]),
    series=st.sampled_from([None, "Lights", "Tides"]),
    rating=st.sampled_from(Rating),
    tags=st.lists(st.sampled_from(["Angst", "Hurt/Comfort", "Fluff"]), unique=True, max_size=2),
    status=st.sampled_from(["", "Complete", "In Progress"]),
    language=st.sampled_from(["", "English"]),
    text=st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join),
    words=st.sampled_from([1, 2, 5_000]),
    state=st.sampled_from([Standing.PUBLISHED] * 4 + list(Standing)),
    archive_id=st.sampled_from([1, 1, 1, 2]),
    at=st.sampled_from([1.0, 2.0]),
)
FILTERS = st.one_of(
    st.builds(Filter, st.just(Field.AUTHOR), st.sampled_from(["Ruby", "Wren"]), negated=st.booleans()),
    st.builds(Filter, st.just(Field.SERIES), st.just("lights"), negated=st.booleans()),
    st.builds(Filter, st.just(Field.TAG), st.sampled_from(["angst", "hurt comfort"]), negated=st.booleans()),
    st.builds(Filter, st.just(Field.STATUS), st.just("complete"), negated=st.booleans()),
    st.builds(Filter, st.just(Field.LANGUAGE), st.just("english"), negated=st.booleans()),
    st.builds(Filter, st.just(Field.TITLE), st.just("lamp"), negated=st.booleans()),
    st.builds(
        Filter, st.just(Field.RATING), st.sampled_from(Rating), st.sampled_from(Comparison), negated=st.booleans()
    ),
    st.builds(
        Filter,
        st.just(Field.WORDS),
        st.sampled_from([1, 2, 5_000]),
        st.sampled_from(Comparison),
        negated=st.booleans(),
    ),
)
ASKED = st.tuples(st.sampled_from(WORDS), st.booleans()).map(lambda drawn: Words(drawn[0], negated=drawn[1]))
QUERIES = st.builds(
    Query,
    words=st.lists(ASKED, max_size=2).map(tuple),
    filters=st.lists(FILTERS, max_size=2).map(tuple),
    order=st.sampled_from([order for order in Order if order is not Order.BEST]),
)
SIGNS: dict[Comparison, Callable[[int, int], bool]] = {
    Comparison.IS: lambda have, limit: have == limit,
    Comparison.UNDER: lambda have, limit: have < limit,
    Comparison.UP_TO: lambda have, limit: have <= limit,
    Comparison.OVER: lambda have, limit: have > limit,
    Comparison.FROM: lambda have, limit: have >= limit,
}


@dataclass(frozen=True)
class Known:
    """A story with what it was drawn from."""

    id: int
    drawn: Drawn
    sight: Sight


def fits(known: Known, query: Query) -> bool:
    """What a list of this query must hold, said in Python."""
    return all(_has(known, each) != each.negated for each in query.filters) and all(
        _says(known, each) != each.negated for each in query.words
    )


def _has(known: Known, asked: Filter) -> bool:
    drawn, value = known.drawn, asked.value
    if asked.field is Field.RATING:
        return SIGNS[asked.comparison](drawn.rating, int(value))
    if asked.field is Field.WORDS:
        return SIGNS[asked.comparison](drawn.words, int(value))
    have: dict[Field, Sequence[str]] = {
        Field.AUTHOR: [drawn.author], Field.SERIES: [drawn.series or ""], Field.TAG: drawn.tags,
        Field.STATUS: [drawn.status], Field.LANGUAGE: [drawn.language], Field.TITLE: [drawn.title],
    }  # fmt: skip
    return any(f" {value} ".casefold() in f" {names.key(each)} " for each in have[asked.field] if each)


def _says(known: Known, asked: Words) -> bool:
    """Of a story that does not open, its row alone can be found or missed."""
    drawn = known.drawn
    said = [drawn.title, drawn.author, drawn.series or ""]
    if known.sight is Sight.OPEN:
        said += [*drawn.tags, drawn.text]
    return asked.text in names.key(" ".join(said)).split()


def key(known: Known, order: Order) -> tuple[Any, ...]:
    drawn = known.drawn
    return {
        Order.TITLE: (names.sort_key(drawn.title), known.id),
        Order.AUTHOR: (names.key(drawn.author), names.sort_key(drawn.title), known.id),
        Order.NEWEST: (-drawn.at, -known.id),
        Order.UPDATED: (-drawn.at, -known.id),
        Order.LENGTH: (-drawn.words, -known.id),
        Order.READ: (-known.id,),
        Order.LIKED: (-known.id,),
    }[order]


async def _known(database: Database, drawn: Sequence[Drawn], audience: Audience) -> list[Known]:
    found: list[Known] = []
    for each in drawn:
        story = await stories.get(database.reader, await shelve(database, each))
        assert story is not None
        found.append(Known(story.id, each, may_see(story, audience)))
    return found


@given(st.lists(DRAWN, max_size=8), AUDIENCES, QUERIES)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_a_list_holds_what_fits_and_may_be_seen_in_its_order(
    database: Database, drawn: list[Drawn], audience: Audience, query: Query
) -> None:
    await empty(database)
    known = await _known(database, drawn, audience)
    listed = [each for each in known if each.sight is not Sight.ABSENT]
    expected = [each.id for each in sorted(listed, key=lambda each: key(each, _order(query))) if fits(each, query)]
    try:
        found = await Catalogue(database).open(audience, query)
    except QueryRefused:  # what no story that may be seen here is called, is no name here
        assert expected == []
        return
    assert [story.id for story in found.rows] == expected
    assert (found.total.number, found.total.more) == (len(expected), False)
    counts = await tallies.counts(database.reader, audience)
    assert counts.stories == len(listed)
    assert counts.openable == sum(each.sight is Sight.OPEN for each in listed)
    assert counts.authors == len({each.drawn.author for each in listed})
    assert counts.series == len({each.drawn.series for each in listed} - {None})


def _order(query: Query) -> Order:
    assert query.order is not None
    return query.order


@given(st.lists(DRAWN, min_size=1, max_size=8), AUDIENCES, st.sampled_from(WORDS))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_the_best_fits_are_the_same_stories_and_excerpts_are_of_what_opens(
    database: Database, drawn: list[Drawn], audience: Audience, word: str
) -> None:
    await empty(database)
    known = await _known(database, drawn, audience)
    found = await Catalogue(database).search(audience, word)
    query = Query((Words(word),))
    assert {story.id for story in found.rows} == {
        each.id for each in known if each.sight is not Sight.ABSENT and fits(each, query)
    }
    opens = {each.id for each in known if each.sight is Sight.OPEN}
    assert set(found.snippets) <= opens
    offered = await Library(database).suggest(audience, word)
    assert {each.id for each in offered} <= opens


async def _all(catalogue: Catalogue, audience: Audience, first: Listing, step: Step) -> list[list[str]]:
    pages = [[story.title for story in first.rows]]
    found = first
    while found.has_after if step is Step.NEXT else found.has_before:
        edge = found.rows[-1 if step is Step.NEXT else 0].id
        start = (found.start or 0) + (len(found.rows) if step is Step.NEXT else 0)
        found = await catalogue.turn(audience, found.id, Turn(step, edge, start))
        pages.append([story.title for story in found.rows])
    return pages


@pytest.mark.parametrize("counted", [1_000, 5])
@pytest.mark.parametrize("order", Order)
async def test_pages_both_ways_hold_every_story_once(
    database: Database, monkeypatch: pytest.MonkeyPatch, counted: int, order: Order
) -> None:
    """Also where nobody counts along: a list is long from the sixth story on."""
    monkeypatch.setattr(paging, "COUNTED", counted)
    for number in range(23):
        await shelve(database, Drawn(title=f"Lamp {number:02}", author=f"A{number % 4}", words=number % 3))
    catalogue = Catalogue(database)
    first = await catalogue.open(HALL, Query(order=order))
    assert not first.has_before
    forth = await _all(catalogue, HALL, first, Step.NEXT)
    assert [len(page) for page in forth] == [10, 10, 3] if counted > 5 else [10, 10, 10]
    assert len({title for page in forth for title in page}) == 23
    last = await catalogue.turn(HALL, first.id, Turn(Step.LAST))
    assert not last.has_after
    back = await _all(catalogue, HALL, last, Step.PREVIOUS)
    assert len({title for page in back for title in page}) == 23
    assert back[-1] == forth[0]
    assert last.total.number == 23


async def test_a_filtered_list_is_counted_to_a_thousand(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "COUNTED", 5)
    for number in range(12):
        await shelve(database, Drawn(title=f"Lamp {number:02}", tags=["Angst"], words=number))
    catalogue = Catalogue(database)
    for line in ("tag:angst", "words:>0 sort:title", "lamp", "lamp sort:title"):
        found = await catalogue.search(HALL, line)
        assert (found.total.number, found.total.more) == (5, True), line
    assert (await catalogue.search(HALL, "words:<3")).total == (3, False)
    everything = await catalogue.open(HALL, Query())
    assert everything.total == (12, False)


@pytest.mark.parametrize("counted", [1_000, 3])
@pytest.mark.parametrize("fate", ["hidden", "moved", "deleted", "too mature"])
async def test_a_boundary_that_went_still_finds_its_neighbours(
    database: Database, monkeypatch: pytest.MonkeyPatch, counted: int, fate: str
) -> None:
    monkeypatch.setattr(paging, "COUNTED", counted)
    ids = [await shelve(database, Drawn(title=f"Tale {number:02}")) for number in range(40)]
    catalogue = Catalogue(database)
    found = await catalogue.open(HALL, Query())
    boundary = found.rows[-1].id
    statement = {
        "hidden": "UPDATE stories SET state = 'hidden' WHERE id = :id",
        "moved": "UPDATE stories SET sort_key = 'tale 295' WHERE id = :id",
        "deleted": "DELETE FROM stories WHERE id = :id",
        "too mature": "UPDATE stories SET rating = 4 WHERE id = :id",
    }[fate]
    async with database.write() as db:
        await db.run(statement, id=boundary)  # pyright: ignore[reportArgumentType] - from the four above
    following = await catalogue.turn(HALL, found.id, Turn(Step.NEXT, boundary, 10))
    expected = 30 if fate == "moved" else 10
    assert following.rows[0].id == ids[expected]
    before = await catalogue.turn(HALL, found.id, Turn(Step.PREVIOUS, boundary, 10))
    assert before.rows[0].id == ids[20 if fate == "moved" else 0]


async def test_a_list_that_became_shorter_shows_its_end(database: Database) -> None:
    ids = [await shelve(database, Drawn(title=f"Tale {number:02}")) for number in range(25)]
    catalogue = Catalogue(database)
    found = await catalogue.open(HALL, Query())
    async with database.write() as db:
        await db.run("UPDATE stories SET state = 'hidden' WHERE id > :id", id=ids[14])
    following = await catalogue.turn(HALL, found.id, Turn(Step.NEXT, ids[20], 21))
    assert [story.id for story in following.rows] == ids[5:15]
    assert not following.has_after
    async with database.write() as db:
        await db.run("UPDATE stories SET state = 'hidden'")
    assert (await catalogue.turn(HALL, found.id, Turn(Step.NEXT, ids[20], 21))).rows == []


async def test_a_letter_leads_to_its_page(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for title in ("7 Days", "Apple", "Boat", "Candle", "Dawn", "Ember"):
        for number in range(4):
            await shelve(database, Drawn(title=f"{title} {number}", author=title))
    for counted in (1_000, 5):
        monkeypatch.setattr(paging, "COUNTED", counted)
        catalogue = Catalogue(database)
        for order in (Order.TITLE, Order.AUTHOR):
            listing = await catalogue.open(HALL, Query(order=order))
            for letter, title in (("", "7 Days 0"), ("a", "Apple 0"), ("b", "Boat 0"), ("c", "Candle 0")):
                found = await catalogue.letter(HALL, listing.id, letter)
                assert found.rows[0].title == title, (order, letter)
            beyond = await catalogue.letter(HALL, listing.id, "x")
            assert beyond.rows[-1].title == "Ember 3"


async def test_the_same_list_is_stored_once_and_each_archive_has_its_own(database: Database) -> None:
    await shelve(database, Drawn())
    catalogue = Catalogue(database)
    first = await catalogue.search(HALL, "lamp author:ruby")
    assert (await catalogue.search(HALL, "  LAMP by:ruby".lower())).id == first.id
    other = await open_archive(database, guild_id=9)
    await add(database, edition("The Lamp"), archive_id=other)
    there = Audience(HOME.__class__(other, "Other", Rating.PG_13, directory_safe=False), reader=1)
    with pytest.raises(Gone, match="This list is no longer"):
        await catalogue.turn(there, first.id, Turn())
    assert (await catalogue.search(there, "lamp author:ruby")).id != first.id


async def test_a_list_says_which_name_is_unknown_and_the_nearest(database: Database) -> None:
    await shelve(database, Drawn(author="Isolde Wren", tags=["Hurt/Comfort"], series="Changing Hearts"))
    await shelve(database, Drawn(author="Raven", rating=Rating.NC_17))
    catalogue = Catalogue(database)
    with pytest.raises(QueryRefused) as refused:
        await catalogue.search(HALL, "lamp author:Isolda")
    assert str(refused.value) == (
        "“author:Isolda” cannot be searched for because no author here is called so;"
        ' the nearest is author:"Isolde Wren".'
    )
    for asked in ("author:wren", 'series:"changing hearts"', "tag:comfort", "tag:hurt/comfort"):
        assert len((await catalogue.search(HALL, asked)).rows) == 1, asked
    safe = Audience(HOME.__class__(1, "x", Rating.PG_13, directory_safe=True), reader=1)
    with pytest.raises(QueryRefused) as refused:
        await catalogue.search(safe, "author:ravem")
    assert "Raven" not in str(refused.value)


async def test_the_most_read_and_most_liked_come_first(database: Database) -> None:
    ids = [await shelve(database, Drawn(title=title)) for title in ("One", "Two", "Three")]
    async with database.write() as db:
        for reader, story in ((1, 2), (2, 2), (1, 0)):
            await db.run(
                "INSERT INTO places VALUES (:reader, :story, 0, 0, 0, '', 1.0, 0)", reader=reader, story=ids[story]
            )
            await db.run("INSERT INTO marks VALUES (:reader, :story, 'liked', 1.0, 0)", reader=reader, story=ids[story])
        await db.run("INSERT INTO marks VALUES (1, :story, 'later', 1.0, 0)", story=ids[1])
    catalogue = Catalogue(database)
    for order in (Order.READ, Order.LIKED):
        found = await catalogue.open(HALL, Query(order=order))
        assert [story.title for story in found.rows] == ["Three", "One", "Two"]
    async with database.write() as db:
        await db.run("DELETE FROM places")
        await db.run("DELETE FROM marks")
    assert await database.reader.value("SELECT sum(readers) + sum(likes) FROM stories") == 0
