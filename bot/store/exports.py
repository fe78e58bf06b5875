"""This room takes stories out of an archive whole, and gives one that came back what only an export knows."""

from collections.abc import Sequence
from typing import Any

import orjson

from bot.domain import names
from bot.domain.documents import Evidence, Manuscript
from bot.domain.exports import Exported, ExportedPart
from bot.domain.fields import Field
from bot.domain.models import Link, LinkKind, Part, Rating, Standing
from bot.store import amendments, headers
from bot.store.sqlite import Reader, Row, Writer


async def numbers(db: Reader, archive_id: int, most: Rating) -> list[int]:
    """The stories that may be exported where ratings up to `most` open: nothing is left of those withdrawn."""
    rows = await db.all(
        "SELECT id FROM stories WHERE archive_id = :archive AND rating <= :most AND pages > 0"
        " AND state IN ('published', 'withheld', 'hidden') ORDER BY id",
        archive=archive_id,
        most=most,
    )
    return [row["id"] for row in rows]


async def namesakes(db: Reader, archive_id: int, title: str, below: int) -> list[int]:
    """The stories of a title that can be read, of those with numbers below one."""
    rows = await db.all(
        "SELECT id FROM stories WHERE archive_id = :archive AND title_key = :key AND pages > 0 AND id < :below",
        archive=archive_id,
        key=names.key(title),
        below=below,
    )
    return [row["id"] for row in rows]


async def read(db: Reader, story_id: int) -> Exported | None:
    """A story as it stands at one moment: one statement, so that no edit can come in between."""
    row = await db.one(
        "SELECT s.*, r.name AS series, (SELECT json_group_array(name) FROM (SELECT a.name FROM story_authors sa"
        "  JOIN authors a ON a.id = sa.author_id WHERE sa.story_id = s.id ORDER BY sa.position)) AS names,"
        " (SELECT json_group_array(json_array(kind, name)) FROM (SELECT kind, name FROM story_tags"
        "  WHERE story_id = s.id ORDER BY name_key)) AS labels,"
        " (SELECT json_group_array(json_array(kind, target, target_id)) FROM (SELECT kind, target, target_id"
        "  FROM links WHERE story_id = s.id ORDER BY id)) AS named,"
        " (SELECT json_group_array(json_array(title, label, text)) FROM (SELECT title, label, text FROM parts"
        "  WHERE story_id = s.id ORDER BY number)) AS texts,"
        " (SELECT json_group_array(json_array(field, value)) FROM (SELECT field, value FROM amendments"
        "  WHERE story_id = s.id ORDER BY field)) AS amended"
        " FROM stories s LEFT JOIN series r ON r.id = s.series_id WHERE s.id = :id AND s.pages > 0",
        id=story_id,
    )
    return None if row is None else _exported(row)


def _exported(row: Row) -> Exported:
    links = orjson.loads(row["named"])
    texts = orjson.loads(row["texts"])
    return Exported(
        number=row["id"],
        story=_manuscript(row, links, [title for title, _, _ in texts]),
        parts=tuple(ExportedPart(label, markup) for _, label, markup in texts),
        missing=tuple(orjson.loads(row["missing_parts"])),
        leads=tuple(target_id for _, _, target_id in links),
        amended={Field(field): value for field, value in orjson.loads(row["amended"])},
        state=Standing(row["state"]),
        reason=row["state_reason"],
        told=row["state_note"],
        approved=row["approved"],
        added_at=row["added_at"],
        updated_at=row["updated_at"],
    )


def _manuscript(row: Row, links: Sequence[tuple[str, str, Any]], titles: Sequence[str]) -> Manuscript:
    labels = orjson.loads(row["labels"])
    return Manuscript(
        **headers.fields_of(row),
        authors=tuple(orjson.loads(row["names"])),
        tags=tuple(name for kind, name in labels if kind == "tag"),
        fandom=tuple(name for kind, name in labels if kind == "fandom"),
        links=tuple(Link(LinkKind(kind), target) for kind, target, _ in links),
        evidence={name: Evidence(*found) for name, found in orjson.loads(row["evidence"]).items()},
        warnings=tuple(orjson.loads(row["warnings"])),
        parts=tuple(Part(title, ()) for title in titles),
    )


async def complete(db: Writer, archive_id: int, story_id: int, exported: Exported) -> None:
    """Gives a story that came back what no file of it says."""
    await db.run(
        "UPDATE stories SET state_note = :told, approved = :approved, added_at = :added, updated_at = :updated"
        " WHERE id = :id",
        id=story_id,
        told=exported.told,
        approved=exported.approved,
        added=exported.added_at,
        updated=exported.updated_at,
    )
    await amendments.put(db, archive_id, story_id, exported.amended)


async def lead(db: Writer, story_id: int, leads: Sequence[tuple[Link, int]]) -> None:
    """Has links lead where they led in the archive that the story is from."""
    await db.many(
        "UPDATE links SET target_id = :target, candidates = '[]', confidence = 1, why = ''"
        " WHERE story_id = :story AND kind = :kind AND target_key = :key AND target_id IS NOT :target",
        [
            {"story": story_id, "kind": link.kind, "key": names.key(link.target), "target": target}
            for link, target in leads
        ],
    )
