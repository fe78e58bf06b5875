"""This room has the tiny bots that live on the local Discord: discord.py, not patched."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
import pytest
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.sandbox import Sandbox

Asked = discord.Interaction[discord.Client]
Handler = Callable[[Asked], Awaitable[Any]]
TITLES = ("The Lamp", "Late Light", "Harbour")


INTENTS = discord.Intents(guilds=True)


class Bot(discord.Client):
    """Answers what the test told it to, by command name or custom id."""

    def __init__(self, intents: discord.Intents = INTENTS) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.1)
        self.tree = app_commands.CommandTree(self)
        self.handlers: dict[str, Handler] = {}
        self.heard: list[Asked] = []
        self.said: list[discord.Message] = []
        self.resumed = asyncio.Event()

    def when(self, custom_id: str, handler: Handler) -> None:
        """What happens when the component or form of that id comes in."""
        self.handlers[custom_id] = handler

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """discord.py waits five seconds before every IDENTIFY but the first."""

    async def on_interaction(self, interaction: Asked) -> None:
        self.heard.append(interaction)
        handler = self.handlers.get(interaction.custom_id or "")
        if handler is not None:
            await handler(interaction)

    async def on_message(self, message: discord.Message) -> None:
        self.said.append(message)

    async def on_resumed(self) -> None:
        self.resumed.set()


async def settle(sandbox: Sandbox, patch: pytest.MonkeyPatch) -> None:
    """Points discord.py at the local Discord, as any bot with a setting for it would."""
    patch.setattr(Route, "BASE", sandbox.api_url)
    headers = {"Authorization": f"Bot {sandbox.token}"}
    address = f"{sandbox.api_url}/gateway/bot"
    async with aiohttp.ClientSession(headers=headers) as session, session.get(address) as answer:
        patch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL((await answer.json())["url"]))


@asynccontextmanager
async def living(bot: Bot, sandbox: Sandbox, patch: pytest.MonkeyPatch) -> AsyncGenerator[Bot]:
    """The bot, connected until the block ends."""
    await settle(sandbox, patch)
    life = asyncio.create_task(bot.start(sandbox.token))
    waiting = asyncio.create_task(sandbox.ready())
    try:
        await asyncio.wait([life, waiting], return_when=asyncio.FIRST_COMPLETED)
        if life.done():
            life.result()
        yield bot
    finally:
        waiting.cancel()
        await bot.close()
        await asyncio.gather(life, return_exceptions=True)


def view(*components: discord.ui.Item[Any]) -> discord.ui.View:
    """A view that keeps nothing in memory."""
    drawn = discord.ui.View(timeout=None)
    for component in components:
        drawn.add_item(component)
    drawn.stop()
    return drawn


def button(label: str, custom_id: str, *, disabled: bool = False) -> discord.ui.Button[discord.ui.View]:
    return discord.ui.Button(label=label, custom_id=custom_id, disabled=disabled)


def form(title: str, custom_id: str, *items: discord.ui.Item[Any]) -> discord.ui.Modal:
    modal = discord.ui.Modal(title=title, custom_id=custom_id)
    for item in items:
        modal.add_item(item)
    modal.stop()
    return modal


def letter_form() -> discord.ui.Modal:
    name = discord.ui.TextInput[discord.ui.Modal](custom_id="name", default="Mara", required=False)
    comments = discord.ui.TextInput[discord.ui.Modal](
        custom_id="comments", style=discord.TextStyle.paragraph, min_length=5, max_length=50
    )
    labelled = discord.ui.Label[discord.ui.Modal](text="Name", description="Empty for none", component=name)
    return form("Letter", "letter:1", labelled, discord.ui.Label(text="Comments", component=comments))


def reader() -> Bot:
    """Has `/read story part`, which answers with an embed and buttons, and `/desk import`, for managers."""
    bot = Bot()

    @bot.tree.command(name="read", description="Open a story")
    @app_commands.describe(story="Which one", part="Which part")
    async def read(interaction: Asked, story: str, part: app_commands.Range[int, 1, 9] = 1) -> None:
        embed = discord.Embed(title=story, description=f"part {part}").set_footer(text="page 1")
        buttons = view(button("Next", "next:1"), button("Last", "last", disabled=True), button("Write", "write"))
        await interaction.response.send_message(embed=embed, view=buttons, ephemeral=True)

    @read.autocomplete("story")
    async def titles(_: Asked, typed: str) -> list[app_commands.Choice[str]]:
        found = [title for title in TITLES if typed.lower() in title.lower()]
        return [app_commands.Choice(name=title, value=title.upper()) for title in found]

    desk = app_commands.Group(
        name="desk", description="The desk", default_permissions=discord.Permissions(manage_guild=True), guild_only=True
    )

    @desk.command(name="import", description="Bring a story in")
    async def bring(interaction: Asked, public: bool = False) -> None:
        await interaction.response.send_message(f"imported {public}")

    bot.tree.add_command(desk)
    return bot
