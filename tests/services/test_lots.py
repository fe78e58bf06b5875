"""A story by lot."""

from collections import Counter
from itertools import count

import pytest

from bot.domain.errors import NothingOpens
from bot.domain.models import Rating
from bot.services.reading import Reading
from bot.store import lots
from bot.store.database import Database
from tests.library import DARK, HALL, add, edition, open_archive
from tests.store.statements import asked


async def test_an_empty_archive_says_so(database: Database) -> None:
    with pytest.raises(NothingOpens, match="/stories shows"):
        await Reading(database).draw(HALL)


async def test_each_story_has_the_same_chance(database: Database) -> None:
    ids = [
        await add(database, edition(f"Tale {number}", rating=Rating.PG if number % 2 else Rating.G))
        for number in range(5)
    ]
    numbers = count()
    reading = Reading(database, lot=lambda below: next(numbers) % below)
    assert Counter([await reading.draw(HALL) for _ in range(25)]) == dict.fromkeys(ids, 5)


async def test_what_does_not_open_here_is_not_drawn(database: Database) -> None:
    foreign = await open_archive(database, 77)
    theirs = await add(database, edition("Foreign"), archive_id=foreign)
    for number in range(40):
        await add(database, edition(f"Dark {number}", rating=Rating.NC_17))
    with pytest.raises(NothingOpens):
        await Reading(database).draw(HALL)
    mild = await add(database, edition("Mild"))
    for number in range(40):
        await add(database, edition(f"Darker {number}", rating=Rating.UNRATED))
    for fixed in (0, 20, 81):
        reading = Reading(database, lot=lambda below, fixed=fixed: min(fixed, below - 1))
        assert await reading.draw(HALL) == mild
        assert await reading.draw(DARK) != theirs


async def test_a_number_that_nothing_has_leads_to_the_next(database: Database) -> None:
    ids = [await add(database, edition(f"Tale {number}")) for number in range(9)]
    async with database.write() as db:
        await db.run("DELETE FROM stories WHERE id BETWEEN :low AND :high", low=ids[1], high=ids[7])
    assert await Reading(database, lot=lambda _: 3).draw(HALL) == ids[8]


async def test_it_looks_at_no_more_of_a_large_archive(database: Database) -> None:
    """Every lookup is by key: nothing is scanned, nothing sorted but the few numbers themselves."""
    await add(database, edition("Mild"))
    with asked(database) as statements:
        bounds = await lots.bounds(database.reader, HALL)
        assert bounds == (1, 1)
        assert await lots.drawn(database.reader, HALL, [7, 1]) == 1
        assert await lots.next_after(database.reader, HALL, 1) == 1
    for sql, parameters in statements:
        rows = await database.reader.all(f"EXPLAIN QUERY PLAN {sql}", **parameters)
        told = [row["detail"] for row in rows]
        assert any(detail.startswith("SEARCH") for detail in told)
        assert not any(detail.startswith("SCAN") and "VIRTUAL TABLE" not in detail for detail in told), told
