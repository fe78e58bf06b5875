"""This room puts small things into a database and counts them."""

from bot.store import memory
from bot.store.database import Database
from bot.store.sqlite import Writer


async def put(db: Writer, key: str) -> None:
    await memory.remember(db, key, "")


async def count(database: Database) -> int:
    return await database.reader.value("SELECT count(*) FROM memory")
