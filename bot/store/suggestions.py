"""This room is what autocomplete asks: beginnings through an index, words as far as there is time."""

import re
from typing import LiteralString, NamedTuple

from bot.domain import names
from bot.domain.access import Audience
from bot.domain.models import Rating
from bot.store.naming import END
from bot.store.orders import DIGITS
from bot.store.sqlite import Reader, Row, Seeker

_STORY: LiteralString = (
    "SELECT s.id, s.title, iif(s.authors = '', a.name, s.authors) AS author"
    " FROM ({}) m CROSS JOIN stories s ON s.id = m.id JOIN authors a ON a.id = s.author_id"
)


class Suggested(NamedTuple):
    """A story as it is offered."""

    id: int
    title: str
    author: str


async def beginning(db: Reader, audience: Audience, typed: str, limit: int) -> list[Suggested]:
    """Stories that open here and whose title begins as what is being typed, by title."""
    return await _along(db, audience, _TITLES, names.sort_key(typed) if typed.strip() else "", limit)


async def by_author(db: Reader, audience: Audience, typed: str, limit: int) -> list[Suggested]:
    """Those whose author's name begins so, by author."""
    return await _along(db, audience, _AUTHORS, names.key(typed), limit)


_TITLES: LiteralString = (
    "SELECT * FROM (SELECT s.sort_key AS key, s.id FROM stories s INDEXED BY list_by_title"
    " WHERE s.archive_id = :archive AND s.state = 'published' AND s.rating = {}"
    " AND s.sort_key >= :start AND s.sort_key < :start || :end ORDER BY s.sort_key, s.number LIMIT :limit)"
)
_AUTHORS: LiteralString = (
    "SELECT * FROM (SELECT s.author_key AS key, s.id FROM stories s INDEXED BY list_by_author"
    " WHERE s.archive_id = :archive AND s.state = 'published' AND s.rating = {}"
    " AND s.author_key >= :start AND s.author_key < :start || :end ORDER BY s.author_key, s.sort_key, s.number"
    " LIMIT :limit)"
)


async def _along(db: Reader, audience: Audience, arm: LiteralString, start: str, limit: int) -> list[Suggested]:
    arms = " UNION ALL ".join([arm.format(DIGITS[rating]) for rating in Rating if rating <= audience.opens])
    rows = await db.all(
        _STORY.format(f"SELECT * FROM ({arms}) ORDER BY key, id LIMIT :limit") + " ORDER BY m.key, m.id",
        archive=audience.archive.id,
        start=start,
        end=END,
        limit=limit,
    )
    return _suggested(rows)


async def with_words(
    seeker: Seeker, audience: Audience, typed: str, limit: int, seconds: float, *, in_title: bool = False
) -> list[Suggested]:
    """Stories whose title, author and series, or title alone, have words that begin as each one typed; in no order."""
    words = re.findall(r"[^\W_]+", typed)[:12]
    if not words:
        return []
    found = await seeker.rows(
        _STORY.format("SELECT rowid AS id FROM story_names WHERE story_names MATCH :match")
        + " WHERE s.archive_id = :archive AND s.state = 'published' AND s.rating <= :opens LIMIT :limit",
        seconds,
        match=_match(words, in_title=in_title),
        archive=audience.archive.id,
        opens=audience.opens,
        limit=limit,
    )
    return _suggested(found.rows)


def _match(words: list[str], *, in_title: bool) -> str:
    every = " AND ".join(f'"{word}"*' for word in words)
    return f"title : ({every})" if in_title else every


def _suggested(rows: list[Row]) -> list[Suggested]:
    return [Suggested(*row) for row in rows]
