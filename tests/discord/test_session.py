"""The gateway session over restarts: resumed where it can be, begun anew where it cannot."""

import asyncio

from bot.domain.delivery import State
from bot.store import letters
from tests.discord.stage import Stage, message
from tests.library import add, edition


def _greetings(stage: Stage) -> list[str]:
    return [event.t for event in stage.sandbox.events if event.t in ("READY", "RESUMED")]


async def test_a_successor_resumes_and_answers_what_was_pressed_meanwhile(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", "Ruby", pages=3))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
    waiting = asyncio.create_task(stage.mara.clicks("Next"))
    async with stage.bot():
        assert "page 2." in message(await waiting).text
    assert _greetings(stage) == ["READY", "RESUMED"], "no start of a session is spent on a restart"


async def test_a_session_that_discord_has_forgotten_begins_anew(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", "Ruby", pages=3))
    async with stage.bot():
        pass
    async with stage.database.write() as db:
        await db.run("UPDATE memory SET value = json_set(value, '$.id', 'forgotten') WHERE key LIKE 'session of %'")
    async with stage.bot():
        assert "page 1." in message(await stage.mara.runs("/read", story="The Lamp")).text
    assert _greetings(stage) == ["READY", "READY"]


async def test_a_gateway_that_has_moved_is_found(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", "Ruby", pages=3))
    async with stage.bot():
        pass
    async with stage.database.write() as db:
        await db.run(
            "UPDATE memory SET value = json_set(value, '$.gateway', 'ws://127.0.0.1:9/gateway')"
            " WHERE key LIKE 'session of %'"
        )
    async with stage.bot():
        assert "page 1." in message(await stage.mara.runs("/read", story="The Lamp")).text


async def test_everything_replayed_twice_has_one_effect(stage: Stage) -> None:
    story = await add(stage.database, edition("The Lamp", "Ruby", pages=3))
    async with stage.bot():
        for number in range(5):
            await stage.mara.runs("/feedback", story="The Lamp")
            await stage.mara.submits(Comments=f"Letter {number}.")
        for _ in range(2):
            stage.sandbox.replay()
        await stage.mara.runs("/read", story="The Lamp")
    found = await letters.inbox(stage.database.reader, story, 0.0, before=99, limit=99)
    assert [letter.comments for letter in found] == [f"Letter {number}." for number in reversed(range(5))]
    assert {letter.state for letter in found} == {State.WAITING}


async def test_a_session_that_is_over_is_forgotten_without_a_disk(stage: Stage) -> None:
    """The disk may be full just then: the bot goes on, and answers what needs none."""
    async with stage.bot():
        await stage.database._writer.execute("PRAGMA query_only = ON")
        await stage.sandbox.reconnect(9)
        await stage.sandbox.ready()
        assert "empty so far" in message(await stage.mara.runs("/archive")).text
        await stage.database._writer.execute("PRAGMA query_only = OFF")
