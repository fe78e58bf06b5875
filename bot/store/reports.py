"""This room keeps reports of letters for the moderators' desk."""

from typing import NamedTuple

from bot.store.sqlite import Reader, Writer


class Report(NamedTuple):
    """A report with the letter it is about; who wrote the letter is not in it."""

    id: int
    letter_id: int
    conversation_id: int
    direction: str
    author: str
    title: str
    sender_name: str
    comments: str
    reason: str
    reported_at: float


async def file(db: Writer, letter_id: int, reporter_id: int, reason: str, now: float) -> int:
    """Files a report; a second one of the same letter by the same person adds nothing. Returns its id."""
    await db.run(
        "INSERT INTO reports (archive_id, letter_id, reporter_id, reason, reported_at)"
        " SELECT archive_id, id, :reporter, :reason, :now FROM letters WHERE id = :id"
        " ON CONFLICT (letter_id, reporter_id) DO NOTHING",
        id=letter_id,
        reporter=reporter_id,
        reason=reason,
        now=now,
    )
    return await db.value(
        "SELECT id FROM reports WHERE letter_id = :id AND reporter_id = :reporter", id=letter_id, reporter=reporter_id
    )


async def open_ones(db: Reader, archive_id: int, *, after: int, limit: int) -> list[Report]:
    """The oldest reports of the archive that nobody has settled, from beyond number `after` on."""
    rows = await db.all(
        "SELECT r.id, r.letter_id, l.conversation_id, l.direction, l.author, l.title, l.sender_name, l.comments,"
        " r.reason, r.reported_at FROM reports r JOIN letters l ON l.id = r.letter_id"
        " WHERE r.archive_id = :archive AND r.settled_at IS NULL AND r.id > :after ORDER BY r.id LIMIT :limit",
        archive=archive_id,
        after=after,
        limit=limit,
    )
    return [Report(**dict(row)) for row in rows]


async def archive_of(db: Reader, report_id: int) -> int | None:
    return await db.value("SELECT archive_id FROM reports WHERE id = :id", id=report_id)


async def settle(db: Writer, report_id: int, moderator_id: int, now: float) -> bool:
    """Closes a report; False where it is closed already."""
    return bool(
        await db.run(
            "UPDATE reports SET settled_at = :now, settled_by = :moderator WHERE id = :id AND settled_at IS NULL",
            id=report_id,
            moderator=moderator_id,
            now=now,
        )
    )
