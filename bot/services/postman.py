"""This room carries letters and notices from the outbox to whom they are for, each exactly once."""

import asyncio
import logging
import math
import random
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import NamedTuple, Protocol

from bot.domain.clocks import PlanClock
from bot.domain.delivery import (
    PATIENCE,
    RETRIES,
    Absent,
    Delivered,
    Moved,
    Never,
    Outcome,
    State,
    Step,
    Trip,
    Unknown,
    in_doubt,
    may_repeat,
    next_step,
)
from bot.domain.pacing import Pace, Stop
from bot.domain.tally import Tally
from bot.store import doors, lines, outbox, parcels
from bot.store.database import Database
from bot.store.parcels import Draw, Parcel
from bot.store.sqlite import Reader, Writer

log = logging.getLogger(__name__)

WATCH = 0.5
"""Seconds between two looks at whether another process has written; a fresh link sends within two seconds."""
AT_ONCE = 40
"""Parcels on their way at the same time: one that hangs holds up only its own line."""
WHEN_FLAGGED = (
    "direct messages that are open go on, no new one is opened but for one try a day, and letters wait meanwhile."
    " Appeal in Discord's developer portal; once Discord takes a try, all goes on by itself."
)
"""What to know and to do about 20026, behind who says so."""
SET = 5.0
"""Seconds by which the wall clock and the steady one may differ before the wall clock must have been set."""


expires: ContextVar[float] = ContextVar("expires", default=math.inf)
"""From when on, by the steady clock, what a task would send may be in somebody else's hands. A process that was frozen
goes on where it stood, be it between two of the repetitions that discord.py makes by itself: each request asks."""


Nudges = list[tuple[int, str]]
"""Channels, each with the pen name of whom to nudge there."""


class Courier(Protocol):
    """Whoever can bring a message to an account."""

    async def open(self, user_id: int) -> int | Outcome:
        """The id of the DM channel, or why there is none."""
        ...

    async def deliver(self, parcel: Parcel, channel_id: int) -> Outcome:
        """Sends the message under its nonce: twice within the window is once."""
        ...

    async def find(self, parcel: Parcel, channel_id: int) -> Outcome:
        """Looks for a message that may have arrived: Delivered, Absent, or Unknown where it cannot tell."""
        ...

    async def nudge(self, channel_id: int, author: str) -> None:
        """Says in a channel that letters wait, and nothing of them."""
        ...


class Clocks(NamedTuple):
    """Time and chance."""

    now: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic
    jitter: Callable[[], float] = random.random
    nonce: Callable[[], str] = lambda: secrets.token_hex(12)


class Postman:
    """Takes what is due out of the outbox, several lines at once, and writes down what became of it."""

    def __init__(
        self,
        database: Database,
        courier: Courier,
        draw: Draw,
        pace: Pace,
        clocks: Clocks,
        arrived: Callable[[], None] = lambda: None,
        patience: float = PATIENCE,
        *,
        planned: PlanClock | None = None,
        tally: Tally | None = None,
    ) -> None:
        """`planned`: the clock that the courier plans by too, where it plans anything."""
        self._database = database
        self._courier = courier
        self._draw = draw
        self._pace = pace
        self._clocks = clocks
        self._arrived = arrived
        self._patience = patience
        self._tally = Tally() if tally is None else tally
        self._woken = asyncio.Event()
        self._stopping = False
        self._on_their_way: set[asyncio.Task[None]] = set()
        self._first_tries: dict[int, float] = {}
        """By parcel, for those whose outcome is open: when it was first sent, by the steady clock."""
        self._planned = planned or PlanClock(clocks.now, clocks.steady)
        self._stop: Stop | None = None
        """As it is kept."""

    def wake(self) -> None:
        """There may be something to do: a new letter, a new link."""
        self._woken.set()

    def stop(self) -> None:
        """Ends `run` after the parcels that are on their way."""
        self._stopping = True
        self._woken.set()

    async def reconnected(self) -> None:
        """Discord is back: whatever waits because nobody answered wants its turn now."""
        self._pace.speak_again()
        await self._database.transact(lambda db: lines.hasten(db, self._planned()))
        self._woken.set()

    async def run(self) -> None:
        """Delivers until it is stopped. Leases of a process that died are taken back first."""
        await self._begin()
        try:
            while not self._stopping:
                self._woken.clear()
                await self._rest(None if len(self._on_their_way) >= AT_ONCE else await self._start_next())
            await asyncio.gather(*self._on_their_way)
        finally:
            for task in self._on_their_way:
                task.cancel()

    async def _begin(self) -> None:
        now = await self._mind_the_clock()
        await self._database.transact(lambda db: parcels.release(db, now))
        self._pace.take_up(await doors.openings(self._database.reader, now), now)
        self._stop = await doors.stopped(self._database.reader)
        self._pace.go_on_pausing(self._stop, now)
        if self._stop is not None and self._stop.flagged:
            log.critical("Discord has flagged this bot: %s", WHEN_FLAGGED)

    async def _start_next(self) -> float | None:
        """Sends somebody out with the parcel that is due.

        Returns after how many seconds there is something to do next; None where only somebody can wake us.
        """
        until = self._clocks.steady() + self._patience  # asked first: whatever comes in between is the try's loss
        now = await self._mind_the_clock()
        due = await self._next_due(now)
        if due is None or due > now:
            return due and due - now
        may_open = self._pace.opens_at(now) <= now
        parcel = await self._database.transact(lambda db: self._claim(db, may_open=may_open))
        if parcel is not None:
            self._send_out(parcel, now, until)
        return 0.0

    async def _claim(self, db: Writer, *, may_open: bool) -> Parcel | None:
        """Leases what is due, unless its channel has to rest first."""
        now = self._planned()
        await outbox.join_lines(db, now)
        line = await lines.due(db, now, may_open=may_open)
        if line is None:
            return None
        account = await lines.recipient(db, line)
        channel = None if account is None else await doors.channel(db, account)
        if channel is not None and (at := self._pace.channel_at(channel, now)) > now:
            await lines.plan(db, line, at)
            return None
        return await parcels.claim(db, line, self._draw, self._clocks.nonce(), now)

    def _send_out(self, parcel: Parcel, now: float, until: float) -> None:
        if parcel.channel_id is None:
            self._pace.opened(now)
        else:
            self._pace.sent(parcel.channel_id, now)
        task = asyncio.create_task(self._bring(parcel, until), name=f"parcel {parcel.id}")
        self._on_their_way.add(task)
        task.add_done_callback(self._came_back)

    def _came_back(self, task: asyncio.Task[None]) -> None:
        self._on_their_way.discard(task)
        self._woken.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("What became of %s could not be written down", task.get_name(), exc_info=error)

    async def _bring(self, parcel: Parcel, until: float) -> None:
        await self._settle(parcel, await self._carry(parcel, until))

    async def _carry(self, parcel: Parcel, until: float) -> Outcome:
        """One try, which has its time since before the parcel was leased: a process may be frozen in between.

        Whatever happens to it, the parcel has an outcome.
        """
        expires.set(until)
        try:
            async with asyncio.timeout(until - self._clocks.steady()):
                await asyncio.sleep(0)  # where the time is over, nothing begins
                return await self._try(parcel)
        except TimeoutError:
            return Unknown("it took too long", silent=True)
        except Exception as error:
            log.exception("Parcel %s met a bug on its way", parcel.id)
            return Unknown(f"a bug: {type(error).__name__}")

    async def _try(self, parcel: Parcel) -> Outcome:
        channel_id = parcel.channel_id
        if channel_id is None:
            opened = await self._open(parcel.user_id)
            if not isinstance(opened, int):
                return in_doubt(opened) if parcel.repeated else opened
            channel_id = opened
        if not parcel.repeated:
            self._first_tries[parcel.id] = self._clocks.steady()
            return await self._courier.deliver(parcel, channel_id)
        if may_repeat(self._first_tries.get(parcel.id), self._clocks.steady()):
            return in_doubt(await self._courier.deliver(parcel, channel_id))
        return await self._look_for(parcel, channel_id)

    async def _look_for(self, parcel: Parcel, channel_id: int) -> Outcome:
        """Where it is not there it goes out as it is, under its nonce: an earlier try may be on its way even now."""
        found = await self._courier.find(parcel, channel_id)
        if not isinstance(found, Absent) or not parcel.holds:
            return found
        self._first_tries[parcel.id] = self._clocks.steady()
        return await self._courier.deliver(parcel, channel_id)

    async def _open(self, user_id: int) -> int | Outcome:
        asked = self._planned()
        opened = await self._courier.open(user_id)
        if isinstance(opened, int):
            if self._pace.let_open(asked):
                log.warning("Discord lets direct messages be opened again")
            self._pace.sent(opened, self._planned())
            await self._database.transact(lambda db: doors.opened(db, user_id, opened, self._planned()))
        return opened

    async def _settle(self, parcel: Parcel, outcome: Outcome) -> None:
        stop, kept = self._pace.stop, self._stop

        async def write_down(db: Writer) -> tuple[Step, Nudges] | None:
            now = self._planned()
            step = next_step(outcome, parcel.failures, now, self._clocks.jitter())
            if not await parcels.settle(db, parcel, step, now):
                return None
            if stop != kept:
                await doors.keep_stop(db, stop)
            return step, await _learn(db, parcel, outcome, now)

        settled = await self._database.transact(write_down)
        if settled is None:
            log.warning("Parcel %s came back late: another has taken it over", parcel.id)
            return
        step, nudges = settled
        self._stop = stop
        self._remember(parcel, outcome, step)
        self._arrived()
        for channel_id, author in nudges:
            await self._courier.nudge(channel_id, author)

    def _remember(self, parcel: Parcel, outcome: Outcome, step: Step) -> None:
        if step.state is State.PARKED:
            log.error("Parcel %s is parked: %s", parcel.id, step.problem)
        if step.trip is not Trip.UNKNOWN:
            self._first_tries.pop(parcel.id, None)
        self._tally.tries[type(outcome).__name__.lower()] += 1
        if isinstance(outcome, Delivered):
            self._tally.delivered += parcel.load

    async def _mind_the_clock(self) -> float:
        """Where the wall clock was set, what is planned by it moves along. Returns what it says."""
        jump, ahead = self._planned.behind(), self._planned.ahead
        if abs(jump) < SET:
            self._planned.ahead += jump
            return self._planned()
        log.warning("The clock was set by %+.0f seconds; what is planned moves along", jump)
        try:
            await self._database.transact(lambda db: self._set(db, jump, ahead + jump))
        except BaseException:
            self._planned.ahead = ahead  # nothing was moved
            raise
        self._pace.shift(jump)
        return self._planned()

    async def _set(self, db: Writer, jump: float, ahead: float) -> None:
        """In one with the plans, so that whatever is planned next goes by the new clock."""
        self._planned.ahead = ahead
        await lines.shift(db, jump, self._planned())

    async def _next_due(self, now: float) -> float | None:
        """When there is something to do, in seconds since the epoch; None where only somebody can wake us."""
        known, new, dated = await self._database.read(_turns)
        times = [known, None if new is None else max(new, self._pace.opens_at(now)), dated]
        due = min((at for at in times if at is not None), default=None)
        return None if due is None else max(due, self._pace.sends_at(now))

    async def _rest(self, seconds: float | None) -> None:
        """So long, or until somebody wakes us."""
        if seconds == 0.0:
            return
        try:
            async with asyncio.timeout(seconds and min(seconds, RETRIES[-1])):
                await self._woken.wait()
        except TimeoutError:
            return


async def _learn(db: Writer, parcel: Parcel, outcome: Outcome, now: float) -> Nudges:
    """What an outcome tells of the way to the account; returns in which channels to nudge whom."""
    match outcome:
        case Delivered():
            await parcels.delivered(db, parcel, outcome, now)
        case Never():
            await parcels.closed(db, parcel, now)
            return await doors.nudges(db, parcel.user_id, now)
        case Moved() | Unknown(moved=True):
            await doors.lost(db, parcel.user_id)
        case _:
            pass
    return []


async def _turns(db: Reader) -> tuple[float | None, float | None, float | None]:
    """When the next known door, the next new one and the next date want their turn."""
    known, new = await lines.next_due(db, opens=False), await lines.next_due(db, opens=True)
    return known, new, await outbox.next_date(db)


async def watch(database: Database, changed: Callable[[], None]) -> None:
    """Calls `changed` whenever another process has written to the database; runs until it is cancelled."""
    seen = await database.version()
    while True:
        await asyncio.sleep(WATCH)
        version = await database.version()
        if version != seen:
            seen = version
            changed()
