"""This room keeps files that were sent to the desk, and what is to become of each story in them."""

import enum
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bot.store.packing import pack_json, unpack_json
from bot.store.sqlite import Reader, Row, Value, Writer

KEPT = 7 * 86_400.0
"""Seconds that an upload waits for a word."""


class State(enum.StrEnum):
    """How far an upload is."""

    SENT = "sent"  # its files are here, and are being read
    READ = "read"  # it waits for a word
    TAKEN = "taken"
    DROPPED = "dropped"
    FAILED = "failed"  # it is not read: it cannot be, or nobody has asked for that yet


class Upload(NamedTuple):
    """Files sent together; `works` counts the stories in them, and those that are to come in."""

    id: int
    archive_id: int
    user_id: int | None
    state: State
    sent_at: float
    run_id: int | None
    told: dict[str, Any]
    problem: str
    files: list[str]
    works: int
    taken: int


class Work(NamedTuple):
    """A story in an upload: where it is in the files, its row of the report, and what was said about it."""

    upload_id: int
    position: int
    piece: tuple[int, int]
    told: dict[str, Any]
    doubtful: bool
    skipped: bool
    fixes: dict[str, str]


async def add(db: Writer, archive_id: int, user_id: int, files: Sequence[tuple[str, bytes]], now: float) -> int:
    """Keeps files, which are still to be read; returns the upload's id."""
    upload = await db.insert(
        "INSERT INTO uploads (archive_id, user_id, state, sent_at) VALUES (:archive, :user, :state, :now)",
        archive=archive_id,
        user=user_id,
        state=State.SENT,
        now=now,
    )
    await db.many(
        "INSERT INTO upload_files (upload_id, position, name, content) VALUES (:upload, :position, :name, :content)",
        [
            {"upload": upload, "position": position, "name": name, "content": content}
            for position, (name, content) in enumerate(files)
        ],
    )
    return upload


async def get(db: Reader, archive_id: int, upload_id: int) -> Upload | None:
    rows = await _uploads(db, archive_id, before=upload_id + 1, limit=1)
    return rows[0] if rows and rows[0].id == upload_id else None


async def newest(db: Reader, archive_id: int, *, before: int, limit: int) -> list[Upload]:
    return await _uploads(db, archive_id, before=before, limit=limit)


async def _uploads(db: Reader, archive_id: int, *, before: int, limit: int) -> list[Upload]:
    rows = await db.all(
        "SELECT u.id, u.archive_id, u.user_id, u.state, u.sent_at, u.run_id, u.told, u.problem,"
        " (SELECT json_group_array(name) FROM (SELECT name FROM upload_files WHERE upload_id = u.id ORDER BY position))"
        " AS files, (SELECT count(*) FROM upload_works WHERE upload_id = u.id) AS works,"
        " (SELECT count(*) FROM upload_works WHERE upload_id = u.id AND NOT skipped) AS taken"
        " FROM uploads u WHERE u.archive_id = :archive AND u.id < :before ORDER BY u.id DESC LIMIT :limit",
        archive=archive_id,
        before=before,
        limit=limit,
    )
    return [_upload(row) for row in rows]


def _upload(row: Row) -> Upload:
    found = Upload._make(row)
    return found._replace(state=State(row["state"]), told=json.loads(row["told"]), files=json.loads(row["files"]))


async def files(db: Reader, upload_id: int) -> list[tuple[str, bytes]]:
    rows = await db.all("SELECT name, content FROM upload_files WHERE upload_id = :id ORDER BY position", id=upload_id)
    return [(row["name"], row["content"]) for row in rows]


async def told(
    db: Writer, upload_id: int, summary: Mapping[str, Any], works: Sequence[tuple[dict[str, Any], bool]]
) -> bool:
    """Keeps what reading found: rows of the report, and which are doubtful; False where somebody was faster."""
    moved = await move(db, upload_id, State.SENT, State.READ) or await move(db, upload_id, State.FAILED, State.READ)
    if moved:
        await db.run("UPDATE uploads SET told = :told WHERE id = :id", told=json.dumps(summary), id=upload_id)
        await db.many(
            "INSERT INTO upload_works (upload_id, position, document, story, told, doubtful)"
            " VALUES (:upload, :position, :document, :story, :told, :doubtful)",
            [_work(upload_id, *numbered) for numbered in enumerate(works, start=1)],
        )
    return moved


def _work(upload_id: int, position: int, work: tuple[dict[str, Any], bool]) -> dict[str, Value]:
    row, doubtful = work
    document, story = min(row["pieces"])
    place: dict[str, Value] = {"upload": upload_id, "position": position, "document": document, "story": story}
    return {**place, "told": pack_json(row), "doubtful": doubtful}


async def works(db: Reader, upload_id: int, *, after: int, limit: int) -> list[Work]:
    """The stories of an upload from beyond a position on."""
    rows = await db.all(
        "SELECT upload_id, position, document, story, told, doubtful, skipped, fixes FROM upload_works"
        " WHERE upload_id = :id AND position > :after ORDER BY position LIMIT :limit",
        id=upload_id,
        after=after,
        limit=limit,
    )
    return [
        Work(
            row["upload_id"],
            row["position"],
            (row["document"], row["story"]),
            unpack_json(row["told"]),
            bool(row["doubtful"]),
            bool(row["skipped"]),
            json.loads(row["fixes"]),
        )
        for row in rows
    ]


async def work(db: Reader, upload_id: int, position: int) -> Work | None:
    found = await works(db, upload_id, after=position - 1, limit=1)
    return found[0] if found and found[0].position == position else None


async def skip(db: Writer, upload_id: int, position: int, *, skipped: bool) -> None:
    await db.run(
        "UPDATE upload_works SET skipped = :skipped WHERE upload_id = :id AND position = :position",
        id=upload_id,
        position=position,
        skipped=skipped,
    )


async def fix(db: Writer, upload_id: int, position: int, fixes: Mapping[str, str]) -> None:
    await db.run(
        "UPDATE upload_works SET fixes = :fixes WHERE upload_id = :id AND position = :position",
        id=upload_id,
        position=position,
        fixes=json.dumps(dict(fixes), ensure_ascii=False),
    )


async def move(db: Writer, upload_id: int, former: State, state: State, problem: str = "") -> bool:
    """Puts an upload into another state; False where it is not in the former one."""
    return bool(
        await db.run(
            "UPDATE uploads SET state = :state, problem = :problem WHERE id = :id AND state = :former",
            id=upload_id,
            former=former,
            state=state,
            problem=problem,
        )
    )


async def recover(db: Writer) -> None:
    """Has uploads wait for a word again whose reading or import ended with its process."""
    await db.run("UPDATE uploads SET state = 'read' WHERE state = 'taken' AND run_id IS NULL")
    await db.run(
        "UPDATE uploads SET state = 'failed', problem = 'Talebearer was restarted meanwhile; read it again.'"
        " WHERE state = 'sent'"
    )


async def imported(db: Writer, upload_id: int, run_id: int) -> None:
    """Says which run took an upload in; its files stand among the archive's documents now."""
    await db.run("UPDATE uploads SET run_id = :run WHERE id = :id", run=run_id, id=upload_id)
    await clear(db, upload_id)


async def clear(db: Writer, upload_id: int) -> None:
    """Lets go of the files of an upload that is settled, and of what was found in them; their names stay."""
    await db.run("UPDATE upload_files SET content = x'' WHERE upload_id = :id", id=upload_id)
    await db.run("DELETE FROM upload_works WHERE upload_id = :id", id=upload_id)


async def prune(db: Writer, now: float) -> int:
    """Drops uploads that nobody said a word about; returns how many."""
    return await db.run(
        "DELETE FROM uploads WHERE sent_at < :since AND run_id IS NULL AND state <> 'taken'"
        # What an author sent in waits for a word as long as that takes.
        " AND NOT EXISTS (SELECT 1 FROM submissions s WHERE s.upload_id = uploads.id AND s.state = 'waiting')",
        since=now - KEPT,
    )
