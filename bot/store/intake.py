"""This room puts stories into the archive, ten at a time, as readers will find them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import LiteralString, NamedTuple

from bot.domain import names
from bot.domain.models import Standing
from bot.store import claims, headers, words
from bot.store.editions import Edition
from bot.store.headers import as_json
from bot.store.matching import add_sketches
from bot.store.sqlite import Reader, Value, Writer


class Shown(NamedTuple):
    """An edition that a story is shown by from now on; `is_new` where there was no such story."""

    story_id: int
    edition: Edition
    state: Standing
    reason: str = ""  # for its state
    is_new: bool = True


class Numbers(NamedTuple):
    """The next free ids; inside one transaction nobody else takes them."""

    story: int
    edition: int
    document: int


async def numbers(db: Reader) -> Numbers:
    row = await db.one(
        "SELECT 1 + max(coalesce((SELECT max(id) FROM stories), 0), coalesce((SELECT max(story_id) FROM changes), 0)),"
        " 1 + coalesce((SELECT max(id) FROM editions), 0), 1 + coalesce((SELECT max(id) FROM documents), 0)"
    )
    assert row is not None
    return Numbers(*row)


async def show(db: Writer, archive_id: int, shown: Sequence[Shown], now: float) -> None:
    """Adds stories, or gives them another edition: their ids, letters and places stay."""
    former = await _clear(db, [each.story_id for each in shown if not each.is_new])
    stories = [each.edition.manuscript for each in shown]
    authors = await headers.people(db, archive_id, stories)
    series = await headers.series(db, archive_id, stories)
    rows: list[dict[str, Value]] = []
    for each in shown:
        story = each.edition.manuscript
        keys = {
            "author_id": authors[names.key(story.authors[0])],
            "series_id": series[names.key(story.series)] if story.series else None,
        }
        rows.append({**_columns(each), **keys, "id": each.story_id, "archive": archive_id, "now": now})
    await db.many(_UPSERT, rows)
    await _fill(db, archive_id, shown, authors)
    for story_id, author_id in former.items():
        await _inherit(db, story_id, author_id, now)


_UPSERT: LiteralString = (
    "INSERT INTO stories (id, archive_id, author_id, authors, series_id, series_number, title, title_key, sort_key,"
    " rating, rating_raw, description, spoilers, cautions, note, notes, disclaimer, status, language, written, words,"
    " parts, pages, part_starts, scene_breaks, missing_parts, warnings, evidence, state, state_reason, added_at,"
    " updated_at)"
    " VALUES (:id, :archive, :author_id, :authors, :series_id, :series_number, :title, :title_key, :sort_key,"
    " :rating, :rating_raw, :description, :spoilers, :cautions, :note, :notes, :disclaimer, :status, :language,"
    " :written, :words, :parts, :pages, :part_starts, :scene_breaks, :missing_parts, :warnings, :evidence, :state,"
    " :state_reason, :now, :now)"
    " ON CONFLICT (id) DO UPDATE SET author_id = excluded.author_id, authors = excluded.authors,"
    " series_id = excluded.series_id, series_number = excluded.series_number, title = excluded.title,"
    " title_key = excluded.title_key, sort_key = excluded.sort_key, rating = excluded.rating,"
    " rating_raw = excluded.rating_raw, description = excluded.description, spoilers = excluded.spoilers,"
    " cautions = excluded.cautions, note = excluded.note, notes = excluded.notes, disclaimer = excluded.disclaimer,"
    " status = excluded.status, language = excluded.language, written = excluded.written, words = excluded.words,"
    " parts = excluded.parts, pages = excluded.pages, part_starts = excluded.part_starts,"
    " scene_breaks = excluded.scene_breaks, missing_parts = excluded.missing_parts, warnings = excluded.warnings,"
    " evidence = excluded.evidence, state = excluded.state, state_reason = excluded.state_reason,"
    " updated_at = excluded.updated_at"
)


def _columns(shown: Shown) -> dict[str, Value]:
    edition = shown.edition
    story = edition.manuscript
    return {
        **headers.columns(story),
        "words": edition.words,
        "parts": len(edition.markup),
        "pages": len(edition.pages),
        "part_starts": as_json(list(_part_starts(edition))),
        "scene_breaks": edition.scene_breaks,
        "missing_parts": as_json(edition.missing),
        "warnings": as_json(story.warnings),
        "state": shown.state,
        "state_reason": shown.reason,
    }


def _part_starts(edition: Edition) -> Iterator[tuple[int, str]]:
    """First page and title of each part that has any text."""
    before = -1
    for number, page in enumerate(edition.pages, start=1):
        if page.part != before:
            yield number, edition.manuscript.parts[page.part].title
        before = page.part


async def _clear(db: Writer, story_ids: Sequence[int]) -> dict[int, int]:
    """Takes away what the former editions of stories filled other tables with; returns their former first authors."""
    if not story_ids:
        return {}
    ids = json.dumps(story_ids)
    rows = await db.all("SELECT id, author_id FROM stories WHERE id IN (SELECT value FROM json_each(:ids))", ids=ids)
    for statement in _CLEAR:
        await db.run(statement, ids=ids)
    return {row["id"]: row["author_id"] for row in rows}


_CLEAR: tuple[LiteralString, ...] = (
    "DELETE FROM parts WHERE story_id IN (SELECT value FROM json_each(:ids))",
    "DELETE FROM pages WHERE story_id IN (SELECT value FROM json_each(:ids))",
    "DELETE FROM links WHERE story_id IN (SELECT value FROM json_each(:ids))",
    "DELETE FROM sketches WHERE story_id IN (SELECT value FROM json_each(:ids))",
    "DELETE FROM story_tags WHERE story_id IN (SELECT value FROM json_each(:ids))",
    "DELETE FROM story_authors WHERE story_id IN (SELECT value FROM json_each(:ids))",
    "DELETE FROM story_names WHERE rowid IN (SELECT value FROM json_each(:ids))",
    "DELETE FROM story_words WHERE rowid IN (SELECT value FROM json_each(:ids))",
)


async def clear(db: Writer, story_id: int) -> None:
    """Leaves of a story nothing but its own row."""
    await _clear(db, [story_id])


async def _fill(db: Writer, archive_id: int, shown: Sequence[Shown], authors: dict[str, int]) -> None:
    """Everything of stories that stands in other tables than their own rows."""
    await db.many(
        "INSERT INTO parts (story_id, number, title, label, text) VALUES (:story, :number, :title, :label, :text)",
        [row for each in shown for row in _parts(each)],
    )
    await db.many(
        "INSERT INTO pages (story_id, number, part, paragraph, within, anchor, text)"
        " VALUES (:story, :number, :part, :paragraph, :within, :anchor, :text)",
        [
            {"story": each.story_id, "number": number, **page._asdict()}
            for each in shown
            for number, page in enumerate(each.edition.pages, start=1)
        ],
    )
    told = [(each.story_id, each.edition.manuscript) for each in shown]
    await headers.add_names(db, told)
    await headers.add_authors(db, told, authors)
    await headers.add_tags(db, archive_id, told)
    await headers.add_links(db, told)
    await add_sketches(db, archive_id, [(each.story_id, each.edition.sketch) for each in shown])
    await words.fill(db, [(each.story_id, "\n\n".join(each.edition.markup)) for each in shown])


def _parts(shown: Shown) -> Iterator[dict[str, Value]]:
    edition = shown.edition
    parts = edition.manuscript.parts
    labels = edition.labels or [""] * len(parts)
    for number, (part, label, text) in enumerate(zip(parts, labels, edition.markup, strict=True)):
        yield {"story": shown.story_id, "number": number, "title": part.title, "label": label, "text": text}


async def remove(db: Writer, story_id: int, reason: str) -> None:
    """Takes a story out; one that letters were written about leaves an empty row for them, which no reader sees."""
    await _clear(db, [story_id])
    await db.run("DELETE FROM editions WHERE story_id = :id", id=story_id)
    if await db.value("SELECT 1 FROM letters WHERE story_id = :id LIMIT 1", id=story_id):
        await db.run("DELETE FROM places WHERE story_id = :id", id=story_id)
        await db.run(
            "UPDATE stories SET state = :state, state_reason = :reason, words = 0, parts = 0, pages = 0,"
            " part_starts = '[]', description = '', spoilers = '[]', cautions = '[]', note = '', notes = '[]',"
            " disclaimer = '', evidence = '{}', warnings = '[]' WHERE id = :id",
            id=story_id,
            state=Standing.REMOVED,
            reason=reason,
        )
    else:
        await db.run("DELETE FROM stories WHERE id = :id", id=story_id)


async def states(db: Reader, story_ids: Iterable[int]) -> dict[int, tuple[Standing, str, str]]:
    """State, its reason, and what a moderator has approved, by story."""
    rows = await db.all(
        "SELECT id, state, state_reason, approved FROM stories WHERE id IN (SELECT value FROM json_each(:ids))",
        ids=json.dumps(list(story_ids)),
    )
    return {row["id"]: (Standing(row["state"]), row["state_reason"], row["approved"]) for row in rows}


async def _inherit(db: Writer, story_id: int, former_id: int, now: float) -> None:
    """Hands account and letters of a pen name that has no story left to the one its last story goes by now.

    One that has an account of its own is somebody else, and gets neither.
    """
    heir = await db.one(
        "SELECT a.id, f.user_id FROM stories s JOIN authors a ON a.id = s.author_id JOIN authors f ON f.id = :former"
        " WHERE s.id = :story AND a.id <> f.id AND a.user_id IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM story_authors WHERE author_id = :former)",
        story=story_id,
        former=former_id,
    )
    if heir is None:
        return
    await claims.inherit(db, former_id, heir["id"])
    if heir["user_id"] is not None:
        await claims.move(db, heir["id"], heir["user_id"], now)
