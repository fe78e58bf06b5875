"""This room feels whether the machine was too busy for a seed to say anything.

A letter's life is hurried forty times, and with it what keeps its parts apart: a try is given up a quarter of a second
before its lease is over, where it is ten seconds in life. Whoever waits longer than that for a processor meets what
nobody meets in life; a seed in which somebody did is let happen again where it found something.
"""

import asyncio
import os
import time
from collections import deque
from collections.abc import Iterable
from pathlib import Path

from tests.faults.bots import Bots

BEAT = 0.05
"""Seconds between two looks."""
WINDOW = 1.0
MARGIN = 0.25
"""Seconds of each `WINDOW` that a process may wait for a processor: what lies between patience and lease."""


class Pulse:
    """The longest that the local Discord or a bot waited within a second."""

    def __init__(self, bots: Bots) -> None:
        self.longest = 0.0
        self._bots = bots
        self._waited: dict[str, int] = {}
        self._beats: deque[float] = deque(maxlen=int(WINDOW / BEAT))

    @property
    def was_too_busy(self) -> bool:
        return self.longest > MARGIN

    async def beats(self) -> None:
        """Until it is cancelled."""
        while True:
            due = time.monotonic() + BEAT
            await asyncio.sleep(BEAT)
            self._feel(max(time.monotonic() - due, *self._waits()))

    def _feel(self, waited: float) -> None:
        self._beats.append(waited)
        self.longest = max(self.longest, sum(self._beats))

    def _waits(self) -> Iterable[float]:
        """Seconds that each thread was ready to run and did not, since the last look (proc_pid_schedstat(5))."""
        seen: dict[str, int] = {}
        for pid in (os.getpid(), *self._bots.running):
            for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
                seen[str(task)] = _waited(task)
        waits = [(waited - self._waited.get(task, waited)) / 1e9 for task, waited in seen.items()]
        self._waited = seen
        return waits or [0.0]


def _waited(task: Path) -> int:
    """Nanoseconds; a thread that is gone waited for nothing."""
    try:
        return int(task.read_text("ascii").split()[1])
    except (OSError, IndexError):
        return 0
