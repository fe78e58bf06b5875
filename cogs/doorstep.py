"""This room tells whoever uses the bot what could not reach them, and hands it over."""

import discord
from discord.ext import commands

from bot.services.doorstep import Doorsteps
from bot.ui import doorstep, letters, replies
from bot.ui.controls import Interaction, Press, Switchboard


class DoorstepCog(commands.Cog):
    """What lies at somebody's door, for their eyes alone."""

    def __init__(self, board: Switchboard, doorsteps: Doorsteps) -> None:
        self._doorsteps = doorsteps
        board.follow(self.announce)
        board.connect("doorstep", self.look)
        board.connect("notice", self.notice)
        board.connect("fetch", self.fetch)
        board.connect("knock", self.knock)

    @commands.Cog.listener()
    async def on_app_command_completion(self, interaction: Interaction, command: object) -> None:  # noqa: ARG002
        await self.announce(interaction)

    async def announce(self, interaction: Interaction) -> None:
        """Says it under whatever the person was answered; a form can be followed by nothing."""
        if interaction.response.type is discord.InteractionResponseType.modal:
            return
        if await self._doorsteps.announces(interaction.user.id):
            await replies.assure(interaction, doorstep.announced())

    async def look(self, interaction: Interaction, press: Press) -> None:  # noqa: ARG002 - nothing in it
        await replies.answer(interaction, doorstep.found(await self._doorsteps.of(interaction.user.id)))

    async def notice(self, interaction: Interaction, press: Press) -> None:
        """It counts as brought only once it stands there."""
        found = await self._doorsteps.notice(interaction.user.id, press.choice())
        await replies.answer(interaction, doorstep.notice(found))
        await self._doorsteps.saw_notice(found.id)

    async def fetch(self, interaction: Interaction, press: Press) -> None:
        """So does an answer to a letter."""
        found = await self._doorsteps.answer(interaction.user.id, press.choice())
        await replies.answer(interaction, letters.received(found))
        await self._doorsteps.saw_answer(found.letter_id)

    async def knock(self, interaction: Interaction, press: Press) -> None:  # noqa: ARG002 - nothing in it
        work = self._doorsteps.knock(interaction.user.id, interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))
