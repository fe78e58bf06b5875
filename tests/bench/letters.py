"""This room measures a letter on its way in: Talebearer and a floor in turn, both with every commit on disk."""

import gc
import json
import shutil
import tempfile
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from bot.sandbox import Exchange, Person, Sandbox
from bot.sandbox.errors import Json
from bot.store.database import open_database
from tests.bench.processes import BenchFailed, BotProcess, running
from tests.bench.reading import Bot, percentile
from tests.bench.writers import Writer, opens, write
from tests.library import add, edition

AUTHORS = 20
PEOPLE = 200
"""So many that nobody comes near a limit of the archive's."""
WARM_UP = 0.2
"""Share of the letters that are sent before anything is measured."""


class Options(NamedTuple):
    letters: int
    rounds: int
    at_once: int
    backlog: int


class Run(NamedTuple):
    """What one bot did under load once."""

    cpu_us: float  # microseconds of CPU for each letter that was acknowledged, user and system
    rate: float  # acknowledged a second
    p50_ms: float  # from the form that is sent to the receipt
    p99_ms: float


Runs = dict[str, list[Run]]


async def measure_letters(options: Options, tell: Callable[[str], None]) -> Runs:
    """Lets both bots run in turn; `tell` hears how far it is.

    Raises:
        BenchFailed: a bot answered wrongly or lost a letter.
    """
    with tempfile.TemporaryDirectory(prefix="talebearer-bench-") as name:
        folder = Path(name)
        talebearer = Bot("talebearer", ("bot", "run"), await _archive(folder))
        receipt = folder / "receipt.json"
        receipt.write_text(json.dumps(await _recorded(talebearer, folder)), "utf-8")
        bots = (Bot("floor", ("tests.bench.letters_floor", str(receipt))), talebearer)
        return await _in_turn(bots, options, tell)


async def _archive(folder: Path) -> Path:
    """Stories whose authors are not here yet: what is measured is the way in."""
    path = folder / "filled.db"
    async with open_database(path) as database:
        for author in range(AUTHORS):
            await add(database, edition(_title(author), f"Author {author}"))
    return path


def _title(author: int) -> str:
    return f"Story {author}"


async def _in_turn(bots: Sequence[Bot], options: Options, tell: Callable[[str], None]) -> Runs:
    runs: Runs = {bot.name: [] for bot in bots}
    for number in range(1, options.rounds + 1):
        for bot in bots:
            with tempfile.TemporaryDirectory(prefix="talebearer-bench-") as folder:
                run = await _measure(bot, Path(folder), options)
            runs[bot.name].append(run)
            tell(f"Round {number} of {options.rounds}, {bot.name}: {run.cpu_us:.0f} µs CPU, {run.rate:.0f}/s")
    return runs


async def _recorded(bot: Bot, folder: Path) -> Json:
    """The receipt as Talebearer sends it, for the floor to send."""
    seen: list[Json] = []

    def listen(exchange: Exchange) -> None:
        if exchange.path.endswith("/callback") and exchange.request["type"] == 4:
            seen.append(exchange.request["data"])

    async with serving(bot, folder, 1) as (sandbox, _, [writer]):
        sandbox.history = True
        sandbox.listeners.append(listen)
        await writer.send()
    return {"embeds": seen[0]["embeds"], "components": seen[0].get("components", [])}


async def _measure(bot: Bot, folder: Path, options: Options) -> Run:
    async with serving(bot, folder, PEOPLE) as (_, process, writers):
        await write(writers, int(options.letters * WARM_UP) + 1, options.at_once)
        run = await _under_load(process, writers, options)
    if bot.database is not None:
        await _check(folder / "archive.db", sum(writer.sent for writer in writers))
    return run


async def _under_load(process: BotProcess, writers: Sequence[Writer], options: Options) -> Run:
    gc.collect()
    cpu, began = process.cpu, time.perf_counter()
    took = await write(writers, options.letters, options.at_once)
    cpu, lasted = process.cpu - cpu, time.perf_counter() - began
    return Run(
        cpu_us=cpu / options.letters * 1e6,
        rate=options.letters / lasted,
        p50_ms=percentile(took, 50) * 1e3,
        p99_ms=percentile(took, 99) * 1e3,
    )


async def _check(path: Path, sent: int) -> None:
    """Every letter that was acknowledged is a row, and waits in a line."""
    async with open_database(path) as database:
        stored = await database.reader.value(
            "SELECT count(*) FROM letters l JOIN outbox o ON o.letter_id = l.id WHERE o.state = 'waiting'"
        )
    if stored != sent:
        raise BenchFailed(f"{sent} letters were acknowledged, and {stored} are stored.")


@asynccontextmanager
async def serving(bot: Bot, folder: Path, people: int) -> AsyncGenerator[tuple[Sandbox, BotProcess, Sequence[Writer]]]:
    """A local Discord and the bot on it, with so many people who have the form before them."""
    async with Sandbox.start() as sandbox:
        sandbox.history = False
        persons = _people(sandbox, people)
        environment = {"DISCORD_TOKEN": sandbox.token, "DISCORD_API_URL": sandbox.api_url, "BACKUP_HOURS": "0"}
        if bot.database is not None:
            environment["DATABASE_URL"] = f"sqlite:///{shutil.copy(bot.database, folder / 'archive.db')}"
        async with running(bot.arguments, environment, folder) as process:
            await process.meanwhile(_ready(sandbox))
            writers = [await opens(person, _title(number % AUTHORS)) for number, person in enumerate(persons)]
            await process.idle()
            yield sandbox, process, writers


def _people(sandbox: Sandbox, count: int) -> list[Person]:
    guild = sandbox.guild("Story Circle")
    guild.channel("reading-room")
    return [sandbox.person(f"reader-{number}", guild=guild) for number in range(count)]


async def _ready(sandbox: Sandbox) -> None:
    await sandbox.commands_synced()
    await sandbox.ready()
