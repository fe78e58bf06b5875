"""This room answers /desk block and blocks: who may write to nobody here, why and until when."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.services.blocks import Blocks
from bot.services.desk import Desk
from bot.ui import blocks, forms, replies
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.subcommands import Group, offer

Reason = app_commands.Range[str, 1, forms.REASON_LIMIT]
Days = app_commands.Range[int, 1, forms.DAYS_LIMIT]
OPTIONS = {
    "account": "Who shall write to nobody here; who wrote a letter is blocked from the letter, and stays unknown",
    "reason": "It goes on record",
    "days": "How long it holds; without it, for good",
}


class BlocksCog(commands.Cog):
    """Blocks for the whole archive."""

    def __init__(self, board: Switchboard, desk: Group, audiences: Audiences, letters: Desk, service: Blocks) -> None:
        self._audiences = audiences
        self._letters = letters
        self._blocks = service
        offer(desk, "block", "Take no letters of an account, for some days or for good", self.block, **OPTIONS)
        offer(desk, "blocks", "Who may write to nobody here, and until when", self.listed)
        board.connect("desk-blocks", self.show)
        board.connect("desk-block", self.ask)
        board.connect("desk-blocked", self.block_writer)
        board.connect("let-back", self.lift)

    async def block(
        self, interaction: Interaction, account: discord.User, reason: Reason, days: Days | None = None
    ) -> None:
        actor = await self._audiences.actor(interaction)
        work = self._blocks.block_account(actor, account.id, days or 0, reason, interaction.id)
        await replies.answer(interaction, blocks.done(await replies.unhurried(interaction, work)))

    async def listed(self, interaction: Interaction) -> None:
        actor = await self._audiences.actor(interaction)
        await replies.answer(interaction, blocks.listed(await self._blocks.listed(actor)))

    async def show(self, interaction: Interaction, press: Press) -> None:
        del press
        actor = await self._audiences.actor(interaction)
        await replies.turn(interaction, blocks.listed(await self._blocks.listed(actor)))

    async def ask(self, interaction: Interaction, press: Press) -> None:
        letter = await self._letters.concerns(await self._audiences.actor(interaction), press.number(0))
        await interaction.response.send_modal(blocks.ask(letter))

    async def block_writer(self, interaction: Interaction, press: Press) -> None:
        actor, reason = await self._audiences.actor(interaction), press.fields.get("reason", "")
        days = forms.days(press.fields.get("days", ""))
        work = self._blocks.block_writer(actor, press.number(0), days, reason, interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))

    async def lift(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        work = self._blocks.lift(actor, press.choice(), interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))
