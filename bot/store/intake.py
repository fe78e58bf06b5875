"""This room puts what was read from a document into the archive, and settles which story names which."""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.domain import names
from bot.domain.models import Manuscript, Page
from bot.store import claims
from bot.store.sqlite import Reader, Value, Writer


class Original(NamedTuple):
    """A document as it came: its path, its bytes and their SHA-256."""

    path: str
    content: bytes
    digest: bytes


class Edition(NamedTuple):
    """A manuscript made ready: markup of each part, pages, words."""

    manuscript: Manuscript
    markup: Sequence[str]
    pages: Sequence[Page]
    words: int


class Candidate(NamedTuple):
    """A story that a document may be an edition of."""

    story_id: int
    certain: bool  # both name and path agree
    kept: bool  # this very document is an older edition that stands in another file than the one that is shown


async def current(db: Reader, archive_id: int, digest: bytes) -> int | None:
    """The story that is shown from exactly this document."""
    return await db.value(
        "SELECT id FROM stories WHERE digest = :digest AND archive_id = :archive",
        digest=digest,
        archive=archive_id,
    )


async def candidates(db: Reader, archive_id: int, manuscript: Manuscript, original: Original) -> list[Candidate]:
    """Stories that a document may be an edition of, by their name or by its path, the likeliest first."""
    # The plus keeps SQLite from walking through the whole archive by that index.
    rows = await db.all(
        "WITH named AS (SELECT s.id FROM stories s JOIN authors a ON a.id = s.author_id"
        "  WHERE a.archive_id = :archive AND a.name_key = :author AND s.title_key = :title),"
        " placed AS (SELECT story_id AS id FROM originals WHERE path = :path)"
        " SELECT s.id, s.id IN named AS same_name, s.id IN placed AS same_place,"
        "  EXISTS (SELECT 1 FROM originals o JOIN originals shown ON shown.story_id = s.id AND shown.digest = s.digest"
        "  WHERE o.story_id = s.id AND o.digest = :digest AND shown.path NOT IN (o.path, :path)) AS kept"
        " FROM stories s WHERE s.id IN (SELECT id FROM named UNION SELECT id FROM placed) AND +s.archive_id = :archive"
        " ORDER BY kept DESC, same_name + same_place DESC, s.id",
        archive=archive_id,
        title=names.key(manuscript.title),
        author=names.key(manuscript.author),
        path=original.path,
        digest=original.digest,
    )
    return [Candidate(row["id"], bool(row["same_name"] and row["same_place"]), bool(row["kept"])) for row in rows]


async def add(db: Writer, archive_id: int, edition: Edition, original: Original, now: float) -> int:
    """Adds a story; returns its id."""
    story_id = await db.insert(
        "INSERT INTO stories (archive_id, author_id, series_id, title, title_key, sort_key, rating, rating_raw,"
        " description, spoilers, note, disclaimer, status, words, parts, pages, part_starts, scene_breaks, digest,"
        " added_at, updated_at)"
        " VALUES (:archive_id, :author_id, :series_id, :title, :title_key, :sort_key, :rating, :rating_raw,"
        " :description, :spoilers, :note, :disclaimer, :status, :words, :parts, :pages, :part_starts, :scene_breaks,"
        " :digest, :now, :now)",
        archive_id=archive_id,
        now=now,
        **await _columns(db, archive_id, edition, original),
    )
    await _fill(db, story_id, edition, original, now)
    await _resolve(db, story_id, edition.manuscript.title)
    return story_id


async def replace(db: Writer, archive_id: int, story_id: int, edition: Edition, original: Original, now: float) -> None:
    """Gives a story its new edition; letters, places and the story's id stay."""
    former = await db.one("SELECT s.title, s.author_id FROM stories s WHERE s.id = :id", id=story_id)
    assert former is not None
    await db.run(
        "UPDATE stories SET author_id = :author_id, series_id = :series_id, title = :title, title_key = :title_key,"
        " sort_key = :sort_key, rating = :rating, rating_raw = :rating_raw, description = :description,"
        " spoilers = :spoilers, note = :note, disclaimer = :disclaimer, status = :status, words = :words,"
        " parts = :parts, pages = :pages, part_starts = :part_starts, scene_breaks = :scene_breaks, digest = :digest,"
        " updated_at = :now WHERE id = :id",
        id=story_id,
        now=now,
        **await _columns(db, archive_id, edition, original),
    )
    await db.run("DELETE FROM parts WHERE story_id = :id", id=story_id)
    await db.run("DELETE FROM pages WHERE story_id = :id", id=story_id)
    await db.run("DELETE FROM links WHERE story_id = :id", id=story_id)
    await db.run("DELETE FROM story_names WHERE rowid = :id", id=story_id)
    await _fill(db, story_id, edition, original, now)
    await _resolve(db, story_id, former["title"], edition.manuscript.title)
    await _inherit(db, story_id, former["author_id"], now)


async def _columns(db: Writer, archive_id: int, edition: Edition, original: Original) -> dict[str, Value]:
    story = edition.manuscript
    return {
        "author_id": await _author(db, archive_id, story.author),
        "series_id": await _series(db, archive_id, story.series),
        "title": story.title,
        "title_key": names.key(story.title),
        "sort_key": names.sort_key(story.title),
        "rating": story.rating,
        "rating_raw": story.rating_raw,
        "description": story.description,
        "spoilers": json.dumps(story.spoilers, ensure_ascii=False),
        "note": story.note,
        "disclaimer": story.disclaimer,
        "status": story.status,
        "words": edition.words,
        "parts": len(edition.markup),
        "pages": len(edition.pages),
        "part_starts": json.dumps(list(_part_starts(edition)), ensure_ascii=False),
        "scene_breaks": story.scene_breaks,
        "digest": original.digest,
    }


def _part_starts(edition: Edition) -> Iterator[tuple[int, str]]:
    """First page and title of each part that has any text."""
    before = -1
    for number, page in enumerate(edition.pages, start=1):
        if page.part != before:
            yield number, edition.manuscript.parts[page.part].title
        before = page.part


async def _author(db: Writer, archive_id: int, name: str) -> int:
    return await db.value(
        "INSERT INTO authors (archive_id, name, name_key) VALUES (:archive, :name, :key)"
        " ON CONFLICT (archive_id, name_key) DO UPDATE SET name = :name RETURNING id",
        archive=archive_id,
        name=name,
        key=names.key(name),
    )


async def _series(db: Writer, archive_id: int, name: str | None) -> int | None:
    if name is None:
        return None
    return await db.value(
        "INSERT INTO series (archive_id, name, name_key) VALUES (:archive, :name, :key)"
        " ON CONFLICT (archive_id, name_key) DO UPDATE SET name = :name RETURNING id",
        archive=archive_id,
        name=name,
        key=names.key(name),
    )


async def _fill(db: Writer, story_id: int, edition: Edition, original: Original, now: float) -> None:
    """Everything of a story that stands in other tables than its own row."""
    story = edition.manuscript
    await db.many(
        "INSERT INTO parts (story_id, number, title, text) VALUES (:story, :number, :title, :text)",
        [
            {"story": story_id, "number": number, "title": part.title, "text": text}
            for number, (part, text) in enumerate(zip(story.parts, edition.markup, strict=True))
        ],
    )
    await db.many(
        "INSERT INTO pages (story_id, number, part, paragraph, within, anchor, text)"
        " VALUES (:story, :number, :part, :paragraph, :within, :anchor, :text)",
        [{"story": story_id, "number": number, **page._asdict()} for number, page in enumerate(edition.pages, start=1)],
    )
    await db.run(
        "INSERT INTO story_names (rowid, title, author, series) VALUES (:id, :title, :author, :series)",
        id=story_id,
        title=story.title,
        author=story.author,
        series=story.series or "",
    )
    await _keep(db, story_id, story, original, now)
    await db.many(
        "INSERT INTO links (story_id, kind, target, target_key) VALUES (:story, :kind, :target, :key)"
        " ON CONFLICT DO NOTHING",
        [{"story": story_id, "kind": kind, "target": target, "key": names.key(target)} for kind, target in story.links],
    )


async def _keep(db: Writer, story_id: int, story: Manuscript, original: Original, now: float) -> None:
    await db.run(
        "INSERT INTO originals (story_id, path, digest, content, ranges, imported_at)"
        " VALUES (:story, :path, :digest, :content, :ranges, :now)"
        " ON CONFLICT (story_id, digest) DO UPDATE SET path = :path, ranges = :ranges, imported_at = :now",
        story=story_id,
        path=original.path,
        digest=original.digest,
        content=original.content,
        ranges=json.dumps(story.ranges),
        now=now,
    )


async def _resolve(db: Writer, story_id: int, *titles: str) -> None:
    """Resolves every link that a story makes, and those that its titles, former and present, may answer to.

    A target is a story of that title by the same author or in the same series; two such leave it open.
    """
    await db.run(
        "UPDATE links SET target_id = (SELECT CASE count(*) WHEN 1 THEN max(t.id) END FROM stories t, stories s"
        " WHERE s.id = links.story_id AND t.id <> s.id"
        " AND t.title_key = links.target_key AND (t.author_id = s.author_id OR t.series_id = s.series_id))"
        " WHERE story_id = :id OR target_id = :id OR target_key IN (SELECT value FROM json_each(:keys))",
        id=story_id,
        keys=json.dumps([names.key(title) for title in titles]),
    )


async def _inherit(db: Writer, story_id: int, former_id: int, now: float) -> None:
    """Hands account and letters of a pen name that has no story left to the one its last story goes by now.

    One that has an account of its own is somebody else, and gets neither.
    """
    heir = await db.one(
        "SELECT a.id, f.user_id FROM stories s JOIN authors a ON a.id = s.author_id JOIN authors f ON f.id = :former"
        " WHERE s.id = :story AND a.user_id IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM stories WHERE author_id = :former)",
        story=story_id,
        former=former_id,
    )
    if heir is None:
        return
    await claims.inherit(db, former_id, heir["id"])
    if heir["user_id"] is not None:
        await claims.move(db, heir["id"], heir["user_id"], now)
