"""This room peoples the local Discord: readers, authors, moderators; the same ones again where they are kept."""

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.domain.access import HOME
from bot.domain.errors import ArchiveError
from bot.sandbox import Guild, Person, Sandbox
from bot.sandbox.page import page_of
from bot.services.feedback import Feedback
from bot.store.authors import everybody
from bot.store.database import Database

AUTHORS = 4
"""Pen names of the archive that get an account here; the last of them takes no DMs."""

YEAR = 365 * 86_400.0
ENGLISH, GERMAN = "en-US", "de"
READERS = (
    ("Mara", "a reader", 2 * YEAR, ENGLISH),
    ("Jon", "another reader", YEAR, ENGLISH),
    ("Nia", "a newcomer", 600.0, ENGLISH),
    ("Jule", "a reader, in German", YEAR, GERMAN),
)
"""Name, note, seconds since the account was made, and the language Discord speaks to them."""

MANAGE_GUILD = 1 << 5
"""docs.discord.com, Permissions: Bitwise Permission Flags."""


@dataclass(frozen=True)
class Cast:
    """Who is there, and since when, in seconds since 1970.

    Ids carry the time at which they were made and rise one by one: entering in the same order at the same time,
    everybody and every place has the id they had before, and the archive knows them again.
    """

    since: float
    authors: Sequence[str]

    def enter(self, sandbox: Sandbox) -> dict[str, Person]:
        """A server with an ordinary and an age-restricted channel, and one next door; the authors, by pen name."""
        sandbox.bot_user.name = sandbox.bot_user.display_name = "Talebearer"
        guild = sandbox.guild("Story Circle")
        guild.channel("reading-room").thread("a corner of the room")
        guild.channel("after-dark", nsfw=True).thread("late at night")
        notes = page_of(sandbox).notes
        for name, note, age, locale in READERS:
            notes[sandbox.person(name.lower(), guild=guild, age=age, locale=locale).name] = note
        authors = {name: _author(sandbox, guild, name) for name in self.authors}
        notes.update({person.name: "an author" for person in authors.values()})
        if len(authors) > 1:
            authors[self.authors[-1]].closes_dms()
        sandbox.person("ines", display_name="Ines", guild=guild, permissions=MANAGE_GUILD, age=3 * YEAR)
        notes["ines"] = "a moderator"
        _next_door(sandbox, notes)
        return authors


def _author(sandbox: Sandbox, guild: Guild, name: str) -> Person:
    handle = "".join(filter(str.isalnum, name)).lower() or "author"
    return sandbox.person(handle, display_name=name, guild=guild, age=4 * YEAR)


def _next_door(sandbox: Sandbox, notes: dict[str, str]) -> None:
    """A second server: it reads the home archive until its moderator opens one of its own."""
    guild = sandbox.guild("The Village")
    guild.channel("fireside")
    sandbox.person("mara", guild=guild)
    sandbox.person("otto", display_name="Otto", guild=guild, permissions=MANAGE_GUILD, age=YEAR)
    notes["otto"] = "a moderator next door"


class StandingClock:
    """Stands at a time until it is set going; from then on it is the time of day."""

    def __init__(self, at: float) -> None:
        self._at: float | None = at

    def __call__(self) -> float:
        return time.time() if self._at is None else self._at

    def go(self) -> None:
        self._at = None


async def cast_of(folder: Path, database: Database) -> tuple[Cast, bool]:
    """The cast that a folder keeps, or a new one, which it keeps from now on; and whether it is new.

    Raises:
        ArchiveError: what the folder keeps cannot be read.
    """
    kept = folder / "cast.json"
    if kept.exists():
        return _read(kept), False
    cast = Cast(time.time(), (await everybody(database.reader, HOME))[:AUTHORS])
    kept.write_text(json.dumps(asdict(cast)), "utf-8")
    return cast, True


def _read(kept: Path) -> Cast:
    try:
        told = json.loads(kept.read_text("utf-8"))
        return Cast(float(told["since"]), [str(name) for name in told["authors"]])
    except (ValueError, TypeError, KeyError) as error:
        raise ArchiveError(
            f"{kept} does not say who was there; name another folder, or remove that file and everybody is new."
        ) from error


async def give_pen_names(database: Database, authors: dict[str, Person]) -> None:
    feedback = Feedback(database)
    for name, person in authors.items():
        await feedback.link(HOME, name, person.id)
