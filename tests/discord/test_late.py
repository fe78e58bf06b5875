"""What is read or answered too late is counted: commands, buttons and forms alike."""

import asyncio
import time

from tests.discord.stage import Stage, message
from tests.library import add, edition

ANSWER = "/callback$"


async def test_in_time_is_not_counted(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=2))
    async with stage.bot() as bot:
        await stage.mara.runs("/read", story="The Lamp")
        await stage.mara.clicks("Next")
        assert (bot.tally.read_late, bot.tally.answered_late) == (0, 0)


async def test_a_command_a_button_and_a_form_that_are_old_when_they_are_read(stage: Stage) -> None:
    """The bot's clock is ahead, as it is after minutes without a connection; they are answered all the same."""
    await add(stage.database, edition("The Lamp", pages=2))
    async with stage.bot(clock=lambda: time.time() + 4) as bot:
        await stage.mara.runs("/read", story="The Lamp")
        assert bot.tally.read_late == 1
        assert "page 2." in message(await stage.mara.clicks("Next")).text
        assert bot.tally.read_late == 2
        await stage.mara.runs("/feedback", story="The Lamp")
        await stage.mara.submits(Comments="Lovely.")
        assert (bot.tally.read_late, bot.tally.answered_late) == (4, 0)


async def test_an_answer_that_nobody_waits_for_any_more(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=2))
    async with stage.bot() as bot:
        stage.sandbox.fail("POST", ANSWER, status=404, code=10062)
        refused = stage.expects("POST", ANSWER)
        asking = asyncio.create_task(stage.mara.runs("/read", story="The Lamp"))
        assert (await refused).status == 404
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        await stage.jon.runs("/read", story="The Lamp")
        assert (bot.tally.read_late, bot.tally.answered_late) == (0, 1)


async def test_what_is_refused_for_another_reason_did_not_come_too_late(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=2))
    async with stage.bot() as bot:
        stage.sandbox.fail("POST", ANSWER, status=404, code=10015)
        await stage.mara.runs("/read", story="The Lamp")
        assert bot.tally.answered_late == 0
