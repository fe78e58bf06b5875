"""This room knows the pen names and the accounts behind them."""

from typing import NamedTuple

from bot.domain import names
from bot.store.sqlite import Reader


class Author(NamedTuple):
    """A pen name of an archive."""

    id: int
    name: str
    user_id: int | None


async def named(db: Reader, archive_id: int, name: str) -> Author | None:
    row = await db.one(
        "SELECT id, name, user_id FROM authors WHERE archive_id = :archive AND name_key = :key",
        archive=archive_id,
        key=names.key(name),
    )
    return None if row is None else Author(*row)


async def everybody(db: Reader, archive_id: int) -> list[str]:
    rows = await db.all("SELECT name FROM authors WHERE archive_id = :archive ORDER BY name_key", archive=archive_id)
    return [row["name"] for row in rows]
