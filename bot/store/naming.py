"""This room knows the names that stories can be filtered by, as far as an audience may see a story of theirs."""

from typing import LiteralString, NamedTuple

from bot.domain import names
from bot.domain.access import Audience
from bot.domain.search import Field, Key
from bot.store.sqlite import Reader, Row, Seeker

_SEEN: LiteralString = " AND t.rating <= :lists AND t.stories > 0"
_NAMES: dict[Field, LiteralString] = {
    Field.AUTHOR: (
        "SELECT a.id AS key, a.name, a.name_key FROM authors a WHERE a.archive_id = :archive AND EXISTS (SELECT 1"
        f" FROM tallies t WHERE t.archive_id = :archive AND t.kind = 'author' AND t.key = +a.id{_SEEN})"
    ),
    Field.SERIES: (
        "SELECT r.id AS key, r.name, r.name_key FROM series r WHERE r.archive_id = :archive AND EXISTS (SELECT 1"
        f" FROM tallies t WHERE t.archive_id = :archive AND t.kind = 'series' AND t.key = +r.id{_SEEN})"
    ),
    Field.TAG: (
        "SELECT t.key, max(t.name) AS name, t.key AS name_key FROM tallies t"
        f" WHERE t.archive_id = :archive AND t.kind = 'tag'{_SEEN} GROUP BY t.key"
    ),
    Field.FANDOM: (
        "SELECT t.key, max(t.name) AS name, t.key AS name_key FROM tallies t"
        f" WHERE t.archive_id = :archive AND t.kind = 'fandom'{_SEEN} GROUP BY t.key"
    ),
    Field.STATUS: (
        "SELECT DISTINCT t.key, t.name, lower(t.key) AS name_key FROM tallies t"
        f" WHERE t.archive_id = :archive AND t.kind = 'status'{_SEEN}"
    ),
    Field.LANGUAGE: (
        "SELECT DISTINCT t.key, t.name, lower(t.key) AS name_key FROM tallies t"
        f" WHERE t.archive_id = :archive AND t.kind = 'language'{_SEEN}"
    ),
}
END = "\U0010ffff"
"""Behind every text that begins as what it is put behind."""


class Name(NamedTuple):
    """A name of the archive, and what it is known by."""

    key: Key
    name: str


async def exactly(db: Reader, audience: Audience, field: Field, text: str) -> list[Name]:
    """The name, case and punctuation aside; several where an archive spells one status in several ways."""
    rows = await db.all(
        f"SELECT key, name FROM ({_NAMES[field]}) WHERE name_key IN (:key, lower(:text)) LIMIT 50",
        key=names.key(text),
        text=text,
        **_gate(audience),
    )
    return _names(rows)


async def holding(seeker: Seeker, audience: Audience, field: Field, text: str, seconds: float) -> list[Name]:
    """Names that have these words in a row."""
    found = await seeker.rows(
        f"SELECT key, name FROM ({_NAMES[field]}) WHERE instr(' ' || name_key || ' ', ' ' || :key || ' ') > 0 LIMIT 50",
        seconds,
        key=names.key(text),
        **_gate(audience),
    )
    return _names(found.rows)


async def beginning(db: Reader, audience: Audience, field: Field, typed: str, limit: int) -> list[Name]:
    """Names that begin as what is being typed, in order."""
    start = names.key(typed) if typed.strip() else ""
    rows = await db.all(
        f"SELECT key, name FROM ({_NAMES[field]}) WHERE name_key >= :start AND name_key < :start || :end"
        " ORDER BY name_key LIMIT :limit",
        start=start,
        end=END,
        limit=limit,
        **_gate(audience),
    )
    return _names(rows)


async def within(
    seeker: Seeker, audience: Audience, field: Field, typed: str, limit: int, seconds: float
) -> list[Name]:
    """Names one of whose words begins as what is being typed, as far as they are found in time."""
    found = await seeker.rows(
        f"SELECT key, name FROM ({_NAMES[field]}) WHERE instr(name_key, ' ' || :key) > 0 LIMIT :limit",
        seconds,
        key=names.key(typed),
        limit=limit,
        **_gate(audience),
    )
    return _names(found.rows)


async def some(seeker: Seeker, audience: Audience, field: Field, limit: int, seconds: float) -> list[str]:
    """Names to compare a misspelt one with."""
    found = await seeker.rows(
        f"SELECT name FROM ({_NAMES[field]}) LIMIT :limit", seconds, limit=limit, **_gate(audience)
    )
    return [row["name"] for row in found.rows]


def _gate(audience: Audience) -> dict[str, int]:
    return {"archive": audience.archive.id, "lists": audience.lists}


def _names(rows: list[Row]) -> list[Name]:
    return [Name(row["key"], row["name"]) for row in rows]
