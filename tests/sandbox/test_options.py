"""This room tests what a person may type into the options of a command, with discord.py reading it."""

from enum import Enum
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.sandbox import Channel, Choice, CommandRefused, Guild, Person
from tests.sandbox.bots import Asked, Bot
from tests.sandbox.conftest import Connect


class Format(Enum):
    book = "epub"
    page = "html"


def typing() -> Bot:
    """One command for every kind of option."""
    bot = Bot()

    @bot.tree.command(name="take", description="Takes anything")
    @app_commands.choices(size=[app_commands.Choice(name="Small", value=1), app_commands.Choice(name="Large", value=2)])
    async def take(  # pyright: ignore[reportUnusedFunction]
        interaction: Asked,
        word: app_commands.Range[str, 2, 5] | None = None,
        count: app_commands.Range[int, 1, 9] | None = None,
        share: app_commands.Range[float, 0, 1] | None = None,
        public: bool | None = None,
        who: discord.Member | None = None,
        where: discord.TextChannel | None = None,
        role: discord.Role | None = None,
        anybody: discord.Role | discord.Member | None = None,
        size: int | None = None,
        kind: Format | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        given = [word, count, share, public, who, where, role, anybody, size, kind]
        found = [str(value) for value in given if value is not None]
        if file is not None:
            found.append((await file.read()).decode())
        await interaction.response.send_message(" ".join(found))

    return bot


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"word": "abc"}, "abc"),
        ({"count": 9}, "9"),
        ({"share": 0.5}, "0.5"),
        ({"share": 1}, "1.0"),
        ({"public": False}, "False"),
        ({"size": "Large"}, "2"),
        ({"size": 1}, "1"),
        ({"size": Choice("Small", 1)}, "1"),
        ({"kind": "page"}, "Format.page"),
        ({"file": ("a.txt", b"inside")}, "inside"),
        ({"public": True, "word": "xy"}, "xy True"),
    ],
)
async def test_what_is_taken(connect: Connect, mara: Person, given: dict[str, Any], answer: str) -> None:
    await connect(typing())
    assert (await mara.runs("/take", given)).content == answer


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"word": "a"}, "word takes 2 to 5 characters, not 1"),
        ({"word": 5}, "word takes a text, not 5"),
        ({"count": 10}, "count takes 1 to 9, not 10"),
        ({"count": "1"}, "count takes a whole number, not '1'"),
        ({"count": True}, "count takes a whole number, not True"),
        ({"share": 1.5}, "share takes 0.* to 1.*, not 1.5"),
        ({"public": "yes"}, "public takes true or false, not 'yes'"),
        ({"size": "Huge"}, "'Huge' is no choice of size; it has Small, Large"),
        ({"who": "mara"}, "'mara' is no user"),
        ({"where": 7}, "7 is no channel"),
        ({"colour": "red"}, "no option 'colour'"),
    ],
)
async def test_what_is_not_taken(connect: Connect, mara: Person, given: dict[str, Any], reason: str) -> None:
    await connect(typing())
    with pytest.raises(CommandRefused, match=reason):
        await mara.runs("/take", given)


async def test_people_places_and_roles(
    connect: Connect, mara: Person, otto: Person, guild: Guild, hall: Channel, dark: Channel
) -> None:
    role = guild.role("Readers")
    await connect(typing())
    assert (await mara.runs("/take", who=otto)).content == "otto"
    assert (await mara.runs("/take", who=otto.id)).content == "otto"
    assert (await mara.runs("/take", where=dark)).content == "after-dark"
    assert (await mara.runs("/take", role=role)).content == "Readers"
    assert (await mara.runs("/take", anybody=role)).content == "Readers"
    assert (await mara.runs("/take", anybody=otto.user)).content == "otto"
    with pytest.raises(CommandRefused, match="is no role that"):
        await mara.runs("/take", role=otto)


async def test_required_options_are_asked_for(bot: Bot, mara: Person) -> None:
    with pytest.raises(CommandRefused, match="option story is required"):
        await mara.runs("/read")
