"""This room is reading: a page of a story, and the place each reader keeps in it."""

import asyncio
import secrets
import time
from collections.abc import Callable
from typing import NoReturn

from bot.domain.access import Audience, Sight, admit, may_see
from bot.domain.errors import Gone, NoBookmark, NoPlace, NoSuchPart, NothingOpens
from bot.domain.models import Leaf, Place, Story
from bot.domain.settings import PageLength
from bot.formats import pages
from bot.services.pagination import Cut, Pagination, Spot, by_size, parsed
from bot.store import lots, readers, shelf, stories
from bot.store.database import Database

FLUSH = 0.5
"""Seconds that a place may stay in memory alone: written one by one, they cost as much as the page itself."""

LOTS = 32
"""Numbers drawn at once: where fewer than one in ten is of a story that opens here, chance leans to some of them."""


class Reading:
    """Pages for readers; keeps their places in memory and writes them together."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], float] = time.time,
        lot: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        self._database = database
        self._clock = clock
        self._pagination = Pagination(database)
        self._lot = lot  # a number from 0, below the one it is given
        self._places: dict[tuple[int, int], Place] = {}
        self._kept = asyncio.Event()

    async def turn(
        self,
        audience: Audience,
        story_id: int,
        number: int,
        length: PageLength = PageLength.LONG,
        counted_in: PageLength | None = None,
    ) -> Leaf:
        """Page `number` of a story, or the nearest it has; the reader's place moves there.

        Where pages were counted in another length, it is the page that shows the same words.

        Raises:
            Gone: the story is not in this archive.
            TooMature: it does not open here.
        """
        leaf = await self.leaf(audience, story_id, number, counted_in or length)
        at = _place(leaf)
        if leaf.length is not length:
            same = await self._number(audience, story_id, at[:3], length)
            leaf = await self.leaf(audience, story_id, same, length)
        self._keep(audience.reader, story_id, at)
        return leaf

    async def leaf(self, audience: Audience, story_id: int, number: int, length: PageLength = PageLength.LONG) -> Leaf:
        """The page without turning to it; raises as `turn` does."""
        if length is not PageLength.LONG:
            story, cut = await self._cut(audience, story_id, length)
            return cut.leaf(story, number)
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

    async def _cut(self, audience: Audience, story_id: int, length: PageLength) -> tuple[Story, Cut]:
        dated = await stories.dated(self._database.reader, story_id)
        if dated is None:
            raise Gone
        story, updated_at = dated
        admit(story, audience)
        cut = await self._pagination.cut(story_id, updated_at, length)
        if not cut.pages:
            raise Gone
        return story, cut

    async def open(
        self, audience: Audience, story_id: int, part: int | None = None, length: PageLength = PageLength.LONG
    ) -> Leaf:
        """The page at the reader's place, or the first page of part `part` (from 1).

        Raises:
            NoSuchPart: the story has no such part.
        """
        if part is not None:
            return await self._open_part(audience, story_id, part, length)
        key = audience.reader, story_id
        place = self._places.get(key) or await readers.place(self._database.reader, *key)
        if place is None:
            return await self.turn(audience, story_id, 1, length)
        return await self._go_to(audience, place, length)

    async def begun(self, reader_id: int, story_id: int) -> bool:
        """Whether a reader has opened a story before."""
        key = reader_id, story_id
        return key in self._places or await readers.place(self._database.reader, *key) is not None

    async def open_bookmark(self, audience: Audience, bookmark_id: int, length: PageLength = PageLength.LONG) -> Leaf:
        """The page at a bookmark of the reader's own; it becomes their place.

        Raises:
            NoBookmark: they have none of that number.
        """
        bookmark = await shelf.bookmark(self._database.reader, audience.reader, bookmark_id)
        if bookmark is None:
            raise NoBookmark
        return await self._go_to(audience, bookmark.place, length)

    async def resume(self, audience: Audience, length: PageLength = PageLength.LONG) -> Leaf:
        """The page where the reader was last, in whatever story.

        Raises:
            NoPlace: they have opened none that opens here.
        """
        place = await self._newest_place(audience)
        if place is None:
            raise NoPlace
        return await self.open(audience, place.story_id, length=length)

    async def draw(self, audience: Audience) -> int:
        """A story by lot.

        Raises:
            NothingOpens: the archive has none that opens here.
        """
        db = self._database.reader
        bounds = await lots.bounds(db, audience)
        if bounds is None:
            raise NothingOpens
        first, last = bounds
        numbers = [first + self._lot(last - first + 1) for _ in range(LOTS)]
        story_id = await lots.drawn(db, audience, numbers) or await lots.next_after(db, audience, numbers[0])
        if story_id is None:  # the last one went meanwhile
            raise NothingOpens
        return story_id

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

    async def _open_part(self, audience: Audience, story_id: int, part: int, length: PageLength) -> Leaf:
        first = await self.leaf(audience, story_id, 1, length)
        if not 1 <= part <= len(first.part_starts):
            raise NoSuchPart(first.title, len(first.part_starts))
        return await self.turn(audience, story_id, first.part_starts[part - 1][0], length)

    async def _go_to(self, audience: Audience, place: Place, length: PageLength) -> Leaf:
        """The page that shows a place, also when the text was edited since.

        The reader's place is that very one, not the page's beginning: longer pages would take them back a little
        each time.
        """
        story_id, at = place.story_id, _place(place)
        leaf = await self.leaf(audience, story_id, await self._number(audience, story_id, at[:3], length), length)
        if _place(leaf) != at:
            at = (*await self._find_again(place), place.within, place.anchor)
            leaf = await self.leaf(audience, story_id, await self._number(audience, story_id, at[:3], length), length)
        self._keep(audience.reader, story_id, at)
        return leaf

    async def _number(self, audience: Audience, story_id: int, spot: Spot, length: PageLength) -> int:
        """The page of a length that shows a spot of the text as it is now."""
        if length is PageLength.LONG:
            return await stories.page_of(self._database.reader, story_id, *spot)
        _, cut = await self._cut(audience, story_id, length)
        return cut.number(spot)

    async def _find_again(self, place: Place) -> tuple[int, int]:
        texts = await stories.part_texts(self._database.reader, place.story_id)
        return await by_size(texts, lambda: pages.locate(parsed(texts), place.part, place.paragraph, place.anchor))

    def _keep(self, reader_id: int, story_id: int, at: tuple[int, int, int, str]) -> None:
        self._places[reader_id, story_id] = Place(reader_id, story_id, *at, self._clock())
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
