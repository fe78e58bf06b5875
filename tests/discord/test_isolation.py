"""Two servers whose moderators try everything on each other: every command, button, menu, form and autocomplete.

What is tried is generated: ids from `ids.txt`, to which `test_ids` holds every verb, and commands from what the bot
offers. A new verb or command is in here by itself.
"""

from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.sandbox import Channel, Message, Modal, Person
from bot.sandbox.permissions import MANAGE_GUILD
from tests.discord.stage import Stage, message, presses
from tests.discord.test_ids import BUG, ids
from tests.discord.twins import Twin, held, plant
from tests.discord.twins import ids as forged
from tests.library import open_archive

TEXTS = ("reason", "comments", "name", "email", "passage", "note", "words", "title", "authors", "description")
FIELDS = {**dict.fromkeys(TEXTS, "Anything."), "days": "1", "day": "2031-12-24", "place": "1", "rating": "G"}
"""What stands in a form that is sent, by custom id: all of it, so that nothing is refused for what it lacks."""
SUB = (1, 2)
"""A group of commands, or a command of one (docs.discord.com, Application Command Option Type)."""


class Side:
    """A moderator at home in one archive, who tries what they can on the other."""

    def __init__(self, stage: Stage, person: Person, channel: Channel, own: Twin, other: Twin) -> None:
        self.stage = stage
        self.person = person
        self.channel = channel
        self.own = own
        self.other = other
        self.own_words = 0

    def saw(self, answer: Message | Modal, what: object) -> None:
        raw = repr(answer.raw).casefold()
        assert self.other.word not in raw, what
        assert BUG.casefold() not in raw, what
        self.own_words += self.own.word in raw


@pytest.fixture
async def sides(stage: Stage) -> tuple[Side, Side]:
    guild = stage.sandbox.guild("Elsewhere")
    ida = stage.sandbox.person("ida", guild=guild, permissions=MANAGE_GUILD)
    home, away = Twin(1, 1, "homeword"), Twin(await open_archive(stage.database, guild.id), 2, "awayword")
    for twin in (home, away):
        await plant(stage.database, twin)
    hall = guild.channel("hall")
    return Side(stage, stage.mo, stage.hall, home, away), Side(stage, ida, hall, away, home)


@asynccontextmanager
async def untouched(side: Side) -> AsyncGenerator[None]:
    """Whatever is tried in the block leaves the other archive as it was."""
    before = await held(side.stage.database, side.other)
    assert all(before.values()), "there is something to be touched in every table"
    async with side.stage.bot():
        yield
    after = await held(side.stage.database, side.other)
    assert {table: rows for table, rows in after.items() if rows != before[table]} == {}


async def _press(side: Side, kind: str, custom_id: str, chosen: tuple[str, ...], page: Message) -> Message | Modal:
    person = side.person
    if kind != "form":
        return await presses(person, custom_id, *chosen, on=page)
    modal = await presses(person, f"v1:edit-form:{side.own.number}:0", on=page)
    assert isinstance(modal, Modal)
    modal.raw["custom_id"] = custom_id
    modal.raw["components"] = list(_fields())
    return await person.submits(FIELDS)


def _fields() -> Iterator[dict[str, Any]]:
    for number, name in enumerate(FIELDS, start=1):
        field = {"type": 4, "id": 100 + number, "custom_id": name, "style": 1, "required": False}
        yield {"type": 18, "id": number, "label": name, "component": field}


@pytest.mark.parametrize("which", [0, 1])
async def test_no_id_reaches_the_other_archive(sides: tuple[Side, Side], which: int) -> None:
    side = sides[which]
    async with untouched(side):
        for sent in ids():
            chosen = tuple(str(side.other.number) if each == "1" else each for each in sent.chosen)
            for custom_id in forged(sent.custom_id, side.own, side.other):
                page = message(await side.person.runs("/archive", channel=side.channel))
                side.saw(await _press(side, sent.kind, custom_id, chosen, page), (custom_id, chosen))
    assert side.own_words > 30, "the same ids mean something where the numbers are one's own"


def _commands(offered: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every slash command with its options."""
    for command in offered:
        if command["type"] == 1:
            yield from _down(f"/{command['name']}", command.get("options") or [])


def _down(line: str, options: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    inner = [option for option in options if option["type"] in SUB]
    if not inner:
        yield line, options
    for option in inner:
        yield from _down(f"{line} {option['name']}", option.get("options") or [])


def _filled(side: Side, options: list[dict[str, Any]], text: str) -> dict[str, Any]:
    """What is needed, and every text: a name or number of the other archive's."""
    given: dict[str, Any] = {}
    for option in options:
        if option.get("choices"):
            if option.get("required"):
                given[option["name"]] = option["choices"][0]["value"]
        elif option["type"] == 3:
            given[option["name"]] = text[: option.get("max_length", 100)]
        elif option.get("required"):
            given[option["name"]] = {4: 1, 5: True, 6: side.stage.jon, 11: ("a.txt", b"A page.")}[option["type"]]
    return given


@pytest.mark.parametrize("which", [0, 1])
async def test_no_command_reaches_the_other_archive(sides: tuple[Side, Side], which: int) -> None:
    side = sides[which]
    async with untouched(side):
        found = list(_commands(side.person.offered(side.channel)))
        assert len(found) > 40
        for line, options in found:
            for text in (f"{side.other.word} Lamp", f"#{side.other.number}", side.other.word):
                given = _filled(side, options, text)
                answer = await side.person.runs(line, given, channel=side.channel)
                raw = repr(answer.raw).casefold().replace(text.casefold(), "")  # what was typed may be said again
                assert side.other.word not in raw, (line, text)
                assert BUG.casefold() not in raw, (line, text)
                if not any(text in str(each) for each in given.values()):
                    break


@pytest.mark.parametrize("which", [0, 1])
async def test_nothing_of_the_other_archive_is_offered(sides: tuple[Side, Side], which: int) -> None:
    side = sides[which]
    own = 0
    async with untouched(side):
        for line, options in _commands(side.person.offered(side.channel)):
            for option in options:
                if option.get("autocomplete"):
                    for typed in ("", side.other.word, "lamp", f"#{side.other.number}"):
                        offers = await side.person.types(line, {option["name"]: typed}, channel=side.channel)
                        assert side.other.word not in repr(offers).casefold(), (line, typed)
                        own += side.own.word in repr(offers).casefold()
    assert own > 10, "one's own is offered"
