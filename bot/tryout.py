"""This room lets anybody try the whole bot: a local Discord, some people on it, the sample stories, nothing kept."""

import asyncio
import logging
import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

from bot.client import Talebearer
from bot.config import Settings
from bot.domain.access import HOME
from bot.domain.errors import ArchiveError
from bot.importing import take_all
from bot.logs import printable
from bot.running import explained, in_loop, told_to_stop
from bot.sandbox import IDENTIFY_INTERVAL, GatewayEvent, Guild, Person, Sandbox
from bot.sandbox.page import page_of
from bot.services.feedback import Feedback
from bot.services.intake import Status
from bot.store.authors import everybody
from bot.store.database import Database, open_database

AUTHORS = 4
"""Pen names of the archive that get an account here; the last of them takes no DMs."""


def try_out(settings: Settings, *, port: int, archive: Path | None) -> int:
    """Serves the page until Ctrl-C; the database is a temporary one, never that of DATABASE_URL."""
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
        in_loop(_try_out(settings, port, archive))
    except OSError as error:
        raise ArchiveError(
            f"Port {port} on 127.0.0.1 cannot be used: {os.strerror(error.errno or 0)}; name another one."
        ) from error
    return 0


async def _try_out(settings: Settings, port: int, archive: Path | None) -> None:
    with tempfile.TemporaryDirectory(prefix="talebearer-") as folder, told_to_stop() as stop:
        async with open_database(Path(folder) / "try.db") as database, Sandbox.start(port=port, page=True) as sandbox:
            await _fill(database, archive)
            await _people(sandbox, database)
            here = {"discord_api_url": sandbox.api_url, "discord_home_guild": sandbox.guilds[0].id}
            local = replace(settings, discord_token=sandbox.token, **here)
            lives = Lives(local, database, sandbox)
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
        print("Ctrl-C ends it; nothing is kept.", flush=True)


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


async def _people(sandbox: Sandbox, database: Database) -> None:
    """A server with an ordinary and an age-restricted channel, readers, authors and a moderator; and one next door."""
    sandbox.bot_user.name = sandbox.bot_user.display_name = "Talebearer"
    guild = sandbox.guild("Story Circle")
    guild.channel("reading-room").thread("a corner of the room")
    guild.channel("after-dark", nsfw=True).thread("late at night")
    notes = page_of(sandbox).notes
    for name, note, age in PEOPLE:
        notes[sandbox.person(name.lower(), display_name=name, guild=guild, age=age).name] = note
    authors = [(name, _author(sandbox, guild, name)) for name in (await everybody(database.reader, HOME))[:AUTHORS]]
    notes.update({person.name: "an author" for _, person in authors})
    await _link(database, authors)
    if len(authors) > 1:
        authors[-1][1].closes_dms()
    sandbox.person("ines", display_name="Ines", guild=guild, permissions=MANAGE_GUILD, age=3 * YEAR)
    notes["ines"] = "a moderator"
    _next_door(sandbox, notes)


def _next_door(sandbox: Sandbox, notes: dict[str, str]) -> None:
    """A second server: it reads the home archive until its moderator opens one of its own."""
    guild = sandbox.guild("The Village")
    guild.channel("fireside")
    sandbox.person("mara", guild=guild)
    sandbox.person("otto", display_name="Otto", guild=guild, permissions=MANAGE_GUILD, age=YEAR)
    notes["otto"] = "a moderator next door"


YEAR = 365 * 86_400.0
PEOPLE = (("Mara", "a reader", 2 * YEAR), ("Jon", "another reader", YEAR), ("Nia", "a newcomer", 600.0))
"""Name, note and seconds since the account was made."""

MANAGE_GUILD = 1 << 5
"""docs.discord.com, Permissions: Bitwise Permission Flags."""


def _author(sandbox: Sandbox, guild: Guild, name: str) -> Person:
    handle = "".join(filter(str.isalnum, name)).lower() or "author"
    return sandbox.person(handle, display_name=name, guild=guild, age=4 * YEAR)


async def _link(database: Database, authors: Sequence[tuple[str, Person]]) -> None:
    feedback = Feedback(database)
    for name, person in authors:
        await feedback.link(HOME, name, person.id)
