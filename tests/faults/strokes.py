"""This room is the hand that lets the strokes of a plan fall."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from typing import TypeVar, cast

from bot.sandbox import Person, Sandbox
from bot.sandbox.faults import Moment
from bot.sandbox.interactions import MODAL_SUBMIT
from tests.faults.bots import Bots
from tests.faults.plan import Kind, Plan, Stroke
from tests.faults.weather import SENDING, Weather

ROOM_ON_DISK = 4_096
"""Bytes a file may have while the disk is full: what is in it stays, and nothing is added."""
STORING = 0.03
"""Seconds after a form was sent in which its letter is being stored."""
SETTLING = 0.15
"""Seconds after a letter was sent in which that is written down."""
PATIENCE = 0.7
"""Seconds that a stroke waits for the moment it is meant for."""
LEASE = 1.3
"""Seconds after which the hurried bot takes over what another held."""
FLOOD = 40003
T = TypeVar("T")


class Hand:
    """Lets one stroke fall after another, each in its time; a process that is gone is started again at once."""

    def __init__(
        self,
        plan: Plan,
        sandbox: Sandbox,
        bots: Bots,
        weather: Weather,
        authors: list[Person],
        clock: Callable[[], float],
    ) -> None:
        self._plan = plan
        self._sandbox = sandbox
        self._bots = bots
        self._weather = weather
        self._authors = authors
        self._clock = clock
        self._acts: dict[Kind, Callable[[Stroke], Awaitable[None]]] = {
            Kind.KILL: self._kill,
            Kind.KILL_SENDING: self._kill_sending,
            Kind.KILL_SENT: self._kill_sent,
            Kind.KILL_STORING: self._kill_storing,
            Kind.TERM: self._term,
            Kind.FREEZE: self._freeze,
            Kind.OVERTAKE: self._overtake,
            Kind.RECONNECT: lambda _: self._sandbox.reconnect(7),
            Kind.INVALID: lambda _: self._sandbox.reconnect(9, resumable=True),
            Kind.FORGET: lambda _: self._sandbox.reconnect(9),
            Kind.DROP: lambda _: self._sandbox.drop_gateway(),
            Kind.REPLAY: self._replay,
            Kind.CLOSE_DMS: self._close_dms,
            Kind.FLOOD: self._flood,
            Kind.DISK_FULL: self._disk_full,
            Kind.CLOCK_AHEAD: lambda stroke: self._jump(stroke, signal.SIGUSR1, signal.SIGUSR2),
            Kind.CLOCK_BEHIND: lambda stroke: self._jump(stroke, signal.SIGUSR2, signal.SIGUSR1),
        }

    async def falls(self) -> None:
        """Every stroke of the plan."""
        began = self._clock()
        for stroke in self._plan.strokes:
            await asyncio.sleep(max(0.0, began + stroke.at - self._clock()))
            if stroke.kind in GATEWAY:
                self._bots.absent()
            await self._acts[stroke.kind](stroke)

    async def _kill(self, _stroke: Stroke) -> None:
        await self._bots.kill()
        await self._bots.start()

    async def _kill_sending(self, stroke: Stroke) -> None:
        await self._kill_when_sending(stroke, "before")

    async def _kill_sent(self, stroke: Stroke) -> None:
        await self._kill_when_sending(stroke, "after")

    async def _kill_when_sending(self, stroke: Stroke, wanted: Moment) -> None:
        """It is dead before the request has an effect, or before it can read of it."""
        with self._sends(wanted, then=lambda: self._strike(signal.SIGKILL)) as sent:
            await self._waits(sent)
        await self._kill(stroke)

    @contextmanager
    def _sends(
        self, wanted: Moment, only: str | None = None, then: Callable[[], None] = lambda: None
    ) -> Generator[asyncio.Future[str]]:
        """The path of the next request that sends a letter; `then` is done before that goes on."""
        sent: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def watch(path: str, moment: Moment) -> None:
            if moment == wanted and path == (only or path) and not sent.done():
                then()
                sent.set_result(path)

        self._weather.watchers.append(watch)
        yield sent
        self._weather.watchers.remove(watch)

    def _strike(self, number: signal.Signals) -> None:
        self._bots.absent()
        self._bots.signal(number)

    async def _kill_storing(self, stroke: Stroke) -> None:
        """A moment after the next form was sent."""
        sent = asyncio.Event()
        self._sandbox.event_listeners.append(
            listener := lambda event: sent.set() if _is_form(event.t, event.d) else None
        )
        await self._waits(sent.wait())
        self._sandbox.event_listeners.remove(listener)
        await asyncio.sleep(STORING * stroke.chance)
        await self._kill(stroke)

    async def _waits(self, moment: Awaitable[T], patience: float = PATIENCE) -> T | None:
        try:
            return await asyncio.wait_for(moment, patience)
        except TimeoutError:
            return None

    async def _term(self, _stroke: Stroke) -> None:
        await self._bots.stop()
        await self._bots.start()

    async def _freeze(self, stroke: Stroke) -> None:
        """Up to twice as long as a lease."""
        self._strike(signal.SIGSTOP)
        await asyncio.sleep(stroke.lasts * 2)
        self._bots.signal(signal.SIGCONT)
        self._bots.present()

    async def _overtake(self, stroke: Stroke) -> None:
        """Its successor sends what it had in its hands; then it wakes up, hears of its own try, and dies later."""
        late, held = self._bots.process, self._sandbox.pause("POST", SENDING.pattern, moment="after")
        with self._sends("after") as sent:
            path = await self._waits(sent)
        self._strike(signal.SIGSTOP)
        await self._bots.let_go_of_the_database()
        with self._sends("after", path) as sent:
            await self._bots.start(beside=True)
            await self._waits(sent, LEASE)
        await asyncio.sleep(SETTLING)
        held.release()
        self._bots.signal(signal.SIGCONT, late)
        await asyncio.sleep(SETTLING + stroke.lasts / 2)
        await self._bots.kill(late)
        await asyncio.sleep(STORING)  # until its end of the gateway is gone: the other one may have lost its own to it
        if self._sandbox.connected:
            self._bots.present()

    async def _replay(self, _stroke: Stroke) -> None:
        for _ in range(2):
            self._sandbox.replay()

    async def _close_dms(self, stroke: Stroke) -> None:
        self._authors[int(stroke.chance * len(self._authors))].closes_dms()

    async def _flood(self, stroke: Stroke) -> None:
        self._sandbox.refuse_dms(FLOOD)
        await asyncio.sleep(stroke.lasts)
        self._sandbox.refuse_dms(None)

    async def _disk_full(self, stroke: Stroke) -> None:
        self._bots.limit_files(ROOM_ON_DISK)
        await asyncio.sleep(stroke.lasts)
        self._bots.limit_files(-1)

    async def _jump(self, stroke: Stroke, there: signal.Signals, back: signal.Signals) -> None:
        self._bots.signal(there)
        await asyncio.sleep(stroke.lasts)
        self._bots.signal(back)


GATEWAY = {Kind.RECONNECT, Kind.INVALID, Kind.FORGET, Kind.DROP}


def _is_form(name: str | None, data: object) -> bool:
    return name == "INTERACTION_CREATE" and cast("dict[str, object]", data)["type"] == MODAL_SUBMIT
