"""This room keeps conversations; to each other, author and reader are their numbers."""

from typing import NamedTuple

from bot.store.sqlite import Reader, Writer


class Conversation(NamedTuple):
    """A conversation with the accounts of both sides, which are for checks and never shown."""

    id: int
    archive_id: int
    author_id: int
    author: str
    author_user_id: int | None
    reader_id: int
    ended_at: float | None
    ended_by: str | None


async def of_letter(db: Reader, letter_id: int) -> Conversation | None:
    row = await db.one(
        "SELECT c.id, c.archive_id, c.author_id, a.name AS author, a.user_id AS author_user_id, c.reader_id,"
        " c.ended_at, c.ended_by FROM letters l JOIN conversations c ON c.id = l.conversation_id"
        " JOIN authors a ON a.id = c.author_id WHERE l.id = :id",
        id=letter_id,
    )
    return None if row is None else Conversation(**dict(row))


async def end(db: Writer, conversation_id: int, by: str, now: float) -> bool:
    """Ends a conversation, by its author or its reader; False where it has ended before."""
    return bool(
        await db.run(
            "UPDATE conversations SET ended_at = :now, ended_by = :by WHERE id = :id AND ended_at IS NULL",
            id=conversation_id,
            by=by,
            now=now,
        )
    )
