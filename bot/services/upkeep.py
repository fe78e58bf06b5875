"""This room lets go of what was to be kept for a time only: addresses, drafts, messages, what interactions did."""

import asyncio
import time
from collections.abc import Callable

from bot.domain.forgetting import PERSONS_KEPT
from bot.store import ages, drafts, effects, forgettings, letters, oblivion, proposals, uploads
from bot.store.database import Database

EVERY = 600.0
"""Seconds between two rounds."""
AT_ONCE = 200
"""Addresses forgotten in one transaction: nobody who waits for the writer waits long."""


class Upkeep:
    """Forgets what is over its time."""

    def __init__(
        self, database: Database, wake: Callable[[], None] = lambda: None, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._wake = wake
        self._clock = clock

    async def run(self) -> None:
        while True:
            await self.round()
            await asyncio.sleep(EVERY)

    async def round(self) -> None:
        now = self._clock()
        async with self._database.write() as db:
            await effects.prune(db, now)
            await drafts.prune(db, now)
            await uploads.prune(db, now)
            await proposals.prune(db, now)
        async with self._database.write() as db:
            await oblivion.sweep(db)
            await ages.prune(db, now)
            off_the_list = await forgettings.prune_persons(db, now - PERSONS_KEPT)
        if off_the_list:
            self._wake()
        while await self._forget_addresses(now):
            self._wake()

    async def _forget_addresses(self, now: float) -> int:
        async with self._database.write() as db:
            return await letters.expire_emails(db, now, limit=AT_ONCE)
