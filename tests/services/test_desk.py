"""What moderators did and take back: a block for the whole archive, and a claimant's *Never*."""

import pytest

from bot.domain.claims import ClaimState
from bot.domain.refusals import NeverAgain, NothingAtDesk
from bot.store import ledger
from bot.store.database import Database
from tests.library import add, edition
from tests.services.company import MO, Company, audience, sender
from tests.store.relay import MARA, RUBY


@pytest.fixture
async def story(database: Database) -> int:
    return await add(database, edition("The Lamp", "Ruby"))


@pytest.fixture
def company(database: Database) -> Company:
    return Company(database)


async def test_a_block_for_all_is_taken_back(company: Company, story: int) -> None:
    letter = await company.writes(story, "Spam.")
    await company.desk.block(MO, letter, "Spam.", company.another())
    [held] = await company.desk.blocks(MO)
    assert held.letter_id == letter
    assert str(MARA) not in repr(held), "who it is about is not told"
    said = await company.desk.lift(MO, held.id, company.another())
    assert said == f"Whoever wrote letter {letter} can write here again."
    assert await company.feedback.form(sender(MARA), story, None, "")
    [newest] = await ledger.entries(company.database.reader, MO.archive_id, before=1_000, limit=1)
    assert newest.act == "sender let back"
    with pytest.raises(NothingAtDesk):
        await company.desk.lift(MO, held.id, company.another())


async def test_an_authors_block_is_not_the_desks(database: Database, company: Company, story: int) -> None:
    await company.feedback.link(1, "Ruby", RUBY)
    await company.letters.block(RUBY, await company.writes(story, "One."), 0, company.another())
    assert await company.desk.blocks(MO) == []
    with pytest.raises(NothingAtDesk):
        await company.desk.lift(MO, 1, company.another())


async def test_who_said_never_may_claim_again(company: Company, story: int) -> None:
    claim = await company.offers(RUBY)
    await company.claims.answer(RUBY, claim, ClaimState.NEVER, company.another())
    with pytest.raises(NeverAgain):
        await company.claims.ask(audience(RUBY), "Ruby", "", company.another())
    [forsworn] = await company.desk.forsworn(MO)
    assert await company.desk.reopen(MO, forsworn.id, company.another()) == "That account can claim Ruby again."
    assert "The moderators see" in await company.claims.ask(audience(RUBY), "Ruby", "", company.another())
    with pytest.raises(NothingAtDesk):
        await company.desk.reopen(MO, claim, company.another())
