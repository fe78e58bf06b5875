"""The relay, told as scenes: what Discord answers, and what becomes of a letter."""

import time
from typing import Literal

import pytest

from bot.client import Talebearer
from bot.domain.delivery import Outcome, State
from bot.services.postman import Courier
from bot.store import letters
from bot.store.parcels import Parcel
from tests.discord.stage import Stage, message
from tests.library import add, edition

SENDING = r"^/channels/\d+/messages$"
OPENING = r"^/users/@me/channels$"


@pytest.fixture
async def story(stage: Stage) -> int:
    return await add(stage.database, edition("The Lamp", "Ruby", pages=2))


async def _states(stage: Stage) -> list[State]:
    rows = await stage.database.reader.all("SELECT letter_id FROM outbox ORDER BY id")
    return [(await letters.receipt(stage.database.reader, row["letter_id"])).state for row in rows]


async def _write(stage: Stage, comments: str, story: str = "The Lamp") -> None:
    await stage.mara.runs("/feedback", story=story)
    assert "your letter is kept" in message(await stage.mara.submits(Comments=comments)).text


async def test_closed_dms_are_tried_once_and_the_letter_is_kept(stage: Stage, story: int) -> None:
    await stage.link("Ruby", stage.ruby)
    stage.ruby.closes_dms()
    async with stage.bot():
        refused = stage.expects("POST", SENDING)
        await stage.mara.runs("/feedback", story="The Lamp")
        await stage.mara.submits(Comments="Lovely.")
        assert (await refused).status == 403
    assert await _states(stage) == [State.WAITING]
    async with stage.bot():
        assert "waits for Ruby" not in stage.mara.screen.text
        stage.ruby.opens_dms()
        await stage.link("Ruby", stage.ruby)
        assert "Lovely." in (await stage.ruby.receives()).text


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("seconds", [6, 70], ids=["inside the nonce's window", "long after it"])
async def test_a_send_without_an_answer_is_one_message(
    stage: Stage, story: int, moment: Literal["before", "after"], seconds: int
) -> None:
    """`seconds` pass between two tries: the same nonce again, or a look into the channel."""
    await stage.link("Ruby", stage.ruby)
    clock = Leaping(time.time() - 10_000, seconds)
    stage.sandbox.fail("POST", SENDING, moment=moment, reset=True)
    async with stage.bot(clock) as bot:
        clock.leaps_after_each_try_of(bot)
        second = stage.expects("GET|POST", SENDING, times=2)
        await stage.mara.runs("/feedback", story="The Lamp")
        await stage.mara.submits(Comments="Lovely.")
        await second
        await stage.ruby.receives()
    assert len(stage.ruby.dms) == 1
    assert await _states(stage) == [State.DELIVERED]


@pytest.mark.parametrize(
    ("code", "status", "state"),
    [
        (50007, 403, State.WAITING),
        (50278, 403, State.WAITING),
        (200000, 400, State.REFUSED),
        (240000, 400, State.REFUSED),
        (20009, 400, State.REFUSED),
        (50035, 400, State.PARKED),
        (0, 403, State.READY),
        (0, 401, State.READY),
        (0, 404, State.READY),
    ],
)
async def test_what_discord_answers_decides(stage: Stage, story: int, code: int, status: int, state: State) -> None:
    await stage.link("Ruby", stage.ruby)
    stage.sandbox.fail("POST", SENDING, status=status, code=code)
    async with stage.bot():
        tried = stage.expects("POST", SENDING)
        await stage.mara.runs("/feedback", story="The Lamp")
        await stage.mara.submits(Comments="Lovely.")
        await tried
    assert await _states(stage) == [state]
    assert stage.ruby.dms == []


@pytest.mark.parametrize("code", [40003, 20026])
async def test_where_no_dm_can_be_opened_none_is_until_discord_says_so(
    stage: Stage, story: int, code: Literal[40003, 20026], caplog: pytest.LogCaptureFixture
) -> None:
    """The letter stays ready and is no failure, and a new process knows it and how long as well."""
    await stage.link("Ruby", stage.ruby)
    stage.sandbox.refuse_dms(code)
    async with stage.bot():
        tried = stage.expects("POST", OPENING)
        await _write(stage, "Lovely.")
        assert (await tried).status in (400, 403)
    assert await _states(stage) == [State.READY]
    assert await stage.database.reader.value("SELECT failures FROM outbox") == 0
    async with stage.bot() as bot:
        await _write(stage, "Lovely, again.")
        assert bot._pace.opens_at(time.time()) >= time.time() + {40003: 590, 20026: 86_390}[code]
    assert ("Appeal in Discord's developer portal" in caplog.text) is (code == 20026)
    assert sum(exchange.path == "/users/@me/channels" for exchange in stage.sandbox.exchanges) == 1


async def test_a_dm_channel_that_is_gone_is_opened_once_again(stage: Stage, story: int) -> None:
    await stage.link("Ruby", stage.ruby)
    async with stage.bot():
        for number, comments in enumerate(("One.", "Two.", "Three."), start=1):
            if number == 3:
                stage.sandbox.fail("POST", SENDING, status=404, code=10003)
            await stage.mara.runs("/feedback", story="The Lamp")
            await stage.mara.submits(Comments=comments)
            assert comments in (await stage.ruby.receives(number)).text
    opened = [exchange for exchange in stage.sandbox.exchanges if exchange.path == "/users/@me/channels"]
    assert len(opened) == 2, "once at first, once again; never for the second letter"


async def test_after_an_unknown_outcome_nothing_is_sent_before_the_channel_was_read(stage: Stage, story: int) -> None:
    """The message is there and unanswered; then the channel cannot be read; then it can."""
    await stage.link("Ruby", stage.ruby)
    clock = Leaping(time.time() - 10_000, 70)
    stage.sandbox.fail("POST", SENDING, moment="after", reset=True)
    stage.sandbox.fail("GET", SENDING, status=403)
    async with stage.bot(clock) as bot:
        clock.leaps_after_each_try_of(bot)
        third = stage.expects("GET|POST", SENDING, times=3)
        await stage.mara.runs("/feedback", story="The Lamp")
        await stage.mara.submits(Comments="Lovely.")
        assert ((await third).method, len(stage.ruby.dms)) == ("GET", 1)
    assert await _states(stage) == [State.DELIVERED]


async def test_a_clock_that_is_ahead_finds_the_letter_too(stage: Stage, story: int) -> None:
    await stage.link("Ruby", stage.ruby)
    clock = Leaping(time.time() + 3_600, 70)
    stage.sandbox.fail("POST", SENDING, moment="after", reset=True)
    async with stage.bot(clock) as bot:
        clock.leaps_after_each_try_of(bot)
        second = stage.expects("GET|POST", SENDING, times=2)
        await stage.mara.runs("/feedback", story="The Lamp")
        await stage.mara.submits(Comments="Lovely.")
        assert (await second).method == "GET"
    assert len(stage.ruby.dms) == 1
    assert await _states(stage) == [State.DELIVERED]


async def test_one_bad_answer_does_not_hold_up_the_others(stage: Stage, story: int) -> None:
    """Whatever goes wrong with a letter, the next author's goes out."""
    other = stage.sandbox.person("isolde", display_name="Isolde", guild=stage.guild)
    await add(stage.database, edition("Windfalls", "Isolde"))
    await stage.link("Ruby", stage.ruby)
    await stage.link("Isolde", other)
    async with stage.bot() as bot:
        bot.services.postman._courier = Clumsy(bot.services.postman._courier, stage.ruby.id)
        for title in ("The Lamp", "Windfalls"):
            await stage.mara.runs("/feedback", story=title)
            await stage.mara.submits(Comments=title)
        assert "Windfalls" in (await other.receives()).text
    assert await _states(stage) == [State.SENDING, State.DELIVERED]


class Leaping:
    """A clock that stands still, but for a leap after each try of the postman's."""

    def __init__(self, now: float, seconds: float) -> None:
        self._now = now
        self._seconds = seconds

    def __call__(self) -> float:
        return self._now

    def leaps_after_each_try_of(self, bot: Talebearer) -> None:
        written_down = bot.services.postman._arrived

        def leap() -> None:
            self._now += self._seconds
            written_down()

        bot.services.postman._arrived = leap


class Clumsy:
    """A courier that stumbles over one account."""

    def __init__(self, courier: Courier, account: int) -> None:
        self._courier = courier
        self._account = account

    async def open(self, user_id: int) -> int | Outcome:
        if user_id == self._account:
            raise KeyError("id")
        return await self._courier.open(user_id)

    async def deliver(self, parcel: Parcel, channel_id: int) -> Outcome:
        return await self._courier.deliver(parcel, channel_id)

    async def find(self, parcel: Parcel, channel_id: int) -> Outcome:
        return await self._courier.find(parcel, channel_id)

    async def nudge(self, channel_id: int, author: str) -> None:
        await self._courier.nudge(channel_id, author)


async def test_where_dms_are_opened_too_fast_the_known_ones_go_on(stage: Stage, story: int) -> None:
    other = stage.sandbox.person("isolde", display_name="Isolde", guild=stage.guild)
    await add(stage.database, edition("Windfalls", "Isolde"))
    await stage.link("Ruby", stage.ruby)
    await stage.link("Isolde", other)
    async with stage.bot():
        await stage.mara.runs("/feedback", story="The Lamp")
        await stage.mara.submits(Comments="One.")
        await stage.ruby.receives()
        stage.sandbox.refuse_dms(40003)
        refused = stage.expects("POST", r"^/users/@me/channels$")
        await stage.mara.runs("/feedback", story="Windfalls")
        await stage.mara.submits(Comments="Two.")
        await refused
        await stage.mara.runs("/feedback", story="The Lamp")
        await stage.mara.submits(Comments="Three.")
        assert "Three." in (await stage.ruby.receives(2)).text
    assert await _states(stage) == [State.DELIVERED, State.READY, State.DELIVERED]
    opened = [exchange for exchange in stage.sandbox.exchanges if exchange.path == "/users/@me/channels"]
    assert len(opened) == 2
