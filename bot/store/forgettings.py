"""This room keeps the list of what was forgotten for good."""

import json

from bot.domain.forgetting import Forgetting, Subject
from bot.store.sqlite import Reader, Writer


async def record(db: Writer, forgetting: Forgetting) -> None:
    """Puts it on the list, in the transaction that forgets; one that is there already stays as it is."""
    await db.run(
        "INSERT INTO forgettings (archive_id, key, kind, told, forgotten_at)"
        " VALUES (:archive_id, :key, :kind, :told, :at) ON CONFLICT (key) DO NOTHING",
        **{**forgetting._asdict(), "told": json.dumps(forgetting.told, ensure_ascii=False)},
    )


async def everything(db: Reader) -> list[Forgetting]:
    rows = await db.all("SELECT key, kind, archive_id, told, forgotten_at FROM forgettings ORDER BY id")
    return [Forgetting(row[0], Subject(row[1]), row[2], json.loads(row[3]), row[4]) for row in rows]


async def prune_persons(db: Writer, before: float) -> int:
    """Takes persons off the list of whom no copy can be left."""
    return await db.run("DELETE FROM forgettings WHERE kind = 'person' AND forgotten_at < :before", before=before)
