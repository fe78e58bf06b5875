"""Messages are brought up to date, later where Discord is out, and never twice."""

from collections.abc import Mapping

import pytest

from bot.domain.delivery import Absent, Delivered, Later, NotYet, Outcome, Refused, State
from bot.domain.pacing import Limits, Pace
from bot.services.corrections import Corrections
from bot.store import letters
from bot.store.corrections import Correction
from bot.store.database import Database
from bot.ui.mail import DRAW
from tests.library import add, edition
from tests.store.relay import MARA, NOW, claim, claimed, link, settle, state, write


class Desk:
    """An editor who answers as told, and the clock beside it."""

    def __init__(self, database: Database, *answers: Outcome) -> None:
        self.now = NOW
        self.acts: list[tuple[float, str]] = []
        self._answers = list(answers)
        self.corrections = Corrections(database, self, DRAW, Pace(Limits()), clock=lambda: self.now, jitter=lambda: 0.0)

    async def correct(self, correction: Correction, payload: str, emails: Mapping[int, str]) -> Outcome:
        assert (payload != "", emails) == (True, {})
        self.acts.append((self.now - NOW, correction.act))
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    async def works(self, seconds: float) -> None:
        end = self.now + seconds
        while self.now < end:
            if not await self.corrections.round():
                self.now += 1


@pytest.fixture
async def letter(database: Database) -> int:
    """One that is delivered and whose address is to be forgotten."""
    story = await add(database, edition("The Lamp", "Ruby"))
    await link(database)
    letter = await write(database, story, email="mara@example.org")
    await settle(database, await claimed(database), Delivered(1, 2))
    async with database.write() as db:
        assert await letters.forget_email(db, letter, MARA, NOW)
    return letter


async def test_an_outage_of_an_hour_is_waited_for(database: Database, letter: int) -> None:
    """However often it fails, there is no second message."""
    desk = Desk(database, NotYet("Discord is out"))
    await desk.works(3_600)
    assert {act for _, act in desk.acts} == {"edit"}
    assert len(desk.acts) == 3_600 / 5
    assert (await state(database, letter), await claim(database, desk.now)) == (State.DELIVERED, None)


async def test_what_fails_otherwise_is_tried_ever_more_rarely(database: Database, letter: int) -> None:
    desk = Desk(database, Later("Discord answered 500"), Later("busy", after=400.0), Later("500"), Delivered(1, 2))
    await desk.works(3_600)
    assert [(int(at), act) for at, act in desk.acts] == [(0, "edit"), (5, "edit"), (405, "edit"), (525, "edit")]
    assert await state(database, letter) is State.DELIVERED


@pytest.mark.parametrize("gone", [Delivered(1, 2), Absent()], ids=["deleted", "there no more"])
async def test_a_message_is_deleted_before_it_is_sent_again(database: Database, letter: int, gone: Outcome) -> None:
    desk = Desk(database, Refused("too many edits"), NotYet("out"), Refused("not now"), gone)
    await desk.works(4)
    assert await claim(database, desk.now) is None
    await desk.works(60)
    assert [act for _, act in desk.acts] == ["edit", "delete", "delete", "delete"]
    assert await state(database, letter) is State.READY
    assert (await claimed(database, desk.now)).emails == {}


async def test_what_is_there_no_more_is_not_sent_again(database: Database, letter: int) -> None:
    """The author deleted the direct message."""
    desk = Desk(database, Absent())
    await desk.works(60)
    assert desk.acts == [(0.0, "edit")]
    assert await state(database, letter) is State.DELIVERED
