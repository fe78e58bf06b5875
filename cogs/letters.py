"""This room answers who wrote or got letters: /letters, and the buttons under a letter."""

from collections.abc import Awaitable, Callable

from discord import app_commands
from discord.ext import commands

from bot.services.correspondence import Correspondence
from bot.services.doorstep import Doorsteps
from bot.ui import forms, letters, replies
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard


class LettersCog(commands.Cog):
    """What follows a letter, for both who wrote it and who got it."""

    def __init__(
        self, board: Switchboard, audiences: Audiences, correspondence: Correspondence, doorsteps: Doorsteps
    ) -> None:
        self._audiences = audiences
        self._letters = correspondence
        self._doorsteps = doorsteps
        board.connect("letters", self.turn)
        board.connect("receipt", self.look)
        board.connect("withdraw", self.withdraw)
        board.connect("forget-email", self.forget_email)
        board.connect("share-email", self.share_email)
        board.connect("pick", self.pick)
        board.connect("reply", self.reply)
        board.connect("answer", self.answer)
        board.connect("thank", self.thank)
        board.connect("end", self.end)
        board.connect("block", self.block)
        board.connect("block-for", self.block_for)
        board.connect("report", self.report)
        board.connect("complain", self.complain)
        board.connect("noted", self.note)

    @app_commands.command(name="letters", description="Your letters: where each is, and what was answered")
    async def letters(self, interaction: Interaction) -> None:
        audience = await self._audiences.of(interaction)
        page, at_door = await self._letters.receipts(audience), await self._doorsteps.of(interaction.user.id)
        await replies.answer(interaction, letters.receipts(page, waiting=any(at_door[:3])))

    async def turn(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        await replies.turn(interaction, letters.receipts(await self._letters.receipts(audience, press.number(0))))

    async def look(self, interaction: Interaction, press: Press) -> None:
        opened = await self._letters.receipt(interaction.user.id, press.choice())
        await replies.turn(interaction, letters.opened(opened))

    async def withdraw(self, interaction: Interaction, press: Press) -> None:
        await self._do(interaction, press, self._letters.withdraw)

    async def forget_email(self, interaction: Interaction, press: Press) -> None:
        await self._do(interaction, press, self._letters.forget_email)

    async def share_email(self, interaction: Interaction, press: Press) -> None:
        await self._do(interaction, press, self._letters.share_email)

    async def _do(self, interaction: Interaction, press: Press, act: Callable[[int, int, int], Awaitable[str]]) -> None:
        """Acts on a letter of one's own and shows its receipt as it is then."""
        work = act(interaction.user.id, press.number(0), interaction.id)
        said = await replies.unhurried(interaction, work, turns=True)
        opened = await self._letters.receipt(interaction.user.id, press.number(0))
        await replies.turn(interaction, letters.opened(opened, said))

    async def pick(self, interaction: Interaction, press: Press) -> None:
        """One letter of a message that brought several."""
        letter = await self._letters.received(interaction.user.id, press.choice())
        await replies.answer(interaction, letters.received(letter))

    async def reply(self, interaction: Interaction, press: Press) -> None:
        answering = await self._letters.answering(await self._audiences.sender(interaction), press.number(0))
        await interaction.response.send_modal(forms.answer(answering))

    async def answer(self, interaction: Interaction, press: Press) -> None:
        """Stores the answer, then says so; from there on nothing that fails may read as if it were lost."""
        work = self._letters.answer(
            await self._audiences.sender(interaction),
            press.number(0),
            press.fields.get("comments", ""),
            interaction_id=interaction.id,
            draft_id=press.number(1),
        )
        await replies.assure(interaction, letters.receipt(await replies.unhurried(interaction, work)))

    async def thank(self, interaction: Interaction, press: Press) -> None:
        await self._say(interaction, self._letters.thank(interaction.user.id, press.number(0), interaction.id))

    async def end(self, interaction: Interaction, press: Press) -> None:
        await self._say(interaction, self._letters.end(interaction.user.id, press.number(0), interaction.id))

    async def block(self, interaction: Interaction, press: Press) -> None:
        letter = await self._letters.blockable(interaction.user.id, press.number(0))
        await replies.answer(interaction, letters.blocking(letter))

    async def block_for(self, interaction: Interaction, press: Press) -> None:
        user, days = interaction.user.id, press.number(1)
        await self._say(interaction, self._letters.block(user, press.number(0), days, interaction.id))

    async def report(self, interaction: Interaction, press: Press) -> None:
        letter = await self._letters.received(interaction.user.id, press.number(0))
        await interaction.response.send_modal(forms.report(letter))

    async def complain(self, interaction: Interaction, press: Press) -> None:
        user, reason = interaction.user.id, press.fields.get("reason", "")
        await self._say(interaction, self._letters.report(user, press.number(0), reason, interaction.id))

    @staticmethod
    async def _say(interaction: Interaction, work: Awaitable[str]) -> None:
        await replies.say(interaction, await replies.unhurried(interaction, work))

    async def note(self, interaction: Interaction, press: Press) -> None:  # noqa: ARG002 - nothing in it
        """The button of a notice that asks for nothing."""
        await replies.say(interaction, "All right.")
