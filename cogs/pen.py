"""This room answers authors: /pen claim, inbox, wishes and blocks."""

from collections.abc import Awaitable

from discord import app_commands
from discord.ext import commands

from bot.domain.claims import Choice as Fate
from bot.domain.claims import ClaimState
from bot.domain.errors import UnknownControl
from bot.domain.refusals import NoSuchLetter
from bot.services.claims import Claims
from bot.services.library import Library
from bot.services.pen import Pen, Wished
from bot.ui import cards, doorstep, forms, letters, pen, replies, suggestions
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.suggestions import Choice


class PenCog(commands.Cog):
    """An author's own letters, and how they come."""

    group = app_commands.Group(name="pen", description="For authors: your letters, and how they reach you")

    def __init__(
        self, board: Switchboard, audiences: Audiences, library: Library, service: Pen, claims: Claims
    ) -> None:
        self._audiences = audiences
        self._library = library
        self._pen = service
        self._claims = claims
        board.connect("inbox", self.turn_inbox)
        board.connect("inbox-of", self.choose_inbox)
        board.connect("inbox-letter", self.read)
        board.connect("record", self.record)
        board.connect("wishes", self.show_wishes)
        board.connect("wish", self.wish)
        board.connect("away", self.ask_away)
        board.connect("away-until", self.away)
        board.connect("nudge", self.nudge)
        board.connect("blocks", self.show_blocks)
        board.connect("lift", self.lift)
        board.connect("claim-take", self.take)
        board.connect("claim-deny", self.deny)
        board.connect("claim-never", self.never)
        board.connect("choice", self.choose)
        board.connect("renamed", self.rename)

    # Letters

    @group.command(name="inbox", description="The letters you got, and those that wait")
    async def inbox(self, interaction: Interaction) -> None:
        audience = await self._audiences.of(interaction)
        await replies.answer(interaction, letters.inbox(await self._pen.inbox(audience)))

    async def turn_inbox(self, interaction: Interaction, press: Press) -> None:
        await self._inbox(interaction, press.number(0), press.number(1))

    async def choose_inbox(self, interaction: Interaction, press: Press) -> None:
        await self._inbox(interaction, press.choice(), 0)

    async def _inbox(self, interaction: Interaction, author_id: int, before: int) -> None:
        audience = await self._audiences.of(interaction)
        await replies.turn(interaction, letters.inbox(await self._pen.inbox(audience, author_id, before)))

    async def read(self, interaction: Interaction, press: Press) -> None:
        letter = await self._pen.letter(interaction.user.id, press.choice())
        if letter is None:
            raise NoSuchLetter(press.choice())
        await replies.answer(interaction, letters.received(letter))

    async def record(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        author = await self._pen.author(audience, press.number(0))
        await replies.turn(interaction, pen.record(author, await self._pen.record(audience, author.id)))

    # Wishes

    @group.command(name="wishes", description="Whether, when and how letters reach you")
    @app_commands.describe(story="One of your stories, to wish something else for it alone")
    async def wishes(self, interaction: Interaction, story: str | None = None) -> None:
        audience = await self._audiences.of(interaction)
        found = await self._library.find(audience, story) if story else []
        if len(found) > 1:
            await replies.answer(interaction, cards.several(story or "", found, audience, "open"))
            return
        wished = await self._pen.wishes(audience, 0, found[0].id if found else 0)
        await replies.answer(interaction, pen.wishes(wished, in_server=interaction.guild_id is not None))

    @wishes.autocomplete("story")
    async def suggest_stories(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.stories(interaction, typed, self._audiences, self._library)

    async def show_wishes(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        wished = await self._pen.wishes(audience, press.number(0), press.number(1))
        await replies.turn(interaction, pen.wishes(wished, in_server=interaction.guild_id is not None))

    async def wish(self, interaction: Interaction, press: Press) -> None:
        number = press.number(2)
        if number > pen.AS_FOR_ALL:
            raise UnknownControl
        wanted = None if number == pen.AS_FOR_ALL else pen.WISHES[number]
        audience = await self._audiences.of(interaction)
        await self._turn(
            interaction, self._pen.wish(audience, press.number(0), press.number(1), wanted, interaction.id)
        )

    async def ask_away(self, interaction: Interaction, press: Press) -> None:
        author = await self._pen.author(await self._audiences.of(interaction), press.number(0))
        await interaction.response.send_modal(forms.away(author))

    async def away(self, interaction: Interaction, press: Press) -> None:
        audience, typed = await self._audiences.of(interaction), press.fields.get("day", "")
        await self._turn(interaction, self._pen.away(audience, press.number(0), typed, interaction.id))

    async def nudge(self, interaction: Interaction, press: Press) -> None:
        """Where the button is pressed is where the nudges go."""
        audience = await self._audiences.of(interaction)
        channel = interaction.channel_id if press.number(1) and interaction.guild_id is not None else None
        await self._turn(interaction, self._pen.nudge(audience, press.number(0), channel, interaction.id))

    @staticmethod
    async def _turn(interaction: Interaction, work: Awaitable[Wished]) -> None:
        wished = await replies.unhurried(interaction, work, turns=True)
        await replies.turn(interaction, pen.wishes(wished, in_server=interaction.guild_id is not None))

    # Blocks

    @group.command(name="blocks", description="Whose letters you do not take, without learning who they are")
    async def blocks(self, interaction: Interaction) -> None:
        audience = await self._audiences.of(interaction)
        await replies.answer(interaction, pen.blocks(*await self._pen.blocks(audience)))

    async def show_blocks(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        await replies.turn(interaction, pen.blocks(*await self._pen.blocks(audience, press.number(0))))

    async def lift(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        work = self._pen.lift(audience, press.number(0), press.choice(), interaction.id)
        await replies.unhurried(interaction, work, turns=True)
        await self.show_blocks(interaction, press)

    # Claims

    @group.command(name="claim", description="Ask the moderators for a pen name that is yours")
    @app_commands.describe(name="The pen name", proof="What shows it, if you have something: a code, an old address")
    async def claim(
        self, interaction: Interaction, name: str, proof: app_commands.Range[str, 1, 500] | None = None
    ) -> None:
        audience = await self._audiences.of(interaction)
        offer = await self._claims.offer(audience, name)
        if offer is not None:
            await replies.answer(interaction, doorstep.notice(offer))
        else:
            await self._say(interaction, self._claims.ask(audience, name, proof or "", interaction.id))

    @claim.autocomplete("name")
    async def suggest_names(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.authors(interaction, typed, self._audiences, self._claims)

    async def take(self, interaction: Interaction, press: Press) -> None:
        work = self._claims.answer(interaction.user.id, press.number(0), ClaimState.TAKEN, interaction.id)
        taken = await replies.unhurried(interaction, work)
        await replies.answer(interaction, pen.choosing(taken.author, taken.said))

    async def deny(self, interaction: Interaction, press: Press) -> None:
        await self._turn_down(interaction, press, ClaimState.DENIED)

    async def never(self, interaction: Interaction, press: Press) -> None:
        await self._turn_down(interaction, press, ClaimState.NEVER)

    async def _turn_down(self, interaction: Interaction, press: Press, state: ClaimState) -> None:
        work = self._claims.answer(interaction.user.id, press.number(0), state, interaction.id)
        await replies.say(interaction, (await replies.unhurried(interaction, work)).said)

    async def choose(self, interaction: Interaction, press: Press) -> None:
        user, number = interaction.user.id, press.number(1)
        if number >= len(pen.CHOICES):
            raise UnknownControl
        author = await self._claims.choosing(user, press.number(0))
        if pen.CHOICES[number] is Fate.RENAME:
            await interaction.response.send_modal(forms.rename(author))
        else:
            await self._say(interaction, self._claims.choose(user, author.id, pen.CHOICES[number], interaction.id))

    async def rename(self, interaction: Interaction, press: Press) -> None:
        user, name = interaction.user.id, press.fields.get("name", "")
        await self._say(interaction, self._claims.choose(user, press.number(0), Fate.RENAME, interaction.id, name))

    @staticmethod
    async def _say(interaction: Interaction, work: Awaitable[str]) -> None:
        await replies.say(interaction, await replies.unhurried(interaction, work))
