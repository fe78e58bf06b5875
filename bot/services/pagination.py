"""This room cuts stories into pages of other lengths than the stored one, and keeps the latest of them in memory."""

import asyncio
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from bot.domain.models import Leaf, Page, Part, Story
from bot.domain.settings import PageLength
from bot.formats import pages, prose
from bot.store import stories
from bot.store.database import Database

ROOM = 4_000_000
"""Characters of pages that are kept: a shelf of novels."""
LARGE = 50_000
"""Characters from which on a text is cut in a thread: it takes longer than a page turn may."""

Made = TypeVar("Made")
Texts = Sequence[tuple[str, str]]
"""Title and markup of each part of a story."""
Spot = tuple[int, int, int]
"""A part, a paragraph of it and how many characters into that: the first three of a place."""


class Cut(NamedTuple):
    """A story in pages of one length."""

    length: PageLength
    pages: Sequence[Page]
    titles: Sequence[str]
    part_starts: tuple[tuple[int, str], ...]
    stored: Sequence[Spot]  # where the stored pages begin
    size: int  # characters

    def number(self, spot: Spot) -> int:
        """The page that shows a spot."""
        return max(1, bisect_right(self.pages, spot, key=_spot))

    def leaf(self, story: Story, number: int) -> Leaf:
        """Page `number`, or the nearest there is."""
        number = max(1, min(number, len(self.pages)))
        page = self.pages[number - 1]
        return Leaf(
            story.id, story.archive_id, story.title, story.author, number, len(self.pages), page.part, story.parts,
            self.titles[page.part], page.paragraph, page.within, page.anchor, page.text, story.words, story.rating,
            self.part_starts, story.state, self.length, max(1, bisect_right(self.stored, _spot(page))),
        )  # fmt: skip


class Pagination:
    """Pages of any length; two who ask for the same at once wait for one cutting."""

    def __init__(self, database: Database, room: int = ROOM) -> None:
        self._database = database
        self._room = room
        self._kept: OrderedDict[tuple[int, PageLength], tuple[float, Cut]] = OrderedDict()
        self._cutting: dict[tuple[int, PageLength, float], asyncio.Task[Cut]] = {}

    async def cut(self, story_id: int, updated_at: float, length: PageLength) -> Cut:
        """The story in pages of a length; `updated_at` tells which text is meant."""
        key = story_id, length
        known = self._kept.get(key)
        if known is not None and known[0] == updated_at:
            self._kept.move_to_end(key)
            return known[1]
        job = (*key, updated_at)
        if job not in self._cutting:
            task = self._cutting[job] = asyncio.create_task(self._make(story_id, length))
            task.add_done_callback(lambda _: self._cutting.pop(job))
        made = await asyncio.shield(self._cutting[job])
        self._keep(key, updated_at, made)
        return made

    async def _make(self, story_id: int, length: PageLength) -> Cut:
        texts = await stories.part_texts(self._database.reader, story_id)
        stored = await stories.page_starts(self._database.reader, story_id)
        made = await by_size(texts, lambda: pages.cut(parsed(texts), length))
        titles = [title for title, _ in texts]
        starts = {page.part: number for number, page in reversed(list(enumerate(made, start=1)))}
        part_starts = tuple(sorted((number, titles[part]) for part, number in starts.items()))
        return Cut(length, made, titles, part_starts, stored, sum(len(page.text) for page in made))

    def _keep(self, key: tuple[int, PageLength], updated_at: float, made: Cut) -> None:
        self._kept[key] = updated_at, made
        self._kept.move_to_end(key)
        size = sum(cut.size for _, cut in self._kept.values())
        while size > self._room and len(self._kept) > 1:
            _, (_, oldest) = self._kept.popitem(last=False)
            size -= oldest.size


def _spot(page: Page) -> Spot:
    return page.part, page.paragraph, page.within


def parsed(texts: Texts) -> list[Part]:
    """The parts of a story out of their titles and markup."""
    return [Part(title, prose.from_markup(markup)) for title, markup in texts]


async def by_size(texts: Texts, work: Callable[[], Made]) -> Made:
    """What `work` makes of these texts: in a thread where they are large."""
    return await asyncio.to_thread(work) if sum(len(markup) for _, markup in texts) > LARGE else work()
