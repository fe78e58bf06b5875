"""This room answers who looks for stories: /stories, /search, and the pages of both."""

from discord import app_commands
from discord.ext import commands

from bot.domain.errors import UnknownControl
from bot.domain.search import Field, Order, Query, Step
from bot.formats.query import filtered
from bot.services.catalogue import Catalogue, Turn
from bot.services.library import Library
from bot.ui import catalogue as cards
from bot.ui import forms, replies, suggestions
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.suggestions import Choice

RATINGS = [
    Choice(name=name, value=value)
    for name, value in (
        ("G", "g"), ("PG", "pg"), ("PG-13", "pg-13"), ("R", "r"), ("NC-17", "nc-17"), ("Not rated", "unrated"),
        ("up to PG", "<=pg"), ("up to PG-13", "<=pg-13"), ("up to R", "<=r"), ("up to NC-17", "<=nc-17"),
    )
]  # fmt: skip
SORTS = [
    Choice(name=name.capitalize(), value=order.value) for order, name in cards.BY.items() if order is not Order.BEST
]


SHARE = "Show the list to everybody here, or to you alone"


class CatalogueCog(commands.Cog):
    """Lists of stories, whatever they are of."""

    def __init__(self, board: Switchboard, audiences: Audiences, library: Library, catalogue: Catalogue) -> None:
        self._audiences = audiences
        self._library = library
        self._catalogue = catalogue
        board.connect("index", self.turn_index)
        board.connect("list", self.turn)
        board.connect("seek", self.ask)
        board.connect("sought", self.seek)
        board.connect("list-letter", self.jump)
        board.connect("list-sort", self.sort)

    @app_commands.command(name="stories", description="The Fiction Index: every story, or those you choose")
    @app_commands.describe(
        author="Stories by this author",
        series="Stories of this series",
        rating="Stories of this rating, or up to it",
        tag="Stories with this tag",
        status="Stories that are complete, in progress …",
        language="Stories in this language",
        sort="What comes first",
        share=SHARE,
    )
    @app_commands.choices(rating=RATINGS, sort=SORTS)
    async def stories(
        self,
        interaction: Interaction,
        author: str = "",
        series: str = "",
        rating: str = "",
        tag: str = "",
        status: str = "",
        language: str = "",
        sort: str = "",
        share: bool = False,
    ) -> None:
        audience = await self._audiences.of(interaction)
        given = {
            Field.AUTHOR: author, Field.SERIES: series, Field.RATING: rating, Field.TAG: tag, Field.STATUS: status,
            Field.LANGUAGE: language,
        }  # fmt: skip
        filters = tuple(filtered(field, value) for field, value in given.items() if value)
        query = Query(filters=filters, order=Order(sort) if sort in set(Order) else None)
        found = await replies.unhurried(interaction, self._catalogue.open(audience, query), shared=share)
        await replies.answer(interaction, cards.listing(found, audience), private=not share)

    @app_commands.command(name="search", description="Look for words in titles, texts, tags and summaries")
    @app_commands.describe(
        query='lamp "the harbour" author:ruby rating:<=pg-13 words:<5000 -tag:death sort:newest', share=SHARE
    )
    async def search(
        self, interaction: Interaction, query: app_commands.Range[str, 1, forms.QUERY_LIMIT], share: bool = False
    ) -> None:
        audience = await self._audiences.of(interaction)
        found = await replies.unhurried(interaction, self._catalogue.search(audience, query), shared=share)
        await replies.answer(interaction, cards.listing(found, audience), private=not share)

    async def ask(self, interaction: Interaction, press: Press) -> None:
        del press
        await interaction.response.send_modal(forms.search())

    async def seek(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        work = self._catalogue.search(audience, press.fields.get("words", ""))
        await replies.turn(interaction, cards.listing(await replies.unhurried(interaction, work, turns=True), audience))

    @stories.autocomplete("author")
    async def suggest_authors(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.names(interaction, typed, Field.AUTHOR, self._audiences, self._library)

    @stories.autocomplete("series")
    async def suggest_series(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.names(interaction, typed, Field.SERIES, self._audiences, self._library)

    @stories.autocomplete("tag")
    async def suggest_tags(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.names(interaction, typed, Field.TAG, self._audiences, self._library)

    @stories.autocomplete("status")
    async def suggest_status(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.names(interaction, typed, Field.STATUS, self._audiences, self._library)

    @stories.autocomplete("language")
    async def suggest_languages(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.names(interaction, typed, Field.LANGUAGE, self._audiences, self._library)

    async def turn_index(self, interaction: Interaction, press: Press) -> None:
        """The way to the index from everywhere; in the first version also its own buttons."""
        audience = await self._audiences.of(interaction)
        work = self._catalogue.index(audience, Turn(_step(press.number(0)), press.number(1)))
        found = await replies.unhurried(interaction, work, turns=True)
        await replies.turn(interaction, cards.listing(found, audience))

    async def turn(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        turn = Turn(_step(press.number(1)), press.number(2), press.number(3))
        work = self._catalogue.turn(audience, press.number(0), turn)
        found = await replies.unhurried(interaction, work, turns=True)
        await replies.turn(interaction, cards.listing(found, audience))

    async def jump(self, interaction: Interaction, press: Press) -> None:
        if press.choice() >= len(cards.LETTERS):
            raise UnknownControl
        audience = await self._audiences.of(interaction)
        work = self._catalogue.letter(audience, press.number(0), cards.LETTERS[press.choice()])
        found = await replies.unhurried(interaction, work, turns=True)
        await replies.turn(interaction, cards.listing(found, audience))

    async def sort(self, interaction: Interaction, press: Press) -> None:
        if press.choice() >= len(cards.ORDERS):
            raise UnknownControl
        audience = await self._audiences.of(interaction)
        work = self._catalogue.sort(audience, press.number(0), cards.ORDERS[press.choice()])
        found = await replies.unhurried(interaction, work, turns=True)
        await replies.turn(interaction, cards.listing(found, audience))


def _step(number: int) -> Step:
    """The step of a number in a custom id.

    Raises:
        UnknownControl: it is of another version, or forged.
    """
    if number not in set(Step):
        raise UnknownControl
    return Step(number)
