"""This room answers who writes: /feedback, the form, and the form again."""

from discord import app_commands
from discord.ext import commands

from bot.services.correspondence import Correspondence
from bot.services.feedback import Feedback
from bot.services.library import Library
from bot.ui import cards, forms, letters, replies, suggestions
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.suggestions import Choice


class FeedbackCog(commands.Cog):
    """Letters to authors."""

    def __init__(
        self,
        board: Switchboard,
        audiences: Audiences,
        library: Library,
        feedback: Feedback,
        correspondence: Correspondence,
    ) -> None:
        self._audiences = audiences
        self._library = library
        self._feedback = feedback
        self._correspondence = correspondence
        board.connect("feedback", self.write)
        board.connect("write", self.choose)
        board.connect("letter", self.submit)
        board.connect("edit", self.edit)

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
        sender = await self._audiences.sender(interaction)
        blank = await self._feedback.form(sender, story_id, page, interaction.user.display_name)
        await interaction.response.send_modal(forms.letter(blank))

    async def edit(self, interaction: Interaction, press: Press) -> None:
        """The form again, filled in with what was refused: a letter's, or an answer's."""
        sender, draft = await self._audiences.sender(interaction), press.number(0)
        answer = await self._correspondence.draft(sender, draft)
        if answer is not None:
            await interaction.response.send_modal(forms.answer(answer))
        else:
            await interaction.response.send_modal(forms.letter(await self._feedback.draft(sender, draft)))

    async def submit(self, interaction: Interaction, press: Press) -> None:
        """Stores the letter, then says so; from there on nothing that fails may read as if it were lost."""
        work = self._feedback.submit(
            await self._audiences.sender(interaction),
            press.number(0),
            forms.typed(press),
            page=press.number(1) or None,
            interaction_id=interaction.id,
            draft_id=press.numbers[2] if len(press.numbers) > 2 else 0,
        )
        receipt = await replies.unhurried(interaction, work)
        await replies.assure(interaction, letters.receipt(receipt))
