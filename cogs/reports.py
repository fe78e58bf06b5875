"""This room answers /desk reports: what was reported, what is done about it, and what its reporter is told."""

from discord.ext import commands

from bot.services.reports import Reports
from bot.ui import replies, reports
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.subcommands import Group, offer


class ReportsCog(commands.Cog):
    """Reports, at the desk."""

    def __init__(self, board: Switchboard, desk: Group, audiences: Audiences, service: Reports) -> None:
        self._audiences = audiences
        self._reports = service
        offer(desk, "reports", "Letters and stories that were reported", self.listed)
        board.connect("reports", self.turn)
        board.connect("reported", self.open)
        board.connect("settle", self.settle)
        board.connect("answer-report", self.ask)
        board.connect("report-answered", self.answer)

    async def listed(self, interaction: Interaction) -> None:
        actor = await self._audiences.actor(interaction)
        await replies.answer(interaction, reports.listed(await self._reports.listed(actor)))

    async def turn(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        await replies.turn(interaction, reports.listed(await self._reports.listed(actor, press.number(0))))

    async def open(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        await replies.turn(interaction, reports.view(await self._reports.view(actor, press.choice())))

    async def settle(self, interaction: Interaction, press: Press) -> None:
        """A button of older reports: nothing is said beside the verdict."""
        actor = await self._audiences.actor(interaction)
        work = self._reports.settle(actor, press.number(0), interaction.id, acted=True)
        await replies.say(interaction, await replies.unhurried(interaction, work))

    async def ask(self, interaction: Interaction, press: Press) -> None:
        actor, acted = await self._audiences.actor(interaction), bool(press.number(1))
        report = await self._reports.check(actor, press.number(0))
        await interaction.response.send_modal(reports.verdict(report, acted=acted))

    async def answer(self, interaction: Interaction, press: Press) -> None:
        actor, said = await self._audiences.actor(interaction), press.fields.get("reason", "")
        acted = bool(press.number(1))
        work = self._reports.settle(actor, press.number(0), interaction.id, acted=acted, said=said)
        await replies.say(interaction, await replies.unhurried(interaction, work))
