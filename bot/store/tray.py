"""This room counts what lies on an archive's desk about letters, and when the newest of it came."""

from typing import NamedTuple

from bot.store.sqlite import Reader


class Tray(NamedTuple):
    """What waits for a moderator."""

    claims: int
    reports: int
    held: int  # letters, like those below
    parked: int
    refused: int
    newest: float  # when the last claim, report or letter of those came; 0 where there is none

    @property
    def is_empty(self) -> bool:
        return not any(self[:5])


async def of_archive(db: Reader, archive_id: int) -> Tray:
    row = await db.one(
        "SELECT (SELECT count(*) FROM claims WHERE archive_id = :archive AND state = 'asked'),"
        " (SELECT count(*) FROM reports WHERE archive_id = :archive AND settled_at IS NULL),"
        " (SELECT count(*) FROM outbox WHERE archive_id = :archive AND state = 'held'),"
        " (SELECT count(*) FROM outbox WHERE archive_id = :archive AND state = 'parked'),"
        " (SELECT count(*) FROM outbox WHERE archive_id = :archive AND state = 'refused'),"
        " max(coalesce((SELECT max(asked_at) FROM claims WHERE archive_id = :archive AND state = 'asked'), 0.0),"
        " coalesce((SELECT max(reported_at) FROM reports WHERE archive_id = :archive AND settled_at IS NULL), 0.0),"
        " coalesce((SELECT max(l.stored_at) FROM outbox o JOIN letters l ON l.id = o.letter_id"
        " WHERE o.archive_id = :archive AND o.state IN ('held', 'parked', 'refused')), 0.0))",
        archive=archive_id,
    )
    assert row is not None
    return Tray._make(row)
