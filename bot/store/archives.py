"""This room knows which archives belong to which servers, and erases those that were left."""

import json
from collections.abc import Collection
from typing import LiteralString, NamedTuple

from bot.domain.access import HOME
from bot.store import intake
from bot.store.sqlite import Reader, Writer

AT_ONCE = 10
"""Stories erased in one transaction: nobody who waits for the writer waits long."""


class Kept(NamedTuple):
    """An archive of a server's own."""

    id: int
    name: str
    guild_id: int
    left_at: float | None


async def of_servers(db: Reader) -> list[Kept]:
    rows = await db.all(
        "SELECT id, name, guild_id, left_at FROM archives WHERE guild_id IS NOT NULL AND id <> :home", home=HOME
    )
    return [Kept(*row) for row in rows]


async def left(db: Writer, archive_ids: Collection[int], now: float) -> None:
    """The bot is not in their servers; when that was first seen stays."""
    await db.run(
        "UPDATE archives SET left_at = coalesce(left_at, :now) WHERE id IN (SELECT value FROM json_each(:ids))",
        ids=json.dumps(list(archive_ids)),
        now=now,
    )


async def found_again(db: Writer, archive_ids: Collection[int]) -> None:
    await db.run(
        "UPDATE archives SET left_at = NULL WHERE id IN (SELECT value FROM json_each(:ids))",
        ids=json.dumps(list(archive_ids)),
    )


async def erase_some(db: Writer, archive_id: int) -> bool:
    """Erases a few stories of an archive with all that hangs on them; False where none is left."""
    rows = await db.all(
        "SELECT id FROM stories WHERE archive_id = :archive LIMIT :limit", archive=archive_id, limit=AT_ONCE
    )
    for row in rows:
        await intake.clear(db, row["id"])
        for statement in _STORY:
            await db.run(statement, id=row["id"])
    return bool(rows)


_STORY: tuple[LiteralString, ...] = (
    "DELETE FROM editions WHERE story_id = :id",
    "DELETE FROM changes WHERE story_id = :id",
    "DELETE FROM stories WHERE id = :id",
)


async def erase(db: Writer, archive_id: int) -> None:
    """Erases what is left of an archive whose stories are gone, and its own row; references are asked at the end."""
    await db.run("PRAGMA defer_foreign_keys = ON")
    for statement in _ARCHIVE:
        await db.run(statement, archive=archive_id)


_ARCHIVE: tuple[LiteralString, ...] = (
    "DELETE FROM corrections WHERE archive_id = :archive",
    "DELETE FROM parcels WHERE archive_id = :archive",
    "DELETE FROM outbox WHERE archive_id = :archive",
    "DELETE FROM notices WHERE archive_id = :archive",
    "DELETE FROM lines WHERE archive_id = :archive",
    "DELETE FROM reports WHERE archive_id = :archive",
    "DELETE FROM blocks WHERE archive_id = :archive",
    "DELETE FROM drafts WHERE archive_id = :archive",
    "DELETE FROM claims WHERE archive_id = :archive",
    "DELETE FROM submissions WHERE archive_id = :archive",
    "DELETE FROM uploads WHERE archive_id = :archive",
    "DELETE FROM proposals WHERE archive_id = :archive",
    "DELETE FROM amendments WHERE archive_id = :archive",
    "DELETE FROM ledger_persons WHERE archive_id = :archive",
    "DELETE FROM ledger_values WHERE archive_id = :archive",
    "DELETE FROM reasons WHERE archive_id = :archive",
    "DELETE FROM ledger_searches WHERE archive_id = :archive",
    "DELETE FROM ledger WHERE archive_id = :archive",
    "DELETE FROM letters WHERE archive_id = :archive",
    "DELETE FROM conversations WHERE archive_id = :archive",
    "DELETE FROM wishes WHERE archive_id = :archive",
    "DELETE FROM barred WHERE archive_id = :archive",
    "DELETE FROM forgettings WHERE archive_id = :archive",
    "DELETE FROM follows WHERE archive_id = :archive",
    "DELETE FROM seen WHERE archive_id = :archive",
    "DELETE FROM episodes WHERE archive_id = :archive",
    "DELETE FROM episode_lists WHERE archive_id = :archive",
    "DELETE FROM tidings WHERE archive_id = :archive",
    "DELETE FROM news WHERE archive_id = :archive",
    "DELETE FROM announcements WHERE archive_id = :archive",
    "DELETE FROM listings WHERE archive_id = :archive",
    "DELETE FROM tombstones WHERE archive_id = :archive",
    "DELETE FROM tallies WHERE archive_id = :archive",
    "DELETE FROM presences WHERE archive_id = :archive",
    "DELETE FROM daily WHERE archive_id = :archive",
    "DELETE FROM sketches WHERE archive_id = :archive",
    "DELETE FROM link_rulings WHERE archive_id = :archive",
    "DELETE FROM series_rulings WHERE archive_id = :archive",
    "DELETE FROM story_tags WHERE archive_id = :archive",
    "DELETE FROM documents WHERE archive_id = :archive",
    "DELETE FROM changes WHERE run_id IN (SELECT id FROM runs WHERE archive_id = :archive)",
    "DELETE FROM document_runs WHERE run_id IN (SELECT id FROM runs WHERE archive_id = :archive)",
    "DELETE FROM runs WHERE archive_id = :archive",
    "DELETE FROM series WHERE archive_id = :archive",
    "DELETE FROM authors WHERE archive_id = :archive",
    "DELETE FROM archives WHERE id = :archive",
)
