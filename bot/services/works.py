"""This room is an author's own shelf: their stories, and what readers did with them."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.domain.figures import TITLES, Bar, What, stops
from bot.domain.models import Standing
from bot.domain.refusals import NoStoryOfYours, NotYourStory
from bot.formats.panels import FEW, Panel, picture, timeline, told
from bot.formats.spelling import nearest
from bot.store import figures, works
from bot.store.database import Database
from bot.store.works import Mine

ROWS = 10
"""Stories on one page of the list."""


class Shelf(NamedTuple):
    """A page of an author's stories, whatever their state."""

    rows: list[Mine]
    start: int
    total: int


class Plotted(NamedTuple):
    """What readers did with a story: a picture, and the same in words."""

    story: Mine
    picture: bytes
    told: str


class Works:
    """For the account behind the pen names, and for nobody else."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    async def shelf(self, user: int, start: int = 0) -> Shelf:
        """The page that has row `start` (from 0), or the last one."""
        total = await works.count(self._database.reader, user)
        start = min(start, max(0, total - 1)) // ROWS * ROWS
        return Shelf(await works.of_user(self._database.reader, user, limit=ROWS, start=start), start, total)

    async def story(self, user: int, story_id: int) -> Mine:
        """
        Raises:
            NotYourStory: no pen name of the account's stands over it.
        """
        story = await works.mine(self._database.reader, user, story_id)
        if story is None:
            raise NotYourStory
        return story

    async def find(self, user: int, text: str) -> list[Mine]:
        """The stories of an account's that what was typed may mean: its number as `#12`, or its title.

        Raises:
            NoStoryOfYours: it has none that is called so.
        """
        own = await works.of_user(self._database.reader, user)
        typed = text.strip().casefold()
        found = [each for each in own if typed in (f"#{each.id}", each.title.casefold())]
        if not found:
            raise NoStoryOfYours(text, nearest(text, [each.title for each in own]))
        return found

    async def suggest(self, user: int, typed: str) -> list[Mine]:
        """Up to 25 stories of an account's whose titles hold what is being typed."""
        own = await works.of_user(self._database.reader, user)
        return [each for each in own if typed.strip().casefold() in each.title.casefold()][:25]

    async def plot(self, user: int, story_id: int) -> Plotted:
        """Reads, readers, likes and letters over time, and where readers stop; nothing of fewer than five readers.

        Raises:
            NotYourStory: as `story` does.
        """
        story = await self.story(user, story_id)
        panels = await self._panels(story)
        return Plotted(story, await asyncio.to_thread(picture, panels), told(panels))

    async def _panels(self, story: Mine) -> Sequence[Panel]:
        db = self._database.reader
        panels = [timeline(TITLES[what], await figures.days(db, story.id, what)) for what in What]
        if story.parts > 1:
            ends = stops(await figures.stopped(db, story.id, self._clock()))
            panels.append(Panel("Where readers stopped, by part", [(_parts(bar), bar.value) for bar in ends], FEW))
        return panels


def is_there(story: Mine) -> bool:
    return story.state not in (Standing.WITHDRAWN, Standing.REMOVED)


def _parts(bar: Bar) -> str:
    return f"part {bar.first}" if bar.first == bar.last else f"parts\n{bar.first}–{bar.last}"
