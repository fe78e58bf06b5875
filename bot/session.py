"""This room keeps the gateway session over a restart, and says how long to wait between two attempts to connect."""

import json
from collections import Counter
from typing import Any, NamedTuple

from bot.store import memory
from bot.store.sqlite import Reader, Writer


class Saved(NamedTuple):
    """What a successor needs to RESUME (docs.discord.com, Gateway: Resuming)."""

    id: str
    sequence: int
    gateway: str


class Progress:
    """How far the events of a session are done: handlers finish out of order."""

    def __init__(self) -> None:
        self._session = ""
        self._open: Counter[int] = Counter()

    def begin(self, session: str, sequence: int) -> tuple[str, int]:
        """An event is taken up; returns what `end` wants."""
        self._enter(session)
        self._open[sequence] += 1
        return session, sequence

    def end(self, event: tuple[str, int]) -> None:
        session, sequence = event
        if session != self._session:
            return
        self._open[sequence] -= 1
        if not self._open[sequence]:
            del self._open[sequence]

    def reached(self, session: str, last: int) -> int:
        """The highest sequence number below which, and at which, everything is done, where `last` was read."""
        self._enter(session)
        return min(self._open, default=last + 1) - 1

    def _enter(self, session: str) -> None:
        """What was taken up in another session is nothing to this one."""
        if session != self._session:
            self._session = session
            self._open.clear()


async def recall(db: Reader, key: str) -> Saved | None:
    """The session that was kept under this key."""
    kept = await memory.recall(db, key)
    if kept is None:
        return None
    found: dict[str, Any] = json.loads(kept)
    return Saved(found["id"], found["sequence"], found["gateway"])


async def keep(db: Writer, key: str, session: Saved) -> None:
    """Keeps a session, in a transaction that is made anyway."""
    await memory.remember(db, key, json.dumps(session._asdict()))


class Backoff:
    """Pauses that double up to a cap, so that a Discord that is out is neither stormed nor left alone for long."""

    def __init__(self, cap: float) -> None:
        self._cap = cap
        self._failures = 0

    def pause(self, jitter: float) -> float:
        """Seconds to wait after one more failure, none after the first; `jitter` of 0 to 1 takes up to half away."""
        longest = min(self._cap, 2.0 ** min(self._failures, 30) - 1)
        self._failures += 1
        return longest * (1 - jitter / 2)

    def reset(self) -> None:
        """It works again."""
        self._failures = 0
