"""This room is reading: a page of a story, and the place each reader keeps in it."""

import asyncio
import time
from collections.abc import Callable
from typing import NoReturn

from bot.domain.access import Audience, Sight, admit, may_see
from bot.domain.errors import Gone, NoBookmark, NoPlace, NoSuchPart
from bot.domain.models import Leaf, Part, Place
from bot.formats import pages, prose
from bot.store import readers, shelf, stories
from bot.store.database import Database

FLUSH = 0.5
"""Seconds that a place may stay in memory alone: written one by one, they cost as much as the page itself."""


class Reading:
    """Pages for readers; keeps their places in memory and writes them together."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock
        self._places: dict[tuple[int, int], Place] = {}
        self._kept = asyncio.Event()

    async def turn(self, audience: Audience, story_id: int, number: int) -> Leaf:
        """Page `number` of a story, or the nearest it has; the reader's place moves there.

        Raises:
            Gone: the story is not in this archive.
            TooMature: it does not open here.
        """
        leaf = await self._leaf(audience, story_id, number)
        self._keep(audience.reader, leaf)
        return leaf

    async def _leaf(self, audience: Audience, story_id: int, number: int) -> Leaf:
        leaf = await stories.leaf(self._database.reader, story_id, number)
        if leaf is None:
            return await self._gone(audience, story_id)
        admit(leaf, audience)
        return leaf

    async def _gone(self, audience: Audience, story_id: int) -> NoReturn:
        """Says why a story has no pages any more."""
        story = await stories.get(self._database.reader, story_id)
        if story is not None:
            admit(story, audience)
        raise Gone

    async def open(self, audience: Audience, story_id: int, part: int | None = None) -> Leaf:
        """The page at the reader's place, or the first page of part `part` (from 1).

        Raises:
            NoSuchPart: the story has no such part.
        """
        if part is not None:
            return await self._open_part(audience, story_id, part)
        return await self.turn(audience, story_id, await self._page_at_place(audience.reader, story_id))

    async def open_bookmark(self, audience: Audience, bookmark_id: int) -> Leaf:
        """The page at a bookmark of the reader's own; it becomes their place.

        Raises:
            NoBookmark: they have none of that number.
        """
        bookmark = await shelf.bookmark(self._database.reader, audience.reader, bookmark_id)
        if bookmark is None:
            raise NoBookmark
        return await self.turn(audience, bookmark.place.story_id, await self._page_at(bookmark.place))

    async def resume(self, audience: Audience) -> Leaf:
        """The page where the reader was last, in whatever story.

        Raises:
            NoPlace: they have opened none that opens here.
        """
        place = await self._newest_place(audience)
        if place is None:
            raise NoPlace
        return await self.open(audience, place.story_id)

    async def has_place(self, audience: Audience) -> bool:
        """Whether there is anything to go on with here."""
        return await self._newest_place(audience) is not None

    async def _newest_place(self, audience: Audience) -> Place | None:
        """Where the reader was last among what opens here: what is not written yet is newer than what is."""
        fresh = [place for place in self._places.values() if place.reader_id == audience.reader]
        for place in sorted(fresh, key=lambda place: place.read_at, reverse=True):
            story = await stories.get(self._database.reader, place.story_id)
            if story is not None and may_see(story, audience) is Sight.OPEN:
                return place
        return await readers.newest_place(self._database.reader, audience)

    async def _open_part(self, audience: Audience, story_id: int, part: int) -> Leaf:
        first = await self._leaf(audience, story_id, 1)
        if not 1 <= part <= len(first.part_starts):
            raise NoSuchPart(first.title, len(first.part_starts))
        return await self.turn(audience, story_id, first.part_starts[part - 1][0])

    async def _page_at_place(self, reader_id: int, story_id: int) -> int:
        """The page that shows what the reader last had before them, also when the text was edited since."""
        db = self._database.reader
        place = self._places.get((reader_id, story_id)) or await readers.place(db, reader_id, story_id)
        return 1 if place is None else await self._page_at(place)

    async def _page_at(self, place: Place) -> int:
        db = self._database.reader
        number = await stories.page_of(db, place.story_id, place.part, place.paragraph, place.within)
        leaf = await stories.leaf(db, place.story_id, number)
        if leaf is None or _place(leaf) == _place(place):
            return number
        part, paragraph = await self._find_again(place)
        return await stories.page_of(db, place.story_id, part, paragraph, place.within)

    async def _find_again(self, place: Place) -> tuple[int, int]:
        texts = await stories.part_texts(self._database.reader, place.story_id)
        parts = [Part(title, prose.from_markup(markup)) for title, markup in texts]
        return pages.locate(parts, place.part, place.paragraph, place.anchor)

    def _keep(self, reader_id: int, leaf: Leaf) -> None:
        self._places[reader_id, leaf.story_id] = Place(reader_id, leaf.story_id, *_place(leaf), self._clock())
        self._kept.set()

    async def flush(self) -> None:
        """Writes the places that are in memory; they leave it once they are on disk."""
        batch = dict(self._places)
        if not batch:
            return
        async with self._database.write() as db:
            await readers.keep_places(db, batch.values())
        for key, place in batch.items():
            if self._places.get(key) is place:
                del self._places[key]

    async def keep_writing(self) -> None:
        """Flushes as long as it runs, `FLUSH` seconds after a first place came in."""
        while True:
            await self._kept.wait()
            await asyncio.sleep(FLUSH)
            await self.flush()
            if not self._places:  # what a failed flush left, or what came meanwhile, is tried again
                self._kept.clear()


def _place(at: Leaf | Place) -> tuple[int, int, int, str]:
    return at.part, at.paragraph, at.within, at.anchor
