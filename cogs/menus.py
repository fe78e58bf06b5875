"""This room answers what is chosen from the menu of a message that shows a page, and who reports one."""

from collections.abc import Callable

import discord
from discord.app_commands import ContextMenu
from discord.ext import commands

from bot.domain.errors import NoPage
from bot.domain.models import Leaf
from bot.services.reading import Reading
from bot.services.reporting import Reporting
from bot.ui import forms, replies
from bot.ui import shelf as cards
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard, carried
from bot.ui.reader import length_of


class MenusCog(commands.Cog):
    """*Bookmark* and *Report*; a private message has no such menu, its page has both behind *More*."""

    def __init__(
        self,
        board: Switchboard,
        add: Callable[[ContextMenu], None],
        audiences: Audiences,
        reading: Reading,
        reporting: Reporting,
    ) -> None:
        self._audiences = audiences
        self._reading = reading
        self._reporting = reporting
        add(ContextMenu(name="Bookmark", callback=self.bookmark))
        add(ContextMenu(name="Report", callback=self.report))
        board.connect("report-page", self.ask)
        board.connect("page-reported", self.file)

    async def bookmark(self, interaction: discord.Interaction, message: discord.Message) -> None:
        leaf = await self._leaf(interaction, _page(message))
        await interaction.response.send_modal(cards.bookmark_form(leaf.story_id, leaf.number, leaf.length, leaf.title))

    async def report(self, interaction: discord.Interaction, message: discord.Message) -> None:
        await self.ask(interaction, _page(message))

    async def ask(self, interaction: Interaction, press: Press) -> None:
        await interaction.response.send_modal(forms.report_page(await self._leaf(interaction, press)))

    async def file(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        leaf = await self._leaf(interaction, press)
        work = self._reporting.report(audience, leaf, press.fields.get("reason", ""), interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))

    async def _leaf(self, interaction: Interaction, press: Press) -> Leaf:
        audience = await self._audiences.of(interaction)
        return await self._reading.leaf(audience, press.number(0), press.number(1), length_of(press, 2))


def _page(message: discord.Message) -> Press:
    """The page that a message shows.

    Raises:
        NoPage: it shows none.
    """
    found = carried(message, "more")
    if found is None:
        raise NoPage
    return found
