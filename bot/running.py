"""This room runs the bot as a process: opens, serves until it is told to stop, and says why it could not."""

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from pathlib import Path
from types import FrameType
from typing import Any

import discord

from bot.backups import Rotation
from bot.client import Talebearer
from bot.config import Settings
from bot.domain.errors import ArchiveError, SettingsRefused
from bot.store.database import Database, open_database, sole_server

log = logging.getLogger(__name__)


class CannotServe(ArchiveError):
    """Discord and this process do not come together."""


def run(settings: Settings) -> int:
    """Serves until SIGTERM or Ctrl-C.

    Raises:
        SettingsRefused: there is no token.
        CannotServe: Discord refuses the bot.
    """
    if settings.discord_token is None:
        raise SettingsRefused(
            "DISCORD_TOKEN is not set: put the bot's token into .env (see .env.example),"
            " or try Talebearer without one by `talebearer try`."
        )
    in_loop(_serve(settings, settings.discord_token))
    return 0


async def _serve(settings: Settings, token: str) -> None:
    async with open_database(settings.database_url) as database:
        with sole_server(settings.database_url), told_to_stop() as stop:
            log.info("Serving %s from the folder %s", settings.database_url, Path.cwd())
            async with (
                Talebearer(settings, database) as bot,
                _copying(settings, database),
                _watched(bot, database, settings.health_port),
            ):
                with explained(settings):
                    await bot.serve(token, stop)


@contextlib.asynccontextmanager
async def _copying(settings: Settings, database: Database) -> AsyncGenerator[None]:
    """Copies of the database all the while, unless they are not wanted."""
    if not settings.backup_hours:
        yield
        return
    folder = settings.database_url.parent / "backups"
    rotation = Rotation(database, folder, settings.backup_hours * 3_600.0, settings.backup_keep)
    task = asyncio.create_task(rotation.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


def _watched(bot: Talebearer, database: Database, port: int) -> contextlib.AbstractAsyncContextManager[None]:
    """What the operator's machines ask, on that port; 0: nowhere, and no server of pages is loaded."""
    if not port:
        return contextlib.nullcontext()
    from bot.health import watched

    return watched(bot, database, port)


@contextlib.contextmanager
def told_to_stop() -> Generator[asyncio.Event]:
    """An event that SIGTERM or Ctrl-C sets."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    if sys.platform == "win32":
        signal.signal(signal.SIGINT, _setting(stop, loop))
        yield stop
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


def _setting(stop: asyncio.Event, loop: asyncio.AbstractEventLoop) -> Callable[[int, FrameType | None], None]:
    def handler(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop.set)

    return handler


# docs.discord.com, Opcodes and Status Codes: Gateway Close Event Codes
CLOSED = {
    4004: "Discord refused the token in DISCORD_TOKEN: copy it again from the developer portal, under Bot.",
    4011: "Discord wants this bot to be sharded, and Talebearer serves up to 2,500 servers; leave some of them.",
    4013: "Discord does not know the intents the bot asks for; install the newest Talebearer.",
    4014: "Discord does not allow the intents the bot asks for; look at its page in the developer portal, under Bot.",
}


def _why_closed(code: int) -> str:
    return CLOSED.get(code, f"Discord closed the connection for good (code {code}); see the log, and start again.")


@contextlib.contextmanager
def explained(settings: Settings) -> Generator[None]:
    """Turns what ends a connection for good into a sentence."""
    try:
        yield
    except discord.LoginFailure as error:
        raise CannotServe(CLOSED[4004]) from error
    except discord.PrivilegedIntentsRequired as error:
        raise CannotServe(CLOSED[4014]) from error
    except discord.ConnectionClosed as error:
        raise CannotServe(_why_closed(error.code)) from error
    except discord.HTTPException as error:
        raise CannotServe(
            f"What answers at {settings.discord_api_url} refuses the bot ({error.status}, code {error.code});"
            " check DISCORD_API_URL, and start again."
        ) from error


def in_loop(work: Coroutine[Any, Any, None]) -> None:
    """Runs on uvloop where there is one: a fifth less CPU for each interaction."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)
