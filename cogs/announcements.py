"""This room answers moderators who say where new stories are announced: /desk announcements."""

import discord
from discord.ext import commands

from bot.services.announcing import Announcements
from bot.store.announcements import Wish
from bot.ui import announcements, replies
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.subcommands import Group, offer


class AnnouncementsCog(commands.Cog):
    """Whether and where a channel hears of new stories."""

    def __init__(self, board: Switchboard, desk: Group, audiences: Audiences, service: Announcements) -> None:
        self._audiences = audiences
        self._announcements = service
        offer(
            desk,
            "announcements",
            "Whether and where new stories are announced",
            self.announce,
            channel="The channel; without one you are shown what holds now",
            role="A role that members give themselves, named in each announcement",
            ping="Whether that role is pinged; it is not unless you say so",
        )
        board.connect("announce-off", self.stop)

    async def announce(
        self,
        interaction: Interaction,
        channel: discord.TextChannel | None = None,
        role: discord.Role | None = None,
        ping: bool = False,
    ) -> None:
        actor = await self._audiences.actor(interaction)
        if channel is None:
            await replies.answer(interaction, announcements.wish(await self._announcements.wish(actor)))
            return
        wished = Wish(channel.id, role.id if role else None, ping and role is not None)
        work = self._announcements.change(actor, wished, interaction.id)
        await replies.answer(interaction, announcements.wish(await replies.unhurried(interaction, work)))

    async def stop(self, interaction: Interaction, press: Press) -> None:  # noqa: ARG002 - nothing in it
        actor = await self._audiences.actor(interaction)
        work = self._announcements.change(actor, Wish(), interaction.id)
        card = announcements.wish(await replies.unhurried(interaction, work, turns=True))
        await replies.turn(interaction, card)
