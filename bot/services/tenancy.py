"""This room sees which servers the bot is still in: the archive of one that it left is kept a while, then erased."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection

from bot.store import archives
from bot.store.archives import Kept
from bot.store.database import Database

log = logging.getLogger(__name__)

EVERY = 6 * 3_600.0
"""Seconds between two looks. No event does it: none comes for what happened while the bot was out."""
KEPT = 30 * 86_400.0
"""Seconds for which the archive of a server that was left is kept."""

Servers = Callable[[], Awaitable[Collection[int]]]


class Tenancy:
    """Compares the archives of servers with the servers there are; the home archive stays whatever happens."""

    def __init__(
        self,
        database: Database,
        servers: Servers,
        erased: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._servers = servers
        self._erased = erased  # told when what is remembered of archives holds no more
        self._clock = clock

    async def run(self) -> None:
        while True:
            await self.round()
            await asyncio.sleep(EVERY)

    async def round(self) -> None:
        kept = await archives.of_servers(self._database.reader)
        if not kept:
            return
        here = await self._servers()
        now = self._clock()
        async with self._database.write() as db:
            await archives.left(db, [each.id for each in kept if each.guild_id not in here], now)
            await archives.found_again(db, [each.id for each in kept if each.guild_id in here])
        for each in await archives.of_servers(self._database.reader):
            if each.left_at is not None and each.left_at <= now - KEPT:
                await self._erase(each)

    async def _erase(self, archive: Kept) -> None:
        more = True
        while more:
            async with self._database.write() as db:
                more = await archives.erase_some(db, archive.id)
        async with self._database.write() as db:
            await archives.erase(db, archive.id)
        log.info("Erased archive %s: the bot left its server %s 30 days ago", archive.id, archive.guild_id)
        self._erased()
