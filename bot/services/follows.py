"""This room is following: whom and what a reader wants to have news of."""

import time
from collections.abc import Callable
from typing import NamedTuple

from bot.domain.access import Audience
from bot.domain.errors import FollowsFull, Gone
from bot.domain.subjects import Kind, Subject
from bot.store import follows, subjects
from bot.store.database import Database
from bot.store.follows import Follow

ROWS = 20
"""Things on one page of what a reader follows."""
MOST = 1_000
"""Things that one reader may follow in an archive."""


class FollowsView(NamedTuple):
    """A page of what a reader follows."""

    rows: list[Follow]
    start: int
    total: int


class Follows:
    """What whoever asks follows, and nobody else."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    async def follow(self, audience: Audience, kind: Kind, subject_id: int) -> Subject:
        """Follows an author, a series or a story that may be known of here; twice is once.

        Raises:
            Gone: nothing of it is listed here.
            FollowsFull: the reader follows a thousand things.
        """
        async with self._database.write() as db:
            subject = await subjects.get(db, audience, kind, subject_id)
            if subject is None:
                raise Gone(kind.noun)
            is_new = not await follows.has(db, audience, subject)
            if is_new and await follows.amount(db, audience) >= MOST:
                raise FollowsFull(MOST)
            await follows.add(db, audience, subject, self._clock())
        return subject

    async def let_go(self, audience: Audience, kind: Kind, subject_id: int) -> Subject | None:
        """Follows something no more; returns it as far as it may be known of here."""
        async with self._database.write() as db:
            await follows.remove(db, audience, kind, subject_id)
        return await subjects.get(self._database.reader, audience, kind, subject_id)

    async def drop(self, audience: Audience, follow_id: int) -> None:
        """Lets go of one thing on the reader's own list."""
        async with self._database.write() as db:
            await follows.drop(db, audience.reader, follow_id)

    async def page(self, audience: Audience, start: int = 0) -> FollowsView:
        """The page of the reader's list that has row `start`, or the last one."""
        total = await follows.count(self._database.reader, audience)
        start = min(start, max(0, total - 1)) // ROWS * ROWS
        return FollowsView(await follows.seen(self._database.reader, audience, start, ROWS), start, total)
