"""This room holds the bot's processes of a seed, and writes down when one of them was there to answer."""

import asyncio
import resource
import signal
import sqlite3
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

from bot.sandbox import GatewayEvent, Sandbox
from tests.faults.history import Presence
from tests.process.running import environment

PATIENCE = 20.0
"""Seconds that a process gets to begin or to end, on the slowest machine."""
LOGGED = 4_000
"""Lines of what the processes log that are kept."""


MOMENT = 0.005
"""Seconds in which a signal has reached every thread."""
DATABASE = "archive.db"
PLAIN, HURRIED = ("bot", "run"), ("tests.faults.start",)
"""What to start: the bot as an operator has it, or in a hurry (tests/faults/start.py)."""


HURRIED_SETTINGS = {
    "DM_SECONDS": "0.105",
    "DM_OPENING_SECONDS": "0.15",
    "DM_OPENINGS_PER_DAY": "10000",
    "RECONNECT_SECONDS": "1",
}
"""As far in a hurry as the rest of a seed."""


class BotEnded(Exception):
    """A process ended though nobody had told it to."""


class Bots:
    """One process that serves; for a while two. Presences are what lies between its hello and the next stroke."""

    def __init__(
        self,
        sandbox: Sandbox,
        folder: Path,
        now: Callable[[], float],
        command: Sequence[str],
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.log: deque[str] = deque(maxlen=LOGGED)
        self.presences: list[Presence] = []
        self.started: list[float] = []
        self.process: Process | None = None
        self._all: list[Process] = []
        self._sandbox = sandbox
        self._folder = folder
        self._now = now
        self._command = command
        self._settings = settings
        self._since: float | None = None
        self._resumed = False
        self._greeted = asyncio.Event()
        self._reading: set[asyncio.Task[None]] = set()
        sandbox.event_listeners.append(self._hear)

    def _hear(self, event: GatewayEvent) -> None:
        if event.t in ("READY", "RESUMED"):
            self.absent()
            self._since, self._resumed = self._now(), event.t == "RESUMED"
            self._greeted.set()

    def absent(self) -> None:
        """Something happens that may keep the bot from reading or answering, until it says hello again."""
        if self._since is not None:
            self.presences.append(Presence(self._since, self._now(), self._resumed))
        self._since = None
        self._greeted.clear()

    def present(self) -> None:
        """What kept it is over, and it has not lost its connection."""
        if self._since is None:
            self._since, self._resumed = self._now(), True

    async def start(self, *, beside: bool = False) -> Process:
        """A process that has said hello to the gateway."""
        self._greeted.clear()
        options = ("--beside",) if beside else ()
        address = {"DISCORD_TOKEN": self._sandbox.token, "DISCORD_API_URL": self._sandbox.api_url}
        settings = environment(self._folder, **address, **self._settings)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *self._command, *options,
            cwd=self._folder, env=settings, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE,
        )  # fmt: skip
        self.started.append(self._now())
        self.process = process
        self._all.append(process)
        self._reading.add(reading := asyncio.create_task(self._listen(process)))
        reading.add_done_callback(self._reading.discard)
        await self._greeting(process)
        return process

    async def _greeting(self, process: Process) -> None:
        greeted, ended = asyncio.ensure_future(self._greeted.wait()), asyncio.ensure_future(process.wait())
        await asyncio.wait({greeted, ended}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if not greeted.done():
            greeted.cancel()
            raise BotEnded("\n".join(self.log) or "The bot did not start.")

    async def _listen(self, process: Process) -> None:
        assert process.stderr is not None
        while line := await process.stderr.readline():
            self.log.append(line.decode("utf-8", "replace").rstrip())

    def signal(self, number: signal.Signals, process: Process | None = None) -> None:
        process = process or self.process
        if process is not None and process.returncode is None:
            process.send_signal(number)

    async def let_go_of_the_database(self) -> None:
        """A process frozen within a transaction would keep every other one from writing; it gets to its end."""
        assert self.process is not None
        await _frozen(self.process.pid)
        with closing(_connected(self._folder / DATABASE)) as database:
            if not _begins(database):
                self.signal(signal.SIGCONT)
                await asyncio.to_thread(_begin, database)
                self.signal(signal.SIGSTOP)
                await _frozen(self.process.pid)

    async def kill(self, process: Process | None = None) -> None:
        process = process or self.process
        self.absent()
        self.signal(signal.SIGKILL, process)
        if process is not None:
            await process.wait()

    async def stop(self) -> int:
        """Asks for an end and waits for it; the exit status."""
        self.absent()
        self.signal(signal.SIGTERM)
        assert self.process is not None
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()

    def limit_files(self, size: int) -> None:
        """No file of the process may grow beyond `size`, as on a disk that is full; -1 for no limit."""
        assert self.process is not None
        if self.process.returncode is None:
            resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    @property
    def running(self) -> list[int]:
        """The numbers of the processes that are there."""
        return [process.pid for process in self._all if process.returncode is None]

    async def close(self) -> None:
        for process in self._all:
            if process.returncode is None:
                process.kill()
                await process.wait()
        await asyncio.gather(*self._reading)


async def _frozen(pid: int) -> None:
    """A signal takes a moment to reach every thread, and one of them may write meanwhile."""
    while any(_state(task) != "T" for task in Path(f"/proc/{pid}/task").iterdir()):  # noqa: ASYNC110, ASYNC240
        await asyncio.sleep(MOMENT)


def _state(task: Path) -> str:
    """`T` for a thread that is stopped (proc_pid_stat(5)); its name, in brackets, may hold anything."""
    return (task / "stat").read_text("ascii", "replace").rpartition(") ")[2][0]


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=0, check_same_thread=False)


def _begin(database: sqlite3.Connection) -> None:
    """Steps in between two transactions of a process that has one after another: who sleeps misses the moment."""
    while not _begins(database):
        pass


def _begins(database: sqlite3.Connection) -> bool:
    """Whether nobody else writes, and nobody else can until the connection is closed."""
    try:
        database.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True
