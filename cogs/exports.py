"""This room answers /desk export: the whole archive as files."""

import asyncio

from discord.ext import commands

from bot.services.exporting import Exporting
from bot.ui import exports, replies
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction
from bot.ui.progress import progress
from bot.ui.subcommands import Group, offer


class ExportsCog(commands.Cog):
    """The archive, taken out."""

    def __init__(self, desk: Group, audiences: Audiences, service: Exporting) -> None:
        self._audiences = audiences
        self._exporting = service
        offer(desk, "export", "The whole archive as files: JSON that imports back, and EPUBs", self.export)

    async def export(self, interaction: Interaction) -> None:
        actor, audience = await self._audiences.actor(interaction), await self._audiences.of(interaction)
        await self._exporting.check(actor)
        await interaction.response.defer(ephemeral=True, thinking=True)
        async with progress(interaction, exports.waiting) as shown:
            making = self._exporting.made(actor, audience, interaction.filesize_limit, interaction.id, shown.hear)
            async with making as made:
                if not await shown.show(exports.told(made, audience)):
                    await self._exporting.tell_late(actor, interaction.id)
                    return
                for path in made.files:
                    content = await asyncio.to_thread(path.read_bytes)
                    await replies.hand_over(interaction, [exports.file(path.name, content)])
