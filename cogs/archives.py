"""This room answers /desk settings and /desk open."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.models import Rating
from bot.services.archives import NAME_LIMIT, Archives
from bot.ui import archives, replies
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction
from bot.ui.subcommands import Group, offer

OPTIONS = {
    "name": "What the archive is called",
    "moderators": "A role whose members look after the archive, as managers do",
    "rating_limit": "The most mature rating that opens in ordinary channels",
    "directory_safe": "Have no story above the limit at all",
    "no_role": "Nobody but who may manage the server looks after it",
}
Name = app_commands.Range[str, 1, NAME_LIMIT]
RATINGS = [
    app_commands.Choice(name=rating.label, value=rating.value) for rating in Rating if rating is not Rating.UNRATED
]


class ArchivesCog(commands.Cog):
    """How an archive is run."""

    def __init__(self, desk: Group, audiences: Audiences, service: Archives) -> None:
        self._audiences = audiences
        self._archives = service
        command = offer(desk, "settings", "How this archive is run", self.settings, **OPTIONS)
        app_commands.choices(rating_limit=RATINGS)(command)
        offer(desk, "open", "Open an archive of this server's own", self.open, name=OPTIONS["name"])

    async def settings(
        self,
        interaction: Interaction,
        name: Name | None = None,
        moderators: discord.Role | None = None,
        rating_limit: int | None = None,
        directory_safe: bool | None = None,
        no_role: bool = False,
    ) -> None:
        actor = await self._audiences.actor(interaction)
        given: dict[str, str | int | None] = {
            "name": name,
            "moderator_role_id": moderators and moderators.id,
            "rating_limit": rating_limit,
            "directory_safe": directory_safe,
        }
        changes: dict[str, str | int | None] = {key: value for key, value in given.items() if value is not None}
        if no_role:
            changes["moderator_role_id"] = None
        work = self._archives.change(actor, changes, interaction.id)
        await replies.answer(interaction, archives.settings(await replies.unhurried(interaction, work)))

    async def open(self, interaction: Interaction, name: Name) -> None:
        actor = await self._audiences.actor(interaction)
        work = self._archives.open(actor, name, interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))
