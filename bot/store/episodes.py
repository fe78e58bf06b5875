"""This room keeps the lists of episodes, and how far readers have seen each."""

import json
from collections.abc import Sequence
from itertools import groupby
from typing import LiteralString

from bot.domain import names
from bot.domain.episodes import EpisodeList, Progress
from bot.store.sqlite import Reader, Row, Writer

_LISTS: LiteralString = (
    "SELECT l.id, l.name, (SELECT count(*) FROM episodes e WHERE e.list_id = l.id) AS episodes,"
    " coalesce((SELECT s.line FROM seen s WHERE s.list_id = l.id AND s.reader_id = :reader), '') AS seen"
    " FROM episode_lists l WHERE l.archive_id = :archive"
)


async def lists(db: Reader, archive_id: int, reader_id: int, *, start: int, limit: int) -> list[EpisodeList]:
    """The lists of an archive by name, each with how far the reader has seen it."""
    rows = await db.all(
        f"{_LISTS} ORDER BY l.name_key LIMIT :limit OFFSET :start",
        archive=archive_id,
        reader=reader_id,
        limit=limit,
        start=start,
    )
    return [_list(row) for row in rows]


def _list(row: Row) -> EpisodeList:
    return EpisodeList(row["id"], row["name"], row["episodes"], row["seen"])


async def count(db: Reader, archive_id: int) -> int:
    return await db.value("SELECT count(*) FROM episode_lists WHERE archive_id = :archive", archive=archive_id)


async def get(db: Reader, archive_id: int, reader_id: int, list_id: int) -> EpisodeList | None:
    row = await db.one(f"{_LISTS} AND l.id = :id", archive=archive_id, reader=reader_id, id=list_id)
    return None if row is None else _list(row)


async def called(db: Reader, archive_id: int, name: str) -> int | None:
    """The list of a name, case and punctuation aside."""
    return await db.value(
        "SELECT id FROM episode_lists WHERE archive_id = :archive AND name_key = :key",
        archive=archive_id,
        key=names.key(name),
    )


async def lines(db: Reader, list_id: int) -> list[str]:
    rows = await db.all("SELECT line FROM episodes WHERE list_id = :list ORDER BY number", list=list_id)
    return [row["line"] for row in rows]


async def save(db: Writer, archive_id: int, name: str, lines: Sequence[str]) -> None:
    """Puts a list in the place of the one of that name; without lines there is none any more."""
    await db.run(
        "INSERT INTO episode_lists (archive_id, name, name_key) VALUES (:archive, :name, :key)"
        " ON CONFLICT (archive_id, name_key) DO UPDATE SET name = excluded.name",
        archive=archive_id,
        name=name,
        key=names.key(name),
    )
    list_id = await called(db, archive_id, name)
    await db.run("DELETE FROM episodes WHERE list_id = :list", list=list_id)
    await db.many(
        "INSERT INTO episodes (list_id, number, archive_id, line) VALUES (:list, :number, :archive, :line)",
        [
            {"list": list_id, "number": number, "archive": archive_id, "line": line}
            for number, line in enumerate(lines, start=1)
        ],
    )
    if not lines:
        await db.run("DELETE FROM episode_lists WHERE id = :list", list=list_id)


async def see(db: Writer, archive_id: int, reader_id: int, list_id: int, line: str) -> None:
    """Keeps the last episode of a list that a reader has seen; an empty line: none."""
    await db.run("DELETE FROM seen WHERE reader_id = :reader AND list_id = :list", reader=reader_id, list=list_id)
    if line:
        await db.run(
            "INSERT INTO seen (reader_id, list_id, archive_id, line) VALUES (:reader, :list, :archive, :line)",
            reader=reader_id,
            list=list_id,
            archive=archive_id,
            line=line,
        )


async def read_through(db: Reader, archive_id: int, reader_id: int, title_keys: Sequence[str]) -> set[str]:
    """Of some titles, those of stories here that a reader has finished: by their word, or as far as their last page."""
    rows = await db.all(
        "SELECT DISTINCT s.title_key FROM json_each(:keys) k JOIN stories s ON s.archive_id = :archive"
        " AND s.title_key = k.value WHERE s.state = 'published' AND ("
        " EXISTS (SELECT 1 FROM marks m WHERE m.reader_id = :reader AND m.story_id = s.id AND m.mark = 'finished')"
        " OR EXISTS (SELECT 1 FROM places p JOIN pages g ON g.story_id = p.story_id AND g.number = s.pages"
        "  WHERE p.reader_id = :reader AND p.story_id = s.id"
        "  AND (p.part, p.paragraph, p.within) >= (g.part, g.paragraph, g.within)))",
        keys=json.dumps(list(title_keys)),
        archive=archive_id,
        reader=reader_id,
    )
    return {row["title_key"] for row in rows}


async def progress(db: Reader, archive_id: int, reader_id: int, story_id: int) -> list[Progress]:
    """How far a reader has seen the lists that count for a story: those of its fandoms, else all they have begun."""
    rows = await db.all(
        "WITH own AS MATERIALIZED (SELECT l.id FROM story_tags t"
        "  JOIN episode_lists l ON l.archive_id = :archive AND l.name_key = t.name_key"
        "  WHERE t.story_id = :story AND t.kind = 'fandom')"
        " SELECT e.list_id, e.line, s.line AS last FROM seen s JOIN episodes e ON e.list_id = s.list_id"
        " WHERE s.reader_id = :reader AND s.archive_id = :archive"
        " AND (s.list_id IN own OR NOT EXISTS (SELECT 1 FROM own)) ORDER BY e.list_id, e.number",
        archive=archive_id,
        reader=reader_id,
        story=story_id,
    )
    grouped = [list(found) for _, found in groupby(rows, key=lambda row: row["list_id"])]
    return [Progress([row["line"] for row in found], found[0]["last"]) for found in grouped]
