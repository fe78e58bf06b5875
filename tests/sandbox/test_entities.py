"""This room tests menus and options that take persons, roles and places: what they offer, take, and hold already."""

from typing import Any

import discord
import pytest
from discord import app_commands

from bot.sandbox import Channel, CommandRefused, Modal, Person
from bot.sandbox.page.catalogue import rows
from bot.sandbox.page.view import View
from tests.sandbox.bots import Asked, Bot, form, view
from tests.sandbox.conftest import Connect

THREADS = [discord.ChannelType.public_thread]
PLACES: list[dict[str, Any]] = [
    {"label": "hall", "value": "1", "type": 0},
    {"label": "late", "value": "2", "type": 11},
]


def asking(person_id: int) -> Bot:
    """`/go` takes a thread, `/menu` offers one, and `/ask` has a person chosen already."""
    bot = Bot()

    @bot.tree.command(name="go", description="x")
    async def go(interaction: Asked, thread: discord.Thread) -> None:  # pyright: ignore[reportUnusedFunction]
        await interaction.response.send_message(thread.name)

    @bot.tree.command(name="menu", description="x")
    async def menu(interaction: Asked) -> None:  # pyright: ignore[reportUnusedFunction]
        select = discord.ui.ChannelSelect[discord.ui.View](custom_id="place", channel_types=THREADS)
        await interaction.response.send_message("Where?", view=view(select))

    @bot.tree.command(name="ask", description="x")
    @app_commands.guild_only()
    async def ask(interaction: Asked) -> None:  # pyright: ignore[reportUnusedFunction]
        known = discord.SelectDefaultValue(id=person_id, type=discord.SelectDefaultValueType.user)
        person = discord.ui.UserSelect[discord.ui.Modal](custom_id="person", default_values=[known])
        label = discord.ui.Label[discord.ui.Modal](text="Person", component=person)
        await interaction.response.send_modal(form("Who?", "who", label))

    async def answer(asked: Asked) -> None:
        values: Any = asked.data
        chosen = values.get("values") or values["components"][0]["component"]["values"]
        await asked.response.send_message(" ".join(chosen))

    bot.when("place", answer)
    bot.when("who", answer)
    return bot


async def test_an_option_takes_its_types_of_channels(connect: Connect, mara: Person, hall: Channel) -> None:
    await connect(asking(mara.id))
    assert (await mara.runs("/go", thread=hall.thread("corner"))).content == "corner"
    with pytest.raises(CommandRefused, match="is no channel that can be chosen here"):
        await mara.runs("/go", thread=hall)


async def test_a_menu_takes_its_types_of_channels(connect: Connect, mara: Person, hall: Channel) -> None:
    await connect(asking(mara.id))
    await mara.runs("/menu")
    corner = hall.thread("corner")
    with pytest.raises(CommandRefused, match="is no channel that can be chosen here"):
        await mara.chooses(hall)
    assert (await mara.chooses(corner)).content == str(corner.id)


async def test_a_form_holds_whom_it_has_by_default(connect: Connect, mara: Person, otto: Person) -> None:
    await connect(asking(otto.id))
    opened = await mara.runs("/ask")
    assert isinstance(opened, Modal)
    assert opened.field("Person").value == [otto.id]
    assert (await mara.submits()).content == str(otto.id)
    await mara.runs("/ask")
    assert (await mara.submits(Person=mara)).content == str(mara.id)


def test_the_page_offers_the_places_that_are_taken() -> None:
    drawn = View(choices_of=lambda _kind: PLACES).select({"type": 8, "custom_id": "x", "channel_types": [11]})
    assert [each["label"] for each in drawn["options"]] == ["late"]
    option = {"type": 7, "name": "where", "description": "", "channel_types": [0]}
    [row] = rows({"name": "x", "description": "", "options": [option]}, lambda _kind: PLACES)
    assert [each["label"] for each in row["options"][0]["choices"]] == ["hall"]


def test_the_page_shows_what_is_chosen_already() -> None:
    raw = {"type": 8, "custom_id": "x", "default_values": [{"id": "2", "type": "channel"}]}
    drawn = View(choices_of=lambda _kind: PLACES).select(raw)
    assert [each["default"] for each in drawn["options"]] == [False, True]
