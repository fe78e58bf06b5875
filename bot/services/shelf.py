"""This room keeps a reader's shelf: bookmarks with notes, likes, what is meant for later, finished or dropped."""

import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from bot.domain.access import Audience, admit
from bot.domain.errors import Gone, ShelfFull
from bot.domain.models import Leaf, Story
from bot.domain.shelf import Board, Count, Item, Mark
from bot.store import shelf, stories
from bot.store.database import Database
from bot.store.shelf import State

ROWS = 10
"""Things on one page of a board."""
BOOKMARKS = 1_000
"""Bookmarks of one reader."""


class BoardView(NamedTuple):
    """One page of a board, and how much there is."""

    board: Board
    items: list[Item]
    start: int
    amount: Count
    with_hidden: bool

    @property
    def total(self) -> int:
        return self.amount.shown + (self.amount.hidden if self.with_hidden else 0)


class Kept(NamedTuple):
    """What a reader keeps of one story."""

    story: Story
    state: State


class Shelves:
    """The shelf of whoever asks, and nobody else's."""

    def __init__(
        self,
        database: Database,
        flush: Callable[[], Awaitable[None]],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._flush = flush  # writes the places that are in memory alone
        self._clock = clock

    async def board(self, audience: Audience, board: Board, start: int = 0, *, with_hidden: bool = False) -> BoardView:
        """The page of a board that has row `start`, or the last one."""
        if board is Board.HISTORY:
            await self._flush()
        count = await shelf.count(self._database.reader, audience, board)
        total = count.shown + (count.hidden if with_hidden else 0)
        start = min(start, max(0, total - 1)) // ROWS * ROWS
        found = await shelf.items(self._database.reader, audience, board, start, ROWS, hidden=with_hidden)
        return BoardView(board, found, start, count, with_hidden)

    async def kept(self, audience: Audience, story_id: int) -> Kept:
        """What the reader keeps of a story.

        Raises:
            Gone: the story is not in this archive.
            TooMature: it does not open here.
        """
        story = await stories.get(self._database.reader, story_id)
        if story is None:
            raise Gone
        admit(story, audience)
        return Kept(story, await shelf.state(self._database.reader, audience.reader, story_id))

    async def mark(self, audience: Audience, story_id: int, mark: Mark, *, on: bool) -> Kept:
        """Sets or takes back a mark; twice is once."""
        await self.kept(audience, story_id)
        async with self._database.write() as db:
            if on:
                await shelf.mark(db, audience.reader, story_id, mark, self._clock())
            else:
                await shelf.unmark(db, audience.reader, story_id, mark)
        return await self.kept(audience, story_id)

    async def bookmark(self, audience: Audience, leaf: Leaf, note: str) -> Kept:
        """Sets a bookmark at the beginning of a page; one that is there already takes the new note.

        Raises:
            ShelfFull: the reader has a thousand.
        """
        await self.kept(audience, leaf.story_id)
        async with self._database.write() as db:
            if await shelf.bookmarks(db, audience.reader) >= BOOKMARKS:
                raise ShelfFull(BOOKMARKS)
            await shelf.set_bookmark(db, audience.reader, leaf.story_id, leaf, note.strip(), self._clock())
        return await self.kept(audience, leaf.story_id)

    async def remove(self, audience: Audience, board: Board, item: int) -> None:
        """Takes a bookmark or a mark off the shelf; a place in the history is hidden, since reading goes on from it."""
        async with self._database.write() as db:
            if board is Board.BOOKMARKS:
                await shelf.drop_bookmark(db, audience.reader, item)
            elif board is Board.HISTORY:
                await shelf.hide(db, audience.reader, board, item, hidden=True)
            else:
                await shelf.unmark(db, audience.reader, item, board.mark)

    async def hide(self, audience: Audience, board: Board, item: int, *, hidden: bool) -> None:
        async with self._database.write() as db:
            await shelf.hide(db, audience.reader, board, item, hidden=hidden)
