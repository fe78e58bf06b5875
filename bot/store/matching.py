"""This room finds the stories that a work may be an edition of."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.domain import names
from bot.store.editions import Edition, Relation
from bot.store.packing import pack_prints, unpack_prints
from bot.store.sqlite import Reader, Row, Writer


class Wanted(NamedTuple):
    """What a story is known by."""

    digest: bytes
    title: str
    authors: tuple[str, ...]
    paths: tuple[str, ...]
    sketch: Sequence[int]  # formats.likeness


class Held(NamedTuple):
    """An edition that is here: of which story, from which documents, and how good it is."""

    story_id: int
    edition_id: int
    relation: Relation
    digest: bytes
    path: str
    words: int
    repairs: int
    emphasis: int
    prints: Sequence[int]
    title_key: str
    same_name: bool
    same_place: bool


def wanted(edition: Edition, paths: Iterable[str]) -> Wanted:
    story = edition.manuscript
    return Wanted(edition.digest, story.title, story.authors, tuple(paths), edition.sketch)


async def candidates(db: Reader, archive_id: int, works: Sequence[Wanted]) -> list[list[Held]]:
    """For each work the editions of the stories it may be one of: by digest, name, path or common paragraphs."""
    rows = await db.all(
        "WITH asked AS (SELECT key AS work, value ->> 'title' AS title, value ->> 'digest' AS digest,"
        "  value -> 'authors' AS authors, value -> 'paths' AS paths, value -> 'sketch' AS sketch"
        "  FROM json_each(:works)),"
        " named AS (SELECT work, s.id FROM asked, json_each(asked.authors) name"
        "  JOIN authors a ON a.archive_id = :archive AND a.name_key = name.value"
        "  JOIN story_authors sa ON sa.author_id = a.id"
        "  JOIN stories s ON s.id = sa.story_id AND +s.title_key = asked.title),"
        " placed AS (SELECT work, e.story_id AS id FROM asked, json_each(asked.paths) path"
        "  JOIN documents d ON d.archive_id = :archive AND d.path = path.value"
        "  JOIN edition_documents m ON m.document_id = d.id JOIN editions e ON e.id = m.edition_id),"
        " copied AS (SELECT work, e.story_id AS id FROM asked JOIN editions e ON e.digest = unhexed(asked.digest)"
        "  JOIN stories s ON s.id = e.story_id AND s.archive_id = :archive),"
        " alike AS (SELECT work, k.story_id AS id FROM asked, json_each(asked.sketch) number"
        "  JOIN sketches k ON k.archive_id = :archive AND k.print = number.value),"
        " found AS (SELECT * FROM named UNION SELECT * FROM placed UNION SELECT * FROM copied"
        "  UNION SELECT * FROM alike)"
        " SELECT f.work, (f.work, f.id) IN named AS same_name, (f.work, f.id) IN placed AS same_place,"
        "  s.title_key, e.story_id, e.id, e.relation, e.digest, e.path, e.words, e.repairs, e.emphasis, e.prints"
        " FROM found f JOIN stories s ON s.id = f.id JOIN editions e ON e.story_id = f.id ORDER BY f.work, e.id",
        archive=archive_id,
        works=json.dumps([_asked(each) for each in works]),
    )
    found: dict[int, list[Held]] = defaultdict(list)
    for row in rows:
        found[row["work"]].append(_held(row))
    return [found[number] for number in range(len(works))]


def _asked(work: Wanted) -> dict[str, object]:
    return {
        "title": names.key(work.title),
        "digest": work.digest.hex(),
        "authors": [names.key(name) for name in work.authors],
        "paths": list(work.paths),
        "sketch": signed(work.sketch),
    }


def signed(prints: Iterable[int]) -> list[int]:
    """SQLite's integers have a sign."""
    return [number - (1 << 64) if number >> 63 else number for number in prints]


def _held(row: Row) -> Held:
    return Held(
        row["story_id"],
        row["id"],
        Relation(row["relation"]),
        row["digest"],
        row["path"],
        row["words"],
        row["repairs"],
        row["emphasis"],
        unpack_prints(row["prints"] or b""),
        row["title_key"],
        bool(row["same_name"]),
        bool(row["same_place"]),
    )


async def without_prints(db: Reader, archive_id: int) -> list[int]:
    """The shown editions that came before prints were kept."""
    rows = await db.all(
        "SELECT e.id FROM editions e JOIN stories s ON s.id = e.story_id"
        " WHERE s.archive_id = :archive AND e.prints IS NULL AND e.relation = 'shown'",
        archive=archive_id,
    )
    return [row["id"] for row in rows]


async def keep_prints(
    db: Writer, archive_id: int, edition_id: int, prints: Sequence[int], sketch: Sequence[int]
) -> None:
    await db.run("UPDATE editions SET prints = :prints WHERE id = :id", id=edition_id, prints=pack_prints(prints))
    story_id = await db.value("SELECT story_id FROM editions WHERE id = :id", id=edition_id)
    await add_sketches(db, archive_id, [(story_id, sketch)])


async def add_sketches(db: Writer, archive_id: int, stories: Iterable[tuple[int, Sequence[int]]]) -> None:
    await db.many(
        "INSERT INTO sketches (archive_id, print, story_id) VALUES (:archive, :print, :story) ON CONFLICT DO NOTHING",
        [
            {"archive": archive_id, "print": number, "story": story_id}
            for story_id, sketch in stories
            for number in signed(sketch)
        ],
    )
