"""This room keeps where an archive announces new stories, and which of them still wait for that."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from bot.store.sqlite import Reader, Writer

QUIET = 120.0
"""Seconds without another new story after which those that wait are announced: an import is one message."""
LONGEST = 1_800.0
"""Seconds that a story waits for that at most."""


class Wish(NamedTuple):
    """Where an archive announces; `problem` says why nothing goes out any more."""

    channel_id: int | None = None
    role_id: int | None = None
    pings: bool = False
    problem: str = ""


async def wish(db: Reader, archive_id: int) -> Wish:
    row = await db.one(
        "SELECT announcement_channel_id, announcement_role_id, announcement_pings, announcement_problem"
        " FROM archives WHERE id = :id",
        id=archive_id,
    )
    assert row is not None
    return Wish(row[0], row[1], bool(row[2]), row[3])


async def change(db: Writer, archive_id: int, wished: Wish) -> None:
    """Writes down where to announce; without a channel, what waits is not announced any more."""
    await db.run(
        "UPDATE archives SET announcement_channel_id = :channel_id, announcement_role_id = :role_id,"
        " announcement_pings = :pings, announcement_problem = :problem WHERE id = :archive",
        archive=archive_id,
        **wished._asdict(),
    )
    if wished.channel_id is None:
        await db.run("DELETE FROM announcements WHERE archive_id = :archive AND sent_at IS NULL", archive=archive_id)


async def is_noted(db: Reader) -> bool:
    """Whether nothing has come since the last look."""
    return await db.value("SELECT 1 FROM announcements WHERE noted_at IS NULL LIMIT 1") is None


async def note(db: Writer, now: float) -> int:
    """Says of stories that came since the last look when they were seen to wait; returns how many."""
    return await db.run("UPDATE announcements SET noted_at = :now WHERE noted_at IS NULL", now=now)


async def due(db: Reader, now: float) -> list[int]:
    """The archives whose new stories have waited long enough, and that can be announced."""
    rows = await db.all(
        "SELECT n.archive_id FROM announcements n JOIN archives a ON a.id = n.archive_id"
        " WHERE n.sent_at IS NULL AND n.noted_at IS NOT NULL"
        " AND a.announcement_channel_id IS NOT NULL AND a.announcement_problem = ''"
        " GROUP BY n.archive_id HAVING max(n.noted_at) <= :quiet OR min(n.noted_at) <= :longest",
        quiet=now - QUIET,
        longest=now - LONGEST,
    )
    return [row["archive_id"] for row in rows]


async def waiting(db: Reader, archive_id: int) -> list[int]:
    """The stories of an archive that wait, in the order they came."""
    rows = await db.all(
        "SELECT story_id FROM announcements WHERE archive_id = :archive AND sent_at IS NULL AND noted_at IS NOT NULL"
        " ORDER BY story_id",
        archive=archive_id,
    )
    return [row["story_id"] for row in rows]


async def take(db: Writer, story_ids: Sequence[int], batch: str, now: float) -> None:
    """Marks stories as announced, before they are: what is announced twice is worse than what is not."""
    await db.run(
        "UPDATE announcements SET sent_at = :now, batch = :batch WHERE story_id IN (SELECT value FROM json_each(:ids))",
        ids=json.dumps(list(story_ids)),
        batch=batch,
        now=now,
    )


async def put_back(db: Writer, batch: str, now: float) -> None:
    """A message surely did not go out: its stories wait anew."""
    await db.run(
        "UPDATE announcements SET sent_at = NULL, batch = NULL, noted_at = :now WHERE batch = :batch",
        batch=batch,
        now=now,
    )


async def stop(db: Writer, archive_id: int, problem: str) -> None:
    """Nothing goes out before a moderator chooses a channel anew."""
    await db.run(
        "UPDATE archives SET announcement_problem = :problem WHERE id = :archive", archive=archive_id, problem=problem
    )
