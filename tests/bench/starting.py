"""This room measures how long it takes from `talebearer try` to a page one can use."""

import asyncio
import re
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path
from typing import NamedTuple

import aiohttp
import orjson
from rich.console import Console

from tests.bench.processes import BenchFailed
from tests.process.running import environment

TARGET = 3.0
"""Seconds until the page can be used."""


class Start(NamedTuple):
    """Seconds since the process was started."""

    address_s: float
    """Until it prints its address."""
    usable_s: float
    """Until the page there is served and lists the bot's commands."""


async def measure_starting(rounds: int) -> list[Start]:
    return [await _one_start() for _ in range(rounds)]


async def _one_start() -> Start:
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "try",
            cwd=folder, env=environment(Path(folder)), stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL,
        )  # fmt: skip
        try:
            address = await _address(process)
            printed = time.perf_counter() - began
            await _use(address)
            return Start(printed, time.perf_counter() - began)
        finally:
            process.terminate()
            await process.communicate()


async def _address(process: Process) -> str:
    assert process.stdout is not None
    async for line in process.stdout:
        if found := re.search(rb"http://\S+/", line):
            return found[0].decode()
    raise BenchFailed("`talebearer try` ended without an address; run it to see why.")


async def _use(address: str) -> None:
    """What the page asks for before anybody can type a command."""
    async with aiohttp.ClientSession() as session:
        for asked in ("", "static/main.js", "static/page.css", "state"):
            async with session.get(address + asked) as answer:
                state = await answer.read()
        place = orjson.loads(state)["places"][0]["id"]
        async with session.get(f"{address}commands?place={place}") as answer:
            if not orjson.loads(await answer.read())["commands"]:
                raise BenchFailed("The page lists no commands; run `talebearer try` to see why.")


def print_starts(starts: list[Start], *, as_json: bool) -> None:
    best = Start(*(min(figures) for figures in zip(*starts, strict=True)))
    console = Console(highlight=False)
    if as_json:
        figures = {
            "benchmark": "start",
            "target_s": TARGET,
            **best._asdict(),
            "starts": [each._asdict() for each in starts],
        }
        console.print_json(orjson.dumps(figures).decode())
        return
    verdict = "reached" if best.usable_s < TARGET else "missed"
    console.print(f"start to address: {best.address_s:.2f} s (best of {len(starts)})")
    console.print(f"start to a page one can use: {best.usable_s:.2f} s; the target of {TARGET:.0f} s is {verdict}")
