"""This room keeps what must not be imported, and which stories readers may see."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.models import Standing
from bot.store.packing import pack_prints, unpack_prints
from bot.store.sqlite import Reader, Row, Writer


class Bar(NamedTuple):
    """An entry of the do-not-import list: an author with every spelling, or a work with its paragraphs."""

    id: int
    kind: str  # author | work
    names: tuple[str, ...]
    prints: Sequence[int]
    barred_at: float


async def bars(db: Reader, archive_id: int) -> list[Bar]:
    rows = await db.all(
        "SELECT id, kind, names, prints, barred_at FROM barred WHERE archive_id = :archive ORDER BY id",
        archive=archive_id,
    )
    return [_bar(row) for row in rows]


def _bar(row: Row) -> Bar:
    prints = unpack_prints(row["prints"] or b"")
    return Bar(row["id"], row["kind"], tuple(json.loads(row["names"])), prints, row["barred_at"])


async def bar(db: Writer, archive_id: int, kind: str, names: Sequence[str], prints: Sequence[int], now: float) -> int:
    return await db.insert(
        "INSERT INTO barred (archive_id, kind, names, prints, barred_at)"
        " VALUES (:archive, :kind, :names, :prints, :now)",
        archive=archive_id,
        kind=kind,
        names=json.dumps(list(names), ensure_ascii=False),
        prints=pack_prints(prints),
        now=now,
    )


async def unbar(db: Writer, archive_id: int, bar_id: int) -> str | None:
    """Takes an entry off the list; returns its kind, None where there is no such entry."""
    return await db.value(
        "DELETE FROM barred WHERE archive_id = :archive AND id = :id RETURNING kind", archive=archive_id, id=bar_id
    )


async def written_by(db: Reader, archive_id: int, name_keys: Sequence[str]) -> list[tuple[int, Standing]]:
    """What is here by these authors, published or withheld, and which of the two."""
    rows = await db.all(
        "SELECT id, state FROM stories"
        " WHERE archive_id = :archive AND state IN (:published, :withheld) AND id IN ("
        "  SELECT sa.story_id FROM json_each(:keys) asked"
        "  CROSS JOIN authors a ON a.archive_id = :archive AND a.name_key = asked.value"
        "  CROSS JOIN story_authors sa ON sa.author_id = a.id) ORDER BY id",
        archive=archive_id,
        keys=json.dumps(list(name_keys)),
        withheld=Standing.WITHHELD,
        published=Standing.PUBLISHED,
    )
    return [(row["id"], Standing(row["state"])) for row in rows]


async def publish(db: Writer, story_id: int, reason: str) -> None:
    """Shows a story to readers; what spoke against it is remembered as approved."""
    await db.run(
        "UPDATE stories SET approved = iif(state_reason <> '', state_reason, approved), state = :state,"
        " state_reason = :reason WHERE id = :id",
        id=story_id,
        reason=reason,
        state=Standing.PUBLISHED,
    )
