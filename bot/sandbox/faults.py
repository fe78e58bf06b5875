"""This room makes requests fail on purpose: held back, refused, or cut off, before or after their effect."""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

from .errors import Refusal

Moment = Literal["before", "after"]


class CutOff(Exception):
    """The connection is to be closed without an answer; `reset` sends RST where it would send FIN."""

    def __init__(self, *, reset: bool) -> None:
        super().__init__("cut off")
        self.reset = reset


@dataclass(eq=False)
class Pause:
    """One request that stops where it was told to, until it is released or dropped."""

    method: str
    path: re.Pattern[str]
    moment: Moment
    lasts: float | None = None
    """Seconds after which it goes on by itself."""
    _reached: asyncio.Event = field(default_factory=asyncio.Event)
    _decided: asyncio.Event = field(default_factory=asyncio.Event)
    _dropped: bool = False

    async def reached(self) -> None:
        await self._reached.wait()

    def release(self) -> None:
        self._decided.set()

    def drop(self) -> None:
        """Closes the connection without an answer."""
        self._dropped = True
        self._decided.set()

    async def meet(self) -> None:
        self._reached.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._decided.wait(), self.lasts)
        if self._dropped:
            raise CutOff(reset=False)


@dataclass(eq=False)
class Failure:
    method: str
    path: re.Pattern[str]
    moment: Moment
    times: int
    error: Exception

    async def meet(self) -> None:
        raise self.error


class Faults:
    """What is to go wrong, in the order it was asked for; each is met by the first request that fits.

    `*` is any method.
    """

    def __init__(self) -> None:
        self._waiting: list[Pause | Failure] = []
        self._held: list[Pause] = []

    def pause(self, method: str, path: str, moment: Moment, lasts: float | None = None) -> Pause:
        pause = Pause(method, re.compile(path), moment, lasts)
        self._waiting.append(pause)
        return pause

    def fail(
        self,
        method: str,
        path: str,
        *,
        status: int = 500,
        code: int = 0,
        times: int = 1,
        moment: Moment = "before",
        reset: bool = False,
    ) -> None:
        """The next `times` fitting requests end with `status` (or `code`'s own), or with a TCP reset."""
        error = CutOff(reset=True) if reset else _refusal(status, code)
        self._waiting.append(Failure(method, re.compile(path), moment, times, error))

    def clear(self) -> None:
        """Nothing goes wrong any more; what is held back is dropped."""
        self._waiting.clear()
        for pause in self._held:
            pause.drop()
        self._held.clear()

    async def meet(self, method: str, path: str, moment: Moment) -> None:
        for fault in self._waiting:
            if fault.moment == moment and fault.method in ("*", method) and fault.path.search(path):
                self._count(fault)
                await fault.meet()
                return

    def _count(self, fault: Pause | Failure) -> None:
        if isinstance(fault, Pause):
            self._held.append(fault)
            self._waiting.remove(fault)
            return
        fault.times -= 1
        if fault.times <= 0:
            self._waiting.remove(fault)


def _refusal(status: int, code: int) -> Refusal:
    return Refusal(code) if code else Refusal(0, status=status, message=f"{status}: Internal Server Error")
