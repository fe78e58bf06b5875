"""This room knows the pen names and the accounts behind them."""

from typing import NamedTuple

from bot.domain import names
from bot.store.naming import END
from bot.store.sqlite import Reader, Seeker, Writer


class Author(NamedTuple):
    """A pen name of an archive."""

    id: int
    archive_id: int
    name: str
    user_id: int | None


async def named(db: Reader, archive_id: int, name: str) -> Author | None:
    row = await db.one(
        "SELECT id, archive_id, name, user_id FROM authors WHERE archive_id = :archive AND name_key = :key",
        archive=archive_id,
        key=names.key(name),
    )
    return None if row is None else Author(*row)


async def everybody(db: Reader, archive_id: int) -> list[str]:
    rows = await db.all("SELECT name FROM authors WHERE archive_id = :archive ORDER BY name_key", archive=archive_id)
    return [row["name"] for row in rows]


async def get(db: Reader, author_id: int) -> Author | None:
    row = await db.one("SELECT id, archive_id, name, user_id FROM authors WHERE id = :id", id=author_id)
    return None if row is None else Author(*row)


async def of_user(db: Reader, archive_id: int, user_id: int) -> list[Author]:
    """The pen names of an account in all archives, those of this one first."""
    rows = await db.all(
        "SELECT id, archive_id, name, user_id FROM authors WHERE user_id = :user"
        " ORDER BY archive_id <> :archive, name_key",
        user=user_id,
        archive=archive_id,
    )
    return [Author(*row) for row in rows]


async def accounts(db: Reader) -> set[int]:
    """The accounts behind pen names, of all archives."""
    rows = await db.all("SELECT DISTINCT user_id FROM authors WHERE user_id IS NOT NULL")
    return {row["user_id"] for row in rows}


async def beginning(db: Reader, archive_id: int, typed: str, limit: int) -> list[str]:
    """Names that begin as what is being typed, in order."""
    rows = await db.all(
        "SELECT name FROM authors WHERE archive_id = :archive AND name_key >= :start AND name_key < :start || :end"
        " ORDER BY name_key LIMIT :limit",
        archive=archive_id,
        start=names.key(typed) if typed.strip() else "",
        end=END,
        limit=limit,
    )
    return [row["name"] for row in rows]


async def within(seeker: Seeker, archive_id: int, typed: str, limit: int, seconds: float) -> list[str]:
    """Names one of whose further words begins as what is being typed, as far as they are found in time."""
    found = await seeker.rows(
        "SELECT name FROM authors WHERE archive_id = :archive AND instr(name_key, ' ' || :key) > 0 LIMIT :limit",
        seconds,
        archive=archive_id,
        key=names.key(typed),
        limit=limit,
    )
    return [row["name"] for row in found.rows]


async def rename(db: Writer, author_id: int, name: str) -> None:
    """Gives an author another name, under which the stories are found from then on."""
    await db.run(
        "UPDATE authors SET name = :name, name_key = :key WHERE id = :id", id=author_id, name=name, key=names.key(name)
    )
    await db.run(
        "UPDATE story_names SET author = :name WHERE rowid IN (SELECT id FROM stories WHERE author_id = :id)",
        id=author_id,
        name=name,
    )


async def orphan(db: Writer, author_id: int, name: str) -> int:
    """Takes an author's name off the stories: they stand under `name`, which nobody answers for. Returns its id."""
    orphanage = await db.value(
        "INSERT INTO authors (archive_id, name, name_key) SELECT archive_id, :name, :key FROM authors WHERE id = :id"
        " ON CONFLICT (archive_id, name_key) DO UPDATE SET name = :name, user_id = NULL RETURNING id",
        id=author_id,
        name=name,
        key=names.key(name),
    )
    await db.run(
        "UPDATE story_names SET author = :name WHERE rowid IN (SELECT id FROM stories WHERE author_id = :id)",
        id=author_id,
        name=name,
    )
    await db.run("UPDATE stories SET author_id = :orphanage WHERE author_id = :id", id=author_id, orphanage=orphanage)
    return orphanage
