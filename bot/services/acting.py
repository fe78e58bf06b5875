"""This room is how a moderator's act is done: rights are asked in the transaction, and a replay acts no second time."""

import time
from collections.abc import Awaitable, Callable

from bot.domain import people
from bot.domain.people import Actor
from bot.store import desks, effects, ledger
from bot.store.database import Database, Reader, Writer
from bot.store.ledger import Act


class Acting:
    """Who may act for an archive, and what every act has in common."""

    def __init__(
        self,
        database: Database,
        home_server: int | None,
        wake: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.database = database
        self.now = clock
        self.home_server = home_server
        self.wake = wake

    async def admit(self, db: Reader, actor: Actor) -> None:
        """Lets moderators of the actor's archive through.

        Raises:
            NotYourDesk: the actor is none.
        """
        people.require(actor, await desks.keepers(db, actor.archive_id), self.home_server)

    async def reading(self, actor: Actor) -> Reader:
        """Where a moderator may look.

        Raises:
            NotYourDesk: the actor is none.
        """
        await self.admit(self.database.reader, actor)
        return self.database.reader

    async def once(self, actor: Actor, interaction_id: int, act: Callable[[Writer], Awaitable[str]]) -> str:
        """Does an act, unless this interaction did it before; returns what the actor is answered."""
        async with self.database.write() as db:
            await self.admit(db, actor)
            said = await effects.once(db, interaction_id, self.now(), lambda: act(db))
        self.wake()
        return said

    async def record(self, db: Writer, act: Act) -> int:
        return await ledger.record(db, act, self.now())
