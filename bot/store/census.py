"""This room counts for the operator what all archives hold together."""

from typing import NamedTuple

from bot.store.sqlite import Reader


class Census(NamedTuple):
    archives: int
    stories: dict[str, float]  # by state
    outbox: dict[str, float]


async def everything(db: Reader) -> Census:
    stories = await db.all("SELECT state, count(*) FROM stories GROUP BY state")
    outbox = await db.all("SELECT state, count(*) FROM outbox GROUP BY state")
    archives = await db.value("SELECT count(*) FROM archives")
    return Census(archives, {row[0]: row[1] for row in stories}, {row[0]: row[1] for row in outbox})
