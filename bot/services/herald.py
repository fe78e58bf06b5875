"""This room brings news: what is new of what readers follow, each of them one message however much it is."""

import asyncio
import time
from collections.abc import Callable, Sequence

from bot.domain.delivery import DIGEST
from bot.formats.markdown import escape, shorten
from bot.store import notices, outbox, tidings
from bot.store.database import Database
from bot.store.sqlite import Writer
from bot.store.tidings import Standing, Tiding

EVERY = 30.0
"""Seconds between two rounds: news that nothing came after for so long are told."""
AT_ONCE = 20
"""News that are spread, or readers who are told, in one transaction: nobody waits for the lock for long."""
NAMED = 20
"""Stories that a notice names; of more it says how many."""
OPENED = 3
"""Stories that have a button under it."""


class Herald:
    """Makes notices of what happens in the archives."""

    def __init__(
        self, database: Database, wake: Callable[[], None] = lambda: None, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._wake = wake
        self._clock = clock
        self._newest: dict[int, int] = {}  # by archive: the newest of its news at the last round

    async def run(self) -> None:
        while True:
            await self.round()
            await asyncio.sleep(EVERY)

    async def round(self) -> None:
        """Takes back what no longer holds, then tells what nothing came after since the last round."""
        await self._take_back()
        standings = await tidings.standings(self._database.reader, self._clock())
        for standing in standings:
            if not standing.is_busy and self._newest.get(standing.archive_id) == standing.newest:
                await self._spread(standing)
        self._newest = {standing.archive_id: standing.newest for standing in standings}
        while await self._tell():
            self._wake()

    async def _take_back(self) -> None:
        async with self._database.write() as db:
            await tidings.settle(db)
        while found := await tidings.untrue(self._database.reader, AT_ONCE):
            async with self._database.write() as db:
                for archive_id, reader_id, key in found:
                    await notices.drop(db, archive_id, reader_id, key)
                    await tidings.untell(db, archive_id, reader_id, key)

    async def _spread(self, standing: Standing) -> None:
        now = self._clock()
        digest_at = (now // DIGEST + 1) * DIGEST
        count = AT_ONCE
        while count == AT_ONCE:
            async with self._database.write() as db:
                count = await tidings.spread(db, standing.archive_id, standing.newest, now, digest_at, AT_ONCE)

    async def _tell(self) -> int:
        """Tells some readers; returns to how many there was anything to tell or to forget."""
        now = self._clock()
        async with self._database.write() as db:
            readers = await tidings.due(db, now, AT_ONCE)
            for reader_id, archive_id in readers:
                told = await tidings.take(db, reader_id, archive_id, now)
                if told:
                    await _notice(db, reader_id, archive_id, told, now)
        return len(readers)


async def _notice(db: Writer, reader_id: int, archive_id: int, told: list[Tiding], now: float) -> None:
    key = f"news {told[-1].id}-{len(told)}-{now:.0f}"  # one that is told again is shorter by what no longer holds
    await outbox.notice(
        db,
        archive_id,
        reader_id,
        key,
        title="New in what you follow",
        text="\n".join(_lines(told)),
        now=now,
        buttons=[*_buttons(told), ("What you follow", "follows", 0), ("Notices", "settings")],
    )
    await tidings.tell(db, told, key)


def _lines(told: Sequence[Tiding]) -> list[str]:
    named = [_line(each) for each in told[:NAMED]]
    return [*named, f"… and {len(told) - NAMED:,} more: `/archive` shows the newest."] if told[NAMED:] else named


def _line(tiding: Tiding) -> str:
    name = f"**{escape(shorten(tiding.title, 100))}** by {escape(shorten(tiding.author, 60))}"
    if tiding.former_parts is None:
        return f"- {name}: a new story"
    first = tiding.former_parts + 1
    return f"- {name}: part {first}" if first == tiding.parts else f"- {name}: parts {first} to {tiding.parts}"


def _buttons(told: Sequence[Tiding]) -> list[outbox.Button]:
    return [(f"Open {shorten(each.title, 60)}", "open-news", each.story_id) for each in told[:OPENED]]
