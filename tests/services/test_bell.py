"""Moderators hear of what comes to the desk, each of them once for each thing; nobody else hears anything."""

import pytest

from bot.domain.claims import ClaimState
from bot.domain.delivery import Mistaken, Refused
from bot.services.acting import Acting
from bot.services.bell import Bell
from bot.store import claims, reports
from bot.store.database import Database
from tests.library import add, edition, open_archive
from tests.services.company import MO, OTHER, SERVER, Company, audience
from tests.store.relay import MARA, NOW, RUBY, claimed, link, settle


@pytest.fixture
def company(database: Database) -> Company:
    return Company(database)


@pytest.fixture
async def story(database: Database) -> int:
    return await add(database, edition("The Lamp", "Ruby"))


@pytest.fixture
def bell(database: Database) -> Bell:
    return Bell(Acting(database, SERVER))


async def _claims(company: Company, user: int) -> None:
    await company.claims.ask(audience(user), "Ruby", "", company.another())


async def test_a_claim_rings_once_for_each_moderator(company: Company, story: int, bell: Bell) -> None:
    assert await bell.rings(MO) is None
    await _claims(company, OTHER)
    assert await bell.rings(MO) == (1, 0, 0, 0, 0, NOW)
    assert await bell.rings(MO) is None
    assert await bell.rings(MO._replace(user=77)) == (1, 0, 0, 0, 0, NOW)
    company.now += 1
    await _claims(company, RUBY)
    assert await bell.rings(MO) == (2, 0, 0, 0, 0, NOW + 1)


async def test_nobody_else_hears_it(company: Company, story: int, bell: Bell) -> None:
    await _claims(company, OTHER)
    for actor in (MO._replace(manages=False), MO._replace(server=SERVER + 1), MO._replace(server=None)):
        assert await bell.rings(actor) is None


async def test_what_another_has_done_does_not_ring_and_what_comes_in_its_place_does(
    database: Database, company: Company, story: int, bell: Bell
) -> None:
    await _claims(company, OTHER)
    assert await bell.rings(MO) is not None
    [claim] = await company.desk.claims(MO)
    async with database.write() as db:
        await claims.decide(db, claim.id, ClaimState.DECLINED, 77, NOW)
    assert await bell.rings(MO) is None
    company.now += 1
    await _claims(company, RUBY)
    assert await bell.rings(MO) == (1, 0, 0, 0, 0, NOW + 1)


async def test_one_that_came_as_another_was_settled_rings_too(
    database: Database, company: Company, story: int, bell: Bell
) -> None:
    """There are as many as before, and one of them is new."""
    await _claims(company, OTHER)
    assert await bell.rings(MO) is not None
    [claim] = await company.desk.claims(MO)
    company.now += 1
    await _claims(company, RUBY)
    async with database.write() as db:
        await claims.decide(db, claim.id, ClaimState.DECLINED, 77, NOW)
    assert await bell.rings(MO) == (1, 0, 0, 0, 0, NOW + 1)


async def test_letters_and_reports_ring(database: Database, company: Company, story: int, bell: Bell) -> None:
    await company.desk.change_rules(MO, {"hold_first": True}, company.another())
    await company.writes(story, "Lovely.")
    assert await bell.rings(MO) == (0, 0, 1, 0, 0, NOW)
    async with database.write() as db:
        await reports.file_story(db, story, None, MARA, "It is mine.", NOW + 5)
    assert await bell.rings(MO) == (0, 1, 1, 0, 0, NOW + 5)


@pytest.mark.parametrize(
    ("outcome", "waits"),
    [(Mistaken("a bug"), (0, 0, 0, 1, 0, NOW)), (Refused("filtered"), (0, 0, 0, 0, 1, NOW))],
    ids=["parked", "refused"],
)
async def test_a_letter_that_cannot_go_out_rings(
    database: Database, company: Company, story: int, bell: Bell, outcome: Mistaken | Refused, waits: object
) -> None:
    await link(database)
    await company.writes(story, "Lovely.")
    assert await settle(database, await claimed(database), outcome)
    assert await bell.rings(MO) == waits


async def test_another_archive_is_another_desk(database: Database, company: Company, story: int, bell: Bell) -> None:
    await _claims(company, OTHER)
    theirs = await open_archive(database, 66)
    assert await bell.rings(MO._replace(archive_id=theirs, server=66)) is None
    assert await bell.rings(MO._replace(owns_bot=True, server=None)) is not None, (
        "an owner looks after the home archive"
    )
