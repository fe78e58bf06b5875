"""This room holds a bot under test as a process of its own, and reads what it costs from the kernel."""

import asyncio
import os
import re
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncGenerator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from tests.shared import CHECKOUT

PATIENCE = 30.0
"""Seconds that a process gets to do what it was asked, on the slowest machine."""
QUIET, IDLE_SHARE = 0.25, 0.02
"""A process is idle when it took less than this share of a core for that many seconds."""

T = TypeVar("T")


class BenchFailed(Exception):
    """A bot answered wrongly or not at all, so that its figures mean nothing."""


class BotProcess:
    """A process and its kernel accounts. All its threads count, those that have ended too."""

    def __init__(self, process: Process, started: float, errors: Path) -> None:
        self._process = process
        self._errors = errors
        self.started = started

    @property
    def cpu(self) -> float:
        """Seconds of CPU that it has taken, user and system, to the nanosecond.

        The clock's number is made as clock_getcpuclockid(3) makes it; Python has that call for threads alone.
        """
        return time.clock_gettime(~self._process.pid << 3 | 2)

    @property
    def rss(self) -> float:
        """Resident memory in MiB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text("ascii")
        found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
        assert found, status
        return int(found[1]) / 1024

    async def idle(self) -> None:
        """Until it has nothing left to do."""
        async with asyncio.timeout(PATIENCE):
            busy = True
            while busy:
                before = self.cpu
                await asyncio.sleep(QUIET)
                busy = self.cpu - before > QUIET * IDLE_SHARE

    async def meanwhile(self, work: Coroutine[Any, Any, T]) -> T:
        """What `work` gives, unless the process ends first or it takes too long."""
        working, ending = asyncio.ensure_future(work), asyncio.ensure_future(self._process.wait())
        await asyncio.wait({working, ending}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        if working.done():
            return working.result()
        working.cancel()
        raise BenchFailed(f"The bot did not get ready; the end of what it logged:\n{self._said()}")

    def _said(self) -> str:
        return self._errors.read_text("utf-8", "replace")[-2_000:]

    async def stop(self) -> int:
        """Asks it to end by SIGTERM, waits until it has, and gives its exit status."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            return await asyncio.wait_for(self._process.wait(), PATIENCE)
        except TimeoutError:
            self._process.kill()
            raise BenchFailed(f"The bot did not stop; the end of what it logged:\n{self._said()}") from None


@asynccontextmanager
async def running(arguments: Sequence[str], environment: Mapping[str, str], folder: Path) -> AsyncGenerator[BotProcess]:
    """`python -m ARGUMENTS` in `folder`, where no `.env` is found, until the block ends."""
    log = folder / "bot.log"
    settings = {**os.environ, "PYTHONPATH": str(CHECKOUT), **environment}
    with log.open("wb") as errors:
        started = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *arguments, env=settings, cwd=folder, stdin=DEVNULL, stdout=errors, stderr=errors
        )
    bot = BotProcess(process, started, log)
    try:
        yield bot
    finally:
        await bot.stop()
