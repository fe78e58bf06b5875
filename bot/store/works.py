"""This room knows which stories are an account's own, whatever their state."""

from typing import LiteralString, NamedTuple

from bot.domain.models import Standing
from bot.store.sqlite import Reader


class Mine(NamedTuple):
    """A story as the account behind it sees it in a list, whatever its state."""

    id: int
    archive_id: int
    title: str
    author: str
    state: Standing
    state_reason: str
    words: int
    parts: int
    pages: int


_MINE: LiteralString = (
    "SELECT s.id, s.archive_id, s.title, iif(s.authors = '', a.name, s.authors) AS author, s.state, s.state_reason,"
    " s.words, s.parts, s.pages FROM stories s JOIN authors a ON a.id = s.author_id"
    " WHERE s.id IN (SELECT sa.story_id FROM authors me JOIN story_authors sa ON sa.author_id = me.id"
    "  WHERE me.user_id = :user UNION ALL SELECT w.id FROM authors me JOIN stories w ON w.author_id = me.id"
    "  WHERE me.user_id = :user)"
)


async def of_user(db: Reader, user_id: int, *, limit: int = -1, start: int = 0) -> list[Mine]:
    """The stories of an account's pen names in all archives, by title; those that were withdrawn come last."""
    rows = await db.all(
        f"{_MINE} ORDER BY s.state = 'withdrawn', s.sort_key, s.id LIMIT :limit OFFSET :start",
        user=user_id,
        limit=limit,
        start=start,
    )
    return [_mine(tuple(row)) for row in rows]


async def mine(db: Reader, user_id: int, story_id: int) -> Mine | None:
    """The story, where a pen name of this account's is among its authors."""
    row = await db.one(f"{_MINE} AND s.id = :id", user=user_id, id=story_id)
    return None if row is None else _mine(tuple(row))


def _mine(row: tuple[object, ...]) -> Mine:
    found = Mine._make(row)
    return found._replace(state=Standing(found.state))


async def of_author(db: Reader, author_id: int) -> list[int]:
    """The numbers of the stories that a pen name wrote, alone or with others, and that are not withdrawn."""
    rows = await db.all(
        "SELECT s.id FROM story_authors sa JOIN stories s ON s.id = sa.story_id"
        " WHERE sa.author_id = :id AND s.state <> 'withdrawn' ORDER BY s.id",
        id=author_id,
    )
    return [row["id"] for row in rows]


async def count(db: Reader, user_id: int) -> int:
    """How many stories stand under an account's pen names, those that were withdrawn among them."""
    return await db.value(f"SELECT count(*) FROM ({_MINE})", user=user_id)
