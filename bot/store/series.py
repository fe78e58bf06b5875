"""This room keeps the series: what belongs to one, in what order it is read, and whose series an author has."""

import json
from collections.abc import Iterable, Sequence
from typing import LiteralString, NamedTuple

from bot.domain import names
from bot.domain.access import Audience
from bot.domain.models import LinkKind, Standing
from bot.domain.order import Related, arranged, numbered, pairs, reading_order
from bot.store.sqlite import Reader, Row, Seeker, Value, Writer
from bot.store.stories import LISTED, gate

LONGEST = 2_000
"""Stories of one series that are put in order; more of them are no series but a heap."""

_ORDERED: LiteralString = " ORDER BY s.written = '', s.written, s.id LIMIT :limit"


class Member(NamedTuple):
    """A story of a series, by what it is put in order by."""

    id: int
    number: float | None


class Placed(NamedTuple):
    """A story where it stands in its series, whatever its state."""

    id: int
    title: str
    author: str
    number: str  # what its header says
    place: int | None  # from 1; None: beyond the longest series
    state: Standing


class Counted(NamedTuple):
    """A series, how many stories it has, and whether moderators put it into order by hand."""

    id: int
    name: str
    stories: int
    by_hand: bool


class OfAuthor(NamedTuple):
    """A series that an author has stories in, and how many."""

    id: int
    name: str
    stories: int


async def name(db: Reader, archive_id: int, series_id: int) -> str | None:
    return await db.value(
        "SELECT name FROM series WHERE id = :id AND archive_id = :archive", id=series_id, archive=archive_id
    )


async def members(db: Reader, audience: Audience, series_id: int) -> list[Member]:
    """The stories of a series that have a row here, in the order that their headers' numbers and dates give."""
    rows = await db.all(
        f"SELECT s.id, s.series_number FROM stories s WHERE s.series_id = :series AND{LISTED}{_ORDERED}",
        series=series_id,
        limit=LONGEST,
        **gate(audience),
    )
    return _members(rows)


def _members(rows: list[Row]) -> list[Member]:
    found = [Member(row["id"], numbered(row["series_number"])) for row in rows]
    return sorted(found, key=lambda member: (member.number is None, member.number or 0))


async def related(db: Reader, story_ids: Sequence[int]) -> list[Related]:
    """What the headers of stories say of others that are here."""
    rows = await db.all(
        "SELECT story_id, kind, target_id FROM links WHERE target_id IS NOT NULL"
        " AND story_id IN (SELECT value FROM json_each(:ids)) ORDER BY id",
        ids=json.dumps(list(story_ids)),
    )
    return [Related(row["story_id"], LinkKind(row["kind"]), row["target_id"]) for row in rows]


async def outsiders(db: Reader, audience: Audience, series_id: int, story_ids: Sequence[int]) -> list[Related]:
    """Stories of no or another series that have a row here and say that they belong to one of these."""
    rows = await db.all(
        "SELECT l.story_id, l.kind, l.target_id FROM links l CROSS JOIN stories s ON s.id = l.story_id"
        " WHERE l.target_id IN (SELECT value FROM json_each(:ids)) AND l.kind IN ('sequel', 'companion', 'follows')"
        f" AND s.series_id IS NOT :series AND{LISTED} ORDER BY l.id LIMIT :limit",
        ids=json.dumps(list(story_ids)),
        series=series_id,
        limit=LONGEST,
        **gate(audience),
    )
    return [Related(row["story_id"], LinkKind(row["kind"]), row["target_id"]) for row in rows]


async def missing(db: Reader, story_ids: Sequence[int]) -> list[str]:
    """The titles that stories name as what they follow or precede, and that are not here."""
    rows = await db.all(
        "SELECT DISTINCT target FROM links WHERE target_id IS NULL"
        " AND story_id IN (SELECT value FROM json_each(:ids)) ORDER BY id LIMIT 100",
        ids=json.dumps(list(story_ids)),
    )
    return [row["target"] for row in rows]


async def of_author(seeker: Seeker, audience: Audience, author_id: int, limit: int, seconds: float) -> list[OfAuthor]:
    """The series that an author has stories in which have a row here, by name."""
    found = await seeker.rows(
        "SELECT r.id, r.name, count(*) AS stories FROM story_authors a CROSS JOIN stories s ON s.id = a.story_id"
        f" JOIN series r ON r.id = s.series_id WHERE a.author_id = :author AND{LISTED}"
        " GROUP BY r.id ORDER BY r.name_key LIMIT :limit",
        seconds,
        author=author_id,
        limit=limit,
        **gate(audience),
    )
    return [OfAuthor(*row) for row in found.rows]


async def to_place(db: Reader, story_ids: Iterable[int]) -> list[int]:
    """The series whose order these stories may have changed: their own, and those of stories that they name."""
    rows = await db.all(
        "WITH touched AS MATERIALIZED (SELECT value AS id FROM json_each(:ids))"
        " SELECT DISTINCT series_id FROM stories WHERE series_id IS NOT NULL"
        " AND (id IN touched OR id IN (SELECT target_id FROM links WHERE story_id IN touched))",
        ids=json.dumps(list(story_ids)),
    )
    return [row["series_id"] for row in rows]


async def places(db: Reader, series_id: int) -> list[dict[str, Value]]:
    """Id and place of each story that is to stand elsewhere in its series than it does; rows for `place`."""
    rows = await db.all(
        f"SELECT s.id, s.series_number, s.series_place FROM stories s WHERE s.series_id = :series{_ORDERED}",
        series=series_id,
        limit=LONGEST,
    )
    ids = [member.id for member in _members(rows)]
    order = await in_order(db, series_id, ids, await related(db, ids))
    former = {row["id"]: row["series_place"] for row in rows}
    return [{"id": each, "place": place} for place, each in enumerate(order, start=1) if former[each] != place]


async def in_order(db: Reader, series_id: int, ids: Sequence[int], related: Iterable[Related]) -> list[int]:
    """Stories of a series as they are read: by hand, or else as their headers say of each other."""
    return arranged(reading_order(ids, pairs(related)), await by_hand(db, series_id))


async def by_hand(db: Reader, series_id: int) -> list[int]:
    """The order that moderators gave a series; empty where they gave it none."""
    rows = await db.all(
        "SELECT w.story_id FROM series_rulings w JOIN stories s ON s.id = w.story_id AND s.series_id = w.series_id"
        " WHERE w.series_id = :series ORDER BY w.place",
        series=series_id,
    )
    return [row["story_id"] for row in rows]


async def rule(db: Writer, archive_id: int, series_id: int, story_ids: Sequence[int]) -> None:
    """Puts a series into an order by hand; into that of its headers where none is given."""
    await db.run("DELETE FROM series_rulings WHERE series_id = :series", series=series_id)
    await db.many(
        "INSERT INTO series_rulings (series_id, story_id, archive_id, place)"
        " VALUES (:series, :story, :archive, :place)",
        [
            {"series": series_id, "story": story_id, "archive": archive_id, "place": number}
            for number, story_id in enumerate(story_ids, start=1)
        ],
    )
    await place(db, await places(db, series_id))


async def every(db: Reader, archive_id: int, *, after: int, limit: int) -> list[Counted]:
    """The series of an archive that have any story, from beyond number `after` on."""
    rows = await db.all(
        "SELECT r.id, r.name, (SELECT count(*) FROM stories s WHERE s.series_id = r.id) AS stories,"
        " EXISTS (SELECT 1 FROM series_rulings w WHERE w.series_id = r.id) FROM series r"
        " WHERE r.archive_id = :archive AND r.id > :after"
        " AND EXISTS (SELECT 1 FROM stories s WHERE s.series_id = r.id) ORDER BY r.id LIMIT :limit",
        archive=archive_id,
        after=after,
        limit=limit,
    )
    return [Counted._make((*row[:3], bool(row[3]))) for row in rows]


async def called(db: Reader, archive_id: int, name: str) -> int | None:
    """The number of the series of that name, capitals and marks aside."""
    return await db.value(
        "SELECT id FROM series WHERE archive_id = :archive AND name_key = :key", archive=archive_id, key=names.key(name)
    )


async def rename(db: Writer, series_id: int, name: str) -> None:
    await db.run(
        "UPDATE series SET name = :name, name_key = :key WHERE id = :series",
        name=name,
        key=names.key(name),
        series=series_id,
    )


async def standing(db: Reader, series_id: int) -> list[Placed]:
    """The stories of a series in the order they are read in, those among them that readers do not see."""
    rows = await db.all(
        "SELECT s.id, s.title, iif(s.authors = '', a.name, s.authors), s.series_number, s.series_place, s.state"
        " FROM stories s JOIN authors a ON a.id = s.author_id WHERE s.series_id = :series"
        " ORDER BY s.series_place IS NULL, s.series_place, s.id LIMIT :limit",
        series=series_id,
        limit=LONGEST,
    )
    return [Placed._make((*row[:5], Standing(row[5]))) for row in rows]


async def place(db: Writer, rows: Sequence[dict[str, Value]]) -> None:
    await db.many("UPDATE stories SET series_place = :place WHERE id = :id", list(rows))
