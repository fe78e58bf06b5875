"""Who gets a pen name, who loses it, and which name nobody can have."""

import pytest

from bot.domain.claims import Choice, ClaimState
from bot.domain.refusals import ClaimSettled, NobodysName, OwnClaim
from bot.store import claims
from bot.store.database import Database
from tests.library import add, edition
from tests.services.company import MO, OTHER, Company, audience
from tests.store.relay import NOW, RUBY, link
from tests.store.statements import asked


@pytest.fixture
async def story(database: Database) -> int:
    return await add(database, edition("The Lamp", "Ruby"))


@pytest.fixture
def company(database: Database) -> Company:
    return Company(database)


async def _owner(database: Database, story: int) -> int | None:
    return await database.reader.value(
        "SELECT a.user_id FROM stories s JOIN authors a ON a.id = s.author_id WHERE s.id = :id", id=story
    )


async def _told(database: Database, user: int) -> list[str]:
    """The titles of the notices that are still to reach an account, oldest first."""
    rows = await database.reader.all(
        "SELECT json_extract(n.content, '$.title') AS title FROM notices n JOIN outbox o ON o.notice_id = n.id"
        " WHERE n.user_id = :user AND o.state <> 'withdrawn' ORDER BY n.id",
        user=user,
    )
    return [row["title"] for row in rows]


async def test_of_two_who_are_offered_a_name_the_first_has_it(database: Database, company: Company, story: int) -> None:
    late, first = await company.offers(OTHER), await company.offers(RUBY)
    await company.claims.answer(RUBY, first, ClaimState.TAKEN, company.another())
    with pytest.raises(ClaimSettled):
        await company.claims.answer(OTHER, late, ClaimState.TAKEN, company.another())
    assert await _owner(database, story) == RUBY
    assert await _told(database, OTHER) == ["Your claim"], "the question is taken back, and why is said"


async def test_a_moderator_does_not_agree_with_their_own_claim(
    database: Database, company: Company, story: int
) -> None:
    await company.claims.ask(audience(MO.user), "Ruby", "It is me.", company.another())
    [claim] = await company.desk.claims(MO)
    for moderator in (MO, MO._replace(owns_bot=True)):
        with pytest.raises(OwnClaim, match=r"another moderator has to agree.*talebearer author link"):
            await company.desk.decide(moderator, claim.id, company.another(), yes=True)
    await company.desk.decide(MO._replace(user=MO.user + 1), claim.id, company.another(), yes=True)
    assert await company.claims.offer(audience(MO.user), "Ruby") is not None


async def test_a_moderator_may_let_go_of_their_own_claim(database: Database, company: Company, story: int) -> None:
    await company.claims.ask(audience(MO.user), "Ruby", "", company.another())
    [claim] = await company.desk.claims(MO)
    await company.desk.decide(MO, claim.id, company.another(), yes=False)
    assert await company.desk.claims(MO) == []


async def test_a_link_by_the_operator_ends_what_others_claim(database: Database, company: Company, story: int) -> None:
    offered = await company.offers(OTHER)
    await company.claims.ask(audience(7), "Ruby", "", company.another())
    await company.feedback.link(1, "Ruby", RUBY)
    assert await company.desk.claims(MO) == []
    with pytest.raises(ClaimSettled):
        await company.claims.answer(OTHER, offered, ClaimState.TAKEN, company.another())
    assert await _told(database, 7) == ["Your claim"]


async def test_who_has_lost_a_name_may_claim_it_again(database: Database, company: Company, story: int) -> None:
    await company.offers(OTHER)
    await company.feedback.link(1, "Ruby", RUBY)
    claim = await company.offers(OTHER)
    await company.claims.answer(OTHER, claim, ClaimState.TAKEN, company.another())
    assert await _owner(database, story) == OTHER


async def test_a_former_owner_is_told(database: Database, company: Company, story: int) -> None:
    await link(database, user_id=OTHER)
    claim = await company.offers(RUBY)
    await company.claims.answer(RUBY, claim, ClaimState.TAKEN, company.another())
    assert await _told(database, OTHER) == ["A pen name left you"]


async def test_a_name_that_comes_to_its_owner_again_tells_nobody(
    database: Database, company: Company, story: int
) -> None:
    for _ in range(2):
        await company.feedback.link(1, "Ruby", RUBY)
    assert await _told(database, RUBY) == []


async def test_nobody_renames_themselves_into_the_orphanage(database: Database, company: Company, story: int) -> None:
    await add(database, edition("Windfalls", "Jon"))
    await link(database, "jon", OTHER)
    await link(database)
    with pytest.raises(NobodysName):
        await company.claims.choose(OTHER, 2, Choice.RENAME, company.another(), "ORPHANED  stories")
    await company.claims.choose(RUBY, 1, Choice.ORPHAN, company.another())
    assert await _owner(database, story) is None


async def test_nobody_claims_what_was_orphaned(database: Database, company: Company, story: int) -> None:
    await link(database)
    await company.claims.choose(RUBY, 1, Choice.ORPHAN, company.another())
    with pytest.raises(NobodysName, match="can be nobody's"):
        await company.claims.ask(audience(OTHER), "Orphaned stories", "", company.another())
    with pytest.raises(NobodysName):
        await company.feedback.link(1, "Orphaned stories", OTHER)


async def test_an_author_who_was_called_so_before_does_not_get_the_stories(
    database: Database, company: Company, story: int
) -> None:
    await add(database, edition("Windfalls", "Orphaned Stories"))
    async with database.write() as db:
        await claims.link(db, 2, OTHER, NOW)
    await link(database)
    await company.claims.choose(RUBY, 1, Choice.ORPHAN, company.another())
    assert await _owner(database, story) is None


async def test_names_are_offered_that_begin_so_and_then_those_with_such_a_word(
    database: Database, company: Company
) -> None:
    for number, name in enumerate(("Ruby Rune", "Old Ruby", "Rufus", "Kerubim", "Ann")):
        await add(database, edition(f"Tale {number}", name))
    reader = audience(7)
    assert await company.claims.suggest(reader, "RU") == ["Ruby Rune", "Rufus", "Old Ruby"]
    assert await company.claims.suggest(reader, "rune") == ["Ruby Rune"]
    assert await company.claims.suggest(reader, " ") == ["Ann", "Kerubim", "Old Ruby", "Ruby Rune", "Rufus"]


async def test_to_offer_names_no_archive_is_read_through(database: Database, company: Company) -> None:
    with asked(database) as statements:
        await company.claims.suggest(audience(7), "ru")
    [(sql, parameters)] = statements
    plan = [row["detail"] for row in await database.reader.all("EXPLAIN QUERY PLAN " + sql, **parameters)]
    assert len(plan) == 1, "in the order of the index"
    assert "(archive_id=? AND name_key>? AND name_key<?)" in plan[0]
