"""This room knows the way to an account: its DM channel, and whether it takes direct messages."""

import json

from bot.domain.delivery import CLOSED, OPENING_DAY
from bot.domain.pacing import Stop
from bot.store import memory
from bot.store.sqlite import Reader, Writer

STOP = "Discord lets no DM be opened"
"""Under which the store remembers until when."""


async def opened(db: Writer, user_id: int, channel_id: int, now: float) -> None:
    """Keeps the id of a DM channel: opening it again costs a request and looks like spam."""
    await db.run(
        "INSERT INTO doors (user_id, channel_id, opened_at) VALUES (:user, :channel, :now) ON CONFLICT (user_id)"
        " DO UPDATE SET opened_at = iif(channel_id IS :channel, opened_at, :now), channel_id = :channel",
        user=user_id,
        channel=channel_id,
        now=now,
    )
    await _lines(db, user_id, opens=False)


async def lost(db: Writer, user_id: int) -> None:
    """The channel is there no more: it has to be opened again."""
    await db.run("UPDATE doors SET channel_id = NULL WHERE user_id = :user", user=user_id)
    await _lines(db, user_id, opens=True)


async def _lines(db: Writer, user_id: int, *, opens: bool) -> None:
    await db.run(
        "UPDATE lines SET opens = :opens WHERE reader_id = :user"
        " OR author_id IN (SELECT id FROM authors WHERE user_id = :user)",
        user=user_id,
        opens=opens,
    )


async def openings(db: Reader, now: float) -> list[float]:
    """When DM channels were opened within the last day, oldest first."""
    rows = await db.all(
        "SELECT opened_at FROM doors WHERE opened_at > :since ORDER BY opened_at", since=now - OPENING_DAY
    )
    return [row["opened_at"] for row in rows]


async def stopped(db: Reader) -> Stop | None:
    """What was kept of Discord's refusing to let the bot open DMs; None: it does let it."""
    kept = await memory.recall(db, STOP)
    return Stop(**json.loads(kept)) if kept else None


async def keep_stop(db: Writer, stop: Stop | None) -> None:
    await memory.remember(db, STOP, "" if stop is None else json.dumps(stop._asdict()))


async def channel(db: Reader, user_id: int) -> int | None:
    return await db.value("SELECT channel_id FROM doors WHERE user_id = :user", user=user_id)


async def closed(db: Writer, user_id: int, now: float) -> None:
    """The account takes no direct messages; one that may have left the servers is met anew after a day."""
    await db.run(
        "INSERT INTO doors (user_id, closed_at) VALUES (:user, :now)"
        " ON CONFLICT (user_id) DO UPDATE SET closed_at = :now",
        user=user_id,
        now=now,
    )


async def reopened(db: Writer, user_id: int) -> None:
    await db.run(
        "UPDATE doors SET closed_at = NULL, announced_at = NULL, nudged_at = NULL WHERE user_id = :user", user=user_id
    )


async def is_closed(db: Reader, user_id: int, now: float) -> bool:
    """Whether it refused a direct message within the last day: each further try is a 403 that counts."""
    return still_holds(await db.value("SELECT closed_at FROM doors WHERE user_id = :user", user=user_id), now)


def still_holds(closed_at: float | None, now: float) -> bool:
    """Whether a direct message that was refused at `closed_at` was refused within the last day; a clock may be set back."""
    return closed_at is not None and now - CLOSED < closed_at <= now


async def is_shut(db: Reader, user_id: int) -> bool:
    """Whether it refused the last direct message that was tried, however long ago."""
    return await db.value("SELECT closed_at FROM doors WHERE user_id = :user", user=user_id) is not None


async def announce(db: Writer, user_id: int, now: float, *, every: float) -> bool:
    """Whether an account is to be told now that something waits for it; once in `every` seconds."""
    return bool(
        await db.run(
            "INSERT INTO doors (user_id, announced_at) VALUES (:user, :now) ON CONFLICT (user_id) DO UPDATE"
            " SET announced_at = :now"
            " WHERE announced_at IS NULL OR announced_at <= :now - :every OR announced_at > :now",
            user=user_id,
            now=now,
            every=every,
        )
    )


async def may_knock(db: Writer, user_id: int, now: float, *, every: float) -> bool:
    """Whether an account may have its direct messages tried again now; once in `every` seconds."""
    return bool(
        await db.run(
            "INSERT INTO doors (user_id, knocked_at) VALUES (:user, :now) ON CONFLICT (user_id) DO UPDATE"
            " SET knocked_at = :now"
            " WHERE knocked_at IS NULL OR knocked_at <= :now - :every OR knocked_at > :now",
            user=user_id,
            now=now,
            every=every,
        )
    )


async def nudges(db: Writer, user_id: int, now: float) -> list[tuple[int, str]]:
    """Channels in which an author whose door is closed wants to be nudged, with the pen name; once a day at most."""
    due = await db.run(
        "UPDATE doors SET nudged_at = :now WHERE user_id = :user AND closed_at IS NOT NULL"
        " AND (nudged_at IS NULL OR nudged_at <= :now - :day)",
        user=user_id,
        now=now,
        day=CLOSED,
    )
    if not due:
        return []
    rows = await db.all(
        "SELECT w.nudge_channel_id, a.name FROM authors a JOIN wishes w ON w.author_id = a.id AND w.story_id IS NULL"
        " JOIN archives r ON r.id = a.archive_id WHERE a.user_id = :user AND w.nudge_channel_id IS NOT NULL"
        " AND r.nudges AND EXISTS (SELECT 1 FROM lines l JOIN outbox o ON o.line_id = l.id AND o.state = 'waiting'"
        " WHERE l.author_id = a.id)",
        user=user_id,
    )
    return [(row[0], row[1]) for row in rows]
