"""A channel hears of new stories, told as scenes."""

import time
from typing import Any

import pytest

from bot.domain.models import Rating
from bot.sandbox import Message
from bot.store.announcements import QUIET
from tests.discord.stage import Stage, message, presses, refused
from tests.library import add, edition

MESSAGES = r"^/channels/\d+/messages$"


class Clock:
    """Now, and later."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


async def _heard(stage: Stage) -> list[Message]:
    """What was said in the hall of the bot's own accord."""
    return [
        seen for seen in stage.jon.sees(stage.hall) if not seen.ephemeral and seen.text.startswith(("New in", "<@&"))
    ]


async def test_a_moderator_chooses_a_channel_and_an_import_is_one_message(stage: Stage) -> None:
    clock = Clock()
    async with stage.bot(clock) as bot:
        said = message(await stage.mo.runs("/desk announcements"))
        assert said.text.startswith("New stories are announced\nNowhere.")
        said = message(await stage.mo.runs("/desk announcements", {"channel": stage.hall}))
        assert f"In <#{stage.hall.id}>" in said.text
        for title in ("The Lamp", "The Wick"):
            await add(stage.database, edition(title, "Ruby"))
        await add(stage.database, edition("Wild", rating=Rating.NC_17))
        await bot.services.announcer.round()
        clock.ahead = QUIET + 1
        await bot.services.announcer.round()
        [news] = await _heard(stage)
        assert "New in Story Archive: 2 stories" in news.text
        assert "Wild" not in news.text
        page = message(await stage.jon.chooses("The Lamp", message=news))
        assert page.ephemeral, "whoever presses it reads alone"
        assert "page 1." in page.text
    async with stage.bot(clock) as bot:
        await bot.services.announcer.round()
        assert len(await _heard(stage)) == 1
        page = message(await stage.mara.chooses("The Wick", message=news))
        assert "The Wick" in page.text


@pytest.mark.parametrize("ping", [False, True])
async def test_a_role_is_pinged_only_where_that_was_said(stage: Stage, ping: bool) -> None:
    clock, readers = Clock(), stage.guild.role("readers")
    sent = stage.expects("POST", rf"/channels/{stage.hall.id}/messages$")
    async with stage.bot(clock) as bot:
        options = {"channel": stage.hall, "role": readers} | ({"ping": True} if ping else {})
        said = message(await stage.mo.runs("/desk announcements", options))
        assert ("and is pinged" if ping else "without being pinged") in said.text
        await add(stage.database, edition("The Lamp"))
        await bot.services.announcer.round()
        clock.ahead = QUIET + 1
        await bot.services.announcer.round()
        body: Any = (await sent).request
        assert body["content"] == f"<@&{readers.id}>"
        assert body["allowed_mentions"].get("roles", []) == ([str(readers.id)] if ping else [])
        assert body["allowed_mentions"].get("parse", []) == []
        assert body["enforce_nonce"] is True


async def test_nothing_is_announced_any_more_when_a_moderator_says_so(stage: Stage) -> None:
    async with stage.bot():
        said = message(await stage.mo.runs("/desk announcements", {"channel": stage.hall}))
        said = message(await stage.mo.clicks("Announce nothing", message=said))
        assert said.text.startswith("New stories are announced\nNowhere.")
        assert said.buttons == []


async def test_a_channel_that_the_bot_may_not_see_is_told_at_the_desk(stage: Stage) -> None:
    clock, closed = Clock(), stage.guild.channel("staff")
    async with stage.bot(clock) as bot:
        await stage.mo.runs("/desk announcements", {"channel": closed})
        stage.sandbox.fail("POST", MESSAGES, status=403, code=50001)
        await add(stage.database, edition("The Lamp"))
        await bot.services.announcer.round()
        clock.ahead = QUIET + 1
        await bot.services.announcer.round()
        said = message(await stage.mo.runs("/desk announcements"))
        assert "It stopped" in said.text
        assert "the bot may not write in the channel" in said.text


async def test_only_moderators_say_where(stage: Stage) -> None:
    async with stage.bot():
        page = message(await stage.mara.runs("/archive"))
        assert "Only the moderators" in await refused(presses(stage.mara, "v1:announce-off", on=page))
    assert await stage.database.reader.value("SELECT announcement_channel_id FROM archives") is None
