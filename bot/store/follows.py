"""This room keeps what each reader follows."""

from typing import LiteralString, NamedTuple

from bot.domain.access import Audience
from bot.domain.subjects import Kind, Subject
from bot.store.sqlite import Reader, Writer
from bot.store.stories import LISTED, gate


class Follow(NamedTuple):
    """One thing that a reader follows."""

    id: int
    subject: Subject


_SEEN: LiteralString = (
    "SELECT f.id, f.kind, f.subject_id, CASE f.kind WHEN 0 THEN (SELECT name FROM authors WHERE id = f.subject_id)"
    " WHEN 1 THEN (SELECT name FROM series WHERE id = f.subject_id)"
    " ELSE (SELECT title FROM stories WHERE id = f.subject_id) END AS name"
    " FROM follows f WHERE f.reader_id = :reader AND f.archive_id = :archive AND CASE f.kind"
    " WHEN 0 THEN EXISTS (SELECT 1 FROM story_authors w JOIN stories s ON s.id = w.story_id"
    f"  WHERE w.author_id = f.subject_id AND{LISTED})"
    f" WHEN 1 THEN EXISTS (SELECT 1 FROM stories s WHERE s.series_id = f.subject_id AND{LISTED})"
    f" ELSE EXISTS (SELECT 1 FROM stories s WHERE s.id = f.subject_id AND{LISTED}) END"
)


async def add(db: Writer, audience: Audience, subject: Subject, now: float) -> None:
    """Has a reader follow something; twice is once."""
    await db.run(
        "INSERT INTO follows (archive_id, kind, subject_id, reader_id, made_at)"
        " VALUES (:archive, :kind, :subject, :reader, :now) ON CONFLICT DO NOTHING",
        archive=audience.archive.id,
        kind=subject.kind,
        subject=subject.id,
        reader=audience.reader,
        now=now,
    )


async def remove(db: Writer, audience: Audience, kind: Kind, subject_id: int) -> None:
    await db.run(
        "DELETE FROM follows WHERE archive_id = :archive AND kind = :kind AND subject_id = :subject"
        " AND reader_id = :reader",
        archive=audience.archive.id,
        kind=kind,
        subject=subject_id,
        reader=audience.reader,
    )


async def drop(db: Writer, reader_id: int, follow_id: int) -> None:
    """Lets go of what a number stands for, where it is this reader's."""
    await db.run("DELETE FROM follows WHERE id = :id AND reader_id = :reader", id=follow_id, reader=reader_id)


async def amount(db: Reader, audience: Audience) -> int:
    """How much a reader follows in this archive, also what cannot be seen there now."""
    return await db.value(
        "SELECT count(*) FROM follows WHERE reader_id = :reader AND archive_id = :archive",
        reader=audience.reader,
        archive=audience.archive.id,
    )


async def has(db: Reader, audience: Audience, subject: Subject) -> bool:
    found = await db.value(
        "SELECT 1 FROM follows WHERE archive_id = :archive AND kind = :kind AND subject_id = :subject"
        " AND reader_id = :reader",
        archive=audience.archive.id,
        kind=subject.kind,
        subject=subject.id,
        reader=audience.reader,
    )
    return found is not None


async def seen(db: Reader, audience: Audience, start: int, limit: int) -> list[Follow]:
    """What a reader follows and may know of here, newest first, from number `start`."""
    rows = await db.all(
        f"{_SEEN} ORDER BY f.id DESC LIMIT :limit OFFSET :start",
        reader=audience.reader,
        start=start,
        limit=limit,
        **gate(audience),
    )
    return [Follow(row["id"], Subject(Kind(row["kind"]), row["subject_id"], row["name"])) for row in rows]


async def count(db: Reader, audience: Audience) -> int:
    """How much `seen` shows."""
    return await db.value(f"SELECT count(*) FROM ({_SEEN})", reader=audience.reader, **gate(audience))
