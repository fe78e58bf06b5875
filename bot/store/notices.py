"""This room looks at notices: what was to be said to an account, and whether it still is."""

from bot.store.sqlite import Writer


async def drop(db: Writer, archive_id: int, user_id: int, key: str) -> None:
    """What a notice asks or tells holds no more: it does not go out, unless it is on its way."""
    await db.run(
        "UPDATE outbox SET state = 'withdrawn', due_at = NULL WHERE state IN ('waiting', 'ready', 'parked', 'refused')"
        " AND notice_id = (SELECT id FROM notices WHERE archive_id = :archive AND user_id = :user AND key = :key)",
        archive=archive_id,
        user=user_id,
        key=key,
    )
