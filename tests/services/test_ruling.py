"""What moderators rule about links holds, whatever comes in, goes or is edited; and it can be taken back."""

import pytest

from bot.domain.desk_refusals import LinkOpen, LinkSettled, LinkToItself
from bot.domain.errors import Gone, NotFound
from bot.domain.models import Link, LinkKind
from bot.domain.people import Actor
from bot.domain.refusals import NothingAtDesk, NotYourDesk
from bot.services.acting import Acting
from bot.services.intake.linking import NOT_HERE
from bot.services.intake.ruling import Rulings
from bot.store import ledger, links, series
from bot.store.database import Database
from bot.store.links import Question
from tests.library import add, edition, open_archive, replace

SERVER, MO = 9, 3
MODERATOR = Actor(MO, 1, SERVER, manages=True, roles=frozenset(), owns_bot=False)
NEVER = Link(LinkKind.SEQUEL, "Never")


@pytest.fixture
def rulings(database: Database) -> Rulings:
    return Rulings(Acting(database, SERVER))


@pytest.fixture
async def away(database: Database) -> int:
    """A story that names one that is not there."""
    await add(database, edition("Home", "Mara", series="Roads"))
    return await add(database, edition("Away", "Ruby", series="Roads", links=[NEVER]))


async def _only(rulings: Rulings, *, settled: bool = False) -> Question:
    [found] = await rulings.listed(MODERATOR, settled=settled)
    return found


async def _place(database: Database, story: int) -> int:
    return await database.reader.value("SELECT series_place FROM stories WHERE id = :id", id=story)


async def test_a_link_is_open_until_somebody_says_what_it_means(
    database: Database, rulings: Rulings, away: int
) -> None:
    asked = await _only(rulings)
    assert (asked.title, asked.link, asked.why) == ("Away", NEVER, "no story of that name is in the archive")
    said = await rulings.named(MODERATOR, asked.id, "Home", 1)
    assert said == "That Away names “Never” is settled: it means Home."
    assert await rulings.listed(MODERATOR) == []
    settled = await _only(rulings, settled=True)
    assert (settled.ruled, settled.target) == (True, "Home")
    assert [each.target_id for each in await series.related(database.reader, [away])] == [1]
    assert await rulings.named(MODERATOR, asked.id, "Home", 1) == said, "a replay acts no second time"
    [entry] = await ledger.entries(database.reader, 1, before=1 << 60, limit=5)
    assert (entry.act, entry.actor_id, entry.title) == ("link settled", MO, "Away")
    assert [(each.former, each.present) for each in entry.values] == [(None, "Home")]


async def test_a_ruling_orders_the_series(database: Database, rulings: Rulings) -> None:
    first = await add(database, edition("Zephyr", series="Roads"))
    second = await add(database, edition("Away", series="Roads", links=[NEVER]))
    third = await add(database, edition("Breeze", series="Roads"))
    asked = await _only(rulings)
    before = [await _place(database, story) for story in (first, second, third)]
    await rulings.rule(MODERATOR, asked.id, third, 1)
    after = [await _place(database, story) for story in (first, second, third)]
    assert after[1] > after[2]
    assert after != before
    await rulings.lift(MODERATOR, asked.id, 2)
    assert [await _place(database, story) for story in (first, second, third)] == before


@pytest.mark.parametrize("home", [1, None])
async def test_what_comes_in_later_does_not_overrule_it(
    database: Database, rulings: Rulings, away: int, home: int | None
) -> None:
    asked = await _only(rulings)
    await rulings.rule(MODERATOR, asked.id, home, 1)
    await add(database, edition("Never", "Ruby"))
    await replace(database, away, edition("Away", "Ruby", series="Roads", pages=2, links=[NEVER]))
    settled = await _only(rulings, settled=True)
    assert settled.target_id == home
    assert settled.why == ("" if home else NOT_HERE)
    assert await rulings.listed(MODERATOR) == []


async def test_it_is_taken_back(database: Database, rulings: Rulings, away: int) -> None:
    asked = await _only(rulings)
    await rulings.rule(MODERATOR, asked.id, None, 1)
    assert (await rulings.lift(MODERATOR, asked.id, 2)).endswith("is taken back: it is open again.")
    assert await _only(rulings) == asked
    never = await add(database, edition("Never", "Ruby"))
    assert await rulings.listed(MODERATOR) == []
    await rulings.rule(MODERATOR, asked.id, 1, 3)
    assert (await rulings.lift(MODERATOR, asked.id, 4)).endswith("it leads where its words tell.")
    assert [each.target_id for each in await series.related(database.reader, [away])] == [never]
    values = [entry.values[0][1:] for entry in await ledger.entries(database.reader, 1, before=1 << 60, limit=5)]
    nothing = "no story of this archive"
    assert values == [("Home", None), (None, "Home"), (nothing, None), (None, nothing)]


async def test_a_link_is_open_again_where_its_story_goes(database: Database, rulings: Rulings, away: int) -> None:
    asked = await _only(rulings)
    await rulings.rule(MODERATOR, asked.id, 1, 1)
    async with database.write() as db:
        await db.run("DELETE FROM stories WHERE id = 1")
    assert (await _only(rulings)).id == asked.id


async def test_of_several_that_are_called_that_each_is_offered(database: Database, rulings: Rulings) -> None:
    homes = [await add(database, edition("Home", author)) for author in ("Mara", "Jon")]
    await add(database, edition("Away", "Ruby", links=[Link(LinkKind.PREQUEL, "Home")]))
    asked = await rulings.view(MODERATOR, (await _only(rulings)).id)
    assert asked.question.why == "2 stories are called that"
    assert [each.id for each in asked.candidates] == homes


async def test_who_is_slower_is_told_what_was_ruled(database: Database, rulings: Rulings, away: int) -> None:
    asked = await _only(rulings)
    with pytest.raises(LinkOpen):
        await rulings.lift(MODERATOR, asked.id, 1)
    await rulings.rule(MODERATOR, asked.id, 1, 2)
    with pytest.raises(LinkSettled, match="“Away” names “Never” is settled already, as “Home”"):
        await rulings.rule(MODERATOR, asked.id, None, 3)
    with pytest.raises(LinkSettled):
        await rulings.open(MODERATOR, asked.id)
    assert (await _only(rulings, settled=True)).target == "Home"


async def test_it_means_a_story_that_is_here_and_another_one(database: Database, rulings: Rulings, away: int) -> None:
    asked = await _only(rulings)
    far = await add(database, edition("Far"), archive_id=await open_archive(database, 70))
    with pytest.raises(Gone):
        await rulings.rule(MODERATOR, asked.id, far, 1)
    with pytest.raises(LinkToItself):
        await rulings.rule(MODERATOR, asked.id, away, 2)
    with pytest.raises(NotFound):
        await rulings.named(MODERATOR, asked.id, "Nowhere", 3)
    assert await _only(rulings) == asked


async def test_another_archives_links_are_not_there(database: Database, rulings: Rulings, away: int) -> None:
    asked = await _only(rulings)
    there = MODERATOR._replace(archive_id=await open_archive(database, SERVER))
    assert await rulings.listed(there) == []
    for attempt in (
        rulings.view(there, asked.id),
        rulings.rule(there, asked.id, None, 1),
        rulings.lift(there, asked.id, 2),
    ):
        with pytest.raises(NothingAtDesk):
            await attempt
    with pytest.raises(NotYourDesk):
        await rulings.rule(MODERATOR._replace(manages=False), asked.id, None, 3)
    assert await links.get(database.reader, 1, asked.id) == asked
