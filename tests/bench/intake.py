"""This room measures an import: how fast, in how much memory, and how long others wait for it."""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from bot.domain.people import Sender
from bot.services.feedback import Feedback, Form
from bot.services.reading import Reading
from bot.store import rules
from bot.store.database import open_database, sole_server
from tests.bench import tales
from tests.bench.intake_floor import has_fanficfare
from tests.bench.processes import BenchFailed
from tests.bench.reading import percentile
from tests.library import HALL, add, edition
from tests.shared import CHECKOUT

Json = dict[str, Any]
MB = 1_000_000
SAMPLE = 0.05
"""Seconds between two looks at the memory of the processes."""
FORMS = ("text", "html")


class Options(NamedTuple):
    stories: int
    forms: Sequence[str]
    beside: bool  # whether to measure an import beside a bot, too


class Watched(NamedTuple):
    """A command that ran to its end."""

    seconds: float
    output: str
    memory: list[float]  # MB of all its processes together, as time went by


class Target(NamedTuple):
    figure: str
    limit: float
    at_least: bool


TARGETS = (
    Target("one core, MB/s", 5.0, at_least=True),
    Target("both cores, MB/s", 8.0, at_least=True),
    Target("reading, times BeautifulSoup", 1.0, at_least=True),
    Target("reading, times FanFicFare", 1.0, at_least=True),
    Target("peak memory, MB", 300.0, at_least=False),
    Target("memory, last to first third", 1.5, at_least=False),
)
WAITS = (
    Target("letters wait, p99 ms", 100.0, at_least=False),
    Target("places wait, p99 ms", 100.0, at_least=False),
    Target("page turns, p99 ms", 50.0, at_least=False),
)


def measure(options: Options, tell: Callable[[str], None]) -> Json:
    """Every figure, by form of the archive.

    Raises:
        BenchFailed: an import did not take in what it was given.
    """
    measured: Json = {"benchmark": "intake", "stories": options.stories, "cores": os.cpu_count()}
    with tempfile.TemporaryDirectory(prefix="talebearer-bench-") as name:
        for form in options.forms:
            measured[form] = _measure_form(Path(name), form, options, tell)
        if options.beside:
            tell("An import beside a bot")
            folder = Path(name) / options.forms[0] / "archive"
            figures = asyncio.run(_beside(Path(name) / "beside.db", folder))
            measured["beside"] = {**figures, "targets": judged(figures, WAITS)}
    return measured


def _measure_form(folder: Path, form: str, options: Options, tell: Callable[[str], None]) -> Json:
    folder = folder / form
    archive = folder / "archive"
    tell(f"Writing {options.stories} stories, {form}")
    size = tales.write(archive, options.stories, form)
    tell("Importing on one core")
    one = _import(folder / "one.db", archive, 1, options.stories)
    tell("Importing on all cores")
    both = _import(folder / "both.db", archive, os.cpu_count() or 1, options.stories)
    tell("Writing the same rows without parsing")
    floor = _seconds("rows", folder / "one.db", folder / "floor.db")
    tell("Reading the same pages without writing")
    read = _seconds("read", archive)
    others = _others(archive, tell) if form == "html" else {}
    for database in folder.glob("*.db*"):
        database.unlink()
    return figures_of(size, one, both, floor, read, others)


def _others(archive: Path, tell: Callable[[str], None]) -> dict[str, float]:
    """Seconds that other tools take to read the same pages to plain text."""
    tell("Reading them by BeautifulSoup")
    found = {"BeautifulSoup": _seconds("soup", archive)}
    if not has_fanficfare():
        tell("FanFicFare is not installed (extra `compare`): BeautifulSoup is compared alone")
        return found
    tell("Reading some of them by FanFicFare")
    return {**found, "FanFicFare": _seconds("fanficfare", archive)}


def figures_of(size: int, one: Watched, both: Watched, floor: float, read: float, others: Mapping[str, float]) -> Json:
    """`floor`, `read` and what `others` take in seconds; those read web pages alone."""
    third = max(1, len(one.memory) // 3)
    figures: Json = {
        "MB": size / MB,
        "one core, MB/s": size / MB / one.seconds,
        "both cores, MB/s": size / MB / both.seconds,
        "floor, MB/s": size / MB / floor,
        "share of the floor": floor / one.seconds,
        "reading alone, MB/s": size / MB / read,
        "peak memory, MB": max(*one.memory, *both.memory),
        "memory, last to first third": max(one.memory[-third:]) / max(one.memory[:third]),
    }
    for name, took in others.items():
        figures |= {f"{name}, MB/s": size / MB / took, f"reading, times {name}": took / read}
    return {**figures, "targets": judged(figures, TARGETS)}


def judged(figures: Json, targets: Sequence[Target]) -> list[Json]:
    return [_judged(target, figures[target.figure]) for target in targets if target.figure in figures]


def _judged(target: Target, measured: float) -> Json:
    reached = measured >= target.limit if target.at_least else measured <= target.limit
    return {**target._asdict(), "measured": measured, "reached": reached}


def _import(database: Path, archive: Path, jobs: int, stories: int) -> Watched:
    command = [sys.executable, "-m", "bot", "import", str(archive), "--jobs", str(jobs)]
    done = watched(command, {0} if jobs == 1 else None, DATABASE_URL=f"sqlite:///{database}")
    if f"{stories} added" not in done.output:
        raise BenchFailed(f"Not all of {stories} stories came in: {done.output[-300:]}")
    return done


def watched(command: Sequence[str], cores: set[int] | None = None, **settings: str) -> Watched:
    """Runs a command and looks at the memory of all its processes meanwhile."""
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), **settings}
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=tempfile.gettempdir(),
    )
    if cores:
        os.sched_setaffinity(process.pid, cores)
    memory: list[float] = []
    ended = threading.Event()
    watching = threading.Thread(target=_watch, args=(process.pid, memory, ended))
    watching.start()
    output, _ = process.communicate()
    seconds = time.perf_counter() - began
    ended.set()
    watching.join()
    if process.returncode:
        raise BenchFailed(f"{' '.join(command)} ended with status {process.returncode}: {output[-300:]}")
    return Watched(seconds, output, memory or [0.0])


def _watch(pid: int, memory: list[float], ended: threading.Event) -> None:
    while not ended.wait(SAMPLE):
        memory.append(sum(map(_resident, _family(pid))))


def _family(pid: int) -> list[int]:
    """A process and all that any of its threads started."""
    try:
        lists = [file.read_text("ascii") for file in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return [pid]
    return [pid, *(each for children in lists for child in children.split() for each in _family(int(child)))]


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / MB


def _seconds(*arguments: str | Path) -> float:
    command = [sys.executable, "-m", "tests.bench.intake_floor", *map(str, arguments)]
    return float(watched(command, {0}).output)


async def _beside(database_path: Path, archive: Path) -> Json:
    """Readers read and write letters through the services of a bot while another process imports."""
    async with open_database(database_path) as database:
        story = await add(database, edition("The Lamp", pages=200))
        async with database.write() as db:
            known = await rules.of_archive(db, 1)
            await rules.change(db, 1, known._replace(sender_limit=10**6, author_limit=10**6, archive_limit=10**6))
        with sole_server(database_path):
            importing = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "import", str(archive), "--jobs", "1",
                env={**os.environ, "PYTHONPATH": str(CHECKOUT), "DATABASE_URL": f"sqlite:///{database_path}"},
                cwd=tempfile.gettempdir(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            ended = asyncio.ensure_future(importing.wait())
            waits: dict[str, list[float]] = {"letters": [], "places": [], "turns": []}
            reading, feedback = Reading(database), Feedback(database)
            number = 0
            while not ended.done():
                number += 1
                for _ in range(10):
                    waits["turns"].append(await _timed(reading.turn(HALL, story, 1 + number % 200)))
                waits["places"].append(await _timed(reading.flush()))
                letter = feedback.submit(
                    Sender(HALL, 0.0, None),
                    story,
                    Form("", "", f"Lovely, number {number}."),
                    page=1,
                    interaction_id=number,
                )
                waits["letters"].append(await _timed(letter))
                await asyncio.sleep(0.005)
            if await ended:
                raise BenchFailed("The import beside the bot failed.")
    return {
        "letters": number,
        "letters wait, p50 ms": statistics.median(waits["letters"]),
        "letters wait, p99 ms": percentile(waits["letters"], 99),
        "places wait, p99 ms": percentile(waits["places"], 99),
        "page turns, p99 ms": percentile(waits["turns"], 99),
        "slowest letter, ms": max(waits["letters"]),
    }


async def _timed(work: Awaitable[object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    await work
    return (time.perf_counter() - began) * 1e3


def print_json(measured: Json) -> None:
    Console(highlight=False, markup=False, soft_wrap=True).print(json.dumps(measured, indent=2))


def print_table(measured: Json) -> None:
    console = Console(highlight=False)
    for name in (*FORMS, "beside"):
        if name in measured:
            console.print(_table(name, measured[name]))


def _table(name: str, figures: Json) -> Table:
    goals = {target["figure"]: target for target in figures["targets"]}
    table = Table(name, "", "Target", box=None, pad_edge=False)
    for figure, value in figures.items():
        if figure != "targets":
            table.add_row(figure, f"{value:,.2f}", _goal(goals.get(figure)))
    return table


def _goal(target: Json | None) -> str:
    if target is None:
        return ""
    sign = "≥" if target["at_least"] else "≤"
    return f"{sign} {target['limit']:g}, {'reached' if target['reached'] else 'missed'}"
