"""This room answers who keeps things: /shelf, and what stands behind a page's More."""

from discord import app_commands
from discord.ext import commands

from bot.domain.errors import UnknownControl
from bot.domain.shelf import Board
from bot.services.follows import Follows
from bot.services.reading import Reading
from bot.services.shelf import Shelves
from bot.ui import follows, manner, replies
from bot.ui import shelf as cards
from bot.ui.audience import Audiences
from bot.ui.cards import Card
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.reader import length_of

BOARDS = [app_commands.Choice(name=name, value=number) for number, name in cards.BOARDS.items()]


class ShelfCog(commands.Cog):
    """What a reader keeps, for their eyes alone."""

    def __init__(
        self, board: Switchboard, audiences: Audiences, reading: Reading, shelves: Shelves, following: Follows
    ) -> None:
        self._audiences = audiences
        self._follows = following
        self._reading = reading
        self._shelves = shelves
        board.connect("more", self.more)
        board.connect("mark", self.mark)
        board.connect("bookmark", self.note)
        board.connect("bookmarked", self.bookmark)
        board.connect("shelf", self.turn)
        board.connect("board", self.change)
        board.connect("tidy", self.tidy)
        board.connect("unshelve", self.remove)
        board.connect("hide", self.hide)
        board.connect("unhide", self.unhide)

    @app_commands.command(name="shelf", description="Your bookmarks, your history, what you like or keep for later")
    @app_commands.describe(board="What to look at first")
    @app_commands.choices(board=BOARDS)
    async def shelf(self, interaction: Interaction, board: app_commands.Choice[int] | None = None) -> None:
        number = board.value if board else Board.BOOKMARKS.value
        await replies.answer(interaction, await self._board(interaction, number, 0, with_hidden=False))

    async def more(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        kept = await self._shelves.kept(audience, press.number(0))
        await replies.answer(interaction, cards.kept(kept, press.number(1), length_of(press, 2)))

    async def mark(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        which = _board(press.number(1))
        if which in (Board.HISTORY, Board.BOOKMARKS):
            raise UnknownControl
        work = self._shelves.mark(audience, press.number(0), which.mark, on=press.number(2) == 1)
        kept = await replies.unhurried(interaction, work, turns=True)
        await replies.turn(interaction, cards.kept(kept, press.number(3), length_of(press, 4)))

    async def note(self, interaction: Interaction, press: Press) -> None:
        kept = await self._shelves.kept(await self._audiences.of(interaction), press.number(0))
        form = cards.bookmark_form(press.number(0), press.number(1), length_of(press, 2), kept.story.title)
        await interaction.response.send_modal(form)

    async def bookmark(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        page, length = press.number(1), length_of(press, 2)
        leaf = await self._reading.leaf(audience, press.number(0), page, length)
        work = self._shelves.bookmark(audience, leaf, press.fields.get("note", ""))
        kept = await replies.unhurried(interaction, work, turns=True)
        await replies.turn(interaction, cards.kept(kept, page, length))

    async def turn(self, interaction: Interaction, press: Press) -> None:
        which, start, with_hidden = _board(press.number(0)), press.number(1), press.number(2) == 1
        await replies.turn(interaction, await self._board(interaction, which, start, with_hidden=with_hidden))

    async def change(self, interaction: Interaction, press: Press) -> None:
        await replies.turn(interaction, await self._board(interaction, press.choice(), 0, with_hidden=False))

    async def remove(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        work = self._shelves.remove(audience, _board(press.number(0)), press.choice())
        await replies.unhurried(interaction, work, turns=True)
        await self.tidy(interaction, press)

    async def hide(self, interaction: Interaction, press: Press) -> None:
        await self._hide(interaction, press, hidden=True)

    async def unhide(self, interaction: Interaction, press: Press) -> None:
        await self._hide(interaction, press, hidden=False)

    async def _hide(self, interaction: Interaction, press: Press, *, hidden: bool) -> None:
        audience = await self._audiences.of(interaction)
        work = self._shelves.hide(audience, _board(press.number(0)), press.choice(), hidden=hidden)
        await replies.unhurried(interaction, work, turns=True)
        await self.tidy(interaction, press)

    async def tidy(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        with_hidden = press.number(2) == 1
        view = await self._shelves.board(audience, _board(press.number(0)), press.number(1), with_hidden=with_hidden)
        card = cards.shelf(view, manner.of(interaction).limit, tidying=bool(view.items))
        await replies.turn(interaction, card)

    async def _board(self, interaction: Interaction, number: int, start: int, *, with_hidden: bool) -> Card:
        audience = await self._audiences.of(interaction)
        if number == cards.FOLLOWED:
            return follows.page(await self._follows.page(audience, start), manner.of(interaction))
        view = await self._shelves.board(audience, _board(number), start, with_hidden=with_hidden)
        return cards.shelf(view, manner.of(interaction).limit)


def _board(number: int) -> Board:
    """The board of a number in a custom id.

    Raises:
        UnknownControl: it is of another version, or forged.
    """
    if number not in set(Board):
        raise UnknownControl
    return Board(number)
