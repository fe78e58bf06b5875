"""This room answers who follows: /follow, its buttons, and what stands under a piece of news."""

from discord import app_commands
from discord.ext import commands

from bot.domain.search import Field
from bot.domain.subjects import Kind
from bot.services.follows import Follows
from bot.services.library import Library
from bot.services.subjects import Subjects
from bot.ui import cards, manner, replies, suggestions
from bot.ui import follows as drawn
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.subjects import kind_of
from bot.ui.suggestions import Choice


class FollowsCog(commands.Cog):
    """What a reader follows, for their eyes alone."""

    group = app_commands.Group(name="follow", description="Have news of an author, a series or a story")

    def __init__(
        self, board: Switchboard, audiences: Audiences, library: Library, subjects: Subjects, service: Follows
    ) -> None:
        self._audiences = audiences
        self._library = library
        self._subjects = subjects
        self._follows = service
        board.connect("follow", self.press)
        board.connect("follows", self.turn)
        board.connect("unfollow", self.drop)

    @group.command(name="author", description="Have news of an author's stories")
    @app_commands.describe(name="The author's name")
    async def author(self, interaction: Interaction, name: str) -> None:
        await self._named(interaction, Kind.AUTHOR, name)

    @group.command(name="series", description="Have news of a series")
    @app_commands.describe(name="The name of the series")
    async def series(self, interaction: Interaction, name: str) -> None:
        await self._named(interaction, Kind.SERIES, name)

    @group.command(name="story", description="Have news of a story's parts")
    @app_commands.describe(story="Its title, author or series")
    async def story(self, interaction: Interaction, story: str) -> None:
        audience = await self._audiences.of(interaction)
        found = await self._library.find(audience, story)
        if len(found) > 1:
            await replies.answer(interaction, cards.several(story, found, audience))
        else:
            await self._follow(interaction, Kind.STORY, found[0].id)

    @group.command(name="list", description="What you follow")
    async def everything(self, interaction: Interaction) -> None:
        await replies.answer(interaction, await self._page(interaction, 0))

    @author.autocomplete("name")
    async def suggest_authors(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.names(interaction, typed, Field.AUTHOR, self._audiences, self._library)

    @series.autocomplete("name")
    async def suggest_series(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.names(interaction, typed, Field.SERIES, self._audiences, self._library)

    @story.autocomplete("story")
    async def suggest_stories(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.stories(interaction, typed, self._audiences, self._library)

    async def press(self, interaction: Interaction, press: Press) -> None:
        kind, subject_id = kind_of(press.number(0)), press.number(1)
        if press.number(2):
            await self._follow(interaction, kind, subject_id)
            return
        audience = await self._audiences.of(interaction)
        subject = await replies.unhurried(interaction, self._follows.let_go(audience, kind, subject_id))
        await replies.answer(interaction, drawn.let_go(subject))

    async def turn(self, interaction: Interaction, press: Press) -> None:
        await replies.turn(interaction, await self._page(interaction, press.number(0)))

    async def drop(self, interaction: Interaction, press: Press) -> None:
        start, follow_id = press.number(0), press.choice()
        audience = await self._audiences.of(interaction)
        await replies.unhurried(interaction, self._follows.drop(audience, follow_id), turns=True)
        await replies.turn(interaction, await self._page(interaction, start))

    async def _named(self, interaction: Interaction, kind: Kind, name: str) -> None:
        found = await self._subjects.find(await self._audiences.of(interaction), kind, name)
        await self._follow(interaction, kind, found.id)

    async def _follow(self, interaction: Interaction, kind: Kind, subject_id: int) -> None:
        audience = await self._audiences.of(interaction)
        subject = await replies.unhurried(interaction, self._follows.follow(audience, kind, subject_id))
        await replies.answer(interaction, drawn.followed(subject, manner.of(interaction)))

    async def _page(self, interaction: Interaction, start: int) -> cards.Card:
        audience = await self._audiences.of(interaction)
        return drawn.page(await self._follows.page(audience, start), manner.of(interaction))
