"""This room answers authors who take a story back: /pen withdraw."""

from discord.ext import commands

from bot.services.withdrawal import Withdrawals
from bot.ui import replies, suggestions, withdrawal
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.subcommands import Group, offer
from bot.ui.suggestions import Choice


class WithdrawalCog(commands.Cog):
    """An author's way out."""

    def __init__(self, board: Switchboard, group: Group, service: Withdrawals) -> None:
        self._withdrawals = service
        command = offer(
            group, "withdraw", "Take a story of yours out of the archive for good", self.withdraw,
            story="One of your stories",
        )  # fmt: skip
        command.autocomplete("story")(self.suggest)
        board.connect("take-back-which", self.choose)
        board.connect("take-back-ask", self.ask)
        board.connect("take-back", self.take_back)

    async def withdraw(self, interaction: Interaction, story: str) -> None:
        found = await self._withdrawals.find(interaction.user.id, story)
        if len(found) > 1:
            await replies.answer(interaction, withdrawal.several(found[:25]))
        else:
            await replies.answer(interaction, await self._asked(interaction, found[0].id))

    async def suggest(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.own(self._withdrawals.suggest(interaction.user.id, typed))

    async def choose(self, interaction: Interaction, press: Press) -> None:
        await replies.turn(interaction, await self._asked(interaction, press.choice()))

    async def ask(self, interaction: Interaction, press: Press) -> None:
        await replies.turn(interaction, await self._asked(interaction, press.number(0)))

    async def _asked(self, interaction: Interaction, story_id: int) -> withdrawal.Card:
        return withdrawal.ask(await self._withdrawals.ask(interaction.user.id, story_id))

    async def take_back(self, interaction: Interaction, press: Press) -> None:
        work = self._withdrawals.withdraw(interaction.user.id, press.number(0), interaction.id)
        await replies.assure(interaction, withdrawal.done(await replies.unhurried(interaction, work)))
