"""This room answers who takes stories home: /download, and the button behind a page's More."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Audience
from bot.domain.errors import UnknownControl
from bot.domain.search import Field
from bot.domain.subjects import Kind
from bot.formats.books.binding import Binding
from bot.services.downloads import Downloads
from bot.services.library import Library
from bot.services.subjects import Subjects
from bot.ui import cards, replies, suggestions
from bot.ui import downloads as drawn
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.subjects import kind_of
from bot.ui.suggestions import Choice

FORMATS = [app_commands.Choice(name=name, value=index) for index, name in enumerate(drawn.NAMES.values())]
Format = app_commands.Choice[int]


class DownloadsCog(commands.Cog):
    """Stories as files."""

    group = app_commands.Group(name="download", description="A story, a series or an author's stories as a file")

    def __init__(
        self, board: Switchboard, audiences: Audiences, library: Library, subjects: Subjects, service: Downloads
    ) -> None:
        self._audiences = audiences
        self._library = library
        self._subjects = subjects
        self._downloads = service
        board.connect("download", self.choose)
        board.connect("download-as", self.press)

    @group.command(name="story", description="A story as a file to keep")
    @app_commands.rename(binding="format")
    @app_commands.describe(story="Its title, author or series", binding="EPUB, where you do not say")
    @app_commands.choices(binding=FORMATS)
    async def story(self, interaction: Interaction, story: str, binding: Format | None = None) -> None:
        audience = await self._audiences.of(interaction)
        found = await self._library.find(audience, story)
        if len(found) > 1:
            await replies.answer(interaction, cards.several(story, found, audience))
            return
        await self._hand_over(interaction, audience, Kind.STORY, found[0].id, binding)

    @group.command(name="series", description="A series in reading order, as one file")
    @app_commands.rename(binding="format")
    @app_commands.describe(name="The name of the series", binding="EPUB, where you do not say")
    @app_commands.choices(binding=FORMATS)
    async def series(self, interaction: Interaction, name: str, binding: Format | None = None) -> None:
        await self._named(interaction, Kind.SERIES, name, binding)

    @group.command(name="author", description="All stories of an author as one file")
    @app_commands.rename(binding="format")
    @app_commands.describe(name="The author's name", binding="EPUB, where you do not say")
    @app_commands.choices(binding=FORMATS)
    async def author(self, interaction: Interaction, name: str, binding: Format | None = None) -> None:
        await self._named(interaction, Kind.AUTHOR, name, binding)

    @story.autocomplete("story")
    async def suggest_stories(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.stories(interaction, typed, self._audiences, self._library)

    @series.autocomplete("name")
    async def suggest_series(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.names(interaction, typed, Field.SERIES, self._audiences, self._library)

    @author.autocomplete("name")
    async def suggest_authors(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.names(interaction, typed, Field.AUTHOR, self._audiences, self._library)

    async def choose(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        subject = await self._subjects.get(audience, kind_of(press.number(0)), press.number(1))
        await replies.answer(interaction, drawn.choice(subject))

    async def press(self, interaction: Interaction, press: Press) -> None:
        index = press.number(2)
        if index >= len(FORMATS):
            raise UnknownControl
        audience = await self._audiences.of(interaction)
        await self._hand_over(interaction, audience, kind_of(press.number(0)), press.number(1), FORMATS[index])

    async def _named(self, interaction: Interaction, kind: Kind, name: str, binding: Format | None) -> None:
        audience = await self._audiences.of(interaction)
        found = await self._subjects.find(audience, kind, name)
        await self._hand_over(interaction, audience, kind, found.id, binding)

    async def _hand_over(
        self, interaction: Interaction, audience: Audience, kind: Kind, subject_id: int, chosen: Format | None
    ) -> None:
        binding: Binding = drawn.ORDER[chosen.value] if chosen else Binding.EPUB
        limit = interaction.filesize_limit
        work = self._downloads.make(audience, kind, subject_id, binding, limit)
        made = await replies.unhurried(interaction, work)
        if not await replies.hand_over(interaction, drawn.files(made)):
            await self._downloads.came_late(audience, made, drawn.ORDER.index(binding), interaction.id)
