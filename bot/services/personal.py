"""This room is everybody's own data: what is kept about them, in their hands, and gone when they say so."""

import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from bot.domain import forgetting
from bot.domain.forgetting import Forgetting
from bot.domain.personal import HOLDINGS
from bot.formats import holdings
from bot.store import effects, forgettings, oblivion, personal
from bot.store.database import Database, Writer
from bot.store.oblivion import Stays


class Asked(NamedTuple):
    """What goes when somebody is forgotten: rows by table; and what stays."""

    goes: dict[str, int]
    stays: Stays


class PersonalData:
    """What is kept about an account, for nobody but the account itself."""

    def __init__(
        self,
        database: Database,
        flush: Callable[[], Awaitable[None]],
        forgotten: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._flush = flush  # writes the places that are in memory alone
        self._forgotten = forgotten  # told after what was forgotten is on disk
        self._clock = clock

    async def export(self, user: int) -> bytes:
        """Everything that is kept about an account, as a zip of JSON and a page."""
        await self._flush()
        held = await self._database.read(lambda db: personal.held(db, user))
        return holdings.bundle(user, held, {each.table: f"{each.what}: {each.why}" for each in HOLDINGS}, self._clock())

    async def ask(self, user: int) -> Asked:
        """What would go and what would stay."""
        await self._flush()
        held = await self._database.read(lambda db: personal.held(db, user))
        stays = await oblivion.stays(self._database.reader, user, self._clock())
        return Asked({name: len(rows) for name, rows in held.items() if rows}, stays)

    async def forget(self, user: int, interaction_id: int) -> Stays:
        """Forgets an account, and says what stays; a press that comes twice forgets once."""
        await self._flush()

        async def act(db: Writer) -> str:
            now = self._clock()
            stays = await oblivion.stays(db, user, now)
            await self._forget(db, forgetting.person(user, now))
            return ",".join(map(str, stays))

        said = await self._database.transact(
            lambda db: effects.once(db, interaction_id, self._clock(), lambda: act(db))
        )
        self._forgotten()
        return Stays._make(map(int, said.split(",")))

    async def again(self, db: Writer, made: Forgetting) -> None:
        """Forgets in a copy somebody who was forgotten after it was made."""
        await self._forget(db, made)

    @staticmethod
    async def _forget(db: Writer, made: Forgetting) -> None:
        await oblivion.forget(db, made.told["user"], made.at)
        await forgettings.record(db, made)
        await oblivion.sweep(db)
