"""A claimant's *Never*, that moderators take back."""

import pytest

from bot.domain.claims import ClaimState
from bot.domain.refusals import NeverAgain, NothingAtDesk
from bot.store.database import Database
from tests.library import add, edition
from tests.services.company import MO, Company, audience
from tests.store.relay import RUBY


@pytest.fixture
async def story(database: Database) -> int:
    return await add(database, edition("The Lamp", "Ruby"))


@pytest.fixture
def company(database: Database) -> Company:
    return Company(database)


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
