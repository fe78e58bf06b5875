"""This room has Discord out for a while: `python -m tests.faults.outage --seconds 300`.

Letters become due meanwhile. Once it is back the bot is too, and they drain in order, no faster than they may.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import asdict, dataclass
from itertools import count, pairwise
from pathlib import Path

from rich.console import Console

from bot.sandbox import GatewayEvent, Person, Sandbox
from bot.store import claims
from bot.store.database import open_database
from tests.faults import evidence
from tests.faults.bots import DATABASE, PLAIN, Bots
from tests.faults.cable import Cable, cabled
from tests.faults.crowd import AUTHORS, LONG, title
from tests.faults.history import mark
from tests.library import add, edition

LETTERS = 8
"""To each of two authors; so long that two fill a message."""
PATIENCE = 60.0
"""Seconds for the letters to drain, on the slowest machine."""


@dataclass(slots=True)
class Outcome:
    """What became of the bot and of the letters."""

    out: float
    cap: float
    back_after: float = 0.0
    """Seconds from Discord's return to the bot's hello."""
    resumed: bool = False
    letters: int = 0
    in_order: bool = False
    closest: float = 0.0
    """Seconds between two messages to one person, where it was shortest."""
    too_fast: int = 0
    """Times that Discord answered 429."""


async def outage(seconds: float, cap: float) -> Outcome:
    """Has Discord out for so long; `cap` is the longest pause of the bot between two attempts to reach it."""
    with tempfile.TemporaryDirectory(prefix="talebearer-faults-") as name:
        async with Sandbox.start() as sandbox, cabled(sandbox) as cable:
            path = Path(name) / DATABASE
            writer, authors = _people(sandbox)
            await _prepare(path)
            settings = {"RECONNECT_SECONDS": f"{cap:g}", "DM_OPENING_SECONDS": "1"}
            bots = Bots(sandbox, Path(name), sandbox.backend.now, PLAIN, settings)
            try:
                await bots.start()
                await _write(writer)
                outcome = Outcome(seconds, cap)
                await _pull(cable, sandbox, path, authors, outcome)
                await _drain(sandbox, authors, outcome)
                await bots.stop()
            finally:
                await bots.close()
    return outcome


def _people(sandbox: Sandbox) -> tuple[Person, list[Person]]:
    guild = sandbox.guild("Story Circle")
    guild.channel("reading-room")
    authors = [sandbox.person(name.lower(), display_name=name, guild=guild) for name in AUTHORS[:2]]
    return sandbox.person("mara", guild=guild), authors


async def _prepare(path: Path) -> None:
    """Stories whose authors are not here yet."""
    async with open_database(path) as database:
        for author in AUTHORS[:2]:
            await add(database, edition(title(author), author))


async def _write(writer: Person) -> None:
    numbers = count(1)
    for author in AUTHORS[:2] * LETTERS:
        await writer.runs("/feedback", story=title(author))
        await writer.submits(Comments=f"{mark(next(numbers))} {LONG}")


async def _pull(cable: Cable, sandbox: Sandbox, path: Path, authors: list[Person], outcome: Outcome) -> None:
    """The outage; while it lasts, the authors arrive."""
    hello: asyncio.Future[GatewayEvent] = asyncio.get_running_loop().create_future()

    def listen(event: GatewayEvent) -> None:
        if event.t in ("READY", "RESUMED") and not hello.done():
            hello.set_result(event)

    await cable.pull()
    async with open_database(path) as database, database.write() as db:
        for author in authors:
            row = await db.value("SELECT id FROM authors WHERE name = :name", name=author.display_name)
            await claims.link(db, row, author.id, time.time())
    await asyncio.sleep(outcome.out)
    sandbox.event_listeners.append(listen)
    await cable.put_in()
    began = time.monotonic()
    outcome.resumed = (await hello).t == "RESUMED"
    outcome.back_after = time.monotonic() - began


async def _drain(sandbox: Sandbox, authors: list[Person], outcome: Outcome) -> None:
    for author in authors:
        await author.until(lambda author=author: _arrived(author) >= LETTERS, timeout=PATIENCE)
    arrivals = [arrival.letter for arrival in evidence.arrivals(authors)]
    outcome.letters = len(arrivals)
    numbers = range(1, 2 * LETTERS + 1)
    outcome.in_order = arrivals == [mark(number) for number in (*numbers[::2], *numbers[1::2])]
    sent: dict[str, list[float]] = defaultdict(list)
    for exchange in sandbox.exchanges:
        outcome.too_fast += exchange.status == 429
        if exchange.method == "POST" and exchange.path.endswith("/messages"):
            sent[exchange.path].append(exchange.at)
    outcome.closest = min(later - earlier for times in sent.values() for earlier, later in pairwise(times))


def _arrived(author: Person) -> int:
    return sum(1 for _ in evidence.arrivals([author]))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.outage", description=__doc__)
    parser.add_argument("--seconds", type=float, default=300.0, help="how long Discord is out (default: %(default)s)")
    parser.add_argument("--cap", type=float, default=60.0, help="the bot's RECONNECT_SECONDS (default: %(default)s)")
    given = parser.parse_args()
    outcome = asyncio.run(outage(given.seconds, given.cap))
    Console(highlight=False, markup=False).print(json.dumps(asdict(outcome), indent=2))
    return int(not outcome.in_order or outcome.too_fast > 0 or outcome.back_after > given.cap + 5)


if __name__ == "__main__":
    sys.exit(main())
