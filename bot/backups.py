"""This room keeps copies of the database, on request and every day, and brings one back."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.errors import ArchiveError
from bot.forgotten import forgetter
from bot.logs import printable
from bot.services.forgetting import beside
from bot.store.copying import UNFINISHED
from bot.store.database import Database, open_database, sole_server

log = logging.getLogger(__name__)

NAME = "archive-%Y-%m-%dT%H%M%SZ.db"
OLDEST = 30 * 86_400.0
"""Seconds for which a copy is kept at most: what an author withdrew is gone from the copies by then."""
RETRY = 3_600.0
"""Seconds after which a copy that could not be made is tried again."""


async def back_up(database_path: Path, target: Path) -> int:
    """Copies the database while others read and write it, and checks the copy."""
    if not database_path.exists():
        raise ArchiveError(
            f"There is no database {database_path} to copy; check DATABASE_URL and the folder you are in."
        )
    async with open_database(database_path) as database:
        size = await copy(database, target)
    print(printable(f"Copied {database_path} to {target}: {size:,} bytes, checked."))
    return 0


async def copy(database: Database, target: Path) -> int:
    """Writes a checked copy to a file that is not there yet; returns its size in bytes.

    Raises:
        ArchiveError: the file is there, or could not be written.
    """
    try:
        if target.exists():
            raise ArchiveError(f"{target} is there already and stays as it is; name another file.")
        await database.copy_to(target)
        return target.stat().st_size
    except (sqlite3.Error, OSError) as error:
        raise ArchiveError(
            f"{target} could not be written ({error}); name a file in a folder that is there and has room."
        ) from error


async def restore(database_path: Path, source: Path) -> int:
    """Puts a copy in the place of the database, which is kept beside it, and brings it up to date."""
    _check(source)
    database_path.parent.mkdir(parents=True, exist_ok=True)
    with sole_server(database_path):
        aside = await _set_aside(database_path)
        _put(source, database_path)
        async with open_database(database_path) as database:
            forgotten = await forgetter(database).again(beside(source), source.parent / beside(database_path).name)
            held = await database.reader.value("SELECT count(*) FROM stories")
    again = f" {forgotten:,} things that were forgotten after it was made are forgotten again." if forgotten else ""
    print(printable(f"Restored {source} as {database_path}: {held:,} stories.{again}{aside}"))
    return 0


def _check(source: Path) -> None:
    """Refuses what is no sound copy of an archive, before anything is touched."""
    if not source.is_file():
        raise ArchiveError(f"There is no file {source} to restore; check its name.")
    try:
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            [verdict] = copy.execute("PRAGMA integrity_check").fetchone()
            copy.execute("SELECT count(*) FROM stories, migrations").fetchone()
    except sqlite3.Error as error:
        raise ArchiveError(
            f"{source} is no copy of an archive ({error}); name one that `talebearer backup` made."
        ) from error
    if verdict != "ok":
        raise ArchiveError(f"{source} is damaged ({verdict}); name an older copy.")


async def _set_aside(database_path: Path) -> str:
    """Keeps what was there; returns the sentence that says where."""
    if not database_path.exists():
        return ""
    aside = database_path.with_name(f"{database_path.name}.replaced-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}")
    async with open_database(database_path) as database:
        await forgetter(database).round()  # what was forgotten here is to be on the list before the copy comes
        await copy(database, aside)
    return f" What was there before is kept as {aside}."


def _put(source: Path, database_path: Path) -> None:
    """Fills the database with the copy in one transaction: a process that has it open sees one or the other."""
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as copy,
        closing(sqlite3.connect(database_path)) as database,
    ):
        copy.backup(database)


class Rotation:
    """Copies the database into a folder again and again, and keeps the newest few."""

    def __init__(
        self, database: Database, folder: Path, every: float, keep: int, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._folder = folder
        self._every = every  # seconds
        self._keep = keep
        self._clock = clock

    async def run(self) -> None:
        """Until it is cancelled; a copy that fails is said and tried again after an hour."""
        while True:
            await asyncio.sleep(max(0.0, self.next_due() - self._clock()))
            try:
                await self.turn()
            except ArchiveError as error:
                log.warning("No backup was made: %s", error)
                await asyncio.sleep(RETRY)

    def next_due(self) -> float:
        """When the next copy is to be made, in seconds since the epoch; 0 where there is none yet."""
        made = self._made()
        return made[-1][0] + self._every if made else 0.0

    async def turn(self) -> Path:
        """Makes a copy now and removes those that are too many or too old; returns the new one."""
        now = self._clock()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(
                f"{self._folder} cannot be made ({error}); give the bot the right to write beside its database."
            ) from error
        target = self._folder / datetime.fromtimestamp(now, UTC).strftime(NAME)
        size = await copy(self._database, target)
        log.info("Copied the database to %s: %s bytes, checked", target, size)
        self._tidy(now)
        return target

    def _made(self) -> list[tuple[float, Path]]:
        """The copies in the folder with the time in their names, oldest first."""
        found: list[tuple[float, Path]] = []
        for file in self._folder.glob("archive-*.db"):
            try:
                made_at = datetime.strptime(file.name, NAME).replace(tzinfo=UTC)
            except ValueError:
                continue  # somebody's own file
            found.append((made_at.timestamp(), file))
        return sorted(found)

    def _tidy(self, now: float) -> None:
        for file in self._folder.glob(f"archive-*.db{UNFINISHED}"):
            file.unlink()  # of a process that was stopped meanwhile
        made = self._made()
        for number, (made_at, file) in enumerate(made[:-1]):
            if number < len(made) - self._keep or now - made_at > OLDEST:
                file.unlink(missing_ok=True)
        path = self._database.path
        for file in (*path.parent.glob(f"{path.name}.before-step-*"), *path.parent.glob(f"{path.name}.replaced-*")):
            if now - file.stat().st_mtime > OLDEST:
                file.unlink(missing_ok=True)
