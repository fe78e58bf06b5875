"""This room starts `python -m bot` as a process, as an operator does."""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import aiohttp

from bot.sandbox import Sandbox
from tests.shared import CHECKOUT


class Done(NamedTuple):
    """What a command left behind."""

    status: int
    output: str
    errors: str


FOREIGN = ("DISCORD_", "DATABASE_", "LOG_", "PYTHONDONTWRITEBYTECODE")
"""What an operator's environment need not have: a machine that keeps no bytecode starts twice as slowly every time."""


def environment(folder: Path, **settings: str) -> Mapping[str, str]:
    """An operator's environment: no setting but those given, and the checkout importable."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    return {**kept, "PYTHONPATH": str(CHECKOUT), "DATABASE_URL": f"sqlite:///{folder / 'archive.db'}", **settings}


async def start(folder: Path, *arguments: str, **settings: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        cwd=folder, env=environment(folder, **settings), stdin=asyncio.subprocess.DEVNULL, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip


async def talebearer(folder: Path, *arguments: str, **settings: str) -> Done:
    """Runs a command to its end."""
    process = await start(folder, *arguments, **settings)
    output, errors = await process.communicate()
    assert process.returncode is not None
    return Done(process.returncode, output.decode(), errors.decode())


@asynccontextmanager
async def serving(folder: Path, sandbox: Sandbox, **settings: str) -> AsyncGenerator[Process]:
    """The bot as a process on a local Discord, ready; killed at the end of the block if it still runs."""
    process = await start(folder, "run", DISCORD_TOKEN=sandbox.token, DISCORD_API_URL=sandbox.api_url, **settings)
    try:
        await sandbox.ready()
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


async def fetched(port: int, path: str) -> tuple[int, str]:
    """Status and text of what answers there."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()
