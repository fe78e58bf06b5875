"""This room tests the menus of messages and persons, and what an answer says of the command it is for."""

import discord
import pytest
from discord import app_commands

from bot.sandbox import Channel, CommandRefused, Guild, Message, Person, Sandbox
from tests.sandbox.bots import Asked, Bot
from tests.sandbox.conftest import Connect
from tests.sandbox.wire import Api


def menus() -> Bot:
    """Two menus with spaces and capitals in their names, one of them for moderators, and `/shelf book add`."""
    bot = Bot()

    async def keep(interaction: Asked, message: discord.Message) -> None:
        await interaction.response.send_message(f"kept {message.content}", ephemeral=True)

    async def look(interaction: Asked, person: discord.User) -> None:
        await interaction.response.send_message(f"{person.name} is a reader")

    bot.tree.add_command(app_commands.ContextMenu(name="Bookmark This", callback=keep))
    bot.tree.add_command(app_commands.ContextMenu(name="Who Is It", callback=look))

    async def hide(interaction: Asked, message: discord.Message) -> None:
        await interaction.response.send_message(f"hidden {message.id}")

    moderators = app_commands.ContextMenu(name="Hide", callback=hide)
    moderators.default_permissions = discord.Permissions(manage_messages=True)
    bot.tree.add_command(moderators)
    shelf = app_commands.Group(name="shelf", description="x")
    book = app_commands.Group(name="book", description="x", parent=shelf)

    @book.command(name="add", description="x")
    async def add(interaction: Asked) -> None:
        await interaction.response.send_message("added")

    bot.tree.add_command(shelf)
    return bot


async def test_the_menu_of_a_message(connect: Connect, mara: Person, otto: Person, hall: Channel) -> None:
    bot = await connect(menus())
    answer = await mara.uses("Bookmark This", on=otto.says("The Lamp", channel=hall))
    assert isinstance(answer, Message)
    assert (answer.content, answer.ephemeral) == ("kept The Lamp", True)
    heard = bot.heard[-1].command
    assert isinstance(heard, app_commands.ContextMenu)
    assert heard.name == "Bookmark This"


async def test_the_menu_of_a_person(
    connect: Connect, mara: Person, otto: Person, sandbox: Sandbox, dark: Channel
) -> None:
    bot = await connect(menus())
    assert (await mara.uses("Who Is It", on=otto)).content == "otto is a reader"
    assert (await mara.uses("Who Is It", on=sandbox.bot_user, channel=dark)).content == "talker is a reader"
    assert bot.heard[-1].channel_id == dark.id


async def test_a_menu_of_the_other_kind_is_not_there(connect: Connect, mara: Person, otto: Person) -> None:
    await connect(menus())
    with pytest.raises(CommandRefused, match="no command 'Bookmark This'"):
        await mara.uses("Bookmark This", on=otto)


async def test_a_private_message_has_no_menu(connect: Connect, mara: Person, otto: Person, hall: Channel) -> None:
    await connect(menus())
    private = await mara.uses("Bookmark This", on=otto.says("x", channel=hall))
    assert isinstance(private, Message)
    with pytest.raises(CommandRefused, match="is for mara alone"):
        await mara.uses("Bookmark This", on=private)
    with pytest.raises(CommandRefused, match="does not see"):
        await otto.uses("Bookmark This", on=private)


async def test_a_menu_for_moderators(
    connect: Connect, mara: Person, otto: Person, sandbox: Sandbox, guild: Guild, hall: Channel
) -> None:
    await connect(menus())
    said = otto.says("x", channel=hall)
    with pytest.raises(CommandRefused, match="needs permissions they do not have"):
        await mara.uses("Hide", on=said)
    nora = sandbox.person("nora", guild=guild, permissions=1 << 13)
    assert (await nora.uses("Hide", on=said)).content == f"hidden {said.id}"


async def test_an_answer_says_what_the_menu_was_used_on(
    connect: Connect, mara: Person, otto: Person, hall: Channel
) -> None:
    await connect(menus())
    said = otto.says("x", channel=hall)
    kept = await mara.uses("Bookmark This", on=said)
    looked = await mara.uses("Who Is It", on=otto)
    assert isinstance(kept, Message)
    assert isinstance(looked, Message)
    assert kept.raw["type"] == looked.raw["type"] == 23
    assert kept.raw["interaction_metadata"]["target_message_id"] == str(said.id)
    assert looked.raw["interaction_metadata"]["target_user"]["username"] == "otto"


async def test_an_answer_names_the_command_with_its_group_and_subcommand(connect: Connect, mara: Person) -> None:
    await connect(menus())
    answer = await mara.runs("/shelf book add")
    assert isinstance(answer, Message)
    assert answer.raw["interaction"]["name"] == "shelf book add"
    assert "name" not in answer.raw["interaction_metadata"]


@pytest.mark.parametrize("kind", [2, 3])
@pytest.mark.parametrize("name", ["Bookmark This", "lower", "Übersetzen!", "x" * 32])
async def test_names_of_menus(api: Api, sandbox: Sandbox, kind: int, name: str) -> None:
    path = f"/applications/{sandbox.application_id}/commands"
    registered = await api("PUT", path, [{"type": kind, "name": name}])
    assert (registered.status, registered.body[0]["description"]) == (200, "")
    assert (await api("PUT", path, [{"type": kind, "name": "x" * 33}])).code == 50035
