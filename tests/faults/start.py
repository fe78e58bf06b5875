"""This room starts the bot for a seed: `python -m tests.faults.start` instead of `python -m bot run`.

It is the bot as it stands, in a hurry: the hours and minutes of a letter's life pass forty times as fast, or no seed
would see a retry. SIGUSR1 and SIGUSR2 put its clock an hour of those ahead and back, as a clock that is set does.
"""

import argparse
import contextlib
import signal
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import aiosqlite

    from bot.store.sqlite import Writer

HURRY = 40.0
JUMP = 3_600.0 / HURRY
SLOW = 0.008
"""Seconds that a statement takes on a slow disk."""


class Clock:
    """`time.time`, and what has been added to it."""

    def __init__(self, real: Callable[[], float]) -> None:
        self._real = real
        self._ahead = 0.0

    def __call__(self) -> float:
        return self._real() + self._ahead

    def jump(self, number: int, _frame: FrameType | None) -> None:
        self._ahead += JUMP if number == signal.SIGUSR1 else -JUMP


def jumping() -> None:
    """Gives the process a clock that jumps; before anything of the bot is imported, which takes the clock along."""
    clock = Clock(time.time)
    time.time = clock
    for number in (signal.SIGUSR1, signal.SIGUSR2):
        signal.signal(number, clock.jump)


def hurry() -> None:
    """Shortens what a letter waits for; before anything of the bot is imported that takes it along."""
    from bot.domain import delivery, pacing

    delivery.NONCE_WINDOW /= HURRY
    delivery.PATIENCE /= HURRY
    delivery.LEASE /= HURRY
    delivery.CLOSED /= HURRY
    delivery.RETRIES = tuple(delay / HURRY for delay in delivery.RETRIES)
    pacing.OPENING_PAUSE /= HURRY * 10
    from bot.ui import courier

    courier.BANNED /= HURRY
    courier.UNREACHABLE /= HURRY
    from bot import client

    client.RETRY /= HURRY
    from bot import connection

    connection.BETWEEN_SESSIONS = (0.1, 0.5)


def slow_disk() -> None:
    """Gives whatever ends the process the time to come between two statements."""
    from bot.store import sqlite

    prepare = sqlite._prepare

    async def prepare_slow(writer: "aiosqlite.Connection") -> None:
        await prepare(writer)
        traced: Any = writer
        await traced.set_trace_callback(_slowly)

    sqlite._prepare = prepare_slow


def _slowly(statement: str) -> None:
    """Hears of each statement in the thread that carries it out."""
    if statement.startswith(("INSERT", "UPDATE", "DELETE")):
        time.sleep(SLOW)


def beside() -> None:
    """Serves although another process does, which may be dead or frozen: its leases count until they are over.

    One that a clock gave which stood ahead, and that nobody lived to set right, counts for as long as any does.
    """
    from bot import running
    from bot.domain.delivery import LEASE
    from bot.store import parcels

    async def release(db: "Writer", now: float) -> None:
        latest = now + LEASE
        await db.run("UPDATE parcels SET lease_until = :latest WHERE lease_until > :latest", latest=latest)
        await db.run(
            "UPDATE lines SET due_at = :latest WHERE due_at > :latest AND id IN"
            " (SELECT line_id FROM parcels WHERE state = 'leased')",
            latest=latest,
        )

    running.sole_server = _anybody
    parcels.release = release


@contextlib.contextmanager
def _anybody(_path: Path) -> Generator[None]:
    """In place of the lock of the only server."""
    yield


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.start", description=__doc__)
    parser.add_argument("--beside", action="store_true", help="serve although another process does")
    parser.add_argument("--slow-disk", action="store_true", help="let every statement that writes take a while")
    parser.add_argument("--mutant", help="with this taken out (tests/faults/mutants.py)")
    given = parser.parse_args()
    jumping()
    hurry()
    from bot import __main__
    from tests.faults import mutants

    if given.slow_disk:
        slow_disk()
    if given.beside:
        beside()
    if given.mutant:
        mutants.MUTANTS[given.mutant]()
    return __main__.main(["run"])


if __name__ == "__main__":
    sys.exit(main())
