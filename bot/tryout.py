"""This room lets anybody try the whole bot: a local Discord, some people on it, the sample stories."""

import asyncio
import contextlib
import logging
import os
import tempfile
from collections.abc import Generator
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

from bot.cast import StandingClock, cast_of, give_pen_names
from bot.client import Talebearer
from bot.config import Settings
from bot.domain.access import HOME
from bot.domain.errors import ArchiveError
from bot.importing import take_all
from bot.logs import printable
from bot.running import explained, in_loop, told_to_stop
from bot.sandbox import IDENTIFY_INTERVAL, GatewayEvent, Sandbox
from bot.services.intake import Status
from bot.store.authors import everybody
from bot.store.database import Database, open_database, sole_server


def try_out(settings: Settings, *, port: int, archive: Path | None, keep: Path | None) -> int:
    """Serves the page until Ctrl-C; the database is in `keep`, or in no place that lasts, never in DATABASE_URL."""
    if settings.discord_token is not None:
        raise ArchiveError(
            "DISCORD_TOKEN is set, and the local Discord is never started beside a real bot's token;"
            " leave it out for this once: `DISCORD_TOKEN= talebearer try`."
        )
    if archive is not None and not archive.exists():
        raise ArchiveError(f"There is no folder {archive}; name one with story pages in it, or leave --archive out.")
    if not 0 <= port < 1 << 16:
        raise ArchiveError(f"There is no port {port}; name one from 1024 to 65535, or leave --port out.")
    if settings.log_level == "INFO":
        logging.getLogger("bot").setLevel("WARNING")  # the address is what is looked for here
    try:
        with _folder(keep) as folder:
            in_loop(_try_out(settings, port, archive, folder))
    except OSError as error:
        raise ArchiveError(
            f"Port {port} on 127.0.0.1 cannot be used: {os.strerror(error.errno or 0)}; name another one."
        ) from error
    return 0


@contextlib.contextmanager
def _folder(keep: Path | None) -> Generator[Path]:
    if keep is None:
        print("Nothing you do here is kept; with --keep FOLDER it is.")
        with tempfile.TemporaryDirectory(prefix="talebearer-") as folder:
            yield Path(folder)
        return
    try:
        keep.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(
            f"Nothing can be kept in {keep}: {os.strerror(error.errno or 0)}; name another folder."
        ) from error
    print(f"The archive is kept in {keep}; what is said on the local Discord is not.")
    yield keep


async def _try_out(settings: Settings, port: int, archive: Path | None, folder: Path) -> None:
    with sole_server(folder / "archive.db"), told_to_stop() as stop:
        async with open_database(folder / "archive.db") as database:
            if archive or not await everybody(database.reader, HOME):
                await _fill(database, archive)
            cast, new = await cast_of(folder, database)
            clock = StandingClock(cast.since)
            async with Sandbox.start(port=port, page=True, clock=clock) as sandbox:
                authors = cast.enter(sandbox)
                clock.go()
                if new:
                    await give_pen_names(database, authors)
                await _serve(settings, database, sandbox, stop)


async def _serve(settings: Settings, database: Database, sandbox: Sandbox, stop: asyncio.Event) -> None:
    here = {"discord_api_url": sandbox.api_url, "discord_home_guild": sandbox.guilds[0].id}
    lives = Lives(replace(settings, discord_token=sandbox.token, **here), database, sandbox)
    sandbox.restart = lives.restart
    sandbox.identify_interval = IDENTIFY_INTERVAL
    serving = asyncio.create_task(lives.serve(stop))
    await _announce(sandbox, serving)
    await serving


class Lives:
    """The bot, and after each restart another one: in the same process, on the same database, never two at once."""

    def __init__(self, settings: Settings, database: Database, sandbox: Sandbox) -> None:
        self._settings = settings
        self._database = database
        self._sandbox = sandbox
        self._ending = asyncio.Event()

    async def serve(self, stop: asyncio.Event) -> None:
        """Until `stop` is set, or the bot cannot go on."""
        stopping = asyncio.create_task(self._end_with(stop))
        try:
            while not stop.is_set():
                self._ending.clear()
                await self._live()
        finally:
            stopping.cancel()

    async def restart(self) -> None:
        """Ends this bot with its drain; returns when the next one has its gateway session."""
        begun = asyncio.Event()

        def listen(event: GatewayEvent) -> None:
            if event.t in ("READY", "RESUMED"):
                begun.set()

        self._sandbox.event_listeners.append(listen)
        self._ending.set()
        await begun.wait()
        self._sandbox.event_listeners.remove(listen)

    async def _live(self) -> None:
        async with Talebearer(self._settings, self._database) as bot:
            with explained(self._settings):
                await bot.serve(self._sandbox.token, self._ending)

    async def _end_with(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._ending.set()


async def _announce(sandbox: Sandbox, serving: asyncio.Task[None]) -> None:
    """Prints the address as soon as the bot can be used."""
    ready = asyncio.create_task(sandbox.ready())
    await asyncio.wait({ready, serving}, return_when=asyncio.FIRST_COMPLETED)
    ready.cancel()
    if not serving.done():
        print(f"Talebearer is ready to be tried. Open this page in a browser:\n\n    {sandbox.page_url}\n")
        print("Ctrl-C ends it.", flush=True)


async def _fill(database: Database, archive: Path | None) -> None:
    with as_file(samples()) as folder:
        rows = await take_all(database, [archive or folder])
    for row in rows:
        if row["status"] == Status.REFUSED:
            print(printable(row["error"]))
    if all(row["status"] == Status.REFUSED for row in rows):
        raise ArchiveError(f"There is no story page in {archive}; name a folder that has some.")


def samples() -> Path:
    """The stories that come with Talebearer: inside the wheel, or in `data/` of a checkout."""
    packaged = Path(str(files("bot") / "samples"))
    return packaged if packaged.is_dir() else Path(str(files("bot"))).parent / "data" / "samples"
