"""This room answers /desk ledger: the record, searched, opened and taken along."""

import discord
from discord.ext import commands

from bot.services.publishing import Publishing
from bot.services.records import Records, Search
from bot.ui import records, replies, suggestions
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.subcommands import Group, offer
from bot.ui.suggestions import Choice

OPTIONS = {
    "words": "In what was done, why, or the story's title",
    "moderator": "Who did it",
    "story": "Which story it was about",
}


class RecordsCog(commands.Cog):
    """The record of the desk."""

    def __init__(
        self, board: Switchboard, desk: Group, audiences: Audiences, service: Records, publishing: Publishing
    ) -> None:
        self._audiences = audiences
        self._records = service
        self._publishing = publishing
        offer(desk, "ledger", "What moderators did, and why", self.search, **OPTIONS).autocomplete("story")(
            self.suggest
        )
        board.connect("ledger", self.turn)
        board.connect("ledger-entry", self.open)
        board.connect("ledger-file", self.take_along)

    async def search(
        self,
        interaction: Interaction,
        words: str | None = None,
        moderator: discord.User | None = None,
        story: str | None = None,
    ) -> None:
        actor = await self._audiences.actor(interaction)
        number = await self._publishing.find(actor, story) if story else 0
        by = moderator.id if moderator else 0
        work = self._records.search(actor, words or "", by, number)
        await replies.answer(interaction, records.page(await replies.unhurried(interaction, work)))

    async def suggest(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.at_desk(self._found(interaction, typed))

    async def _found(self, interaction: Interaction, typed: str) -> list[tuple[str, int]]:
        found = await self._publishing.suggest(await self._audiences.actor(interaction), typed)
        return [(f"{story.title} — by {story.author} ({story.state})", story.id) for story in found]

    async def turn(self, interaction: Interaction, press: Press) -> None:
        """The first version's ids say only where to go on."""
        actor = await self._audiences.actor(interaction)
        page = await self._records.page(actor, Search(press.number(0), *press.numbers[1:4]))
        await replies.turn(interaction, records.page(page))

    async def open(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        await replies.turn(interaction, records.entry(await self._records.entry(actor, press.choice())))

    async def take_along(self, interaction: Interaction, press: Press) -> None:
        del press
        actor = await self._audiences.actor(interaction)
        await replies.answer(interaction, records.file(await self._records.everything(actor)))
