"""This room keeps reports of letters and of stories for the moderators' desk."""

from typing import LiteralString, NamedTuple

from bot.store.sqlite import Reader, Writer


class Report(NamedTuple):
    """A report and what it is about, a letter or a story; who wrote the letter or the report is not in it."""

    id: int
    letter_id: int | None
    story_id: int | None
    page: int | None  # of the story, as it is stored; None: all of it
    conversation_id: int | None
    title: str
    author: str
    reason: str
    reported_at: float


async def file_letter(db: Writer, letter_id: int, reporter_id: int, reason: str, now: float) -> int:
    """Files a report; a second one of the same letter by the same person adds nothing. Returns its id."""
    await db.run(
        "INSERT INTO reports (archive_id, letter_id, reporter_id, reason, reported_at)"
        " SELECT archive_id, id, :reporter, :reason, :now FROM letters WHERE id = :id"
        " ON CONFLICT (letter_id, reporter_id) WHERE letter_id IS NOT NULL DO NOTHING",
        id=letter_id,
        reporter=reporter_id,
        reason=reason,
        now=now,
    )
    return await db.value(
        "SELECT id FROM reports WHERE letter_id = :id AND reporter_id = :reporter", id=letter_id, reporter=reporter_id
    )


async def file_story(db: Writer, story_id: int, page: int | None, reporter_id: int, reason: str, now: float) -> int:
    """Files a report; what the same person says of the same story before it is settled goes with it. Returns its id."""
    return await db.value(
        "INSERT INTO reports (archive_id, story_id, page, reporter_id, reason, reported_at)"
        " SELECT archive_id, id, :page, :reporter, :reason, :now FROM stories WHERE id = :id"
        " ON CONFLICT (story_id, reporter_id) WHERE story_id IS NOT NULL AND settled_at IS NULL"
        " DO UPDATE SET reason = reason || char(10) || excluded.reason RETURNING id",
        id=story_id,
        page=page,
        reporter=reporter_id,
        reason=reason,
        now=now,
    )


async def reported_by(db: Reader, archive_id: int, reporter_id: int) -> set[int]:
    """The stories of an archive that somebody has reported and nobody has settled."""
    rows = await db.all(
        "SELECT story_id FROM reports WHERE archive_id = :archive AND reporter_id = :reporter AND settled_at IS NULL"
        " AND story_id IS NOT NULL",
        archive=archive_id,
        reporter=reporter_id,
    )
    return {row["story_id"] for row in rows}


_REPORTS: LiteralString = (
    "SELECT r.id, r.letter_id, r.story_id, r.page, l.conversation_id, coalesce(l.title, s.title) AS title,"
    " coalesce(l.author, iif(s.authors = '', a.name, s.authors)) AS author, r.reason, r.reported_at FROM reports r"
    " LEFT JOIN letters l ON l.id = r.letter_id LEFT JOIN stories s ON s.id = r.story_id"
    " LEFT JOIN authors a ON a.id = s.author_id WHERE r.archive_id = :archive AND r.settled_at IS NULL"
)


async def open_ones(db: Reader, archive_id: int, *, after: int, limit: int) -> list[Report]:
    """The oldest reports of the archive that nobody has settled, from beyond number `after` on."""
    rows = await db.all(
        f"{_REPORTS} AND r.id > :after ORDER BY r.id LIMIT :limit", archive=archive_id, after=after, limit=limit
    )
    return [Report(**dict(row)) for row in rows]


async def get(db: Reader, archive_id: int, report_id: int) -> Report | None:
    """An open report of this archive."""
    row = await db.one(f"{_REPORTS} AND r.id = :id", archive=archive_id, id=report_id)
    return None if row is None else Report(**dict(row))


async def settle(db: Writer, report_id: int, moderator_id: int, now: float) -> int | None:
    """Closes an open report; returns who made it, None where that is forgotten."""
    reporter = await db.value(
        "UPDATE reports SET settled_at = :now, settled_by = :moderator WHERE id = :id RETURNING reporter_id",
        id=report_id,
        moderator=moderator_id,
        now=now,
    )
    return reporter if reporter > 0 else None
