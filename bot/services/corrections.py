"""This room brings messages up to date that were sent before somebody changed their mind about an e-mail address."""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Mapping
from typing import Protocol

from bot.domain.delivery import LEASE, PATIENCE, RETRIES, Absent, Delivered, Later, NotYet, Outcome, Refused
from bot.domain.pacing import Pace
from bot.store import corrections, parcels
from bot.store.corrections import Correction
from bot.store.database import Database
from bot.store.parcels import Draw
from bot.store.sqlite import Writer

log = logging.getLogger(__name__)


class Editor(Protocol):
    """Whoever can change a message of ours."""

    async def correct(self, correction: Correction, payload: str, emails: Mapping[int, str]) -> Outcome:
        """Delivered: done; Absent: it is there no more; Refused: it can be edited no more; NotYet: Discord is out;
        else not now."""
        ...


class Corrections:
    """Edits one message after another; what fails is tried again like a letter."""

    def __init__(
        self,
        database: Database,
        editor: Editor,
        draw: Draw,
        pace: Pace,
        again: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._editor = editor
        self._draw = draw
        self._pace = pace
        self._again = again
        self._clock = clock
        self._jitter = jitter
        self._woken = asyncio.Event()

    def wake(self) -> None:
        self._woken.set()

    async def run(self) -> None:
        """Corrects until it is cancelled."""
        while True:
            self._woken.clear()
            if not await self.round():
                await self._rest()

    async def round(self) -> bool:
        """Corrects the message that is due, if one is."""
        now = self._clock()
        due = await corrections.next_due(self._database.reader)
        if due is None or max(due, self._pace.sends_at(now)) > now:
            return False
        async with self._database.write() as db:
            correction = await corrections.claim(db, now, now + LEASE)
        if correction is not None:
            await self._settle(correction, await self._correct(correction, now))
        return correction is not None

    async def _correct(self, correction: Correction, now: float) -> Outcome:
        db = self._database.reader
        try:
            payload = await parcels.redrawn(db, correction.parcel_id, self._draw, now)
            emails = await parcels.emails(db, correction.parcel_id, now)
            async with asyncio.timeout(PATIENCE):
                return await self._editor.correct(correction, payload, emails)
        except TimeoutError:
            return NotYet("it took too long")
        except Exception as error:
            log.exception("The message of parcel %s could not be corrected", correction.parcel_id)
            return Later(f"a bug: {type(error).__name__}")

    async def _settle(self, correction: Correction, outcome: Outcome) -> None:
        now = self._clock()
        async with self._database.write() as db:
            match outcome, correction.act:
                case Delivered() | Absent(), "delete":
                    await corrections.deleted(db, correction, now)
                case Delivered() | Absent(), _:
                    await corrections.done(db, correction)
                case Refused(), "edit":
                    await corrections.replace(db, correction, now)
                case _:
                    await self._put_off(db, correction, outcome, now)
        self._again()

    async def _put_off(self, db: Writer, correction: Correction, outcome: Outcome, now: float) -> None:
        """What nobody answered is tried again soon; what was answered, ever later."""
        out = isinstance(outcome, NotYet)
        delay = RETRIES[0 if out else min(correction.failures, len(RETRIES) - 1)]
        delay = max(delay * (1 + self._jitter() / 10), (isinstance(outcome, Later) and outcome.after) or 0.0)
        await corrections.put_off(db, correction, now + delay, counts=not out)
        log.warning("The message of parcel %s is corrected later: %s", correction.parcel_id, outcome)

    async def _rest(self) -> None:
        now = self._clock()
        due = await corrections.next_due(self._database.reader)
        patience = None if due is None else max(0.0, max(due, self._pace.sends_at(now)) - now)
        try:
            async with asyncio.timeout(patience):
                await self._woken.wait()
        except TimeoutError:
            return
