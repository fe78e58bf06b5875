"""This room keeps the headers of stories: everything about them but their text and who may see them."""

import json
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any

import orjson

from bot.domain import names
from bot.domain.documents import Manuscript, Moment, Note
from bot.domain.fields import Field
from bot.domain.models import Link, LinkKind, Rating
from bot.store import words
from bot.store.sqlite import Reader, Row, Value, Writer

PLAIN = ("title", "rating_raw", "series_number", "description", "language", "written", "disclaimer", "status")
"""Fields that stand in a story's row as they are."""

Header = tuple[int, Manuscript]
"""A story's number and what its header says; parts play no role here."""


def columns(story: Manuscript) -> dict[str, Value]:
    """What of a header stands in the story's own row."""
    return {
        **{name: getattr(story, name) for name in PLAIN},
        "authors": story.author if len(story.authors) > 1 else "",
        "title_key": names.key(story.title),
        "sort_key": names.sort_key(story.title),
        "rating": story.rating,
        "spoilers": as_json(story.spoilers),
        "cautions": as_json(story.cautions),
        "note": "\n".join(note.text for note in story.notes if note.moment == "before"),
        "notes": as_json(story.notes),
        "evidence": as_json({name: list(found) for name, found in story.evidence.items()}),
    }


def as_json(value: object) -> str:
    return orjson.dumps(value, default=tuple).decode()  # named tuples it knows as tuples alone


async def people(db: Writer, archive_id: int, stories: Iterable[Manuscript]) -> dict[str, int]:
    """The ids of all authors by the keys of their names; a name is spelt as it came last."""
    spelt = {names.key(name): name for story in stories for name in story.authors}
    await db.many(
        "INSERT INTO authors (archive_id, name, name_key) VALUES (:archive, :name, :key)"
        " ON CONFLICT (archive_id, name_key) DO UPDATE SET name = :name WHERE name <> :name",
        [{"archive": archive_id, "name": name, "key": key} for key, name in spelt.items()],
    )
    rows = await db.all(
        "SELECT id, name_key FROM authors WHERE archive_id = :archive"
        " AND name_key IN (SELECT value FROM json_each(:keys))",
        archive=archive_id,
        keys=json.dumps(list(spelt)),
    )
    return {row["name_key"]: row["id"] for row in rows}


async def series(db: Writer, archive_id: int, stories: Iterable[Manuscript]) -> dict[str, int]:
    """The ids of all series by the keys of their names."""
    spelt = {names.key(story.series): story.series for story in stories if story.series}
    if not spelt:
        return {}
    await db.many(
        "INSERT INTO series (archive_id, name, name_key) VALUES (:archive, :name, :key)"
        " ON CONFLICT (archive_id, name_key) DO UPDATE SET name = :name WHERE name <> :name",
        [{"archive": archive_id, "name": name, "key": key} for key, name in spelt.items()],
    )
    rows = await db.all(
        "SELECT id, name_key FROM series WHERE archive_id = :archive"
        " AND name_key IN (SELECT value FROM json_each(:keys))",
        archive=archive_id,
        keys=json.dumps(list(spelt)),
    )
    return {row["name_key"]: row["id"] for row in rows}


async def add_names(db: Writer, headers: Sequence[Header]) -> None:
    await db.many(
        "INSERT INTO story_names (rowid, title, author, series) VALUES (:id, :title, :author, :series)",
        [
            {"id": story_id, "title": story.title, "author": story.author, "series": story.series or ""}
            for story_id, story in headers
        ],
    )


async def add_authors(db: Writer, headers: Sequence[Header], authors: dict[str, int]) -> None:
    await db.many(
        "INSERT INTO story_authors (story_id, position, author_id) VALUES (:story, :position, :author)",
        [
            {"story": story_id, "position": position, "author": authors[key]}
            for story_id, story in headers
            for position, key in enumerate(dict.fromkeys(map(names.key, story.authors)))
        ],
    )


async def add_tags(db: Writer, archive_id: int, headers: Sequence[Header]) -> None:
    await db.many(
        "INSERT INTO story_tags (story_id, archive_id, kind, name, name_key)"
        " VALUES (:story, :archive, :kind, :name, :key) ON CONFLICT DO NOTHING",
        [{**row, "archive": archive_id} for header in headers for row in _tags(header)],
    )


def _tags(header: Header) -> Iterator[dict[str, Value]]:
    story_id, story = header
    for kind, found in (("tag", story.tags), ("fandom", story.fandom)):
        for name in found:
            yield {"story": story_id, "kind": kind, "name": name, "key": names.key(name)}


async def add_links(db: Writer, headers: Sequence[Header]) -> None:
    await db.many(
        "INSERT INTO links (story_id, kind, target, target_key) VALUES (:story, :kind, :target, :key)"
        " ON CONFLICT DO NOTHING",
        [
            {"story": story_id, "kind": kind, "target": target, "key": names.key(target)}
            for story_id, story in headers
            for kind, target in story.links
        ],
    )


async def write(db: Writer, archive_id: int, story_id: int, story: Manuscript, changed: Set[Field]) -> None:
    """Gives a story another header; links and tags whose fields did not change stay as they are."""
    authors = await people(db, archive_id, [story])
    known = await series(db, archive_id, [story])
    await db.run(
        "UPDATE stories SET author_id = :author_id, authors = :authors, series_id = :series_id,"
        " series_number = :series_number, title = :title, title_key = :title_key, sort_key = :sort_key,"
        " rating = :rating, rating_raw = :rating_raw, description = :description, spoilers = :spoilers,"
        " cautions = :cautions, note = :note, notes = :notes, disclaimer = :disclaimer, status = :status,"
        " language = :language, written = :written, evidence = :evidence WHERE id = :id",
        **columns(story),
        id=story_id,
        author_id=authors[names.key(story.authors[0])],
        series_id=known[names.key(story.series)] if story.series else None,
    )
    await db.run("DELETE FROM story_names WHERE rowid = :id", id=story_id)
    await db.run("DELETE FROM story_authors WHERE story_id = :id", id=story_id)
    await add_names(db, [(story_id, story)])
    await add_authors(db, [(story_id, story)], authors)
    if changed & {Field.TAGS, Field.FANDOM}:
        await db.run("DELETE FROM story_tags WHERE story_id = :id", id=story_id)
        await add_tags(db, archive_id, [(story_id, story)])
        await words.tagged(db, story_id)
    if Field.LINKS in changed:
        await db.run("DELETE FROM links WHERE story_id = :id", id=story_id)
        await add_links(db, [(story_id, story)])


async def read(db: Reader, archive_id: int, story_id: int) -> Manuscript | None:
    """The header of a story of this archive, whatever its state; one that was withdrawn has none."""
    row = await db.one(
        "SELECT s.*, r.name AS series FROM stories s LEFT JOIN series r ON r.id = s.series_id"
        " WHERE s.archive_id = :archive AND s.id = :id AND s.pages > 0",
        archive=archive_id,
        id=story_id,
    )
    if row is None:
        return None
    authors = await db.all(
        "SELECT a.name FROM story_authors sa JOIN authors a ON a.id = sa.author_id"
        " WHERE sa.story_id = :id ORDER BY sa.position",
        id=story_id,
    )
    tags = await db.all("SELECT kind, name FROM story_tags WHERE story_id = :id ORDER BY name_key", id=story_id)
    links = await db.all("SELECT kind, target FROM links WHERE story_id = :id ORDER BY id", id=story_id)
    return Manuscript(
        **fields_of(row),
        authors=tuple(author["name"] for author in authors),
        tags=tuple(tag["name"] for tag in tags if tag["kind"] == "tag"),
        fandom=tuple(tag["name"] for tag in tags if tag["kind"] == "fandom"),
        links=tuple(Link(LinkKind(link["kind"]), link["target"]) for link in links),
    )


def fields_of(row: Row) -> dict[str, Any]:
    """What of a header stands in a row of stories, with its series' name."""
    return {
        **{name: row[name] for name in PLAIN},
        "series": row["series"],
        "rating": Rating(row["rating"]),
        "spoilers": tuple(json.loads(row["spoilers"])),
        "cautions": tuple(json.loads(row["cautions"])),
        "notes": tuple(Note(Moment(moment), text) for moment, text in json.loads(row["notes"])),
    }
