"""This room looks at notices: what was to be said to an account, and whether it still is."""

import json
from typing import Any, LiteralString, NamedTuple

from bot.store import outbox
from bot.store.outbox import Button
from bot.store.sqlite import Reader, Writer


class Notice(NamedTuple):
    """A notice that has not reached its account; `text` is Markdown."""

    id: int
    user_id: int
    title: str
    text: str
    buttons: list[Button]
    problem: str


_UNSENT: LiteralString = (
    "SELECT n.id, n.user_id, n.content, o.problem FROM notices n JOIN outbox o ON o.notice_id = n.id"
    " WHERE o.state IN ('waiting', 'ready', 'parked', 'refused')"
)


def _notice(row: Any) -> Notice:  # noqa: ANN401 - a row of `_UNSENT`
    told: dict[str, Any] = json.loads(row["content"])
    buttons: list[Button] = [tuple(button) for button in told["buttons"]]
    return Notice(row["id"], row["user_id"], told["title"], told["text"], buttons, row["problem"])


async def accounts(db: Reader) -> set[int]:
    """At whose door something may lie: who takes no direct messages, and for whom something could not go out."""
    rows = await db.all(
        "SELECT user_id FROM doors WHERE closed_at IS NOT NULL UNION SELECT l.reader_id FROM outbox o"
        " JOIN lines l ON l.id = o.line_id WHERE o.state IN ('held', 'parked', 'refused') AND o.state <> 'held'"
        " AND l.reader_id IS NOT NULL"
    )
    return {row["user_id"] for row in rows}


async def waiting(db: Reader, user_id: int, *, limit: int) -> list[Notice]:
    """What has not reached an account, oldest first."""
    rows = await db.all(f"{_UNSENT} AND n.user_id = :user ORDER BY n.id LIMIT :limit", user=user_id, limit=limit)
    return [_notice(row) for row in rows]


async def get(db: Reader, notice_id: int) -> Notice | None:
    """A notice, whether it was handed over or not: whoever asks twice is shown it twice."""
    row = await db.one("SELECT n.id, n.user_id, n.content, '' AS problem FROM notices n WHERE n.id = :id", id=notice_id)
    return None if row is None else _notice(row)


async def of_key(db: Reader, archive_id: int, user_id: int, key: str) -> Notice | None:
    row = await db.one(
        "SELECT id, user_id, content, '' AS problem FROM notices"
        " WHERE user_id = :user AND archive_id = :archive AND key = :key",
        archive=archive_id,
        user=user_id,
        key=key,
    )
    return None if row is None else _notice(row)


async def hand_over(db: Writer, notice_id: int) -> None:
    """Its account has seen it by another way; one that is on its way goes on."""
    await db.run(
        "UPDATE outbox SET state = 'delivered', problem = '' WHERE notice_id = :id"
        " AND state IN ('waiting', 'ready', 'parked', 'refused')",
        id=notice_id,
    )


async def drop(db: Writer, archive_id: int, user_id: int, key: str) -> None:
    """What a notice asks or tells holds no more: it does not go out, unless it is on its way."""
    await db.run(
        "UPDATE outbox SET state = 'withdrawn', due_at = NULL WHERE state IN ('waiting', 'ready', 'parked', 'refused')"
        " AND notice_id = (SELECT id FROM notices WHERE archive_id = :archive AND user_id = :user AND key = :key)",
        archive=archive_id,
        user=user_id,
        key=key,
    )


async def stuck(db: Reader, archive_id: int, *, limit: int) -> list[Notice]:
    """Notices of an archive that could not go out for a fault of theirs or ours, oldest first."""
    rows = await db.all(
        "SELECT n.id, n.user_id, n.content, o.problem FROM outbox o JOIN notices n ON n.id = o.notice_id"
        " WHERE o.archive_id = :archive AND o.state IN ('held', 'parked', 'refused') ORDER BY o.id LIMIT :limit",
        archive=archive_id,
        limit=limit,
    )
    return [_notice(row) for row in rows]


async def retry(db: Writer, archive_id: int, now: float) -> int:
    """Has an archive's notices tried again that could not go out; returns how many."""
    stuck_in = await db.all(
        "SELECT DISTINCT line_id FROM outbox WHERE archive_id = :archive AND notice_id IS NOT NULL"
        " AND state IN ('held', 'parked', 'refused')",
        archive=archive_id,
    )
    count = await db.run(
        "UPDATE outbox SET state = 'waiting', failures = 0 WHERE archive_id = :archive AND notice_id IS NOT NULL"
        " AND state IN ('held', 'parked', 'refused')",
        archive=archive_id,
    )
    for row in stuck_in:
        await outbox.place_waiting(db, row["line_id"], now)
    return count
