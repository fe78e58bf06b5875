"""Whoever presses something while another writes is answered first, and told what became of it afterwards."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from bot.sandbox import Message, Modal, Person
from bot.ui import replies
from tests.discord.stage import Stage, form, message, posted, presses, writes
from tests.discord.test_ids import BUG, Sent, ids
from tests.library import add, edition

THINKING, UNCHANGED = 5, 6
"""How an answer is put off (docs.discord.com, Interaction Callback Type)."""
PATIENCE = 20.0


@pytest.fixture(autouse=True)
async def story(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(replies, "HURRY", 0.05)
    story = await add(stage.database, edition("The Lamp", "Ruby", pages=3))
    await stage.link("Ruby", stage.ruby)
    return story


async def _meanwhile(stage: Stage, acts: Sequence[Any]) -> list[Message | Modal]:
    """Does all that at once while the database is written to, until each has had a first answer."""
    answered = stage.expects("POST", r"/callback$", len(acts))
    async with asyncio.timeout(PATIENCE), stage.database.write():
        doing = [asyncio.ensure_future(act) for act in acts]
        await answered
    return await asyncio.gather(*doing)


@pytest.mark.parametrize("who", ["mara", "ruby", "mo"])
async def test_each_button_and_menu_is_answered_while_another_writes(stage: Stage, who: str) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.")
        person: Person = getattr(stage, who)
        pressed = [sent for sent in ids() if sent.kind != "form"]
        pages = [message(await person.runs("/archive")) for _ in pressed]  # each of its own: a setting redraws it
        acts = [
            presses(person, sent.custom_id, *sent.chosen, on=page) for sent, page in zip(pressed, pages, strict=True)
        ]
        for answer in await _meanwhile(stage, acts):
            assert BUG not in answer.text if isinstance(answer, Message) else answer.title


@pytest.mark.parametrize("sent", [sent for sent in ids() if sent.kind == "form"], ids=lambda sent: sent.custom_id)
async def test_each_form_is_answered_while_another_writes(stage: Stage, sent: Sent) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.")
        page = message(await stage.ruby.runs("/archive"))
        form(await presses(stage.ruby, "v1:feedback:1:1", on=page)).raw["custom_id"] = sent.custom_id
        [answer] = await _meanwhile(stage, [stage.ruby.submits(Comments="Lovely.")])
        assert BUG not in message(answer).text


async def test_thanks_are_thought_about_and_said(stage: Stage) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.")
        letter = await posted(stage.ruby)
        put_off = stage.expects("POST", r"/callback$")
        [said] = await _meanwhile(stage, [stage.ruby.clicks("Thank", message=letter)])
        assert (await put_off).request["type"] == THINKING
        assert message(said).text == "Your thanks are on their way to whoever wrote it."
        assert message(said).ephemeral


async def test_a_receipt_stays_until_it_can_be_changed(stage: Stage) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.", Email="mara@example.org")
        await stage.mara.runs("/letters")
        receipt = message(await stage.mara.chooses("1"))
        put_off = stage.expects("POST", r"/callback$")
        [changed] = await _meanwhile(stage, [stage.mara.clicks("Forget my e-mail", message=receipt)])
        assert (await put_off).request["type"] == UNCHANGED
        assert message(changed).id == receipt.id
        assert "Your e-mail address is forgotten" in message(changed).text
