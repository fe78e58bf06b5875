"""This room is the floor for letters: the least a discord.py bot can do to keep what was typed before it says so.

It knows nothing of Talebearer: `python -m tests.bench.letters_floor RECEIPT` answers /feedback with a form, and each
form with the receipt in the file RECEIPT, once its letter is a row on disk. One statement, one commit, nothing else.
"""

import gc
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, cast

import aiosqlite
import discord
import uvloop
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.bench.floor import Interaction, Ready, ready

SCHEMA = (
    "CREATE TABLE letters (id INTEGER PRIMARY KEY, interaction_id INTEGER UNIQUE, sender INTEGER, name TEXT,"
    " email TEXT, comments TEXT, stored_at REAL)"
)
STORE = (
    "INSERT INTO letters (interaction_id, sender, name, email, comments, stored_at)"
    " VALUES (:interaction, :sender, :name, :email, :comments, :now)"
)

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


class LettersFloor(discord.Client):
    """Answers /feedback with the form, and the form with the receipt."""

    def __init__(self, database: aiosqlite.Connection, receipt: dict[str, Any]) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0.2,
        )
        self._database = database
        self._drawn = receipt
        self._receipt: Ready | None = None

    async def setup_hook(self) -> None:
        self._receipt = ready(self._drawn)
        answer = await self.http.request(Route("GET", "/gateway/bot"))
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(answer["url"])
        tree = app_commands.CommandTree(self)
        tree.add_command(app_commands.Command(name="feedback", description="Write a letter", callback=_asks))
        await tree.sync()

    async def on_ready(self) -> None:
        gc.collect()
        gc.freeze()

    async def on_interaction(self, interaction: Interaction) -> None:
        if interaction.type is discord.InteractionType.modal_submit:
            await self._store(interaction)
            receipt = self._receipt
            assert receipt is not None
            await interaction.response.send_message(embeds=receipt.embeds, view=receipt.view, ephemeral=True)

    async def _store(self, interaction: Interaction) -> None:
        typed = _typed(interaction)
        now = time.time()
        await self._database.execute(
            STORE, {"interaction": interaction.id, "sender": interaction.user.id, "now": now, **typed}
        )
        await self._database.commit()


def _typed(interaction: Interaction) -> dict[str, str]:
    data = cast("dict[str, Any]", interaction.data)
    fields = [row["component"] for row in data["components"]]
    return {field["custom_id"]: field["value"] for field in fields}


async def _asks(interaction: Interaction, story: str) -> None:
    modal = discord.ui.Modal(title="A letter", custom_id="letter", timeout=None)
    for name in ("Name", "Email", "Comments"):
        field: discord.ui.TextInput[Any] = discord.ui.TextInput(custom_id=name.lower(), required=False)
        modal.add_item(discord.ui.Label(text=name, component=field))
    modal.stop()
    await interaction.response.send_modal(modal)


async def _serve(receipt: dict[str, Any]) -> None:
    async with aiosqlite.connect("letters.db") as database:
        await database.execute("PRAGMA journal_mode = WAL")
        await database.execute("PRAGMA synchronous = FULL")
        await database.execute(SCHEMA)
        async with LettersFloor(database, receipt) as bot:
            await bot.start(os.environ["DISCORD_TOKEN"])


def main(path: str) -> None:
    Route.BASE = os.environ["DISCORD_API_URL"]
    uvloop.run(_serve(json.loads(Path(path).read_text("utf-8"))))


if __name__ == "__main__":
    main(sys.argv[1])
