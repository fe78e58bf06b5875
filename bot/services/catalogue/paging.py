"""This room finds a page of a list: by counting along where it is short, from the page's boundary where it is not."""

import bisect
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from bot.domain.access import Audience
from bot.domain.models import Rating
from bot.domain.search import Key, Order, Selection, Step, Total
from bot.store import lists, orders, tallies
from bot.store.database import Database, Reader
from bot.store.lists import Sieve
from bot.store.orders import Boundary

ROWS = 10
"""Stories on one page."""
COUNTED = 1_000
"""Stories of a filtered list that are counted; of more, nobody has."""
PATIENCE = 0.11
"""Seconds that a list may be looked for in its own order."""
LEFT = 0.06
"""Seconds ahead of those in which a list is counted; what is found then stands in where order takes too long."""

Seek = Callable[[Boundary | None, int, bool], Awaitable[list[int]]]


class Turn(NamedTuple):
    """Which page of a list: on from a story or back from it; `start` says where it stood, if it is nowhere now."""

    step: Step = Step.FIRST
    story_id: int = 0
    start: int = 0


class Page(NamedTuple):
    """The stories of a page. `start` is None where nobody has counted how many stand before it."""

    ids: Sequence[int]
    total: Total
    start: int | None
    has_before: bool
    has_after: bool
    stands_in: bool = False  # the newest matches, for those in order were not found in time


class TooSlow(Exception):
    """A list that is not found in its own order in time."""


class Paging:
    """The pages of one list for one audience."""

    def __init__(
        self, database: Database, audience: Audience, selection: Selection, sieve: Sieve, order: Order
    ) -> None:
        self._database = database
        self._archive = audience.archive.id
        self._ratings = [rating for rating in Rating if rating <= audience.lists]
        self._selection = selection
        self._order = order if order is not Order.BEST or sieve.has_words else Order.TITLE
        self._left = PATIENCE
        self._newest: list[int] = []
        self.sieve = sieve

    async def page(self, turn: Turn) -> Page:
        """The page; where it is not found in time, one of the newest matches."""
        try:
            page = await self._in_order(turn)
        except TooSlow:
            return self._standing_in(turn)
        return page._replace(total=page.total._replace(more=True)) if self._selection.is_partial else page

    async def before(self, bounds: Boundary) -> int | None:
        """The last story ahead of a boundary."""
        try:
            found = await self._seek(bounds, 1, False)
        except TooSlow:
            return None
        return found[0] if found else None

    async def _in_order(self, turn: Turn) -> Page:
        if not self.sieve.ratings:
            return sliced([], (0, 0), turn.step)
        if self._selection.is_everything:
            number = await self._known("story", 0)
            if number > COUNTED:
                return await self._database.read(lambda db: self._along(db, self._walking(db), Total(number), turn))
        elif self._selection.one_name is not None and await self._known(*self._selection.one_name) > COUNTED:
            return await self._along(self._database.reader, self._seek, Total(COUNTED, more=True), turn)
        return await self._counted(turn)

    async def _counted(self, turn: Turn) -> Page:
        """A page of a list that turns out to be short when its stories are counted; they are put in order then."""
        found, finished = await lists.seek_newest(self._database.search, self.sieve, COUNTED + 1, LEFT)
        self._newest = found
        if not finished:
            raise TooSlow
        if self._order is Order.BEST:
            found = await self._seek(None, COUNTED + 1, True)
        elif len(found) <= COUNTED:
            found = await lists.sort(self._database.reader, self._order, found)
        else:
            return await self._along(self._database.reader, self._seek, Total(COUNTED, more=True), turn)
        return sliced(found, await self._place(found, turn), turn.step)

    async def _known(self, kind: str, key: Key) -> int:
        """How many stories have a key, which is kept."""
        return await tallies.stories(self._database.reader, self._archive, kind, [key], self._ratings)

    async def _seek(self, bounds: Boundary | None, limit: int, forward: bool) -> list[int]:
        if self._selection.is_everything:
            return await self._walking(self._database.reader)(bounds, limit, forward)
        began = time.monotonic()
        ids, finished = await lists.seek(
            self._database.search, self.sieve, self._order, bounds, limit, self._left, forward=forward
        )
        self._left -= time.monotonic() - began
        if not finished:
            raise TooSlow
        return ids

    def _walking(self, db: Reader) -> Seek:
        async def walk(bounds: Boundary | None, limit: int, forward: bool) -> list[int]:
            return await lists.page(db, self.sieve, self._order, bounds, limit, forward=forward)

        return walk

    async def _place(self, ids: Sequence[int], turn: Turn) -> tuple[int, int]:
        """Where the page before the boundary ends in a whole list, and where the one after it begins."""
        if turn.story_id in ids:
            place = ids.index(turn.story_id)
            return place, place + 1
        if self._order is Order.BEST or turn.step in (Step.FIRST, Step.LAST):
            return turn.start, turn.start
        bounds = await orders.boundary(self._database.reader, self._archive, self._order, turn.story_id)
        beyond = await self._seek(bounds, 1, True) if bounds is not None else []
        place = ids.index(beyond[0]) if beyond and beyond[0] in ids else len(ids)
        return place, place

    async def _along(self, db: Reader, seek: Seek, total: Total, turn: Turn) -> Page:
        """A page of a list that nobody counts along."""
        bounds = None
        if turn.step in (Step.PREVIOUS, Step.NEXT):
            bounds = await orders.boundary(db, self._archive, self._order, turn.story_id)
        forward = turn.step is Step.NEXT or (turn.step is not Step.LAST and bounds is None)
        ids = await seek(bounds, ROWS + 1, forward)
        if len(ids) <= ROWS and bounds is not None:  # too near to an end for a whole page
            forward, bounds = not forward, None
            ids = await seek(None, ROWS + 1, forward)
        beyond = len(ids) > ROWS
        ids = ids[:ROWS] if forward else ids[-ROWS:]
        behind = bounds is not None and await self._is_anything(db, seek, ids[0 if forward else -1], not forward)
        has_before, has_after = (behind, beyond) if forward else (beyond, behind)
        return Page(ids, total, 0 if not has_before else None, has_before, has_after)

    async def _is_anything(self, db: Reader, seek: Seek, story_id: int, forward: bool) -> bool:
        bounds = await orders.boundary(db, self._archive, self._order, story_id)
        return bool(await seek(bounds, 1, forward))

    def _standing_in(self, turn: Turn) -> Page:
        """A page of what was found while counting."""
        ids = self._newest
        place = bisect.bisect_left([-each for each in ids], -turn.story_id) if turn.story_id else 0
        page = sliced(ids, (place, place + (turn.story_id in ids)), turn.step)
        return page._replace(total=page.total._replace(more=True), stands_in=True)


def sliced(ids: Sequence[int], place: tuple[int, int], step: Step) -> Page:
    """A page of a list whose stories are all known, or a thousand of them."""
    total = Total(min(len(ids), COUNTED), more=len(ids) > COUNTED)
    last = max(0, total.number - ROWS)
    start = {
        Step.FIRST: 0,
        Step.PREVIOUS: max(0, min(place[0] - ROWS, last)),
        Step.NEXT: min(place[1], last) if place[1] >= total.number else place[1],
        Step.LAST: last,
    }[step]
    rows = ids[start : min(start + ROWS, total.number)]
    return Page(rows, total, start, start > 0, start + len(rows) < total.number)
