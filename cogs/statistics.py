"""This room answers /desk stats."""

from discord.ext import commands

from bot.services.statistics import Statistics
from bot.ui import replies, statistics
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction
from bot.ui.subcommands import Group, offer


class StatisticsCog(commands.Cog):
    """An archive in figures."""

    def __init__(self, desk: Group, audiences: Audiences, service: Statistics) -> None:
        self._audiences = audiences
        self._statistics = service
        offer(desk, "stats", "What the archive holds, and what readers do with it, as plots", self.stats)

    async def stats(self, interaction: Interaction) -> None:
        actor = await self._audiences.actor(interaction)
        made = await replies.unhurried(interaction, self._statistics.plot(actor))
        await replies.assure(interaction, statistics.plotted(made))
