"""This room answers authors who send a story in: /pen submit."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.services.submitting import Submitting
from bot.ui import attachments, replies, submitting
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.subcommands import Group, offer

Name = app_commands.Range[str, 1, 80]


class SubmittingCog(commands.Cog):
    """From an author's file to the moderators' desk."""

    def __init__(self, board: Switchboard, group: Group, audiences: Audiences, service: Submitting) -> None:
        self._audiences = audiences
        self._submitting = service
        offer(
            group,
            "submit",
            "Send a story in; moderators look at it first",
            self.submit,
            file="A page, a book, or a zip of a story's parts; without one you see what waits",
            name="The pen name it shall stand under, if you have none here yet",
        )
        board.connect("unsubmit", self.take_back)

    async def submit(
        self, interaction: Interaction, file: discord.Attachment | None = None, name: Name | None = None
    ) -> None:
        if file is None:
            await replies.answer(interaction, submitting.waiting(await self._submitting.waiting(interaction.user.id)))
            return
        audience = await self._audiences.of(interaction)
        author = await self._submitting.check(audience, name or "")
        await interaction.response.defer(ephemeral=True, thinking=True)
        [(called, content)] = await attachments.fetched([file])
        await replies.say(interaction, await self._submitting.submit(audience, author, called, content, interaction.id))

    async def take_back(self, interaction: Interaction, press: Press) -> None:
        work = self._submitting.take_back(interaction.user.id, press.number(0), interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))
