"""This room finds the stories that a work may be an edition of."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import LiteralString, NamedTuple

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
    """For each work the editions of the stories it may be one of: by digest, title, path or common paragraphs."""
    named = await _pairs(db, _NAMED, archive_id, _names(works))
    titled = await _pairs(db, _TITLED, archive_id, ((n, names.key(work.title)) for n, work in enumerate(works)))
    placed = await _pairs(db, _PLACED, archive_id, ((n, path) for n, work in enumerate(works) for path in work.paths))
    copied = await _pairs(db, _COPIED, archive_id, ((n, work.digest.hex()) for n, work in enumerate(works)))
    alike = await _pairs(db, _ALIKE, archive_id, ((n, k) for n, work in enumerate(works) for k in signed(work.sketch)))
    found = named | titled | placed | copied | alike
    held = await _editions(db, {story_id for _, story_id in found})
    return [
        [
            each._replace(same_name=(number, story_id) in named, same_place=(number, story_id) in placed)
            for story_id in sorted(story_id for work, story_id in found if work == number)
            for each in held[story_id]
        ]
        for number in range(len(works))
    ]


def _names(works: Sequence[Wanted]) -> Iterator[tuple[int, str, str]]:
    for number, work in enumerate(works):
        for author in work.authors:
            yield number, names.key(author), names.key(work.title)


# CROSS JOIN keeps SQLite from starting at the other end, and from reading the JSON again and again.
_NAMED: LiteralString = (
    "SELECT asked.value ->> 0, s.id FROM json_each(:asked) asked"
    " CROSS JOIN authors a ON a.archive_id = :archive AND a.name_key = asked.value ->> 1"
    " CROSS JOIN story_authors sa ON sa.author_id = a.id"
    " CROSS JOIN stories s ON s.id = sa.story_id AND +s.title_key = asked.value ->> 2"
)
_TITLED: LiteralString = (
    "SELECT asked.value ->> 0, s.id FROM json_each(:asked) asked"
    " CROSS JOIN stories s ON s.archive_id = :archive AND s.title_key = asked.value ->> 1"
)
_PLACED: LiteralString = (
    "SELECT asked.value ->> 0, e.story_id FROM json_each(:asked) asked"
    " CROSS JOIN documents d ON d.archive_id = :archive AND d.path = asked.value ->> 1"
    " CROSS JOIN edition_documents m ON m.document_id = d.id CROSS JOIN editions e ON e.id = m.edition_id"
)
_COPIED: LiteralString = (
    "SELECT asked.value ->> 0, e.story_id FROM json_each(:asked) asked"
    " CROSS JOIN editions e ON e.digest = unhexed(asked.value ->> 1)"
    " CROSS JOIN stories s ON s.id = e.story_id AND s.archive_id = :archive"
)
_ALIKE: LiteralString = (
    "SELECT asked.value ->> 0, k.story_id FROM json_each(:asked) asked"
    " CROSS JOIN sketches k ON k.archive_id = :archive AND k.print = asked.value ->> 1"
)


async def _pairs(
    db: Reader, sql: LiteralString, archive_id: int, asked: Iterable[tuple[int | str, ...]]
) -> set[tuple[int, int]]:
    """Which work may be an edition of which story."""
    rows = await db.all(sql, archive=archive_id, asked=json.dumps(list(asked)))
    return {(row[0], row[1]) for row in rows}


async def _editions(db: Reader, story_ids: Iterable[int]) -> dict[int, list[Held]]:
    rows = await db.all(
        "SELECT s.title_key, e.story_id, e.id, e.relation, e.digest, e.path, e.words, e.repairs, e.emphasis, e.prints"
        " FROM json_each(:ids) asked CROSS JOIN stories s ON s.id = asked.value"
        " CROSS JOIN editions e ON e.story_id = s.id ORDER BY e.id",
        ids=json.dumps(list(story_ids)),
    )
    found: dict[int, list[Held]] = defaultdict(list)
    for row in rows:
        found[row["story_id"]].append(_held(row))
    return found


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
        same_name=False,
        same_place=False,
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
