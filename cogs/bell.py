"""This room rings for moderators: under what they asked for stands what has come to their desk."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.services.bell import Bell
from bot.ui import bell, replies
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction

THERE = {"desk claims", "desk reports", "desk letters"}
"""Commands that show it themselves."""


class BellCog(commands.Cog):
    """For moderators' eyes alone, once for each thing that comes."""

    def __init__(self, audiences: Audiences, service: Bell) -> None:
        self._audiences = audiences
        self._bell = service

    @commands.Cog.listener()
    async def on_app_command_completion(
        self, interaction: Interaction, command: app_commands.Command[commands.Cog, ..., None]
    ) -> None:
        """A form can be followed by nothing: it rings the next time."""
        if command.qualified_name in THERE or interaction.response.type is discord.InteractionResponseType.modal:
            return
        waits = await self._bell.rings(await self._audiences.actor(interaction))
        if waits is not None:
            await replies.assure(interaction, bell.rung(waits))
