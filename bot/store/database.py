"""This room opens the archive's database and brings its schema up to date."""

import hashlib
import re
import sqlite3
from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import LiteralString, NamedTuple, cast

from bot.domain.errors import DatabaseRefused
from bot.store.copying import copy_file
from bot.store.sqlite import Database, Reader, Writer, connect

__all__ = ["Database", "Reader", "Writer", "copy_unchanged", "is_served", "open_database", "sole_server"]


class Migration(NamedTuple):
    """One numbered step of the schema."""

    number: int
    name: str
    sql: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


@asynccontextmanager
async def open_database(path: Path, migrations: list[Migration] | None = None) -> AsyncGenerator[Database]:
    """Opens `path`, making it and its folder where they are missing, with the newest schema.

    Raises:
        DatabaseRefused: the file is no database, or its schema is not one this version knows.
    """
    async with AsyncExitStack() as stack:
        with _refused(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            database = await stack.enter_async_context(connect(path))
            await _migrate_safely(database, path, shipped() if migrations is None else migrations)
        yield database


@contextmanager
def _refused(path: Path) -> Generator[None]:
    try:
        yield
    except (sqlite3.DatabaseError, OSError) as error:
        raise DatabaseRefused(
            f"The database {path} cannot be used: {error}; name another file in DATABASE_URL."
        ) from error


@contextmanager
def sole_server(path: Path) -> Generator[None]:
    """Holds the right to serve a database: it is the one to take back the leases of a process that died.

    SQLite's own lock on a file beside it goes with the process, however that ends, on every system.

    Raises:
        DatabaseRefused: another process serves it.
    """
    guard = sqlite3.connect(f"{path}-serving", isolation_level=None, timeout=1)  # who asks `is_served` is gone by then
    with closing(guard):
        try:
            guard.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise DatabaseRefused(
                f"Another Talebearer serves {path} already; stop it first, or name another file in DATABASE_URL."
            ) from error
        yield


def is_served(path: Path) -> bool:
    """Whether a bot serves a database now, in whatever process."""
    guard = Path(f"{path}-serving")
    if not guard.exists():
        return False
    with closing(sqlite3.connect(f"{guard.absolute().as_uri()}?mode=ro", uri=True, timeout=0)) as asked:
        try:
            asked.execute("SELECT count(*) FROM sqlite_master")
        except sqlite3.OperationalError:
            return True
    return False


async def copy_unchanged(path: Path, target: Path) -> None:
    """Copies a database without bringing its schema up to date, or changing anything else about it.

    Raises:
        DatabaseRefused: it cannot be read.
    """
    with _refused(path):
        await copy_file(path, target, check=False)


def shipped() -> list[Migration]:
    """The migrations of this version, in order."""
    folder = files("bot.store") / "migrations"
    names = sorted(entry.name for entry in folder.iterdir() if re.fullmatch(r"\d{4}_\w+\.sql", entry.name))
    return [Migration(int(name[:4]), name[5:-4], (folder / name).read_text("utf-8")) for name in names]


async def _migrate_safely(database: Database, path: Path, migrations: list[Migration]) -> None:
    """Migrates; a database that holds something is copied first, to a file beside it that names the step."""
    done = await _done(database.reader)
    missing = [migration.number for migration in migrations if migration.number not in done]
    copy = path.with_name(f"{path.name}.before-step-{min(missing)}") if done and missing else None
    if copy is not None and not copy.exists():  # one that is there is from before a migration that was interrupted
        await database.copy_to(copy)
    await migrate(database, migrations)


async def _done(db: Reader) -> set[int]:
    """The steps that a database has behind it; none where it is new."""
    known = await db.value("SELECT count(*) FROM sqlite_schema WHERE name = 'migrations'")
    return {row["number"] for row in await db.all("SELECT number FROM migrations")} if known else set()


async def migrate(database: Database, migrations: list[Migration]) -> None:
    """Applies what is missing, each migration in one transaction with its record."""
    async with database.write() as db:
        await db.run(
            "CREATE TABLE IF NOT EXISTS migrations"
            " (number INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL) STRICT"
        )
    for migration in migrations:
        async with database.write() as db:
            # Asked inside the transaction: another process may be migrating the same file.
            if migration.number not in await _applied(db, migrations):
                await _apply(db, migration)
    await _applied(database.reader, migrations)


async def _applied(db: Reader, migrations: list[Migration]) -> set[int]:
    known = {migration.number: migration for migration in migrations}
    rows = await db.all("SELECT number, name, digest FROM migrations ORDER BY number")
    for number, name, digest in rows:
        if number not in known:
            raise DatabaseRefused(
                f"The database was written by a newer Talebearer (its schema has step {number}, {name});"
                " install that version or restore a backup."
            )
        if known[number].digest != digest:
            raise DatabaseRefused(
                f"Step {number} ({name}) of the database's schema is not the one this version ships;"
                " install the version that wrote it."
            )
    return {row["number"] for row in rows}


async def _apply(db: Writer, migration: Migration) -> None:
    for statement in statements(migration.sql):
        await db.run(cast("LiteralString", statement))
    await db.run(
        "INSERT INTO migrations (number, name, digest) VALUES (:number, :name, :digest)",
        number=migration.number,
        name=migration.name,
        digest=migration.digest,
    )


def statements(script: str) -> Iterator[str]:
    """The statements of a script one by one; `executescript` would commit behind our back."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
