"""This room knows what readers have seen, and keeps stories folded that would tell them more."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from bot.domain.access import Audience
from bot.domain.episodes import EpisodeList
from bot.domain.errors import Gone, NoSuchEpisode
from bot.domain.models import Story
from bot.domain.names import key
from bot.formats import episodes as names
from bot.formats.spelling import nearest
from bot.store import episodes
from bot.store.database import Database

ROWS = 20
"""Lists on one page."""


class SeenView(NamedTuple):
    """A page of the lists that there are, each with how far the reader has seen it."""

    rows: list[EpisodeList]
    start: int
    total: int


class Spoilers:
    """What a story tells that its reader may not want to know yet."""

    def __init__(self, database: Database, flush: Callable[[], Awaitable[None]]) -> None:
        self._database = database
        self._flush = flush  # writes the places that are in memory alone

    async def spoil(self, audience: Audience, story: Story) -> bool:
        """Whether a story tells of anything that the reader has not seen, or of a story here they have not finished.

        What is in no list, nobody has seen.
        """
        if not story.spoilers:
            return False
        await self._flush()
        db, archive, reader = self._database.reader, audience.archive.id, audience.reader
        finished = await episodes.read_through(db, archive, reader, [key(name) for name in story.spoilers])
        left = [name for name in story.spoilers if key(name) not in finished]
        known = await episodes.progress(db, archive, reader, story.id) if left else []
        return await asyncio.to_thread(names.spoil, left, known) if known else bool(left)

    async def seen(self, audience: Audience, start: int = 0) -> SeenView:
        """The page of lists that has row `start`, or the last one."""
        db, archive = self._database.reader, audience.archive.id
        total = await episodes.count(db, archive)
        start = min(start, max(0, total - 1)) // ROWS * ROWS
        return SeenView(await episodes.lists(db, archive, audience.reader, start=start, limit=ROWS), start, total)

    async def list_of(self, audience: Audience, list_id: int) -> EpisodeList:
        """A list of this archive.

        Raises:
            Gone: there is none of that number.
        """
        found = await episodes.get(self._database.reader, audience.archive.id, audience.reader, list_id)
        if found is None:
            raise Gone("list")
        return found

    async def see(self, audience: Audience, list_id: int, text: str) -> None:
        """Keeps up to which episode the reader has seen a list; nothing typed: none of it.

        Raises:
            NoSuchEpisode: the list has none that is called so; the sentence names the nearest.
        """
        found = await self.list_of(audience, list_id)
        lines = await episodes.lines(self._database.reader, list_id)
        number = names.place(text, lines) if text.strip() else 0
        if number is None:
            raise NoSuchEpisode(found.name, text, nearest(text, lines))
        async with self._database.write() as db:
            await episodes.see(db, audience.archive.id, audience.reader, list_id, lines[number - 1] if number else "")
