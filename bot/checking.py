"""This room looks whether everything is ready to serve, and says what to do where it is not."""

import platform
import shutil
import sqlite3
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
import discord
from rich.console import Console

from bot import __version__
from bot.config import Settings
from bot.logs import printable
from bot.store.database import shipped

PATIENCE = 10.0
"""Seconds to wait for Discord."""
CLOCK_LIMIT = 5.0
"""Seconds that this machine's clock may be off: places, leases and "3 minutes ago" go by it."""
ROOM = 200_000_000
"""Bytes of disk that have to be free beside those for a copy of the database."""
SPARE_STARTS = 50
SQLITE_NEEDED = (3, 38, 0)
"""What the archive's SQL asks for: strict tables, and JSON by arrows."""
PERMISSIONS = discord.Permissions(view_channel=True, send_messages=True, embed_links=True, attach_files=True)
"""What the bot needs in a server: to announce stories in a channel. Answers to commands need nothing."""
SCOPES = ("bot", "applications.commands")


class Finding(NamedTuple):
    """One thing that was looked at; `cure` is what to do about it, "" where it is well."""

    name: str
    told: str
    cure: str = ""


async def check(settings: Settings, clock: Callable[[], float] = time.time) -> int:
    """Looks at everything and prints it, a line each; returns the exit status: 1 where something needs a cure."""
    findings = [finding async for finding in _findings(settings, clock)]
    console = Console(highlight=False, markup=False, soft_wrap=True)
    for finding in findings:
        mark, style = ("!!", "bold red") if finding.cure else ("ok", "green")
        console.print(mark, f"{finding.name}:", printable(finding.told), style=style if finding.cure else None)
        if finding.cure:
            console.print("  ", printable(finding.cure))
    return 1 if any(finding.cure for finding in findings) else 0


async def _findings(settings: Settings, clock: Callable[[], float]) -> AsyncIterator[Finding]:
    yield _versions(sqlite3.sqlite_version_info)
    for finding in _database(settings.database_url):
        yield finding
    yield _disk(settings.database_url)
    async for finding in _discord(settings, clock):
        yield finding


def _versions(sqlite: tuple[int, int, int]) -> Finding:
    told = (
        f"Talebearer {__version__}, Python {platform.python_version()}, discord.py {discord.__version__},"
        f" SQLite {'.'.join(map(str, sqlite))}"
    )
    if sqlite < SQLITE_NEEDED:
        needed = ".".join(map(str, SQLITE_NEEDED))
        return Finding("Versions", told, f"Install a Python that brings SQLite {needed} or newer.")
    return Finding("Versions", told)


def _database(path: Path) -> Iterator[Finding]:
    if not path.exists():
        yield Finding("Database", f"{path} is not there yet; the first start or import makes it")
        return
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            yield _integrity(path, database)
            yield _schema(database)
    except sqlite3.Error as error:
        yield Finding(
            "Database", f"{path} cannot be read ({error})", "Name the right file in DATABASE_URL, or restore a backup."
        )


def _integrity(path: Path, database: sqlite3.Connection) -> Finding:
    [verdict] = database.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        return Finding("Database", f"{path} is damaged ({verdict})", "Stop the bot and `talebearer restore` a backup.")
    return Finding("Database", f"{path}, {path.stat().st_size:,} bytes, is sound")


def _schema(database: sqlite3.Connection) -> Finding:
    applied = dict(database.execute("SELECT number, digest FROM migrations").fetchall())
    known = {migration.number: migration.digest for migration in shipped()}
    if any(known.get(number) != digest for number, digest in applied.items()):
        return Finding("Schema", "it is of another version", "Install the Talebearer that wrote it, or a newer one.")
    missing = len(known) - len(applied)
    return Finding("Schema", "it is up to date" if not missing else f"the next start brings it {missing} steps ahead")


def _disk(path: Path) -> Finding:
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    free = shutil.disk_usage(folder).free
    size = path.stat().st_size if path.exists() else 0
    told = f"{free:,} bytes are free in {folder}"
    if free < ROOM + 2 * size:
        return Finding("Disk", told, f"Make room: a copy of the database and {ROOM:,} bytes have to fit.")
    return Finding("Disk", told)


async def _discord(settings: Settings, clock: Callable[[], float]) -> AsyncIterator[Finding]:
    if settings.discord_token is None:
        yield Finding(
            "Token", "DISCORD_TOKEN is not set", "Put the bot's token into .env; .env.example says where it is."
        )
        return
    try:
        async with _session(settings.discord_token) as session:
            async for finding in _answers(session, settings, clock):
                yield finding
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        yield Finding(
            "Discord",
            f"{settings.discord_api_url} does not answer ({type(error).__name__})",
            "Check the network and DISCORD_API_URL.",
        )


@asynccontextmanager
async def _session(token: str) -> AsyncGenerator[aiohttp.ClientSession]:
    headers = {"Authorization": f"Bot {token}", "User-Agent": f"DiscordBot (talebearer, {__version__})"}
    async with aiohttp.ClientSession(headers=headers, timeout=aiohttp.ClientTimeout(PATIENCE)) as session:
        yield session


async def _answers(
    session: aiohttp.ClientSession, settings: Settings, clock: Callable[[], float]
) -> AsyncIterator[Finding]:
    base = settings.discord_api_url
    async with session.get(f"{base}/users/@me") as answer:
        if answer.status == 401:
            yield Finding(
                "Token",
                "Discord does not know it",
                "Copy it again from the developer portal, under Bot, into DISCORD_TOKEN.",
            )
            return
        answer.raise_for_status()
        name = (await answer.json())["username"]
        yield Finding("Token", f"Discord knows it; the bot is called {name}")
        yield _clock(answer.headers.get("Date"), clock())
    yield _starts(await _get(session, f"{base}/gateway/bot"))
    application = await _get(session, f"{base}/oauth2/applications/@me")
    yield Finding("Intents", "none that Discord has to allow are asked for")
    if settings.discord_home_guild is not None:
        async for finding in _home(session, base, settings.discord_home_guild, int(application["id"])):
            yield finding
    link = discord.utils.oauth_url(int(application["id"]), permissions=PERMISSIONS, scopes=SCOPES)
    yield Finding("Invite", f"{link} has exactly the permissions the bot needs")


async def _get(session: aiohttp.ClientSession, address: str) -> dict[str, Any]:
    async with session.get(address) as answer:
        answer.raise_for_status()
        return await answer.json()


def _clock(date: str | None, now: float) -> Finding:
    if date is None:
        return Finding("Clock", "Discord did not tell the time")
    off = abs(now - parsedate_to_datetime(date).timestamp())
    if off > CLOCK_LIMIT:
        return Finding("Clock", f"it is {off:,.0f} seconds off", "Set this machine's clock, best by NTP.")
    return Finding("Clock", "it agrees with Discord's")


def _starts(gateway: dict[str, Any]) -> Finding:
    limit = gateway["session_start_limit"]
    told = f"{limit['remaining']} of {limit['total']} are left today"
    if limit["remaining"] < SPARE_STARTS:
        hours = limit["reset_after"] / 3_600_000
        return Finding("Starts", told, f"Find out why the bot starts so often, and wait {hours:.1f} hours.")
    return Finding("Starts", told)


async def _home(
    session: aiohttp.ClientSession, base: str, guild_id: int, application_id: int
) -> AsyncIterator[Finding]:
    async with session.get(f"{base}/guilds/{guild_id}") as answer:
        if answer.status in (403, 404):
            cure = "Invite it, or correct DISCORD_HOME_GUILD."
            yield Finding("Home server", f"the bot is not in server {guild_id}", cure)
            return
        answer.raise_for_status()
        guild = await answer.json()
    yield Finding("Home server", f"the bot is in {guild['name']}")
    member = await _get(session, f"{base}/guilds/{guild_id}/members/{application_id}")
    yield _permissions(guild, member)


def _permissions(guild: dict[str, Any], member: dict[str, Any]) -> Finding:
    """What the bot may do in the server as a whole; a channel can still forbid it (Topics, Permissions)."""
    held = discord.Permissions.none()
    for role in guild["roles"]:
        if role["id"] in (guild["id"], *member["roles"]):
            held |= discord.Permissions(int(role["permissions"]))
    lacking = [name for name, needed in PERMISSIONS if needed and not getattr(held, name)]
    if lacking and not held.administrator:
        told = f"in the home server the bot may not {', '.join(name.replace('_', ' ') for name in lacking)}"
        return Finding("Permissions", told, "Give its role these, or invite it again by the link below.")
    return Finding("Permissions", "the bot may do in the home server what it needs")
