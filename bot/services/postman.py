"""This room carries letters from the outbox to their authors, each exactly once."""

import asyncio
import logging
import random
import time
from collections.abc import Callable
from typing import Protocol

from bot.domain.delivery import PATIENCE, Delivered, Never, Outcome, State, Unknown, in_doubt, may_repeat, next_step
from bot.store import letters
from bot.store.database import Database
from bot.store.letters import Parcel

log = logging.getLogger(__name__)

WATCH = 0.5
"""Seconds between two looks at whether another process has written; a fresh link sends within two seconds."""


class Courier(Protocol):
    """Whoever can bring a letter to an account."""

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Sends the letter under its nonce: twice within the window is once."""
        ...

    async def find(self, parcel: Parcel) -> Outcome:
        """Looks for a letter that may have arrived and sends it where it has not; Unknown where it cannot look."""
        ...


class Postman:
    """Takes what is due out of the outbox, one letter after another, and writes down what became of it."""

    def __init__(
        self,
        database: Database,
        courier: Courier,
        clock: Callable[[], float] = time.time,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._courier = courier
        self._clock = clock
        self._jitter = jitter
        self._woken = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """There may be something to do: a new letter, a new link."""
        self._woken.set()

    def stop(self) -> None:
        """Ends `run` after the letter that is on its way."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Delivers until it is stopped. Leases of a process that died are taken back first."""
        async with self._database.write() as db:
            await letters.release(db, self._clock())
        while not self._stopping:
            self._woken.clear()
            if not await self.round():
                await self._rest()

    async def round(self) -> bool:
        """Delivers the letter that is due, if one is; False where none was."""
        async with self._database.write() as db:
            parcel = await letters.claim(db, self._clock())
        if parcel is None:
            return False
        await self._settle(parcel, await self._carry(parcel))
        return True

    async def _carry(self, parcel: Parcel) -> Outcome:
        """One try; whatever happens to it, the letter has an outcome and the next one its turn."""
        try:
            async with asyncio.timeout(PATIENCE):
                if not parcel.repeated:
                    return await self._courier.deliver(parcel)
                if may_repeat(parcel.first_try_at, self._clock()):
                    return in_doubt(await self._courier.deliver(parcel))
                return await self._courier.find(parcel)
        except TimeoutError:
            return Unknown("it took too long")
        except Exception as error:
            log.exception("Letter %s met a bug on its way", parcel.letter_id)
            return Unknown(f"a bug: {type(error).__name__}")

    async def _settle(self, parcel: Parcel, outcome: Outcome) -> None:
        now = self._clock()
        step = next_step(outcome, parcel.failures, now, self._jitter())
        if step.state is State.PARKED:
            log.error("Letter %s is parked: %s", parcel.letter_id, step.problem)
        async with self._database.write() as db:
            if not await letters.settle(db, parcel, step):
                return
            if isinstance(outcome, Delivered):
                await letters.delivered(db, parcel, outcome, now)
            elif isinstance(outcome, Never):
                await letters.closed(db, parcel, now)

    async def _rest(self) -> None:
        """Until the next letter is due or somebody wakes us."""
        due = await letters.next_due(self._database.reader)
        patience = None if due is None else max(0.0, due - self._clock())
        try:
            async with asyncio.timeout(patience):
                await self._woken.wait()
        except TimeoutError:
            return


async def watch(database: Database, changed: Callable[[], None]) -> None:
    """Calls `changed` whenever another process has written to the database; runs until it is cancelled."""
    seen = await database.version()
    while True:
        await asyncio.sleep(WATCH)
        version = await database.version()
        if version != seen:
            seen = version
            changed()
