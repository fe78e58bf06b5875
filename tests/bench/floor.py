"""This room is the floor: the least that a discord.py bot can do to answer a press, tuned as Talebearer is.

It knows nothing of Talebearer, whose messages it is given in a file: `python -m tests.bench.floor MESSAGES`.
"""

import gc
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

import discord
import uvloop
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

Json = dict[str, Any]
Interaction = discord.Interaction[discord.Client]
Button = discord.ui.Button[Any]
Menu = discord.ui.Select[Any]

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


class Ready(NamedTuple):
    """A message in memory, as discord.py takes it."""

    embeds: list[discord.Embed]
    view: discord.ui.View


class Floor(discord.Client):
    """Answers /read with the first message, a press with the one whose number the button carries, lists with one."""

    def __init__(self, messages: Sequence[Json], listing: Json | None, choices: Sequence[Json]) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0.2,
        )
        self._drawn = messages
        self._drawn_listing = listing
        self._choices = [app_commands.Choice(name=str(each["name"]), value=str(each["value"])) for each in choices]
        self._listing: Ready | None = None
        self._messages: list[Ready] = []

    async def setup_hook(self) -> None:
        self._messages = [ready(drawn) for drawn in self._drawn]
        answer = await self.http.request(Route("GET", "/gateway/bot"))
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(answer["url"])
        tree = app_commands.CommandTree(self)
        tree.add_command(_reading(self._messages[0], self._choices))
        if self._drawn_listing is not None:
            self._listing = ready(self._drawn_listing)
            tree.add_command(_listing("stories", self._listing))
            tree.add_command(_searching(self._listing))
        await tree.sync()

    async def on_ready(self) -> None:
        gc.collect()
        gc.freeze()

    async def on_interaction(self, interaction: Interaction) -> None:
        if interaction.type is discord.InteractionType.component:
            lists = ":list" in str((interaction.data or {}).get("custom_id"))
            message = self._listing if lists and self._listing else self._messages[page_of(interaction) - 1]
            await interaction.response.edit_message(embeds=message.embeds, view=message.view)


def page_of(interaction: Interaction) -> int:
    """The page in a custom id like `v1:read:STORY:PAGE:2`."""
    return int(str((interaction.data or {}).get("custom_id")).split(":")[3])


def _listing(name: str, listing: Ready) -> app_commands.Command[Any, [], None]:
    async def show(interaction: Interaction) -> None:
        await interaction.response.send_message(embeds=listing.embeds, view=listing.view, ephemeral=True)

    return app_commands.Command(name=name, description="List stories", callback=show)


def _searching(listing: Ready) -> app_commands.Command[Any, [str], None]:
    async def search(interaction: Interaction, query: str) -> None:
        await interaction.response.send_message(embeds=listing.embeds, view=listing.view, ephemeral=True)

    return app_commands.Command(name="search", description="Look for words", callback=search)


def _reading(first: Ready, choices: list[app_commands.Choice[str]]) -> app_commands.Command[Any, [str], None]:
    async def read(interaction: Interaction, story: str) -> None:
        await interaction.response.send_message(embeds=first.embeds, view=first.view, ephemeral=True)

    async def offer(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return choices

    command: app_commands.Command[Any, [str], None] = app_commands.Command(
        name="read", description="Open a story", callback=read
    )
    command.autocomplete("story")(offer)
    return command


def ready(drawn: Json) -> Ready:
    """A message out of the `embeds` and `components` that were sent; its view is stopped, so nobody keeps it."""
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(drawn["components"]):
        for component in row["components"]:
            item = _item(component)
            item.row = number
            view.add_item(item)
    view.stop()
    return Ready([discord.Embed.from_dict(embed) for embed in drawn["embeds"]], view)


def _item(component: Any) -> discord.ui.Item[Any]:  # noqa: ANN401 - JSON
    if component["type"] == discord.ComponentType.button.value:
        return cast("Button", discord.ui.Button.from_component(discord.Button(component)))
    return cast("Menu", discord.ui.Select.from_component(discord.SelectMenu(component)))


async def _serve(given: Json) -> None:
    async with Floor(given["pages"], given.get("listing"), given.get("choices", ())) as bot:
        await bot.start(os.environ["DISCORD_TOKEN"])


def main(path: str) -> None:
    Route.BASE = os.environ["DISCORD_API_URL"]
    uvloop.run(_serve(json.loads(Path(path).read_text("utf-8"))))


if __name__ == "__main__":
    main(sys.argv[1])
