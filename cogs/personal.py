"""This room answers everybody about their own data: /mydata export and forget, and the buttons that do the same."""

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
        board.connect("mydata", self.open)
        board.connect("mydata-export", self.press_export)
        board.connect("mydata-forget", self.press_forget)
        board.connect("forget-me", self.forget_me)

    @group.command(name="export", description="Everything that is kept about you, as a file for you alone")
    async def export(self, interaction: Interaction) -> None:
        await self._export(interaction)

    @group.command(name="forget", description="Take everything about you out; what stays is told before and after")
    async def forget(self, interaction: Interaction) -> None:
        await self._ask(interaction)

    async def open(self, interaction: Interaction, press: Press) -> None:  # noqa: ARG002 - nothing in it
        await replies.answer(interaction, personal.offer())

    async def press_export(self, interaction: Interaction, press: Press) -> None:  # noqa: ARG002 - nothing in it
        await self._export(interaction)

    async def press_forget(self, interaction: Interaction, press: Press) -> None:  # noqa: ARG002 - nothing in it
        await self._ask(interaction)

    async def _export(self, interaction: Interaction) -> None:
        made = await replies.unhurried(interaction, self._personal.export(interaction.user.id))
        await replies.assure(interaction, personal.export(made))

    async def _ask(self, interaction: Interaction) -> None:
        asked = await replies.unhurried(interaction, self._personal.ask(interaction.user.id))
        await replies.assure(interaction, personal.ask(asked))

    async def forget_me(self, interaction: Interaction, press: Press) -> None:  # noqa: ARG002 - nothing in it
        work = self._personal.forget(interaction.user.id, interaction.id)
        await replies.assure(interaction, personal.done(await replies.unhurried(interaction, work)))
