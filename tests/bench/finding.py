"""This room measures finding: lists, searches and suggestions in archives of several sizes, beside page turns."""

import asyncio
import gc
import json
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from bot.sandbox import CommandRefused, Exchange, Message, Modal, Person, Sandbox
from tests.bench.catalogues import COMMON, PREFIX, RARE
from tests.bench.processes import BenchFailed, BotProcess, running
from tests.bench.readers import Reader, opens, read_through
from tests.bench.reading import percentile

Json = dict[str, Any]
Act = Callable[[], Awaitable[object]]
SEARCHES = 0.5
"""Seconds between two searches of the load."""
WARM_UP = 20
"""Acts ahead of those that are measured."""
UNDER_LOAD = ("page turn", "index page", "autocomplete")
"""What must not suffer while somebody searches."""
SEARCHED = ("search, rare", "search, common", "search, prefix")


class Figures(NamedTuple):
    """What one kind of act took."""

    p50_ms: float
    p99_ms: float
    cpu_us: float


class Served(NamedTuple):
    """What one bot took for each kind of act, alone and while somebody searches, and its memory."""

    alone: dict[str, Figures]
    searching: dict[str, Figures]
    rss_mib: float


class Soaked(NamedTuple):
    """Memory over very many acts."""

    acts: int
    rss_mib: float
    slope_mib: float  # for each 10,000 acts, over the second half


class Searcher:
    """Somebody with the Fiction Index before them, who looks for stories."""

    def __init__(self, person: Person, page: Message) -> None:
        self._person = person
        self._page = page
        self._typed = next(option for option in page.options if len(option) > 2)[:2]
        """What a title begins with: to offer that, no machine is too busy."""

    async def turn(self) -> None:
        """The next page of the index, or the first after the last."""
        try:
            answer = await self._person.clicks("Next", message=self._page)
        except CommandRefused:  # greyed out
            answer = await self._person.clicks("First", message=self._page)
        self._page = shown(answer)

    async def types(self) -> None:
        if not await self._person.types("/read", story=self._typed):
            raise BenchFailed("Autocomplete offered nothing; look at the bot's log.")

    async def searches(self, query: str) -> None:
        shown(await self._person.runs("/search", query=query))


def shown(answer: Message | Modal) -> Message:
    if isinstance(answer, Modal) or not answer.embeds:
        raise BenchFailed(f"The bot showed no list but {answer.text!r}.")
    return answer


@asynccontextmanager
async def serving(
    arguments: Sequence[str], database: Path | None = None
) -> AsyncGenerator[tuple[Sandbox, BotProcess, Reader, Searcher]]:
    """A bot on a local Discord of its own, with somebody who reads and somebody who looks around."""
    with TemporaryDirectory(prefix="talebearer-bench-") as folder:
        async with Sandbox.start() as sandbox:
            sandbox.history = False
            guild = sandbox.guild("Story Circle")
            guild.channel("reading-room")
            people = [sandbox.person(name, guild=guild) for name in ("reader", "searcher")]
            environment = {"DISCORD_TOKEN": sandbox.token, "DISCORD_API_URL": sandbox.api_url, "BACKUP_HOURS": "0"}
            if database is not None:
                environment["DATABASE_URL"] = f"sqlite:///{database}"
            async with running(arguments, environment, Path(folder)) as process:
                reader = await process.meanwhile(_opened(sandbox, people[0]))
                index = await _in_the_middle(people[1])
                yield sandbox, process, reader, Searcher(people[1], index)


async def _opened(sandbox: Sandbox, person: Person) -> Reader:
    await sandbox.commands_synced()
    await sandbox.ready()
    return await opens(person)


async def _in_the_middle(person: Person) -> Message:
    """A page of the index that is far from its first, where the archive has one."""
    page = shown(await person.runs("/stories"))
    return shown(await person.chooses("M", message=page)) if "M" in page.options else page


def acts(reader: Reader, searcher: Searcher) -> dict[str, Act]:
    return {
        "page turn": reader.turn,
        "index page": searcher.turn,
        "autocomplete": searcher.types,
        "search, rare": lambda: searcher.searches(RARE),
        "search, common": lambda: searcher.searches(COMMON),
        "search, prefix": lambda: searcher.searches(f"{PREFIX}*"),
    }


async def measure_finding(arguments: Sequence[str], database: Path | None, count: int, *, loaded: bool) -> Served:
    """Lets one bot serve each kind of act alone, then with a search for a common word twice a second.

    Raises:
        BenchFailed: it answered wrongly or not at all.
    """
    async with serving(arguments, database) as (_, process, reader, searcher):
        await process.idle()  # what it still does of its start is no act's
        every = acts(reader, searcher)
        alone = {name: await _measured(process, act, _fewer(name, count)) for name, act in every.items()}
        searching: dict[str, Figures] = {}
        if loaded:
            load = asyncio.create_task(_searching(searcher))
            searching = {name: await _measured(process, every[name], count) for name in UNDER_LOAD}
            load.cancel()
            await asyncio.gather(load, return_exceptions=True)
        return Served(alone, searching, process.rss)


def _fewer(name: str, count: int) -> int:
    """Searches take longer and need fewer."""
    return max(10, count // 10) if name in SEARCHED else count


async def _searching(searcher: Searcher) -> None:
    while True:
        began = time.perf_counter()
        await searcher.searches(COMMON)
        await asyncio.sleep(max(0.0, SEARCHES - (time.perf_counter() - began)))


async def _measured(process: BotProcess, act: Act, count: int) -> Figures:
    for _ in range(min(WARM_UP, count)):
        await act()
    gc.collect()
    took: list[float] = []
    cpu = process.cpu
    for _ in range(count):
        began = time.perf_counter()
        await act()
        took.append(time.perf_counter() - began)
    cpu = process.cpu - cpu
    return Figures(percentile(took, 50) * 1e3, percentile(took, 99) * 1e3, cpu / count * 1e6)


async def measure_memory(database: Path, count: int, tell: Callable[[str], None]) -> Soaked:
    """Memory after so many acts of all kinds that readers do without end."""
    async with serving(("bot", "run"), database) as (_, process, reader, searcher):
        every = acts(reader, searcher)
        steps = [every["page turn"]] * 6 + [every["index page"]] * 2 + [every["autocomplete"]] * 2
        sizes: list[float] = []
        for number in range(count):
            await steps[number % len(steps)]()
            if number % max(1, count // 20) == 0:
                sizes.append(process.rss)
                tell(f"{number:,} acts, {process.rss:.1f} MiB")
        half = sizes[len(sizes) // 2 :]
        slope = (half[-1] - half[0]) / (count / 2) * 10_000
        return Soaked(count, process.rss, slope)


async def measure_all(
    sizes: Mapping[int, Path], count: int, rounds: int, soak: int, tell: Callable[[str], None]
) -> tuple[Served, dict[int, Served], Soaked | None]:
    """The floor and Talebearer over each archive in turn, the best of all rounds; and its memory over the largest."""
    smallest, largest = sizes[min(sizes)], sizes[max(sizes)]
    floors: list[Served] = []
    served: dict[int, list[Served]] = {stories: [] for stories in sorted(sizes)}
    with TemporaryDirectory(prefix="talebearer-bench-") as folder:
        recording = Path(folder, "messages.json")
        _write(recording, await recorded(smallest))
        for number in range(1, rounds + 1):
            tell(f"Finding, round {number} of {rounds}: the floor")
            floors.append(await measure_finding(("tests.bench.floor", str(recording)), None, count, loaded=False))
            for stories, runs in served.items():
                tell(f"Finding, round {number} of {rounds}: among {stories:,} stories")
                runs.append(await measure_finding(("bot", "run"), sizes[stories], count, loaded=True))
    memory = await measure_memory(largest, soak, tell) if soak else None
    return best(floors), {stories: best(runs) for stories, runs in served.items()}, memory


def best(runs: Sequence[Served]) -> Served:
    """The lowest of each figure: what else a machine does only ever adds to it."""
    alone, searching, sizes = zip(*runs, strict=True)
    return Served(_lowest(alone), _lowest(searching), min(sizes))


def _lowest(runs: Sequence[dict[str, Figures]]) -> dict[str, Figures]:
    return {name: Figures(*map(min, zip(*(run[name] for run in runs), strict=True))) for name in runs[0]}


def _write(path: Path, recording: Json) -> None:
    path.write_text(json.dumps(recording), "utf-8")


async def recorded(database: Path) -> Json:
    """What the floor is to send: a page of the index, and what autocomplete offers."""
    async with serving(("bot", "run"), database) as (sandbox, _, reader, searcher):
        sent: list[Json] = []

        def listen(exchange: Exchange) -> None:
            if exchange.path.endswith("/callback"):
                sent.append(exchange.request["data"])

        sandbox.history = True
        sandbox.listeners.append(listen)
        await searcher.turn()
        await searcher.types()
        sandbox.listeners.remove(listen)
        pages = await read_through(sandbox, reader)
        return {"pages": pages, "listing": sent[0], "choices": sent[1]["choices"]}
