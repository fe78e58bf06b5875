"""This room answers /desk edit and /pen edit: forms, a preview, and a clear answer when two edit at once."""

from functools import partial
from typing import Protocol

from discord.ext import commands

from bot.domain.desk_refusals import ChangedMeanwhile
from bot.domain.people import Actor
from bot.services.intake.editing import Editing
from bot.services.intake.owning import OwnEditing
from bot.services.publishing import Publishing
from bot.services.works import Works
from bot.ui import editing, fields, replies, suggestions, works
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.editing import DESK, PEN, Verbs
from bot.ui.subcommands import Group, offer
from bot.ui.suggestions import Choice

STORY = "Its title; stories that readers do not see are offered too"


class Door(Protocol):
    """By which moderators or authors come to a header."""

    verbs: Verbs

    @property
    def service(self) -> Editing: ...

    async def to_story(self, interaction: Interaction, story_id: int) -> Actor:
        """Whoever asks, as somebody who edits a story."""
        ...

    async def to_proposal(self, interaction: Interaction, proposal_id: int) -> Actor:
        """Whoever asks, as somebody who typed something."""
        ...


class DeskDoor:
    """The moderators'."""

    verbs = DESK

    def __init__(self, audiences: Audiences, service: Editing) -> None:
        self._audiences = audiences
        self.service = service

    async def to_story(self, interaction: Interaction, story_id: int) -> Actor:
        del story_id
        return await self._audiences.actor(interaction)

    async def to_proposal(self, interaction: Interaction, proposal_id: int) -> Actor:
        del proposal_id
        return await self._audiences.actor(interaction)


class PenDoor:
    """The authors'."""

    verbs = PEN

    def __init__(self, service: OwnEditing) -> None:
        self.service = service

    async def to_story(self, interaction: Interaction, story_id: int) -> Actor:
        return await self.service.author(interaction.user.id, story_id)

    async def to_proposal(self, interaction: Interaction, proposal_id: int) -> Actor:
        return await self.service.proposer(interaction.user.id, proposal_id)


class EditingCog(commands.Cog):
    """Headers of stories."""

    def __init__(
        self,
        board: Switchboard,
        desk: Group,
        pen: Group,
        audiences: Audiences,
        service: Editing,
        own: OwnEditing,
        publishing: Publishing,
        shelf: Works,
    ) -> None:
        self._audiences = audiences
        self._publishing = publishing
        self._works = shelf
        self._desk, self._pen = DeskDoor(audiences, service), PenDoor(own)
        offer(desk, "edit", "Put a story's header right", self.edit, story=STORY).autocomplete("story")(self.suggest)
        mine = offer(
            pen, "edit", "Put the header of a story of yours right", self.edit_own, story="One of your stories"
        )
        mine.autocomplete("story")(self.suggest_own)
        for door in (self._desk, self._pen):
            self._connect(board, door)
        board.connect("edit-undo", self.undo)

    def _connect(self, board: Switchboard, door: Door) -> None:
        board.connect(door.verbs.of, partial(self._turn, door))
        board.connect(door.verbs.form, partial(self._open, door))
        board.connect(door.verbs.typed, partial(self._propose, door))
        board.connect(door.verbs.again, partial(self._again, door))
        board.connect(door.verbs.save, partial(self._save, door, over=False))
        board.connect(door.verbs.over, partial(self._save, door, over=True))

    async def edit(self, interaction: Interaction, story: str) -> None:
        actor = await self._audiences.actor(interaction)
        number = await self._publishing.find(actor, story)
        await replies.answer(interaction, editing.header(number, await self._desk.service.story(actor, number), DESK))

    async def edit_own(self, interaction: Interaction, story: str) -> None:
        found = await self._works.find(interaction.user.id, story)
        if len(found) > 1:
            await replies.answer(interaction, works.several(found[:25], "work"))
            return
        actor = await self._pen.to_story(interaction, found[0].id)
        header = await self._pen.service.story(actor, found[0].id)
        await replies.answer(interaction, editing.header(found[0].id, header, PEN))

    async def suggest(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.at_desk(self._found(interaction, typed))

    async def _found(self, interaction: Interaction, typed: str) -> list[tuple[str, int]]:
        found = await self._publishing.suggest(await self._audiences.actor(interaction), typed)
        return [(f"{story.title} — by {story.author} ({story.state})", story.id) for story in found]

    async def suggest_own(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.own(self._works.suggest(interaction.user.id, typed))

    async def _turn(self, door: Door, interaction: Interaction, press: Press) -> None:
        number = press.number(0)
        actor = await door.to_story(interaction, number)
        await replies.turn(interaction, editing.header(number, await door.service.story(actor, number), door.verbs))

    async def _open(self, door: Door, interaction: Interaction, press: Press) -> None:
        actor = await door.to_story(interaction, press.number(0))
        blank = await door.service.blank(actor, press.number(0), press.number(1))
        await interaction.response.send_modal(editing.form(blank, door.verbs))

    async def _again(self, door: Door, interaction: Interaction, press: Press) -> None:
        actor = await door.to_proposal(interaction, press.number(0))
        blank = await door.service.again(actor, press.number(0))
        await interaction.response.send_modal(editing.form(blank, door.verbs))

    async def _propose(self, door: Door, interaction: Interaction, press: Press) -> None:
        story, form, digest = (press.number(index) for index in range(3))
        actor = await door.to_story(interaction, story)
        work = door.service.propose(actor, story, form, digest, fields.typed(press))
        preview = await replies.unhurried(interaction, work, turns=True)
        await replies.turn(interaction, editing.preview(preview, door.verbs))

    async def _save(self, door: Door, interaction: Interaction, press: Press, *, over: bool) -> None:
        proposal = press.number(0)
        actor = await door.to_proposal(interaction, proposal)
        work = door.service.save(actor, proposal, interaction.id, over=over)
        try:
            said = await replies.unhurried(interaction, work)
        except ChangedMeanwhile:
            preview = await door.service.preview(actor, proposal)
            await replies.turn(interaction, editing.preview(preview, door.verbs))
            return
        await replies.say(interaction, said)

    async def undo(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        work = self._desk.service.undo(actor, press.number(0), interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))
