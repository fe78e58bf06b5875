"""This room keeps what followers are to be told, until it is on its way to them.

A direct message is no age-restricted place: what is rated above the archive's limit is in none of this, not even as
something that happened.
"""

import json
from typing import LiteralString, NamedTuple

from bot.domain.subjects import Kind
from bot.store.sqlite import Reader, Writer


class Standing(NamedTuple):
    """How far the news of an archive have come."""

    archive_id: int
    newest: int  # number of the newest
    is_busy: bool  # a run is still bringing stories


class Tiding(NamedTuple):
    """One thing to tell a reader of."""

    id: int
    story_id: int
    title: str
    author: str
    parts: int
    former_parts: int | None  # None: the story is new


_TOLD: LiteralString = (
    " s.state = 'published' AND s.rating <= (SELECT rating_limit FROM archives WHERE id = s.archive_id)"
)
_WISH: LiteralString = (
    "coalesce((SELECT iif({0}.parts IS NULL, w.new_stories, w.new_parts) FROM reader_settings w"
    " WHERE w.reader_id = {0}.reader_id), 'dm')"
)
_NEWS: LiteralString = (
    f"SELECT n.id, n.archive_id, n.story_id, n.parts, s.series_id FROM news n JOIN stories s ON s.id = n.story_id"
    f" WHERE n.id IN (SELECT value FROM json_each(:ids)) AND{_TOLD} AND (n.parts IS NULL OR s.parts > n.parts)"
)


async def standings(db: Reader, now: float) -> list[Standing]:
    """The archives that there are news of."""
    rows = await db.all(
        "SELECT n.archive_id, max(n.id) AS newest, EXISTS (SELECT 1 FROM runs r WHERE r.archive_id = n.archive_id"
        " AND r.finished_at IS NULL AND r.undone_at IS NULL AND r.started_at > :now - 3600.0) AS busy"
        " FROM news n JOIN stories s ON s.id = n.story_id WHERE s.state <> 'hidden' GROUP BY n.archive_id",
        now=now,
    )
    return [Standing(row["archive_id"], row["newest"], bool(row["busy"])) for row in rows]


async def spread(db: Writer, archive_id: int, newest: int, now: float, digest_at: float, limit: int) -> int:
    """Makes tidings of the oldest news of an archive, one for each follower; returns how many news those were.

    What is hidden meanwhile stays news until it is shown again.
    """
    rows = await db.all(
        "SELECT n.id FROM news n JOIN stories s ON s.id = n.story_id WHERE n.archive_id = :archive AND n.id <= :newest"
        " AND s.state <> 'hidden' ORDER BY n.id LIMIT :limit",
        archive=archive_id,
        newest=newest,
        limit=limit,
    )
    ids = json.dumps([row["id"] for row in rows])
    await db.run(_SPREAD, ids=ids, now=now, digest=digest_at, author=Kind.AUTHOR, series=Kind.SERIES, story=Kind.STORY)
    await db.run("DELETE FROM news WHERE id IN (SELECT value FROM json_each(:ids))", ids=ids)
    return len(rows)


_SPREAD: LiteralString = (
    f"WITH fresh AS ({_NEWS}), heard AS ("
    " SELECT f.reader_id, n.* FROM fresh n JOIN story_authors w ON w.story_id = n.story_id JOIN follows f"
    "  ON f.archive_id = n.archive_id AND f.kind = :author AND f.subject_id = w.author_id"
    " UNION SELECT f.reader_id, n.* FROM fresh n JOIN follows f"
    "  ON f.archive_id = n.archive_id AND f.kind = :series AND f.subject_id = n.series_id"
    " UNION SELECT f.reader_id, n.* FROM fresh n JOIN follows f"
    "  ON f.archive_id = n.archive_id AND f.kind = :story AND f.subject_id = n.story_id WHERE n.parts IS NOT NULL)"
    " INSERT INTO tidings (archive_id, reader_id, story_id, parts, due_at)"
    " SELECT h.archive_id, h.reader_id, h.story_id, h.parts, iif("
    + _WISH.replace("{0}", "h")
    + " = 'digest', :digest, :now) FROM heard h WHERE "
    + _WISH.replace("{0}", "h")
    + " <> 'none' ORDER BY h.id ON CONFLICT DO NOTHING"
)


async def due(db: Reader, now: float, limit: int) -> list[tuple[int, int]]:
    """(reader, archive) of those who are to be told something now."""
    rows = await db.all(
        "SELECT reader_id, archive_id FROM tidings WHERE notice_key = '' AND due_at <= :now"
        " GROUP BY reader_id, archive_id LIMIT :limit",
        now=now,
        limit=limit,
    )
    return [(row["reader_id"], row["archive_id"]) for row in rows]


async def take(db: Writer, reader_id: int, archive_id: int, now: float) -> list[Tiding]:
    """What a reader is to be told now, oldest first; what no longer holds, or is not wished any more, goes."""
    await db.run(
        "DELETE FROM tidings WHERE reader_id = :reader AND archive_id = :archive AND notice_key = '' AND due_at <= :now"
        f" AND (NOT {_HOLDS} OR {_WISH.replace('{0}', 'tidings')} = 'none')",
        reader=reader_id,
        archive=archive_id,
        now=now,
    )
    rows = await db.all(
        "SELECT t.id, t.story_id, s.title, iif(s.authors = '', a.name, s.authors) AS author, s.parts,"
        " t.parts AS former_parts FROM tidings t JOIN stories s ON s.id = t.story_id JOIN authors a"
        " ON a.id = s.author_id WHERE t.reader_id = :reader AND t.archive_id = :archive AND t.notice_key = ''"
        " AND t.due_at <= :now ORDER BY t.id",
        reader=reader_id,
        archive=archive_id,
        now=now,
    )
    return [Tiding(**dict(row)) for row in rows]


_HOLDS: LiteralString = (
    f"EXISTS (SELECT 1 FROM stories s WHERE s.id = tidings.story_id AND{_TOLD}"
    " AND (tidings.parts IS NULL OR s.parts > tidings.parts))"
)


async def tell(db: Writer, told: list[Tiding], key: str) -> None:
    """Remembers by which notice something is told."""
    await db.run(
        "UPDATE tidings SET notice_key = :key WHERE id IN (SELECT value FROM json_each(:ids))",
        key=key,
        ids=json.dumps([each.id for each in told]),
    )


_STILL_HERE: LiteralString = (
    "EXISTS (SELECT 1 FROM notices n JOIN outbox o ON o.notice_id = n.id WHERE n.user_id = tidings.reader_id"
    " AND n.archive_id = tidings.archive_id AND n.key = tidings.notice_key AND o.state IN ('waiting', 'ready'))"
)


async def settle(db: Writer) -> None:
    """Forgets what is on its way: it cannot be taken back."""
    await db.run(f"DELETE FROM tidings WHERE notice_key <> '' AND NOT {_STILL_HERE}")


async def untrue(db: Reader, limit: int) -> list[tuple[int, int, str]]:
    """(archive, reader, key) of notices that are still here and tell what no longer holds."""
    rows = await db.all(
        f"SELECT DISTINCT archive_id, reader_id, notice_key FROM tidings WHERE notice_key <> '' AND NOT {_HOLDS}"
        f" AND {_STILL_HERE} LIMIT :limit",
        limit=limit,
    )
    return [(row["archive_id"], row["reader_id"], row["notice_key"]) for row in rows]


async def untell(db: Writer, archive_id: int, reader_id: int, key: str) -> None:
    """A notice was taken back: what still holds of it is to be told anew, with what came after it."""
    await db.run(
        "DELETE FROM tidings WHERE notice_key = '' AND reader_id = :reader AND story_id IN (SELECT t.story_id"
        " FROM tidings t WHERE t.archive_id = :archive AND t.reader_id = :reader AND t.notice_key = :key)",
        archive=archive_id,
        reader=reader_id,
        key=key,
    )
    await db.run(
        "UPDATE tidings SET notice_key = '' WHERE archive_id = :archive AND reader_id = :reader AND notice_key = :key",
        archive=archive_id,
        reader=reader_id,
        key=key,
    )
