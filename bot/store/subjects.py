"""This room finds what readers follow and take home: an author, a series, a story, and the stories of each."""

from typing import LiteralString

from bot.domain.access import Audience
from bot.domain.models import Story
from bot.domain.subjects import Kind, Subject
from bot.store.sqlite import Reader
from bot.store.stories import LISTED, STORY, gate, story_of

_WORKS: dict[Kind, LiteralString] = {
    Kind.AUTHOR: " s.id IN (SELECT story_id FROM story_authors WHERE author_id = :id)",
    Kind.SERIES: " s.series_id = :id",
    Kind.STORY: " s.id = :id",
}
_NAME: dict[Kind, LiteralString] = {
    Kind.AUTHOR: "SELECT name FROM authors WHERE id = :id",
    Kind.SERIES: "SELECT name FROM series WHERE id = :id",
    Kind.STORY: "SELECT title FROM stories WHERE id = :id",
}


async def get(db: Reader, audience: Audience, kind: Kind, subject_id: int) -> Subject | None:
    """The subject of a number; None where no story of it is listed here."""
    listed = await db.value(
        f"SELECT 1 FROM stories s WHERE{LISTED} AND{_WORKS[kind]} LIMIT 1", id=subject_id, **gate(audience)
    )
    return None if listed is None else Subject(kind, subject_id, await db.value(_NAME[kind], id=subject_id))


async def works(db: Reader, audience: Audience, kind: Kind, subject_id: int) -> list[Story]:
    """The stories of a subject that are listed here, by title; those of a series in reading order."""
    rows = await db.all(
        f"{STORY} WHERE{LISTED} AND{_WORKS[kind]} ORDER BY iif(:series, s.series_place, s.sort_key) NULLS LAST, s.id",
        id=subject_id,
        series=kind is Kind.SERIES,
        **gate(audience),
    )
    return [story_of(dict(row)) for row in rows]
