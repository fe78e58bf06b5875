"""Messages that are brought up to date: an address is forgotten in the author's DM too, or shown there at last."""

import asyncio
import re
import time

import pytest

from bot.domain.delivery import EMAIL_KEPT
from bot.sandbox.errors import Refusal
from bot.sandbox.faults import Failure
from bot.store import letters
from bot.store.letters import NewLetter
from tests.discord.stage import Stage
from tests.library import add, edition

EDITING = r"^/channels/\d+/messages/\d+$"
SENDING = r"^/channels/\d+/messages$"
ADDRESS = "mara@example.org"


@pytest.fixture
async def story(stage: Stage) -> int:
    return await add(stage.database, edition("The Lamp", "Ruby", pages=2))


async def _write(stage: Stage, story: int, number: int = 1) -> int:
    async with stage.database.write() as db:
        new = NewLetter(story, stage.mara.id, "Mara", ADDRESS, f"Letter {number}.", None, number)
        return (await letters.store(db, new, time.time())).letter_id


async def _forget(stage: Stage, letter: int) -> None:
    async with stage.database.write() as db:
        assert await letters.forget_email(db, letter, stage.mara.id, time.time())


async def test_an_address_is_forgotten_in_the_direct_message(stage: Stage, story: int) -> None:
    await stage.link("Ruby", stage.ruby)
    first, _ = await _write(stage, story, 1), await _write(stage, story, 2)
    async with stage.bot() as bot:
        digest = await stage.ruby.receives()
        assert digest.text.count(ADDRESS) == 2
        edited = stage.expects("PATCH", EDITING)
        await _forget(stage, first)
        bot.services.wake()
        await edited
        assert stage.ruby.dms[0].text.count(ADDRESS) == 1
        assert "Letter 1." in stage.ruby.dms[0].text
    assert len(stage.ruby.dms) == 1


async def test_a_crash_between_wish_and_edit_forgets_nothing(stage: Stage, story: int) -> None:
    await stage.link("Ruby", stage.ruby)
    letter = await _write(stage, story)
    async with stage.bot():
        await stage.ruby.receives()
    await _forget(stage, letter)
    edited = stage.expects("PATCH", EDITING)
    async with stage.bot():
        await edited
        assert ADDRESS not in stage.ruby.dms[0].text


async def test_a_message_that_can_be_edited_no_more_is_replaced(stage: Stage, story: int) -> None:
    await stage.link("Ruby", stage.ruby)
    letter = await _write(stage, story)
    async with stage.bot() as bot:
        await stage.ruby.receives()
        too_many = Refusal(30046)
        too_many.body |= {"retry_after": 3_600.0, "global": False}
        failure = Failure("PATCH", re.compile(EDITING), "before", 1, too_many)
        stage.sandbox.backend.faults._waiting.append(failure)
        deleted, sent = stage.expects("DELETE", EDITING), stage.expects("POST", SENDING)
        await _forget(stage, letter)
        bot.services.wake()
        await asyncio.gather(deleted, sent)
        [left] = stage.ruby.dms
        assert "Letter 1." in left.text
        assert ADDRESS not in left.text


async def test_an_address_goes_by_itself(stage: Stage, story: int) -> None:
    await stage.link("Ruby", stage.ruby)
    letter = await _write(stage, story)
    async with stage.bot():
        assert ADDRESS in (await stage.ruby.receives()).text
    edited = stage.expects("PATCH", EDITING)
    async with stage.bot(clock=lambda: time.time() + EMAIL_KEPT + 1):
        await edited
        assert ADDRESS not in stage.ruby.dms[0].text
    assert not (await letters.receipt(stage.database.reader, letter)).has_email


async def test_an_address_from_before_the_link_is_shown_after_a_yes(stage: Stage, story: int) -> None:
    letter = await _write(stage, story)
    await stage.link("Ruby", stage.ruby)
    async with stage.bot() as bot:
        assert ADDRESS not in (await stage.ruby.receives()).text
        edited = stage.expects("PATCH", EDITING)
        async with stage.database.write() as db:
            assert await letters.share_email(db, letter, stage.mara.id, time.time())
        bot.services.wake()
        await edited
        assert ADDRESS in stage.ruby.dms[0].text
