"""This room measures letters on their way out: as fast as they may go, and no dearer each where very many wait."""

import asyncio
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from bot.sandbox import Exchange, Sandbox
from bot.store.database import open_database
from tests.bench.processes import BenchFailed, BotProcess, running
from tests.library import add, edition

FEW = 100
"""Letters that wait, to compare with."""
WARM_UP = 10
NOBODY = 1 << 40
"""Accounts from here on are nobody's: their letters stay behind those that are measured."""
LONGEST = 120.0
"""Seconds to wait for the letters, on the slowest machine."""


class Relay(NamedTuple):
    """How letters went out once."""

    waiting: int
    cpu_us: float  # microseconds of CPU for each message
    rate: float  # messages a second
    too_fast: int  # times that Discord answered 429


async def measure_relay(backlog: int, rounds: int, tell: Callable[[str], None]) -> tuple[list[Relay], list[Relay]]:
    """Of few letters that wait and of very many, in turn."""
    runs: tuple[list[Relay], list[Relay]] = ([], [])
    for number in range(1, rounds + 1):
        for found, waiting in zip(runs, (FEW, backlog), strict=True):
            with tempfile.TemporaryDirectory(prefix="talebearer-bench-") as folder:
                found.append(made := await _measure(waiting, Path(folder)))
            tell(
                f"Round {number} of {rounds}, {waiting:,} letters wait: {made.cpu_us:.0f} µs CPU each,"
                f" {made.rate:.1f}/s, {made.too_fast} × 429"
            )
    return runs


async def _measure(waiting: int, folder: Path) -> Relay:
    async with Sandbox.start() as sandbox:
        ways = _ways(sandbox, min(waiting, FEW))
        async with open_database(folder / "archive.db") as database:
            await add(database, edition("The Lamp"))
        with closing(sqlite3.connect(folder / "archive.db")) as database:
            fill(database, ways, waiting)
        environment = {
            "DISCORD_TOKEN": sandbox.token,
            "DISCORD_API_URL": sandbox.api_url,
            "DATABASE_URL": f"sqlite:///{folder / 'archive.db'}",
            "BACKUP_HOURS": "0",  # a copy of very many letters would be counted as work on few
        }
        sent = _Sent(sandbox)
        async with running(("bot", "run"), environment, folder) as process:
            return await _under_way(process, sent, waiting, len(ways))


async def _under_way(process: BotProcess, sent: "_Sent", waiting: int, messages: int) -> Relay:
    await process.meanwhile(sent.reaches(WARM_UP))
    cpu, began = process.cpu, sent.times[-1]
    async with asyncio.timeout(LONGEST):
        await sent.reaches(messages)
    counted = messages - WARM_UP
    lasted = sent.times[messages - 1] - began
    if sent.doubled():
        raise BenchFailed("Letters arrived twice.")
    return Relay(waiting, (process.cpu - cpu) / counted * 1e6, counted / lasted, sent.too_fast)


class _Sent:
    """What the bot sends, as it is sent."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.times: list[float] = []
        self.too_fast = 0
        self._channels: list[str] = []
        self._more = asyncio.Event()
        sandbox.listeners.append(self._hear)

    def _hear(self, exchange: Exchange) -> None:
        self.too_fast += exchange.status == 429
        if exchange.method == "POST" and exchange.path.endswith("/messages") and exchange.status == 200:
            self.times.append(exchange.at)
            self._channels.append(exchange.path)
            self._more.set()

    async def reaches(self, count: int) -> None:
        while len(self.times) < count:
            self._more.clear()
            await self._more.wait()

    def doubled(self) -> bool:
        return len(set(self._channels)) < len(self._channels)


def _ways(sandbox: Sandbox, count: int) -> Sequence[tuple[int, int]]:
    """Accounts that take letters, with their DM channels."""
    guild = sandbox.guild("Story Circle")
    guild.channel("reading-room")
    people = [sandbox.person(f"author-{number}", guild=guild) for number in range(count)]
    return [(person.id, person.dm.id) for person in people]


def fill(database: sqlite3.Connection, ways: Sequence[tuple[int, int]], waiting: int) -> None:
    """Has so many letters wait, each for an author of its own; first those for the accounts that are somebody's."""
    rows = list(_rows(ways, waiting))
    with database:
        database.executemany(
            "INSERT INTO authors (id, archive_id, name, name_key, user_id, linked_at)"
            " VALUES (:id, 1, 'Author ' || :id, 'author ' || :id, :account, 0)",
            rows,
        )
        database.executemany(
            "INSERT INTO conversations (id, archive_id, author_id, reader_id, began_at) VALUES (:id, 1, :id, 1, 0)",
            rows,
        )
        database.executemany(
            "INSERT INTO letters (id, archive_id, conversation_id, direction, kind, author_id, story_id, title, author,"
            " quote, writer_id, sender_name, email, comments, interaction_id, stored_at) VALUES (:id, 1, :id,"
            " 'to_author', 'letter', :id, 1, 'The Lamp', 'Author', '', 1, 'Mara', '', 'Lovely. I read it twice.',"
            " :id, 0)",
            rows,
        )
        database.executemany(
            "INSERT INTO lines (id, archive_id, author_id, opens, due_at) VALUES (:id, 1, :id, 0, :id)", rows
        )
        database.executemany(
            "INSERT INTO outbox (id, archive_id, line_id, letter_id, state) VALUES (:id, 1, :id, :id, 'ready')", rows
        )
        database.executemany("INSERT INTO doors (user_id, channel_id, opened_at) VALUES (:account, :channel, 0)", rows)


def _rows(ways: Sequence[tuple[int, int]], waiting: int) -> Iterator[dict[str, int]]:
    for number in range(waiting):
        account, channel = ways[number] if number < len(ways) else (NOBODY + number, NOBODY + number)
        yield {"id": 10 + number, "account": account, "channel": channel}
