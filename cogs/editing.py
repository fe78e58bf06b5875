"""This room answers /desk edit: forms for every field, a preview, and a clear answer when two edit at once."""

from discord.ext import commands

from bot.domain.desk_refusals import ChangedMeanwhile
from bot.services.intake.editing import Editing
from bot.services.publishing import Publishing
from bot.ui import editing, fields, replies, suggestions
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.subcommands import Group, offer
from bot.ui.suggestions import Choice

STORY = "Its title; stories that readers do not see are offered too"


class EditingCog(commands.Cog):
    """Headers of stories."""

    def __init__(
        self, board: Switchboard, desk: Group, audiences: Audiences, service: Editing, publishing: Publishing
    ) -> None:
        self._audiences = audiences
        self._editing = service
        self._publishing = publishing
        offer(desk, "edit", "Put a story's header right", self.edit, story=STORY).autocomplete("story")(self.suggest)
        board.connect("edit-of", self.turn)
        board.connect("edit-form", self.open)
        board.connect("edited", self.propose)
        board.connect("edit-again", self.again)
        board.connect("edit-save", self.save)
        board.connect("edit-over", self.save_over)
        board.connect("edit-undo", self.undo)

    async def edit(self, interaction: Interaction, story: str) -> None:
        actor = await self._audiences.actor(interaction)
        number = await self._publishing.find(actor, story)
        await replies.answer(interaction, editing.header(number, await self._editing.story(actor, number)))

    async def suggest(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.at_desk(self._found(interaction, typed))

    async def _found(self, interaction: Interaction, typed: str) -> list[tuple[str, int]]:
        found = await self._publishing.suggest(await self._audiences.actor(interaction), typed)
        return [(f"{story.title} — by {story.author} ({story.state})", story.id) for story in found]

    async def turn(self, interaction: Interaction, press: Press) -> None:
        actor, number = await self._audiences.actor(interaction), press.number(0)
        await replies.turn(interaction, editing.header(number, await self._editing.story(actor, number)))

    async def open(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        blank = await self._editing.blank(actor, press.number(0), press.number(1))
        await interaction.response.send_modal(editing.form(blank))

    async def again(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        blank = await self._editing.again(actor, press.number(0))
        await interaction.response.send_modal(editing.form(blank))

    async def propose(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        story, form, digest = (press.number(index) for index in range(3))
        work = self._editing.propose(actor, story, form, digest, fields.typed(press))
        await replies.turn(interaction, editing.preview(await replies.unhurried(interaction, work, turns=True)))

    async def save(self, interaction: Interaction, press: Press) -> None:
        await self._save(interaction, press, over=False)

    async def save_over(self, interaction: Interaction, press: Press) -> None:
        await self._save(interaction, press, over=True)

    async def _save(self, interaction: Interaction, press: Press, *, over: bool) -> None:
        actor, proposal = await self._audiences.actor(interaction), press.number(0)
        work = self._editing.save(actor, proposal, interaction.id, over=over)
        try:
            said = await replies.unhurried(interaction, work)
        except ChangedMeanwhile:
            await replies.turn(interaction, editing.preview(await self._editing.preview(actor, proposal)))
            return
        await replies.say(interaction, said)

    async def undo(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        work = self._editing.undo(actor, press.number(0), interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))
