"""This room knows whom an archive belongs to, and how its moderators want it."""

from typing import NamedTuple

from bot.domain.people import Keepers
from bot.store.sqlite import Reader, Writer


class Wanted(NamedTuple):
    """How an archive is run."""

    name: str
    moderator_role_id: int | None
    rating_limit: int  # domain.models.Rating
    directory_safe: bool


async def keepers(db: Reader, archive_id: int) -> Keepers:
    row = await db.one("SELECT guild_id, moderator_role_id FROM archives WHERE id = :id", id=archive_id)
    return Keepers(None, None) if row is None else Keepers(row["guild_id"], row["moderator_role_id"])


async def wanted(db: Reader, archive_id: int) -> Wanted:
    row = await db.one(
        "SELECT name, moderator_role_id, rating_limit, directory_safe FROM archives WHERE id = :id",
        id=archive_id,
    )
    assert row is not None
    return Wanted._make(row)._replace(directory_safe=bool(row["directory_safe"]))


async def change(db: Writer, archive_id: int, wanted: Wanted) -> None:
    await db.run(
        "UPDATE archives SET name = :name, moderator_role_id = :moderator_role_id, rating_limit = :rating_limit,"
        " directory_safe = :directory_safe WHERE id = :id",
        id=archive_id,
        **wanted._asdict(),
    )


async def open_archive(db: Writer, guild_id: int, name: str) -> int | None:
    """Gives a server an archive of its own; None where it has one already."""
    if await db.value("SELECT 1 FROM archives WHERE guild_id = :guild", guild=guild_id):
        return None
    return await db.insert("INSERT INTO archives (name, guild_id) VALUES (:name, :guild)", guild=guild_id, name=name)
