"""This room takes an account out of everything that is kept; 0, or a row's own number below 0, stands in its place."""

from typing import LiteralString, NamedTuple

from bot.store import ledger, letters, outbox
from bot.store.personal import MINE
from bot.store.sqlite import Reader, Writer

_UNSENT: LiteralString = "('waiting', 'held', 'ready')"

_FORGET: tuple[LiteralString, ...] = (
    "DELETE FROM places WHERE reader_id = :user",
    "DELETE FROM bookmarks WHERE reader_id = :user",
    "DELETE FROM marks WHERE reader_id = :user",
    "DELETE FROM drafts WHERE user_id = :user",
    "DELETE FROM follows WHERE reader_id = :user",
    "DELETE FROM seen WHERE reader_id = :user",
    "DELETE FROM tidings WHERE reader_id = :user",
    "DELETE FROM reader_settings WHERE reader_id = :user",
    # What this account wrote: what did not go out goes as a whole, the rest is its reader's mail.
    (f"UPDATE outbox SET state = 'withdrawn', due_at = NULL WHERE sent = 0 AND state IN {_UNSENT}"
    " AND letter_id IN (SELECT id FROM letters WHERE writer_id = :user)"),
    ("UPDATE letters SET comments = '', quote = '' WHERE writer_id = :user"
    " AND id IN (SELECT letter_id FROM outbox WHERE state IN ('withdrawn', 'declined'))"),
    "UPDATE letters SET sender_name = '', writer_id = 0, interaction_id = -id WHERE writer_id = :user",
    # What is on its way to this account.
    (f"UPDATE outbox SET state = 'withdrawn', due_at = NULL, problem = 'its reader asked to be forgotten'"
    f" WHERE state IN {_UNSENT} AND line_id IN (SELECT id FROM lines WHERE reader_id = :user)"),
    "UPDATE lines SET due_at = NULL, reader_id = -id WHERE reader_id = :user",
    ("UPDATE conversations SET reader_id = 0, ended_at = coalesce(ended_at, :now), ended_by = coalesce(ended_by,"
    " 'reader') WHERE reader_id = :user"),
    "DELETE FROM doors WHERE user_id = :user",
    # As an author.
    f"DELETE FROM wishes WHERE author_id IN ({MINE})",
    f"DELETE FROM blocks WHERE author_id IN ({MINE})",
    "UPDATE authors SET user_id = NULL, linked_at = NULL, choice = '' WHERE user_id = :user",
    "DELETE FROM claims WHERE user_id = :user",
    "UPDATE claims SET decided_by = NULL WHERE decided_by = :user",
    "UPDATE reports SET reason = iif(settled_at IS NULL, reason, ''), reporter_id = -id WHERE reporter_id = :user",
    "UPDATE reports SET settled_by = NULL WHERE settled_by = :user",
    "DELETE FROM proposals WHERE user_id = :user",
    ("DELETE FROM uploads WHERE state <> 'taken' AND id IN (SELECT upload_id FROM submissions WHERE user_id = :user"
    " AND state = 'waiting')"),
    "DELETE FROM submissions WHERE user_id = :user",
    "UPDATE uploads SET user_id = NULL WHERE user_id = :user",
)  # fmt: skip

_LEFT: LiteralString = "SELECT told ->> 'user' AS user_id, forgotten_at FROM forgettings WHERE kind = 'person'"
_SWEEP: tuple[LiteralString, ...] = (
    # What was on its way when its reader was forgotten.
    (f"DELETE FROM notices WHERE id IN (SELECT n.id FROM ({_LEFT}) f JOIN notices n ON n.user_id = f.user_id"
    "  AND n.stored_at <= f.forgotten_at JOIN outbox o ON o.notice_id = n.id WHERE o.state <> 'sending')"),
    (f"UPDATE parcels SET user_id = 0, payload = '' WHERE id IN (SELECT p.id FROM ({_LEFT}) f"
    "  JOIN parcels p ON p.user_id = f.user_id AND p.first_try_at <= f.forgotten_at"
    "  WHERE p.state NOT IN ('leased', 'unknown'))"),
    ("UPDATE parcels SET channel_id = NULL, message_id = NULL WHERE user_id = 0 AND channel_id IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM enclosures e JOIN outbox o ON o.id = e.item_id JOIN letters l"
    "  ON l.id = o.letter_id WHERE e.parcel_id = parcels.id AND l.email <> '')"
    " AND NOT EXISTS (SELECT 1 FROM corrections c WHERE c.parcel_id = parcels.id)"),
)  # fmt: skip


async def forget(db: Writer, user_id: int, now: float) -> None:
    """Takes an account out of everything; `sweep` does the rest, now and for what is still on its way."""
    written = await db.all("SELECT id FROM letters WHERE writer_id = :user AND email <> ''", user=user_id)
    for row in written:
        await letters.forget_email(db, row["id"], user_id, now)
    lines = await db.all(f"SELECT id FROM lines WHERE author_id IN ({MINE})", user=user_id)
    for row in lines:
        await outbox.set_line_aside(db, row["id"])
    for statement in _FORGET:
        await db.run(statement, user=user_id, now=now)
    await ledger.erase_person(db, user_id, now)


async def sweep(db: Writer) -> None:
    """Finishes what could not be done while a message was on its way to somebody who was forgotten meanwhile."""
    for statement in _SWEEP:
        await db.run(statement)


class Stays(NamedTuple):
    """What is kept of an account's after all, in numbers."""

    letters: int  # that were delivered
    stories: int  # under pen names of its own
    blocks: int  # of it, by others
    reports: int  # that nobody has settled
    entries: int  # on record


async def stays(db: Reader, user_id: int, now: float) -> Stays:
    row = await db.one(
        "SELECT (SELECT count(*) FROM letters l JOIN outbox o ON o.letter_id = l.id WHERE l.writer_id = :user"
        f"  AND o.state NOT IN ('withdrawn', 'declined') AND (o.sent > 0 OR o.state NOT IN {_UNSENT})),"
        " (SELECT count(DISTINCT sa.story_id) FROM story_authors sa JOIN stories s ON s.id = sa.story_id"
        f"  WHERE sa.author_id IN ({MINE}) AND s.pages > 0),"
        " (SELECT count(*) FROM blocks WHERE user_id = :user AND (until IS NULL OR until > :now)),"
        " (SELECT count(*) FROM reports WHERE reporter_id = :user AND settled_at IS NULL),"
        " (SELECT count(DISTINCT ledger_id) FROM ledger_persons WHERE user_id = :user)",
        user=user_id,
        now=now,
    )
    assert row is not None
    return Stays._make(row)
