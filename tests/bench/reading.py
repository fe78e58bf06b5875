"""This room measures a page turn: Talebearer and the floor in turn, each a process of its own, under the same load."""

import asyncio
import gc
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bot.importing import take_all
from bot.sandbox import Person, Sandbox
from bot.sandbox.errors import Json
from bot.store import readers as places
from bot.store import stories
from bot.store.database import Database, open_database
from bot.tryout import samples
from tests.bench.processes import BenchFailed, BotProcess, running
from tests.bench.readers import STORY, Reader, opens, read_on, read_through

WARM_UP = 3
"""Times that every reader reads the story before anything is measured."""


class Options(NamedTuple):
    turns: int
    rounds: int
    at_once: int


class Run(NamedTuple):
    """What one bot did under load once."""

    cpu_us: float  # microseconds of CPU for each interaction, user and system
    rate: float  # interactions a second
    p50_ms: float  # from the press to the page, as the reader sees it
    p99_ms: float
    rss_idle_mib: float  # a moment after its first answer, when it has come to rest
    rss_loaded_mib: float
    first_answer_s: float  # from the start of the process to its first answer to a slash command


Runs = dict[str, list[Run]]
"""By name of the bot, in the order they were made."""


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that can be measured: what to start, and what it needs."""

    name: str
    arguments: tuple[str, ...]
    database: Path | None = None
    """The archive it serves; each run has a fresh copy."""


@dataclass(frozen=True, slots=True)
class Session:
    """A bot that serves, and the readers who have opened the story."""

    sandbox: Sandbox
    process: BotProcess
    readers: list[Reader]
    first_answer: float
    rss_idle: float


async def measure_reading(options: Options, tell: Callable[[str], None]) -> Runs:
    """Lets both bots run in turn; `tell` hears how far it is.

    Raises:
        BenchFailed: a bot answered wrongly or not at all.
    """
    with tempfile.TemporaryDirectory(prefix="talebearer-bench-") as name:
        folder = Path(name)
        talebearer = Bot("talebearer", ("bot", "run"), await _archive(folder))
        tell("Recording the messages that the floor is to send")
        messages = await _recorded(talebearer, folder)
        recording = folder / "messages.json"
        recording.write_text(json.dumps({"pages": messages}), "utf-8")
        bots = (Bot("floor", ("tests.bench.floor", str(recording))), talebearer)
        return await _in_turn(bots, messages, options, tell)


async def _archive(folder: Path) -> Path:
    """An archive with the sample stories."""
    path = folder / "filled.db"
    async with open_database(path) as database:
        await take_all(database, [samples()])
    return path


async def _recorded(bot: Bot, folder: Path) -> list[Json]:
    async with _serving(bot, folder, 1) as session:
        return await read_through(session.sandbox, session.readers[0])


async def _in_turn(
    bots: Sequence[Bot], messages: Sequence[Json], options: Options, tell: Callable[[str], None]
) -> Runs:
    runs: Runs = {bot.name: [] for bot in bots}
    for number in range(1, options.rounds + 1):
        for bot in bots:
            with tempfile.TemporaryDirectory(prefix="talebearer-bench-") as folder:
                run = await _measure(bot, Path(folder), messages, options)
            runs[bot.name].append(run)
            tell(f"Round {number} of {options.rounds}, {bot.name}: {run.cpu_us:.0f} µs CPU, {run.rate:.0f}/s")
    return runs


async def _measure(bot: Bot, folder: Path, messages: Sequence[Json], options: Options) -> Run:
    async with _serving(bot, folder, options.at_once) as session:
        if await read_through(session.sandbox, session.readers[0]) != list(messages):
            raise BenchFailed(f"The messages of {bot.name} are not the recorded ones; compare what both send.")
        await read_on(session.readers, WARM_UP * len(messages) * len(session.readers))
        run = await _under_load(session, options.turns)
    if bot.database is not None:
        await check_places(folder / "archive.db", session.readers)
    return run


@asynccontextmanager
async def _serving(bot: Bot, folder: Path, at_once: int) -> AsyncGenerator[Session]:
    """A local Discord of its own and the bot on it, until the block ends and the bot has drained."""
    async with Sandbox.start() as sandbox:
        sandbox.history = False
        people = _people(sandbox, at_once)
        environment = {"DISCORD_TOKEN": sandbox.token, "DISCORD_API_URL": sandbox.api_url}
        if bot.database is not None:
            environment["DATABASE_URL"] = f"sqlite:///{shutil.copy(bot.database, folder / 'archive.db')}"
        async with running(bot.arguments, environment, folder) as process:
            first = await process.meanwhile(_first_answer(sandbox, people[0]))
            answered = time.perf_counter() - process.started
            await process.idle()
            rss = process.rss
            others = [await opens(person) for person in people[1:]]
            yield Session(sandbox, process, [first, *others], answered, rss)


def _people(sandbox: Sandbox, count: int) -> list[Person]:
    guild = sandbox.guild("Story Circle")
    guild.channel("reading-room")
    return [sandbox.person(f"reader-{number}", guild=guild) for number in range(1, count + 1)]


async def _first_answer(sandbox: Sandbox, person: Person) -> Reader:
    await sandbox.commands_synced()
    await sandbox.ready()
    return await opens(person)


async def _under_load(session: Session, turns: int) -> Run:
    gc.collect()  # what the load leaves behind is swept up before its clock runs
    process = session.process
    cpu, began = process.cpu, time.perf_counter()
    took = await read_on(session.readers, turns)
    cpu, lasted = process.cpu - cpu, time.perf_counter() - began
    return Run(
        cpu_us=cpu / turns * 1e6,
        rate=turns / lasted,
        p50_ms=percentile(took, 50) * 1e3,
        p99_ms=percentile(took, 99) * 1e3,
        rss_idle_mib=session.rss_idle,
        rss_loaded_mib=process.rss,
        first_answer_s=session.first_answer,
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many per cent of the values do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]


async def check_places(path: Path, readers: Sequence[Reader]) -> None:
    """The bot has stopped: what it kept in memory alone is lost, so every place must be on disk."""
    async with open_database(path) as database:
        found = await asyncio.gather(*(_place(database, reader) for reader in readers))
    for reader, number in zip(readers, found, strict=True):
        if number != reader.number:
            raise BenchFailed(f"The place of {reader.person.name} is page {number}, not {reader.number}: it was lost.")


async def _place(database: Database, reader: Reader) -> int | None:
    """The page that a reader would go on with."""
    db = database.reader
    story_id = await db.value("SELECT id FROM stories WHERE title = :title", title=STORY)
    place = await places.place(db, reader.person.id, story_id)
    return None if place is None else await stories.page_of(db, story_id, place.part, place.paragraph, place.within)
