"""Whatever was sent once is answered for ever: each id, after a restart, also to whoever may not press it."""

import re
from pathlib import Path
from typing import Literal, NamedTuple

import pytest

from bot.domain.models import Link, LinkKind
from bot.sandbox import Channel, Message, Modal, Person
from tests.discord.stage import Stage, message, presses
from tests.library import add, edition

BUG = "Something broke on our side"
VERB = re.compile(r"v\d+:([a-z-]+)")


class Sent(NamedTuple):
    """A custom id, and what is chosen where it is a menu's."""

    kind: str
    custom_id: str
    chosen: tuple[str, ...]


def ids() -> list[Sent]:
    lines = (Path(__file__).parent / "ids.txt").read_text("utf-8").splitlines()
    kept = [line.split() for line in lines if line and not line.startswith("#")]
    return [Sent(kind, custom_id, tuple(chosen)) for kind, custom_id, *chosen in kept]


def _verbs() -> set[str]:
    found = [VERB.match(sent.custom_id) for sent in ids()]
    return {match[1] for match in found if match}


async def press(person: Person, sent: Sent, page: Message, *, story: int = 1) -> Message | Modal:
    """Presses a control of that id, or sends a form of it, in the place of the form for a letter about a story."""
    if sent.kind != "form":
        return await presses(person, sent.custom_id, *sent.chosen, on=page)
    modal = await presses(person, f"v1:feedback:{story}:1", on=page)
    assert isinstance(modal, Modal)
    modal.raw["custom_id"] = sent.custom_id
    return await person.submits(Comments=f"About {sent.custom_id}.")


def _in_words(answer: Message | Modal) -> bool:
    if isinstance(answer, Modal):
        return bool(answer.title)
    return bool(answer.text.strip()) and BUG not in answer.text


async def test_nothing_answers_that_the_list_does_not_name(stage: Stage) -> None:
    async with stage.bot() as bot:
        assert set(bot._board._handlers) == _verbs()


PRESSED = [
    ("mara", "hall"), ("ruby", "hall"), ("mo", "hall"), ("mara", "dm"), ("ruby", "dm"), ("mo", "dm"),
    ("jon", "hall_thread"), ("mara", "dark"), ("mo", "dark_thread"), ("jon", "away"),
]  # fmt: skip
"""Everybody somewhere, and somebody everywhere; `away` is a server that the bot is not in."""


def _place(stage: Stage, person: Person, place: str) -> Channel | Literal["dm"]:
    if place == "dm":
        return "dm"
    if place != "away":
        return getattr(stage, place)
    person.installs()
    elsewhere = stage.sandbox.guild("Elsewhere", has_bot=False)
    stage.sandbox.person(person.name, guild=elsewhere)
    return elsewhere.channel("lobby")


@pytest.mark.parametrize(("who", "place"), PRESSED)
async def test_each_id_is_answered_in_words_after_a_restart(stage: Stage, who: str, place: str) -> None:
    """A reader who wrote letter 1, the author it is for, a stranger and a moderator, in every kind of place."""
    await add(stage.database, edition("The Lamp", "Ruby", series="Lights", pages=3))
    await add(stage.database, edition("The Wick", "Ruby", series="Lights", links=[Link(LinkKind.SEQUEL, "The Lamp")]))
    await stage.link("Ruby", stage.ruby)
    async with stage.bot():
        await stage.mara.runs("/feedback", story="The Lamp")
        await stage.mara.submits(Comments="Lovely.")
    person: Person = getattr(stage, who)
    async with stage.bot():
        page = message(await person.runs("/archive", channel=_place(stage, person, place)))
        for sent in ids():
            if sent.custom_id.startswith(("v1:choice", "v1:take-back:")) and who == "ruby":
                continue  # they take the stories away; `test_claims` and `test_withdrawal` press them
            assert _in_words(await press(person, sent, page)), sent


async def test_each_id_of_an_empty_archive_is_answered_too(stage: Stage) -> None:
    """But for forms, which nobody can have open where there is no story."""
    async with stage.bot():
        page = message(await stage.ruby.runs("/archive"))
        for sent in ids():
            if sent.kind != "form":
                assert _in_words(await press(stage.ruby, sent, page)), sent


@pytest.mark.parametrize(
    "forged",
    ["", "v1", "v1:", "v2:read:1:1", "v1:read", "v1:read:x", "v1:read:-1:1", "v1:reply:" + "9" * 19, "v1:wish:1:0:9"],
)
async def test_an_id_that_was_never_sent_is_refused_in_words(stage: Stage, forged: str) -> None:
    await add(stage.database, edition("The Lamp", "Ruby"))
    await stage.link("Ruby", stage.ruby)
    async with stage.bot():
        page = message(await stage.ruby.runs("/archive"))
        answer = message(await presses(stage.ruby, forged, on=page))
        assert "belongs to another version of Talebearer" in answer.text
