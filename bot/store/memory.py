"""This room keeps small things that the bot must not forget over a restart."""

from bot.store.sqlite import Reader, Writer


async def recall(db: Reader, key: str) -> str | None:
    return await db.value("SELECT value FROM memory WHERE key = :key", key=key)


async def remember(db: Writer, key: str, value: str) -> None:
    await db.run(
        "INSERT INTO memory (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = :value",
        key=key,
        value=value,
    )
