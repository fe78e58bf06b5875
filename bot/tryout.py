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
from bot.report import printable
from bot.running import explained, in_loop, told_to_stop
from bot.sandbox import Guild, Person, Sandbox
from bot.sandbox.page import page_of
from bot.services.feedback import Feedback
from bot.services.intake import Status
from bot.store.authors import everybody
from bot.store.database import Database, open_database

AUTHORS = 4
"""Pen names of the archive that get an account here."""


def try_out(settings: Settings, *, port: int, archive: Path | None) -> int:
    """Serves the page until Ctrl-C; the database is a temporary one, never that of DATABASE_URL."""
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
            local = replace(settings, discord_token=sandbox.token, discord_api_url=sandbox.api_url)
            async with Talebearer(local, database) as bot:
                serving = asyncio.create_task(_serve(bot, local, sandbox.token, stop))
                await _announce(sandbox, serving)
                await serving


async def _serve(bot: Talebearer, settings: Settings, token: str, stop: asyncio.Event) -> None:
    with explained(settings):
        await bot.serve(token, stop)


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
    """A server with an ordinary and an age-restricted channel, readers, authors and a moderator."""
    sandbox.bot_user.name = sandbox.bot_user.display_name = "Talebearer"
    guild = sandbox.guild("Story Circle")
    guild.channel("reading-room").thread("a corner of the room")
    guild.channel("after-dark", nsfw=True).thread("late at night")
    notes = page_of(sandbox).notes
    for name, note in (("Mara", "a reader"), ("Jon", "another reader")):
        notes[sandbox.person(name.lower(), display_name=name, guild=guild).name] = note
    authors = [(name, _author(sandbox, guild, name)) for name in (await everybody(database.reader, HOME))[:AUTHORS]]
    notes.update({person.name: "an author" for _, person in authors})
    await _link(database, authors)
    sandbox.person("ines", display_name="Ines", guild=guild, permissions=MANAGE_GUILD)
    notes["ines"] = "a moderator"


MANAGE_GUILD = 1 << 5
"""docs.discord.com, Permissions: Bitwise Permission Flags."""


def _author(sandbox: Sandbox, guild: Guild, name: str) -> Person:
    handle = "".join(filter(str.isalnum, name)).lower() or "author"
    return sandbox.person(handle, display_name=name, guild=guild)


async def _link(database: Database, authors: Sequence[tuple[str, Person]]) -> None:
    feedback = Feedback(database)
    for name, person in authors:
        await feedback.link(HOME, name, person.id)
