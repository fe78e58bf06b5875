"""This room keeps what each run of the importer did, so that it can be taken back."""

import enum
import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.domain.models import Standing
from bot.store.sqlite import Reader, Row, Writer


class Act(enum.StrEnum):
    """What a run did to a story."""

    ADDED = "added"
    UPDATED = "updated"
    KEPT = "kept"  # another edition beside the one that is shown


class Run(NamedTuple):
    id: int
    archive_id: int
    started_at: float
    finished_at: float | None
    undone_at: float | None


class Listed(NamedTuple):
    """A run with how many stories it added, updated, or kept another edition of."""

    run: Run
    added: int
    updated: int
    kept: int


class Change(NamedTuple):
    """What a run did to one story."""

    story_id: int
    act: Act
    former_edition_id: int | None = None
    former_state: Standing | None = None


class Undoable(NamedTuple):
    """A change with what stands in the way of undoing it: the later run that changed the story again."""

    change: Change
    title: str
    later_run: int | None


async def begin(db: Writer, archive_id: int, now: float) -> int:
    return await db.insert(
        "INSERT INTO runs (archive_id, started_at) VALUES (:archive, :now)", archive=archive_id, now=now
    )


async def finish(db: Writer, run_id: int, now: float) -> None:
    await db.run("UPDATE runs SET finished_at = :now WHERE id = :id", id=run_id, now=now)


async def get(db: Reader, run_id: int) -> Run | None:
    row = await db.one("SELECT id, archive_id, started_at, finished_at, undone_at FROM runs WHERE id = :id", id=run_id)
    return None if row is None else Run(*row)


async def newest(db: Reader, archive_id: int) -> int | None:
    """The newest run that was not taken back."""
    return await db.value(
        "SELECT max(id) FROM runs WHERE archive_id = :archive AND undone_at IS NULL", archive=archive_id
    )


async def listed(db: Reader, archive_id: int, *, before: int, limit: int) -> list[Listed]:
    """The newest runs older than run `before` that did something, whoever had them."""
    rows = await db.all(
        "SELECT r.id, r.archive_id, r.started_at, r.finished_at, r.undone_at,"
        " (SELECT count(*) FROM changes WHERE run_id = r.id AND act = 'added') AS added,"
        " (SELECT count(*) FROM changes WHERE run_id = r.id AND act = 'updated') AS updated,"
        " (SELECT count(*) FROM changes WHERE run_id = r.id AND act = 'kept') AS kept"
        " FROM runs r WHERE r.archive_id = :archive AND r.id < :before"
        " AND EXISTS (SELECT 1 FROM changes WHERE run_id = r.id) ORDER BY r.id DESC LIMIT :limit",
        archive=archive_id,
        before=before,
        limit=limit,
    )
    return [Listed(Run(*row[:5]), *row[5:]) for row in rows]


async def concerned(db: Reader, run_id: int) -> tuple[int, int]:
    """How many letters were written about the stories that a run brought, and how many readers are in them."""
    row = await db.one(
        "WITH added AS (SELECT story_id FROM changes WHERE run_id = :run AND act = 'added' AND NOT undone)"
        " SELECT (SELECT count(*) FROM letters WHERE story_id IN added),"
        " (SELECT count(*) FROM places WHERE story_id IN added)",
        run=run_id,
    )
    assert row is not None
    return row[0], row[1]


async def record(db: Writer, run_id: int, changes: Sequence[Change]) -> None:
    """Remembers changes; of several to one story by one run the first says what was there before."""
    await db.many(
        "INSERT INTO changes (run_id, story_id, act, former_edition_id, former_state)"
        " VALUES (:run, :story, :act, :edition, :state) ON CONFLICT (run_id, story_id) DO UPDATE SET"
        " act = iif(act = 'kept', excluded.act, act),"
        " former_edition_id = iif(act = 'kept', excluded.former_edition_id, former_edition_id),"
        " former_state = iif(act = 'kept', excluded.former_state, former_state)",
        [
            {
                "run": run_id,
                "story": each.story_id,
                "act": each.act,
                "edition": each.former_edition_id,
                "state": each.former_state,
            }
            for each in changes
        ],
    )


async def to_undo(db: Reader, run_id: int) -> list[Undoable]:
    rows = await db.all(
        "SELECT c.story_id, c.act, c.former_edition_id, c.former_state, coalesce(s.title, '') AS title,"
        " (SELECT max(later.run_id) FROM changes later WHERE later.story_id = c.story_id AND later.run_id > c.run_id"
        "  AND NOT later.undone) AS later_run"
        " FROM changes c LEFT JOIN stories s ON s.id = c.story_id"
        " WHERE c.run_id = :run AND NOT c.undone ORDER BY c.story_id",
        run=run_id,
    )
    return [_undoable(row) for row in rows]


def _undoable(row: Row) -> Undoable:
    state = Standing(row["former_state"]) if row["former_state"] else None
    change = Change(row["story_id"], Act(row["act"]), row["former_edition_id"], state)
    return Undoable(change, row["title"], row["later_run"])


async def undone(db: Writer, run_id: int, story_ids: Iterable[int]) -> None:
    await db.run(
        "UPDATE changes SET undone = 1 WHERE run_id = :run AND story_id IN (SELECT value FROM json_each(:ids))",
        run=run_id,
        ids=json.dumps(list(story_ids)),
    )


async def close(db: Writer, run_id: int, now: float) -> None:
    """Marks a run as taken back; what it brought and others brought too is theirs alone."""
    await db.run("DELETE FROM document_runs WHERE run_id = :id", id=run_id)
    await db.run("UPDATE runs SET undone_at = :now WHERE id = :id", id=run_id, now=now)


async def drop_editions(db: Writer, run_id: int, story_id: int) -> None:
    """Removes the editions that a run brought to a story; the one that is shown stays."""
    await db.run(
        "DELETE FROM editions WHERE run_id = :run AND story_id = :story AND relation <> 'shown'",
        run=run_id,
        story=story_id,
    )
