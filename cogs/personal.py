"""This room answers everybody about their own data: /mydata export, /mydata forget."""

from discord import app_commands
from discord.ext import commands

from bot.services.personal import PersonalData
from bot.ui import personal, replies
from bot.ui.controls import Interaction, Press, Switchboard


class PersonalCog(commands.Cog):
    """What is kept about whoever asks."""

    group = app_commands.Group(name="mydata", description="What is kept about you")

    def __init__(self, board: Switchboard, service: PersonalData) -> None:
        self._personal = service
        board.connect("forget-me", self.forget_me)

    @group.command(name="export", description="Everything that is kept about you, as a file for you alone")
    async def export(self, interaction: Interaction) -> None:
        made = await replies.unhurried(interaction, self._personal.export(interaction.user.id))
        await replies.assure(interaction, personal.export(made))

    @group.command(name="forget", description="Take everything about you out; what stays is told before and after")
    async def forget(self, interaction: Interaction) -> None:
        asked = await replies.unhurried(interaction, self._personal.ask(interaction.user.id))
        await replies.assure(interaction, personal.ask(asked))

    async def forget_me(self, interaction: Interaction, press: Press) -> None:  # noqa: ARG002 - nothing in it
        work = self._personal.forget(interaction.user.id, interaction.id)
        await replies.assure(interaction, personal.done(await replies.unhurried(interaction, work)))
