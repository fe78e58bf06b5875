"""This room knows whom an archive belongs to."""

from bot.domain.people import Keepers
from bot.store.sqlite import Reader


async def keepers(db: Reader, archive_id: int) -> Keepers:
    row = await db.one("SELECT guild_id, moderator_role_id FROM archives WHERE id = :id", id=archive_id)
    return Keepers(None, None) if row is None else Keepers(row["guild_id"], row["moderator_role_id"])
