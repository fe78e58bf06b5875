"""This room keeps the record of what moderators did; the reason stands apart, so that it can be erased alone."""

from typing import NamedTuple

from bot.store.sqlite import Reader, Writer


class Act(NamedTuple):
    """An act as it is put on record."""

    archive_id: int
    act: str
    actor_id: int
    reason: str
    author_id: int | None = None
    story_id: int | None = None
    letter_id: int | None = None
    user_id: int | None = None


class Entry(NamedTuple):
    """An act as it stands on record."""

    id: int
    at: float
    act: str
    actor_id: int
    author_id: int | None
    story_id: int | None
    letter_id: int | None
    user_id: int | None
    reason: str


async def record(db: Writer, act: Act, now: float) -> int:
    """Puts an act on record; returns the entry's id."""
    entry = await db.insert(
        "INSERT INTO ledger (archive_id, at, act, actor_id, author_id, story_id, letter_id, user_id) VALUES"
        " (:archive_id, :now, :act, :actor_id, :author_id, :story_id, :letter_id, :user_id)",
        now=now,
        **{name: value for name, value in act._asdict().items() if name != "reason"},
    )
    await db.run(
        "INSERT INTO reasons (ledger_id, archive_id, reason) VALUES (:id, :archive, :reason)",
        id=entry,
        archive=act.archive_id,
        reason=act.reason,
    )
    return entry


async def entries(db: Reader, archive_id: int, *, before: int, limit: int) -> list[Entry]:
    """The newest entries older than entry number `before`."""
    rows = await db.all(
        "SELECT e.id, e.at, e.act, e.actor_id, e.author_id, e.story_id, e.letter_id, e.user_id,"
        " coalesce(r.reason, '') AS reason FROM ledger e LEFT JOIN reasons r ON r.ledger_id = e.id"
        " WHERE e.archive_id = :archive AND e.id < :before ORDER BY e.id DESC LIMIT :limit",
        archive=archive_id,
        before=before,
        limit=limit,
    )
    return [Entry(**dict(row)) for row in rows]


async def of_author(db: Reader, author_id: int, *, limit: int) -> list[Entry]:
    """The newest entries that concern an author, for that author to see."""
    rows = await db.all(
        "SELECT e.id, e.at, e.act, e.actor_id, e.author_id, e.story_id, e.letter_id, e.user_id,"
        " coalesce(r.reason, '') AS reason FROM ledger e LEFT JOIN reasons r ON r.ledger_id = e.id"
        " WHERE e.author_id = :author ORDER BY e.id DESC LIMIT :limit",
        author=author_id,
        limit=limit,
    )
    return [Entry(**dict(row)) for row in rows]
