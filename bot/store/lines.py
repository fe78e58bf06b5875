"""This room keeps the lines that letters and notices stand in: one for each pen name, one for each reader."""

from typing import LiteralString, NamedTuple

from bot.domain.delivery import LONGEST
from bot.store.sqlite import Reader, Writer


async def of_author(db: Writer, author_id: int) -> int:
    """The id of a pen name's line."""
    await db.run(
        "INSERT INTO lines (archive_id, author_id, opens) SELECT a.archive_id, a.id, d.channel_id IS NULL"
        " FROM authors a LEFT JOIN doors d ON d.user_id = a.user_id WHERE a.id = :author"
        " ON CONFLICT (author_id) DO NOTHING",
        author=author_id,
    )
    return await db.value("SELECT id FROM lines WHERE author_id = :author", author=author_id)


async def of_reader(db: Writer, archive_id: int, user_id: int) -> int:
    """The id of the line in which an archive's replies and notices for an account stand."""
    await db.run(
        "INSERT INTO lines (archive_id, reader_id, opens) VALUES (:archive, :user,"
        " NOT EXISTS (SELECT 1 FROM doors WHERE user_id = :user AND channel_id IS NOT NULL))"
        " ON CONFLICT (reader_id, archive_id) DO NOTHING",
        archive=archive_id,
        user=user_id,
    )
    return await db.value(
        "SELECT id FROM lines WHERE reader_id = :user AND archive_id = :archive", archive=archive_id, user=user_id
    )


class Way(NamedTuple):
    """A line, the account it leads to (None: its author is not here yet), and whether that takes no messages."""

    line_id: int
    account: int | None
    closed_at: float | None


_WAY: LiteralString = (
    "SELECT n.id, coalesce(n.reader_id, a.user_id), d.closed_at FROM lines n LEFT JOIN authors a ON a.id = n.author_id"
    " LEFT JOIN doors d ON d.user_id = coalesce(n.reader_id, a.user_id)"
)


async def to_reader(db: Writer, archive_id: int, user_id: int) -> Way:
    """The line of an archive to an account."""
    row = await db.one(f"{_WAY} WHERE n.id = :line", line=await of_reader(db, archive_id, user_id))
    assert row is not None
    return Way(*row)


async def recipient(db: Reader, line_id: int) -> int | None:
    """The account a line leads to; None where its author is not here yet."""
    return await db.value(
        "SELECT coalesce(l.reader_id, a.user_id) FROM lines l LEFT JOIN authors a ON a.id = l.author_id"
        " WHERE l.id = :id",
        id=line_id,
    )


async def of_account(db: Reader, user_id: int) -> list[int]:
    """The lines that lead to an account: its own, and those of its pen names."""
    rows = await db.all(
        "SELECT id FROM lines WHERE reader_id = :user"
        " UNION SELECT l.id FROM lines l JOIN authors a ON a.id = l.author_id WHERE a.user_id = :user",
        user=user_id,
    )
    return [row["id"] for row in rows]


async def readdress(db: Writer, line_id: int) -> None:
    """The line leads to another account now, whose channel may or may not be known."""
    account = await recipient(db, line_id)
    await db.run(
        "UPDATE lines SET opens = NOT EXISTS (SELECT 1 FROM doors WHERE user_id = :user AND channel_id IS NOT NULL)"
        " WHERE id = :id",
        id=line_id,
        user=account,
    )


async def wake(db: Writer, line_id: int, now: float) -> None:
    """Something joined the line; a try that is put off stays put off."""
    await db.run("UPDATE lines SET due_at = coalesce(due_at, :now) WHERE id = :id", id=line_id, now=now)


async def plan(db: Writer, line_id: int, due_at: float | None, silent: int | None = None) -> None:
    """Says when the line wants its next turn. `silent`: nobody answered the last, which counts as so many failures."""
    await db.run(
        "UPDATE lines SET due_at = :due, silent = :silent WHERE id = :id", id=line_id, due=due_at, silent=silent
    )


async def due(db: Reader, now: float, *, may_open: bool) -> int | None:
    """The line that has waited longest for its turn; those whose channel has to be opened only where that may be."""
    return await db.value(
        "SELECT id FROM (SELECT * FROM (SELECT id, due_at FROM lines WHERE opens = 0 AND due_at <= :now"
        " ORDER BY due_at LIMIT 1) UNION ALL SELECT * FROM (SELECT id, due_at FROM lines WHERE opens = 1"
        " AND :may_open AND due_at <= :now ORDER BY due_at LIMIT 1)) ORDER BY due_at LIMIT 1",
        now=now,
        may_open=may_open,
    )


async def next_due(db: Reader, *, opens: bool) -> float | None:
    """When the next line wants its turn, of those whose channel has to be opened or of the others."""
    return await db.value("SELECT min(due_at) FROM lines WHERE opens = :opens AND due_at IS NOT NULL", opens=opens)


async def hasten(db: Writer, now: float) -> None:
    """Discord is back: what waits because nobody answered wants its turn now.

    What it counted for is taken back, or a gateway that comes and goes would use up all the tries of a letter.
    """
    await db.run(
        "UPDATE outbox SET failures = max(0, failures - n.silent) FROM lines n WHERE n.silent > 0 AND n.due_at > :now"
        " AND outbox.id IN (SELECT id FROM outbox WHERE line_id = n.id AND state = 'ready' UNION ALL"
        " SELECT e.item_id FROM parcels p JOIN enclosures e ON e.parcel_id = p.id"
        " WHERE p.line_id = n.id AND p.state IN ('leased', 'unknown'))",
        now=now,
    )
    await db.run(
        "UPDATE lines SET due_at = :now, silent = NULL WHERE silent IS NOT NULL AND due_at > :now",
        now=now,
    )


async def shift(db: Writer, seconds: float, now: float) -> None:
    """The clock was set by so many seconds, to `now`: what was planned by the old one moves along.

    Not so what a clock that was set ahead has reached: it may have been planned since, or by a process whose clock was
    right, and would now be late by as much as this one's was wrong. For the same reason nothing waits for longer than
    any retry does. What is on its way was surely sent out by the old clock.
    """
    await db.run(
        "UPDATE lines SET due_at = min(due_at + :seconds, :latest) WHERE due_at IS NOT NULL AND (:seconds < 0"
        " OR due_at > :now OR id IN (SELECT line_id FROM parcels WHERE state = 'leased'))",
        seconds=seconds,
        now=now,
        latest=now + LONGEST,
    )
    await db.run(
        "UPDATE parcels SET lease_until = lease_until + :seconds, first_try_at = first_try_at + :seconds"
        " WHERE state IN ('leased', 'unknown')",
        seconds=seconds,
    )
