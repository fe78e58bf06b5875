"""Whoever takes no direct messages is told, shown what waits, and tried again; nothing waits where nobody looks."""

import pytest

from bot.domain.claims import ClaimState
from bot.domain.delivery import Mistaken, Never, Refused, State
from bot.domain.pacing import Limits
from bot.domain.refusals import JustKnocked, NothingWaits, NotYourPenName
from bot.services.doorstep import KNOCKS, Doorsteps
from bot.store import doors, notices
from bot.store.database import Database
from bot.store.sqlite import Reader
from tests.library import add, edition
from tests.services.company import MO, Company, audience, sender
from tests.services.town import FIRST, Town, authors
from tests.store.relay import MARA, NOW, RUBY, claim, claimed, link, settle, state

DAY = 86_400.0


@pytest.fixture
def company(database: Database) -> Company:
    return Company(database)


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database, Limits(dm_seconds=0, opening_seconds=0))


@pytest.fixture
def doorsteps(database: Database, town: Town) -> Doorsteps:
    return Doorsteps(database, clock=lambda: town.now)


async def _letter(database: Database, company: Company) -> int:
    """A letter of Mara's to an author who is here."""
    [story] = await authors(database, 1)
    return await company.writes(story, "Letter 1.", "Mara")


async def test_an_author_is_told_on_any_later_day_and_tried_again(
    database: Database, company: Company, town: Town, doorsteps: Doorsteps
) -> None:
    letter = await _letter(database, company)
    town.closed = {FIRST}
    await town.settle(NOW + 1)
    town.closed = set()
    town.now = company.now = NOW + 2 * DAY
    assert await doorsteps.announces(FIRST)
    page = await company.pen.inbox(audience(FIRST))
    assert page.closed, "it is not called the author's wish"
    await town.settle(town.now + 60)
    assert await state(database, letter) is State.DELIVERED
    assert not (await doorsteps.of(FIRST)).closed


async def test_what_is_refused_while_somebody_looks_is_not_forgotten_for_a_minute(
    database: Database, company: Company, town: Town, doorsteps: Doorsteps, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _letter(database, company)
    read = notices.accounts

    async def meanwhile(db: Reader) -> set[int]:
        known = await read(db)
        monkeypatch.undo()
        town.closed = {FIRST}
        await town.settle(NOW + 1)
        doorsteps.changed()
        return known

    monkeypatch.setattr(notices, "accounts", meanwhile)
    assert not await doorsteps.announces(FIRST)
    assert await doorsteps.announces(FIRST)


async def test_a_reader_is_told_of_an_answer_and_reads_it(
    database: Database, company: Company, town: Town, doorsteps: Doorsteps
) -> None:
    letter = await _letter(database, company)
    await town.settle(NOW + 1)
    answer = await company.letters.answer(sender(FIRST), letter, "Thank you.", interaction_id=company.another())
    town.closed = {MARA}
    await town.settle(NOW + 10)
    assert await doorsteps.announces(MARA)
    assert not await doorsteps.announces(MARA), "once a day"
    [waiting] = (await doorsteps.of(MARA)).answers
    assert (await doorsteps.answer(MARA, waiting.letter_id)).comments == "Thank you."
    assert (await doorsteps.of(MARA)).answers == [waiting], "it may not have been shown"
    await doorsteps.saw_answer(waiting.letter_id)
    assert await state(database, answer.letter_id) is State.DELIVERED
    town.closed = set()
    await town.settle(NOW + 10 * DAY)
    assert len(town.messages) == 1, "what was handed over does not come again"
    assert (await doorsteps.of(MARA)).answers == []


async def test_an_answer_that_discord_refuses_lies_at_the_door_too(
    database: Database, company: Company, town: Town, doorsteps: Doorsteps
) -> None:
    letter = await _letter(database, company)
    await town.settle(NOW + 1)
    await company.letters.answer(sender(FIRST), letter, "Thank you.", interaction_id=company.another())
    town.trouble = lambda _: Refused("AutoMod")
    await town.settle(NOW + 10)
    assert await doorsteps.announces(MARA)
    assert [answer.comments for answer in (await doorsteps.of(MARA)).answers] == ["Thank you."]


async def test_nobody_is_handed_what_is_for_another(
    database: Database, company: Company, town: Town, doorsteps: Doorsteps
) -> None:
    letter = await _letter(database, company)
    answer = await company.letters.answer(sender(FIRST), letter, "Thank you.", interaction_id=company.another())
    await company.offers(MARA, "Author 0")
    for take in (
        doorsteps.answer(RUBY, answer.letter_id),
        doorsteps.notice(RUBY, 1),
        doorsteps.notice(MARA, 9),
    ):
        with pytest.raises(NothingWaits):
            await take
    with pytest.raises(NothingWaits):
        await doorsteps.answer(FIRST, letter)


async def test_who_has_nothing_waiting_is_told_nothing(
    database: Database, company: Company, town: Town, doorsteps: Doorsteps
) -> None:
    async with database.write() as db:
        await doors.closed(db, MARA, NOW)
    assert not await doorsteps.announces(MARA)
    assert not any((await doorsteps.of(MARA))[:3])


async def test_a_question_that_did_not_arrive_is_asked_here(
    database: Database, company: Company, town: Town, doorsteps: Doorsteps
) -> None:
    await add(database, edition("The Lamp", "Ruby"))
    town.closed = {RUBY}
    await company.offers(RUBY)
    await town.settle(NOW + 10)
    town.now = company.now = NOW + 10 * DAY
    assert await doorsteps.announces(RUBY)
    offer = await company.claims.offer(audience(RUBY), "Ruby")
    assert offer is not None
    assert [button[:3] for button in offer.buttons] == [
        ("Take them", "claim-take", 1), ("Not me", "claim-deny", 1), ("Never", "claim-never", 1),
    ]  # fmt: skip
    assert await company.claims.offer(audience(MARA), "Ruby") is None, "it is asked of one account"
    [notice] = (await doorsteps.of(RUBY)).notices
    assert (await doorsteps.notice(RUBY, notice.id)).title == "Are you Ruby?"
    await doorsteps.saw_notice(notice.id)
    await town.settle(NOW + 20 * DAY)
    assert town.messages == []


async def test_a_question_that_is_answered_is_not_sent_any_more(
    database: Database, company: Company, town: Town
) -> None:
    await add(database, edition("The Lamp", "Ruby"))
    town.closed = {RUBY}
    claim_id = await company.offers(RUBY)
    await town.settle(NOW + 10)
    await company.claims.answer(RUBY, claim_id, ClaimState.DENIED, company.another())
    assert await company.claims.offer(audience(RUBY), "Ruby") is None
    with pytest.raises(NotYourPenName):
        await company.claims.choosing(RUBY, 1)
    town.closed = set()
    await town.settle(NOW + 10 * DAY)
    assert town.messages == []


async def test_moderators_see_a_message_that_cannot_go_and_try_it_again(
    database: Database, company: Company, town: Town
) -> None:
    await add(database, edition("The Lamp", "Ruby"))
    await company.offers(RUBY)
    await settle(database, await claimed(database), Mistaken("400"))
    [stuck] = await company.desk.notices(MO)
    assert (stuck.user_id, stuck.title, stuck.problem) == (RUBY, "Are you Ruby?", "400")
    assert await company.desk.retry_notices(MO, company.another()) == "1 message is tried again."
    await town.settle(NOW + 60)
    assert [sent.user_id for sent in town.messages] == [RUBY]
    assert await company.desk.notices(MO) == []


async def test_knocking_is_not_for_every_second(
    database: Database, company: Company, town: Town, doorsteps: Doorsteps
) -> None:
    await _letter(database, company)
    town.closed = {FIRST}
    await town.settle(NOW + 1)
    assert "1 message is on the way" in await doorsteps.knock(FIRST, 1)
    await town.settle(town.now + 1)
    for interaction in range(2, 20):
        with pytest.raises(JustKnocked, match="wait 10 minutes"):
            await doorsteps.knock(FIRST, interaction)
    assert town.tries[FIRST] == 2
    town.now += KNOCKS
    assert "1 message is on the way" in await doorsteps.knock(FIRST, 20)


async def test_a_door_that_was_closed_by_a_clock_ahead_is_tried(database: Database) -> None:
    story = await add(database, edition("The Lamp", "Ruby"))
    await link(database)
    async with database.write() as db:
        await doors.closed(db, RUBY, NOW + 365 * DAY)
    letter = await Company(database).writes(story, "One.")
    parcel = await claim(database)
    assert parcel is not None
    await settle(database, parcel, Never("closed"))
    assert await state(database, letter) is State.WAITING
