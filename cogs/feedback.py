"""This room answers who writes: /feedback, the form, and the button under a letter."""

from discord import app_commands
from discord.ext import commands

from bot.services.feedback import Feedback, Form
from bot.services.library import Library
from bot.ui import cards, forms, replies, suggestions
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.suggestions import Choice


class FeedbackCog(commands.Cog):
    """Letters to authors."""

    def __init__(self, board: Switchboard, audiences: Audiences, library: Library, feedback: Feedback) -> None:
        self._audiences = audiences
        self._library = library
        self._feedback = feedback
        board.connect("feedback", self.write)
        board.connect("write", self.choose)
        board.connect("letter", self.submit)

    @app_commands.command(name="feedback", description="Tell an author what you think of a story")
    @app_commands.describe(story="Its title, author or series")
    async def feedback(self, interaction: Interaction, story: str) -> None:
        audience = await self._audiences.of(interaction)
        found = await self._library.find(audience, story)
        if len(found) > 1:
            await replies.answer(interaction, cards.several(story, found, audience, "write"))
        else:
            await self._form(interaction, found[0].id, None)

    @feedback.autocomplete("story")
    async def suggest(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.stories(interaction, typed, self._audiences, self._library)

    async def write(self, interaction: Interaction, press: Press) -> None:
        await self._form(interaction, press.number(0), press.number(1))

    async def choose(self, interaction: Interaction, press: Press) -> None:
        await self._form(interaction, press.choice(), None)

    async def _form(self, interaction: Interaction, story_id: int, page: int | None) -> None:
        story = await self._feedback.form(await self._audiences.of(interaction), story_id)
        await interaction.response.send_modal(forms.letter(story, page, interaction.user.display_name))

    async def submit(self, interaction: Interaction, press: Press) -> None:
        """Stores the letter, then says so; from there on nothing that fails may read as if it were lost."""
        work = self._feedback.submit(
            await self._audiences.of(interaction),
            press.number(0),
            Form(*forms.typed(press)),
            page=press.number(1) or None,
            interaction_id=interaction.id,
        )
        receipt = await replies.unhurried(interaction, work)
        await replies.assure(interaction, cards.receipt(receipt))
