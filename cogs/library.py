"""This room answers who looks around: /archive, /series, /author and their buttons."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Audience
from bot.domain.search import Field, Query
from bot.formats.query import filtered
from bot.services.catalogue import Catalogue
from bot.services.library import Library
from bot.services.reading import Reading
from bot.ui import cards, replies, suggestions
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.suggestions import Choice

SHARE = "Show it to everybody here, or to you alone"


class LibraryCog(commands.Cog):
    """The front page, series and authors."""

    def __init__(
        self, board: Switchboard, audiences: Audiences, library: Library, catalogue: Catalogue, reading: Reading
    ) -> None:
        self._audiences = audiences
        self._library = library
        self._catalogue = catalogue
        self._reading = reading
        board.connect("main", self.turn_to_front)
        board.connect("series", self.turn_series)
        board.connect("choose-series", self.choose_series)
        board.connect("author", self.turn_author)
        board.connect("choose-author", self.choose_author)

    @app_commands.command(name="archive", description="The front page: what is here and what is new")
    async def archive(self, interaction: Interaction) -> None:
        await replies.answer(interaction, await self._front(interaction))

    @app_commands.command(name="series", description="A series in the order it is read in")
    @app_commands.describe(name="The name of the series, or some words of it", share=SHARE)
    async def series(self, interaction: Interaction, name: str, share: bool = False) -> None:
        audience = await self._audiences.of(interaction)
        found = await self._library.find_series(audience, name)
        if len(found) > 1:
            several = [(int(each.key), each.name) for each in found]
            await replies.answer(interaction, cards.several_series(name, several), private=not share)
            return
        await replies.answer(interaction, await self._series(audience, int(found[0].key)), private=not share)

    @series.autocomplete("name")
    async def suggest(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.names(interaction, typed, Field.SERIES, self._audiences, self._library)

    @app_commands.command(name="author", description="An author: works and series")
    @app_commands.describe(name="The author's name, or some words of it", share=SHARE)
    async def author(self, interaction: Interaction, name: str, share: bool = False) -> None:
        audience = await self._audiences.of(interaction)
        found = await self._library.find_author(audience, name)
        if len(found) > 1:
            several = [(int(each.key), each.name) for each in found]
            await replies.answer(interaction, cards.several_authors(name, several), private=not share)
            return
        card = await replies.unhurried(interaction, self._author(audience, int(found[0].key)), shared=share)
        await replies.answer(interaction, card, private=not share)

    @author.autocomplete("name")
    async def suggest_authors(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.names(interaction, typed, Field.AUTHOR, self._audiences, self._library)

    async def turn_to_front(self, interaction: Interaction, press: Press) -> None:  # noqa: ARG002 - nothing in it
        await replies.turn(interaction, await self._front(interaction))

    async def choose_series(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        await replies.turn(interaction, await self._series(audience, press.choice()))

    async def choose_author(self, interaction: Interaction, press: Press) -> None:
        await self._turn_to_author(interaction, press.choice())

    async def turn_author(self, interaction: Interaction, press: Press) -> None:
        await self._turn_to_author(interaction, press.number(0))

    async def _turn_to_author(self, interaction: Interaction, author_id: int) -> None:
        audience = await self._audiences.of(interaction)
        card = await replies.unhurried(interaction, self._author(audience, author_id), turns=True)
        await replies.turn(interaction, card)

    async def turn_series(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        await replies.turn(interaction, await self._series(audience, press.number(0), press.number(1)))

    async def _series(self, audience: Audience, series_id: int, first: int = 0) -> cards.Card:
        return cards.series(await self._library.series(audience, series_id, first), audience)

    async def _author(self, audience: Audience, author_id: int) -> cards.Card:
        view = await self._library.author(audience, author_id)
        works = Query(filters=(filtered(Field.AUTHOR, view.name),))
        return cards.author(view, await self._catalogue.open(audience, works), audience)

    async def _front(self, interaction: Interaction) -> cards.Card:
        audience = await self._audiences.of(interaction)
        can_continue = await self._reading.has_place(audience)
        return cards.front(await self._library.front(audience), audience, can_continue=can_continue)
