"""This room keeps whose letters an author, or a whole archive, wants no more; an author names a letter."""

from typing import LiteralString, NamedTuple

from bot.domain.admission import Blocker
from bot.store.sqlite import Reader, Writer


class Block(NamedTuple):
    """A block as it is seen: on whoever wrote that letter, or on an account that a moderator named."""

    id: int
    letter_id: int | None
    user_id: int | None  # of the account, where no letter stands for it
    title: str
    sender_name: str
    blocked_at: float
    until: float | None


async def blocker(db: Reader, archive_id: int, author_id: int, user_id: int, now: float) -> Blocker | None:
    """Who wants no letter of this account to the author; where both do, the moderators."""
    found = await db.value(
        "SELECT iif(author_id IS NULL, 'archive', 'author') FROM blocks WHERE user_id = :user AND archive_id = :archive"
        " AND (author_id = :author OR author_id IS NULL) AND (until IS NULL OR until > :now)"
        " ORDER BY author_id IS NOT NULL LIMIT 1",
        user=user_id,
        archive=archive_id,
        author=author_id,
        now=now,
    )
    return None if found is None else Blocker(found)


async def block_writer(db: Writer, letter_id: int, until: float | None, now: float) -> int:
    """The letter's author wants nothing more of whoever wrote it, from now to `until`. Returns the block's id.

    It takes the place of an earlier one for the same conversation alone: that a block of another is gone would tell
    the author that one person wrote both.
    """
    await db.run(
        "DELETE FROM blocks WHERE letter_id IN (SELECT other.id FROM letters l"
        " JOIN letters other ON other.conversation_id = l.conversation_id WHERE l.id = :id)",
        id=letter_id,
    )
    return await db.insert(
        "INSERT INTO blocks (archive_id, author_id, user_id, letter_id, blocked_at, until)"
        " SELECT c.archive_id, c.author_id, c.reader_id, l.id, :now, :until"
        " FROM letters l JOIN conversations c ON c.id = l.conversation_id WHERE l.id = :id",
        id=letter_id,
        now=now,
        until=until,
    )


async def block_account(
    db: Writer, archive_id: int, user_id: int, letter_id: int | None, until: float | None, now: float
) -> int:
    """A moderator's block: nobody of the archive gets letters of an account. Returns the block's id.

    It takes the place of an earlier one; `letter_id`: the letter by which alone the account is known.
    """
    await db.run(
        "DELETE FROM blocks WHERE author_id IS NULL AND user_id = :user AND archive_id = :archive",
        user=user_id,
        archive=archive_id,
    )
    return await db.insert(
        "INSERT INTO blocks (archive_id, user_id, letter_id, blocked_at, until)"
        " VALUES (:archive, :user, :letter, :now, :until)",
        archive=archive_id,
        user=user_id,
        letter=letter_id,
        now=now,
        until=until,
    )


_BLOCKS: LiteralString = (
    "SELECT b.id, b.letter_id, iif(b.author_id IS NULL AND b.letter_id IS NULL, b.user_id, NULL) AS user_id,"
    " coalesce(l.title, '') AS title, coalesce(l.sender_name, '') AS sender_name, b.blocked_at, b.until"
    " FROM blocks b LEFT JOIN letters l ON l.id = b.letter_id"
    " WHERE (b.until IS NULL OR b.until > :now)"
)


async def of_author(db: Reader, author_id: int, now: float) -> list[Block]:
    """The blocks of an author that still hold, newest first."""
    rows = await db.all(f"{_BLOCKS} AND b.author_id = :author ORDER BY b.id DESC", author=author_id, now=now)
    return [Block(**dict(row)) for row in rows]


async def of_archive(db: Reader, archive_id: int, now: float, *, limit: int) -> list[Block]:
    """The moderators' blocks that still hold, newest first."""
    rows = await db.all(
        f"{_BLOCKS} AND b.author_id IS NULL AND b.archive_id = :archive ORDER BY b.id DESC LIMIT :limit",
        archive=archive_id,
        now=now,
        limit=limit,
    )
    return [Block(**dict(row)) for row in rows]


async def lift(db: Writer, block_id: int, author_id: int) -> bool:
    """Takes back a block of this author's; False where there is none of that number."""
    return bool(
        await db.run("DELETE FROM blocks WHERE id = :id AND author_id = :author", id=block_id, author=author_id)
    )


async def lift_for_all(db: Writer, block_id: int, archive_id: int) -> Block | None:
    """Takes back a moderators' block of the archive; returns it as it was, None where there is none."""
    row = await db.one(
        f"{_BLOCKS} AND b.id = :id AND b.archive_id = :archive AND b.author_id IS NULL",
        id=block_id,
        archive=archive_id,
        now=0.0,
    )
    if row is not None:
        await db.run("DELETE FROM blocks WHERE id = :id", id=block_id)
    return None if row is None else Block(**dict(row))
