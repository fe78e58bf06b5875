"""An interaction that Discord sends twice is answered twice and done once, whatever happened in between."""

from collections.abc import Awaitable, Callable

import pytest

from bot.domain.access import HOME, Archive, Audience
from bot.domain.claims import Choice, ClaimState
from bot.domain.delivery import Wish
from bot.domain.errors import ArchiveError
from bot.domain.models import Rating
from bot.domain.people import Actor, Sender
from bot.services.acting import Acting
from bot.services.claims import Claims
from bot.services.correspondence import Correspondence
from bot.services.desk import Desk
from bot.services.doorstep import Doorsteps
from bot.services.feedback import Feedback, Form
from bot.services.pen import Pen
from bot.services.withdrawal import Withdrawals
from bot.store import blocks, claims
from bot.store.database import Database
from tests.library import add, edition

NOW = 1_700_000_000.0
MARA, RUBY, SERVER = 7, 8, 10
READER, AUTHOR = (Audience(Archive(HOME, "Home", Rating.PG, directory_safe=False), user) for user in (MARA, RUBY))
SENDER = Sender(READER, 0.0, 0.0)
MO = Actor(9, HOME, SERVER, manages=True, roles=frozenset(), owns_bot=False)
AGAIN = 77
"""The interaction that comes twice."""


@pytest.fixture
async def letter(database: Database) -> int:
    """A letter of Mara's to Ruby, who is here; Ruby has claimed another name, which nobody decided."""
    story = await add(database, edition("The Lamp", "Ruby"))
    await add(database, edition("Windfalls", "Isolde"))
    async with database.write() as db:
        await claims.link(db, 1, RUBY, NOW)
        await claims.ask(db, HOME, 2, RUBY, "", NOW)
    form = Form("Mara", "mara@example.org", "Lovely.")
    feedback = Feedback(database, clock=lambda: NOW)
    return (await feedback.submit(SENDER, story, form, page=None, interaction_id=1)).letter_id


Act = Callable[[Database, int], Awaitable[object]]


def _letters(database: Database) -> Correspondence:
    return Correspondence(database, clock=lambda: NOW)


def _desk(database: Database) -> Desk:
    return Desk(Acting(database, SERVER, clock=lambda: NOW))


def _pen(database: Database) -> Pen:
    return Pen(database, clock=lambda: NOW)


def _claims(database: Database) -> Claims:
    return Claims(database, Withdrawals(database).of_author, clock=lambda: NOW)


ACTS: dict[str, Act] = {
    "withdraw": lambda database, letter: _letters(database).withdraw(MARA, letter, AGAIN),
    "forget": lambda database, letter: _letters(database).forget_email(MARA, letter, AGAIN),
    "thank": lambda database, letter: _letters(database).thank(RUBY, letter, AGAIN),
    "end": lambda database, letter: _letters(database).end(RUBY, letter, AGAIN),
    "block": lambda database, letter: _letters(database).block(RUBY, letter, 0, AGAIN),
    "report": lambda database, letter: _letters(database).report(RUBY, letter, "Rude.", AGAIN),
    "claim": lambda database, _: _claims(database).ask(READER, "Isolde", "", AGAIN),
    "choose": lambda database, _: _claims(database).choose(RUBY, 1, Choice.RENAME, AGAIN, "Garnet"),
    "take back": lambda database, _: Withdrawals(database).withdraw(RUBY, 1, AGAIN),
    "decide": lambda database, _: _desk(database).decide(MO, 1, AGAIN, yes=True),
    "unmask": lambda database, letter: _desk(database).unmask(MO, letter, "A threat.", AGAIN),
    "knock": lambda database, _: Doorsteps(database, clock=lambda: NOW).knock(RUBY, AGAIN),
}


async def _rows(database: Database) -> list[int]:
    db = database.reader
    return [
        await db.value("SELECT count(*) FROM letters"),
        await db.value("SELECT count(*) FROM notices"),
        await db.value("SELECT count(*) FROM ledger"),
        await db.value("SELECT count(*) FROM reports"),
        await db.value("SELECT count(*) FROM claims"),
        await db.value("SELECT count(*) FROM effects"),
    ]


@pytest.mark.parametrize("act", ACTS)
async def test_the_second_time_it_says_the_same_and_does_nothing(database: Database, letter: int, act: str) -> None:
    said = await ACTS[act](database, letter)
    rows = await _rows(database)
    assert rows[-1] == 1
    assert await ACTS[act](database, letter) == said
    assert await _rows(database) == rows


async def test_a_block_that_was_lifted_stays_lifted(database: Database, letter: int) -> None:
    await ACTS["block"](database, letter)
    async with database.write() as db:
        assert await blocks.lift(db, 1, 1)
    await ACTS["block"](database, letter)
    assert not await blocks.blocker(database.reader, HOME, 1, MARA, NOW)


async def test_a_wish_that_was_changed_since_stays_as_it_is(database: Database, letter: int) -> None:
    await _pen(database).wish(AUTHOR, 1, 0, Wish.OFF, AGAIN)
    await _pen(database).wish(AUTHOR, 1, 0, Wish.DAILY, AGAIN + 1)
    wished = await _pen(database).wish(AUTHOR, 1, 0, Wish.OFF, AGAIN)
    assert wished.general.letters is Wish.DAILY


async def test_what_was_refused_is_tried_anew(database: Database, letter: int) -> None:
    """Nothing was done, so nothing stands in the way."""
    service = _letters(database)
    with pytest.raises(ArchiveError):
        await service.report(RUBY, letter, " ", AGAIN)
    assert "see this letter now" in await service.report(RUBY, letter, "Rude.", AGAIN)


async def test_the_letters_of_a_claim_are_taken_once(database: Database, letter: int) -> None:
    await _desk(database).decide(MO, 1, 2, yes=True)
    service = _claims(database)
    first = await service.answer(RUBY, 1, ClaimState.TAKEN, AGAIN)
    async with database.write() as db:
        await claims.link(db, 2, MARA, NOW)
    assert (await service.answer(RUBY, 1, ClaimState.TAKEN, AGAIN)).said == first.said
    assert await database.reader.value("SELECT user_id FROM authors WHERE id = 2") == MARA
