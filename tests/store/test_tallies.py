"""What is counted as the archive changes is what there is, whatever changes and however."""

from collections.abc import Sequence
from typing import LiteralString

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.models import Rating, Standing
from bot.store import authors, tallies, words
from bot.store.database import Database
from tests.catalogues import Drawn, empty, shelve
from tests.library import HALL, edition, replace

CHANGES: list[LiteralString] = [
    "UPDATE stories SET state = 'hidden' WHERE id = :id",
    "UPDATE stories SET state = 'published' WHERE id = :id",
    "UPDATE stories SET rating = 4 WHERE id = :id",
    "UPDATE stories SET series_id = NULL, status = 'Complete' WHERE id = :id",
    "DELETE FROM stories WHERE id = :id",
    "DELETE FROM story_tags WHERE story_id = :id",
    "UPDATE story_authors SET author_id = (SELECT min(id) FROM authors) WHERE story_id = :id",
]
DRAWN = st.builds(
    Drawn,
    author=st.sampled_from(["Ruby", "Ann"]),
    series=st.sampled_from([None, "Lights"]),
    rating=st.sampled_from(Rating),
    tags=st.lists(st.sampled_from(["Angst", "Fluff"]), unique=True),
    status=st.sampled_from(["", "Complete"]),
    state=st.sampled_from([Standing.PUBLISHED, Standing.HIDDEN]),
)
RECOUNTED = "SELECT archive_id, kind, key, rating, count(*) AS stories FROM counted GROUP BY 1, 2, 3, 4"
PRESENT = (
    "SELECT archive_id, kind, rating, count(*) AS things FROM (SELECT archive_id, kind, key, min(rating) AS rating"
    " FROM counted WHERE kind IN ('author', 'series') GROUP BY 1, 2, 3) GROUP BY 1, 2, 3"
)


async def _rows(database: Database, sql: LiteralString) -> set[tuple[object, ...]]:
    return {tuple(row) for row in await database.reader.all(sql)}


@given(st.lists(DRAWN, max_size=5), st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 4)), max_size=8))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_the_kept_counts_are_what_counting_gives(
    database: Database, drawn: Sequence[Drawn], changes: Sequence[tuple[LiteralString, int]]
) -> None:
    await empty(database)
    ids = [await shelve(database, each) for each in drawn]
    for sql, place in changes:
        if place < len(ids):
            async with database.write() as db:
                await db.run(sql, id=ids[place])
    kept = await _rows(database, "SELECT archive_id, kind, key, rating, stories FROM tallies WHERE stories <> 0")
    assert kept == await _rows(database, RECOUNTED)
    present = await _rows(database, "SELECT archive_id, kind, rating, things FROM presences WHERE things <> 0")
    assert present == await _rows(database, PRESENT)


async def test_another_edition_changes_what_is_counted(database: Database) -> None:
    story = await shelve(database, Drawn(series="Lights", tags=["Angst"]))
    await replace(database, story, edition("The Lamp", "Ann", rating=Rating.NC_17))
    assert await tallies.counts(database.reader, HALL) == (1, 0, 1, 0)
    kept = await _rows(database, "SELECT archive_id, kind, key, rating, stories FROM tallies WHERE stories <> 0")
    assert kept == await _rows(database, RECOUNTED)


async def test_words_and_orders_follow_a_story(database: Database) -> None:
    story = await shelve(database, Drawn(author="Ruby", series="Lights", tags=["Angst"], summary="Old."))

    async def found(asked: str) -> bool:
        sql = "SELECT 1 FROM story_words WHERE story_words MATCH :asked"
        return await database.reader.value(sql, asked=asked) == 1

    async with database.write() as db:
        await authors.rename(db, 1, "Opal")
        await db.run("UPDATE stories SET title = 'The Wick', description = 'New.' WHERE id = :id", id=story)
        await db.run("UPDATE series SET name = 'Darkness'")
    for asked, is_there in {
        "author : opal": True, "ruby": False, "title : wick": True, "lamp": False, "summary : new": True,
        "old": False, "series : darkness": True, "lights": False, "tags : angst": True, "text : lit": True,
    }.items():  # fmt: skip
        assert await found(asked) is is_there, asked
    assert await database.reader.value("SELECT author_key FROM stories") == "opal"
    async with database.write() as db:
        await authors.orphan(db, 1, "Anonymous")
    assert await database.reader.value("SELECT author_key FROM stories") == "anonymous"
    async with database.write() as db:
        await db.run("DELETE FROM stories")
    assert not await found("opal OR anonymous OR wick")
    assert await database.reader.value("SELECT sort_key FROM tombstones WHERE story_id = :id", id=story) == "lamp"


async def test_tags_that_were_changed_by_hand_are_found(database: Database) -> None:
    story = await shelve(database, Drawn(tags=["Angst"]))
    async with database.write() as db:
        await db.run("UPDATE story_tags SET name = 'Fluff', name_key = 'fluff'")
        await words.tagged(db, story)
    sql = "SELECT count(*) FROM story_words WHERE story_words MATCH :asked"
    assert await database.reader.value(sql, asked="fluff") == 1
    assert await database.reader.value(sql, asked="angst") == 0
