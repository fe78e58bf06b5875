"""This room answers who reads: /read, its pages, and whatever opens a story."""

from collections.abc import Awaitable, Callable
from functools import partial

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Audience
from bot.domain.models import Leaf
from bot.domain.settings import PageLength
from bot.formats.stops import page_of
from bot.services.correspondence import Correspondence
from bot.services.library import Library
from bot.services.reading import Reading
from bot.services.settings import Preferences
from bot.services.spoilers import Spoilers
from bot.ui import cards, manner, reader, replies, spoilers, suggestions
from bot.ui.audience import Audiences
from bot.ui.cards import Card
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.suggestions import Choice

Send = Callable[[Card], Awaitable[None]]


class ReadingCog(commands.Cog):
    """A story, page by page."""

    def __init__(
        self,
        board: Switchboard,
        audiences: Audiences,
        library: Library,
        reading: Reading,
        correspondence: Correspondence,
        preferences: Preferences,
        folding: Spoilers,
    ) -> None:
        self._audiences = audiences
        self._library = library
        self._reading = reading
        self._correspondence = correspondence
        self._preferences = preferences
        self._spoilers = folding
        self._told: set[int] = set()  # readers who are being told at this moment
        board.connect("read", self.turn)
        board.connect("jump", self.jump)
        board.connect("jump-to", self.jump_to)
        board.connect("open", self.open)
        board.connect("unfold", self.unfold)
        board.connect("open-bookmark", self.open_bookmark)
        board.connect("begin", self.begin)
        board.connect("draw", self.draw)
        board.connect("continue", self.resume)
        board.connect("mail", self.open_from_letter)
        board.connect("open-news", self.open_from_news)

    @app_commands.command(name="read", description="Open a story where you left it")
    @app_commands.describe(
        story="Its title, author or series",
        part="The part to open, if it has several",
        share="Show the page to everybody here, or to you alone; without it as you chose in /settings",
    )
    async def read(
        self,
        interaction: Interaction,
        story: str,
        part: app_commands.Range[int, 1, 1_000] | None = None,
        share: bool | None = None,
    ) -> None:
        audience = await self._audiences.of(interaction)
        found = await self._library.find(audience, story)
        shared = manner.of(interaction).shared if share is None else share
        if len(found) > 1:
            card = cards.several(story, found, audience)
            await replies.answer(interaction, card, private=not shared)
            return
        await self._begin(interaction, audience, found[0].id, part or 0, private=not shared)

    @read.autocomplete("story")
    async def suggest(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.stories(interaction, typed, self._audiences, self._library)

    @app_commands.command(name="continue", description="Go on where you were, in whatever story that was")
    async def go_on(self, interaction: Interaction) -> None:
        audience = await self._audiences.of(interaction)
        leaf = await self._reading.resume(audience, manner.of(interaction).limit)
        await self._answer(interaction, audience, leaf, private=not manner.of(interaction).shared)

    @app_commands.command(name="random", description="Open a story by lot")
    async def random(self, interaction: Interaction) -> None:
        await self._draw(interaction)

    async def draw(self, interaction: Interaction, press: Press) -> None:
        del press
        await self._draw(interaction)

    async def _draw(self, interaction: Interaction) -> None:
        audience = await self._audiences.of(interaction)
        drawn = await self._reading.draw(audience)
        await self._begin(interaction, audience, drawn, private=not manner.of(interaction).shared)

    async def turn(self, interaction: Interaction, press: Press) -> None:
        await self._turn(interaction, press.number(0), press.number(1), reader.length_of(press, 3))

    async def jump(self, interaction: Interaction, press: Press) -> None:
        if press.choice() != reader.ELSEWHERE:
            await self._turn(interaction, press.number(0), press.choice(), reader.length_of(press, 1))
            return
        leaf = await self._first(interaction, press)
        await interaction.response.send_modal(reader.jump_form(leaf))

    async def jump_to(self, interaction: Interaction, press: Press) -> None:
        leaf = await self._first(interaction, press)
        number = page_of(press.fields.get("where", ""), leaf.pages, [start for start, _ in leaf.part_starts])
        await self._turn(interaction, leaf.story_id, number, leaf.length)

    async def _first(self, interaction: Interaction, press: Press) -> Leaf:
        """The first page of a story in the length that an id counts in: it knows how many there are."""
        audience = await self._audiences.of(interaction)
        return await self._reading.leaf(audience, press.number(0), 1, reader.length_of(press, 1))

    async def begin(self, interaction: Interaction, press: Press) -> None:
        await self._open(interaction, press.number(0))

    async def open(self, interaction: Interaction, press: Press) -> None:
        await self._open(interaction, press.choice())

    async def open_bookmark(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        leaf = await self._reading.open_bookmark(audience, press.choice(), manner.of(interaction).limit)
        await self._show(interaction, audience, leaf)

    async def open_from_letter(self, interaction: Interaction, press: Press) -> None:
        """The button under a letter; the letter stays as it is, the story opens beside it."""
        audience = await self._audiences.of(interaction)
        await self._correspondence.where(audience, press.number(0), press.number(1))
        await self._begin(interaction, audience, press.number(1))

    async def open_from_news(self, interaction: Interaction, press: Press) -> None:
        """The button under a piece of news, which stays as it is."""
        audience = await self._audiences.of(interaction)
        await self._begin(interaction, audience, press.number(0))

    async def resume(self, interaction: Interaction, press: Press) -> None:  # noqa: ARG002 - nothing in it
        audience = await self._audiences.of(interaction)
        leaf = await self._reading.resume(audience, manner.of(interaction).limit)
        await self._show(interaction, audience, leaf)

    async def _turn(self, interaction: Interaction, story_id: int, number: int, counted_in: PageLength) -> None:
        audience = await self._audiences.of(interaction)
        if not replies.is_theirs(interaction) and (card := await self._folded(interaction, audience, story_id)):
            await replies.turn(interaction, card)
            return
        leaf = await self._reading.turn(audience, story_id, number, manner.of(interaction).limit, counted_in)
        await self._show(interaction, audience, leaf)

    async def unfold(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        await self._show(
            interaction, audience, await self._leaf(interaction, audience, press.number(0), press.number(1))
        )

    async def _open(self, interaction: Interaction, story_id: int) -> None:
        audience = await self._audiences.of(interaction)
        if card := await self._folded(interaction, audience, story_id):
            await replies.turn(interaction, card)
        else:
            await self._show(interaction, audience, await self._leaf(interaction, audience, story_id))

    async def _begin(
        self, interaction: Interaction, audience: Audience, story_id: int, part: int = 0, *, private: bool = True
    ) -> None:
        """Answers with a story where its reader left it, or at a part."""
        if card := await self._folded(interaction, audience, story_id, part):
            await replies.answer(interaction, card, private=private)
        else:
            leaf = await self._leaf(interaction, audience, story_id, part)
            await self._answer(interaction, audience, leaf, private=private)

    async def _leaf(self, interaction: Interaction, audience: Audience, story_id: int, part: int = 0) -> Leaf:
        return await self._reading.open(audience, story_id, part or None, manner.of(interaction).limit)

    async def _folded(self, interaction: Interaction, audience: Audience, story_id: int, part: int = 0) -> Card | None:
        """The cover of a story that its reader has not begun and that tells of what they have not seen."""
        if manner.of(interaction).spoiled:
            return None
        story = await self._library.story(audience, story_id)
        if not story.spoilers or await self._reading.begun(audience.reader, story_id):
            return None
        if not await self._spoilers.spoil(audience, story):
            return None
        return spoilers.folded(await self._library.shown(audience, story), part)

    async def _answer(self, interaction: Interaction, audience: Audience, leaf: Leaf, *, private: bool = True) -> None:
        send = partial(replies.answer, interaction, private=private)
        await self._deliver(interaction, audience, leaf, send, private=private)

    async def _show(self, interaction: Interaction, audience: Audience, leaf: Leaf) -> None:
        send, private = partial(replies.turn, interaction), replies.turns_privately(interaction)
        await self._deliver(interaction, audience, leaf, send, private=private)

    async def _deliver(
        self, interaction: Interaction, audience: Audience, leaf: Leaf, send: Send, *, private: bool
    ) -> None:
        """Sends a page; the first private one tells its reader what becomes of it, and once they were told is once."""
        reader = interaction.user.id
        # Asked anew: what the interaction carries may be older than the page before it, which was still being told.
        if not private or (await self._preferences.of(reader)).told or reader in self._told:
            await send(await self._page(audience, leaf))
            return
        self._told.add(reader)
        try:
            await send(await self._page(audience, leaf, told=False))
            await self._preferences.change(reader, told=True)
        finally:
            self._told.discard(reader)

    async def _page(self, audience: Audience, leaf: Leaf, *, told: bool = True) -> Card:
        """A page with what its place in the story calls for: the cover first, the ways on last."""
        opening = neighbours = None
        if leaf.number == 1:
            opening = await self._library.shown(audience, await self._library.story(audience, leaf.story_id))
        if leaf.number == leaf.pages:
            neighbours = await self._library.neighbours(audience, leaf.story_id)
        return reader.page(leaf, opening=opening, neighbours=neighbours, told=told)
