"""This room lets go of what is over its time."""

from typing import LiteralString

from bot.store.sqlite import Writer

KEPT = 180 * 86_400.0
"""Seconds for which notices, delivered messages, and what was said for claims and reports are kept."""

_OVER: tuple[LiteralString, ...] = (
    ("DELETE FROM notices WHERE stored_at < :before AND NOT EXISTS (SELECT 1 FROM outbox o WHERE"
    " o.notice_id = notices.id AND o.state IN ('waiting', 'ready', 'sending'))"),
    ("DELETE FROM parcels WHERE state = 'delivered' AND first_try_at < :before AND NOT EXISTS"
    " (SELECT 1 FROM enclosures e JOIN outbox o ON o.id = e.item_id JOIN letters l ON l.id = o.letter_id"
    "  WHERE e.parcel_id = parcels.id AND l.email <> '')"
    " AND NOT EXISTS (SELECT 1 FROM corrections c WHERE c.parcel_id = parcels.id)"),
    "UPDATE reports SET reason = '' WHERE settled_at < :before AND settled_at IS NOT NULL AND reason <> ''",
    "DELETE FROM submissions WHERE decided_at < :before",
    "UPDATE claims SET proof = '' WHERE decided_at < :before AND decided_at IS NOT NULL AND proof <> ''",
)  # fmt: skip


async def prune(db: Writer, now: float) -> None:
    """Whatever has been kept for 180 days and need not be any longer, and blocks that are over."""
    for statement in _OVER:
        await db.run(statement, before=now - KEPT)
    await db.run("DELETE FROM blocks WHERE until <= :now", now=now)
