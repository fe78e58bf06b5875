"""A block for the whole archive: by a letter or by an account, for some days or for good, and taken back."""

import pytest

from bot.domain.people import Actor
from bot.domain.refusals import Barred, NoReason, NothingAtDesk
from bot.store import ledger
from bot.store.database import Database
from bot.store.ledger import Entry
from tests.library import add, edition, open_archive
from tests.services.company import MO, SERVER, Company, sender
from tests.store.relay import MARA, RUBY

DAY = 86_400.0


@pytest.fixture
async def story(database: Database) -> int:
    return await add(database, edition("The Lamp", "Ruby"))


@pytest.fixture
def company(database: Database) -> Company:
    return Company(database)


async def _newest(company: Company) -> Entry:
    [entry] = await ledger.entries(company.database.reader, MO.archive_id, before=1_000, limit=1)
    return entry


async def _may_write(company: Company, story: int) -> bool:
    try:
        await company.feedback.form(sender(MARA), story, None, "")
    except Barred:
        return False
    return True


async def test_whoever_wrote_a_letter_is_blocked_and_stays_unknown(company: Company, story: int) -> None:
    letter = await company.writes(story, "Spam.")
    await company.blocks.block_writer(MO, letter, 0, "Spam.", company.another())
    [held] = await company.blocks.listed(MO)
    assert (held.letter_id, held.user_id, held.until) == (letter, None, None)
    assert str(MARA) not in repr(held)
    assert (await _newest(company)).act == "sender blocked for good"
    assert (await _newest(company)).user_id is None
    assert not await _may_write(company, story)
    said = await company.blocks.lift(MO, held.id, company.another())
    assert said == f"Whoever wrote letter {letter} can write here again."
    assert await _may_write(company, story)
    assert (await _newest(company)).act == "sender let back"
    with pytest.raises(NothingAtDesk):
        await company.blocks.lift(MO, held.id, company.another())


async def test_a_block_is_over_when_its_days_are(company: Company, story: int) -> None:
    said = await company.blocks.block_account(MO, MARA, 7, "Rude.", company.another())
    assert said == "This account can write to nobody in this archive for 7 days."
    [held] = await company.blocks.listed(MO)
    assert (held.letter_id, held.user_id, held.until) == (None, MARA, company.now + 7 * DAY)
    entry = await _newest(company)
    assert (entry.act, entry.reason, entry.user_id) == ("sender blocked for 7 days", "Rude.", MARA)
    assert not await _may_write(company, story)
    company.now += 7 * DAY
    assert await company.blocks.listed(MO) == []
    assert await _may_write(company, story)


async def test_a_second_block_takes_the_place_of_the_first(company: Company, story: int) -> None:
    await company.blocks.block_account(MO, MARA, 0, "Rude.", company.another())
    await company.blocks.block_account(MO, MARA, 1, "Forgiven, nearly.", company.another())
    [held] = await company.blocks.listed(MO)
    assert held.until == company.now + DAY
    assert await company.blocks.lift(MO, held.id, company.another()) == "This account can write here again."


async def test_nobody_is_blocked_without_a_reason(company: Company, story: int) -> None:
    letter = await company.writes(story, "Spam.")
    with pytest.raises(NoReason):
        await company.blocks.block_writer(MO, letter, 0, "  ", company.another())
    with pytest.raises(NoReason):
        await company.blocks.block_account(MO, MARA, 0, "", company.another())
    assert await company.blocks.listed(MO) == []


async def test_an_authors_block_is_not_the_desks(company: Company, story: int) -> None:
    await company.feedback.link(1, "Ruby", RUBY)
    await company.letters.block(RUBY, await company.writes(story, "One."), 0, company.another())
    assert await company.blocks.listed(MO) == []
    with pytest.raises(NothingAtDesk):
        await company.blocks.lift(MO, 1, company.another())


async def test_blocks_of_one_archive_are_nothing_to_another(company: Company, story: int) -> None:
    letter = await company.writes(story, "Spam.")
    await company.blocks.block_writer(MO, letter, 0, "Spam.", company.another())
    other = Actor(9, await open_archive(company.database, SERVER + 1), SERVER + 1, True, frozenset(), owns_bot=False)
    assert await company.blocks.listed(other) == []
    with pytest.raises(NothingAtDesk):
        await company.blocks.lift(other, 1, company.another())
    with pytest.raises(NothingAtDesk):
        await company.blocks.block_writer(other, letter, 0, "Mine.", company.another())
    await company.blocks.block_account(other, MARA, 0, "There.", company.another())
    assert len(await company.blocks.listed(MO)) == 1
