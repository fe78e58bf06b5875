"""This room reads the settings: each with its type, its default and its sentence, when asked and not before.

What is wrong with a value is said without the value: it may be a token in the wrong line.
"""

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import dotenv_values

from bot.domain.errors import SettingsRefused
from bot.domain.pacing import Limits

DISCORD = "https://discord.com/api/v10"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
FORMATS = ("TEXT", "JSON")


def _token(text: str) -> str:
    """Whatever is given: Discord's answer judges it. Only what can be no HTTP header is refused."""
    if not text.isascii() or not text.isprintable():
        raise ValueError("holds characters that cannot be sent; copy it again from Discord's developer portal")
    return text


def _api_url(text: str) -> str:
    try:
        url = urlsplit(text)
        host, port = url.hostname, url.port
    except ValueError:
        raise ValueError(_NO_ADDRESS) from None
    if url.scheme not in ("http", "https") or not host or port == 0:
        raise ValueError(_NO_ADDRESS)
    if not url.path.endswith("/api/v10") or url.query or url.fragment:
        raise ValueError(_NO_ADDRESS)
    if url.username is not None:
        raise ValueError("must carry no user name or password; leave out what stands ahead of the @")
    if url.scheme == "http" and not _is_loopback(host):
        raise ValueError("may be http: only on this machine (127.0.0.1); use https:")
    return text


_NO_ADDRESS = f"must be an address that ends in /api/v10, like {DISCORD}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _database(text: str) -> Path:
    start, _, path = text.partition("sqlite:///")
    if start or not path or path.endswith("/"):
        raise ValueError("must name a SQLite file, like sqlite:///data/archive.db")
    return Path(path)


def _snowflake(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 17 <= len(text) <= 19 and int(text) < 1 << 63):
        raise ValueError("must be the id of a server, a number of 17 to 19 digits")
    return int(text)


def _count(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= most):
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(text)

    return read


def _seconds(least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text) or not least <= float(text) <= most:
            raise ValueError(f"must be a number of seconds from {least:g} to {most:g}")
        return float(text)

    return read


def _level(text: str) -> str:
    if text.upper() not in LEVELS:
        raise ValueError(f"must be one of {', '.join(LEVELS)}")
    return text.upper()


def _format(text: str) -> str:
    if text.upper() not in FORMATS:
        raise ValueError(f"must be one of {', '.join(FORMATS)}")
    return text.upper()


def _setting(sentence: str, read: Callable[[str], Any], default: str | None) -> Any:  # noqa: ANN401 - a field
    return field(metadata={"sentence": sentence, "read": read, "default": default})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every option of Talebearer. `.env.example` lists the same, and a test insists."""

    discord_token: str | None = _setting(
        "The bot's token from Discord's developer portal; without one, `talebearer` starts a local Discord.",
        _token,
        None,
    )
    discord_api_url: str = _setting(
        "Where Discord's API is: a proxy of yours, or a local Discord (http: on this machine only).",
        _api_url,
        DISCORD,
    )
    database_url: Path = _setting(
        "The SQLite file of the archive, relative to the folder Talebearer is started in.",
        _database,
        "sqlite:///data/archive.db",
    )
    discord_home_guild: int | None = _setting(
        "The id of the server whose moderators look after the home archive.", _snowflake, None
    )
    backup_hours: int = _setting(
        "Hours between two of the bot's own copies of the database, in `backups` beside it; 0 makes none.",
        _count(0, 24 * 30),
        "24",
    )
    backup_keep: int = _setting(
        "How many copies are kept; none for longer than 30 days, so that what an author withdrew is gone by then.",
        _count(1, 1_000),
        "7",
    )
    requests_per_second: int = _setting(
        "How many requests a second the bot makes beside its answers to people; Discord allows 50 in all.",
        _count(1, 50),
        "40",
    )
    dm_seconds: float = _setting(
        "Seconds between two messages to one person; Discord takes five in five seconds, and a clock is never exact.",
        _seconds(0.0, 60.0),
        "1.05",
    )
    dm_opening_seconds: float = _setting(
        "Seconds between two direct messages to persons the bot never wrote to; Discord flags bots that open many.",
        _seconds(0.0, 3_600.0),
        "6",
    )
    dm_openings_per_day: int = _setting(
        "How many persons it writes to for the first time in a day, for the same reason; the others' letters wait.",
        _count(1, 10_000),
        "100",
    )
    reconnect_seconds: float = _setting(
        "The longest pause between two attempts to reach Discord while it is out; short ones look like an attack.",
        _seconds(1.0, 600.0),
        "60",
    )
    health_port: int = _setting(
        "The port on 127.0.0.1 where /healthz and /metrics (for Prometheus) answer; 0: nowhere.", _count(0, 65_535), "0"
    )
    log_format: str = _setting("How the log is written: TEXT for people, JSON with an object a line.", _format, "TEXT")
    log_level: str = _setting("How much is logged: " + ", ".join(LEVELS) + ".", _level, "INFO")

    @property
    def limits(self) -> Limits:
        return Limits(self.requests_per_second, self.dm_seconds, self.dm_opening_seconds, self.dm_openings_per_day)


def read_settings(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """The settings of the environment, and below it of the file `.env` in `folder` (the working folder).

    Raises:
        SettingsRefused: names every wrong setting, one line each.
    """
    written = _written((folder or Path.cwd()) / ".env")
    given = {**written, **(os.environ if environment is None else environment)}
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for option in fields(Settings):
        try:
            values[option.name] = _read(given, option.name, option.metadata)
        except ValueError as reason:
            wrong.append(f"{option.name.upper()} {reason}.")
    if wrong:
        raise SettingsRefused("\n".join(wrong))
    return Settings(**values)


def _written(file: Path) -> Mapping[str, str | None]:
    """What the file says; a folder of that name is a virtual environment of somebody's."""
    try:
        text = "" if file.is_dir() else file.read_text("utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError:
        text = "\0"
    except OSError as reason:
        raise SettingsRefused(f"{file} cannot be read ({reason.strerror}); check its permissions.") from None
    if "\0" in text:  # UTF-16 reads as UTF-8 with a NUL at every letter
        raise SettingsRefused(f"{file} is not UTF-8 text; save it as UTF-8.")
    return dotenv_values(stream=StringIO(text))


def _read(given: Mapping[str, str | None], name: str, metadata: Mapping[str, Any]) -> Any:  # noqa: ANN401
    text = (given.get(name.upper()) or "").strip() or metadata["default"]
    return None if text is None else metadata["read"](text)
