"""This room keeps the record of what was done at the desk; persons, reasons and values can be erased from it alone."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import LiteralString, NamedTuple

from bot.store.sqlite import Reader, Row, Value, Writer


class Change(NamedTuple):
    """A field that an act gave another value; None where there was, or is, none."""

    field: str
    former: str | None
    present: str | None


class Act(NamedTuple):
    """An act as it is put on record."""

    archive_id: int
    act: str
    actor_id: int | None  # None: the operator, on the command line
    reason: str = ""
    author_id: int | None = None
    story_id: int | None = None
    letter_id: int | None = None
    user_id: int | None = None
    run_id: int | None = None
    undoes_id: int | None = None
    values: Sequence[Change] = ()


class Entry(NamedTuple):
    """An act as it stands on record; of what was erased, `erased_at` says when that was."""

    id: int
    at: float
    act: str
    actor_id: int | None
    author_id: int | None
    story_id: int | None
    letter_id: int | None
    user_id: int | None
    reason: str
    run_id: int | None = None
    undoes_id: int | None = None
    undone_by: int | None = None
    title: str | None = None  # the story's, as it is called now
    by_operator: bool = False  # else an actor who is None was erased
    erased_at: float | None = None
    values: tuple[Change, ...] = ()


class Wanted(NamedTuple):
    """What entries are looked for; what is None or empty asks nothing."""

    words: str = ""  # in the act, the reason or the story's title
    actor_id: int | None = None
    story_id: int | None = None


async def record(db: Writer, act: Act, now: float) -> int:
    """Puts an act on record; returns the entry's id."""
    entry = await db.insert(
        "INSERT INTO ledger (archive_id, at, act, author_id, story_id, letter_id, run_id, undoes_id) VALUES"
        " (:archive, :now, :act, :author, :story, :letter, :run, :undoes)",
        archive=act.archive_id,
        now=now,
        act=act.act,
        author=act.author_id,
        story=act.story_id,
        letter=act.letter_id,
        run=act.run_id,
        undoes=act.undoes_id,
    )
    await _persons(db, entry, act)
    await db.run(
        "INSERT INTO reasons (ledger_id, archive_id, reason) VALUES (:id, :archive, :reason)",
        id=entry,
        archive=act.archive_id,
        reason=act.reason,
    )
    await db.many(
        "INSERT INTO ledger_values (ledger_id, field, archive_id, former, present)"
        " VALUES (:id, :field, :archive, :former, :present)",
        [{"id": entry, "archive": act.archive_id, **change._asdict()} for change in act.values],
    )
    return entry


async def _persons(db: Writer, entry: int, act: Act) -> None:
    roles = {"actor": act.actor_id, "subject": act.user_id}
    rows: list[dict[str, Value]] = [
        {"id": entry, "role": role, "archive": act.archive_id, "user": user}
        for role, user in roles.items()
        if user is not None
    ]
    await db.many(
        "INSERT INTO ledger_persons (ledger_id, role, archive_id, user_id) VALUES (:id, :role, :archive, :user)", rows
    )


_ENTRIES: LiteralString = (
    "SELECT e.id, e.at, e.act, a.user_id AS actor_id, e.author_id, e.story_id, e.letter_id, s.user_id,"
    " coalesce(r.reason, '') AS reason, e.run_id, e.undoes_id,"
    " (SELECT min(u.id) FROM ledger u WHERE u.undoes_id = e.id) AS undone_by, t.title,"
    " a.ledger_id IS NULL AS by_operator,"
    " max(coalesce(a.erased_at, 0), coalesce(s.erased_at, 0), coalesce(r.erased_at, 0), coalesce("
    "  (SELECT max(v.erased_at) FROM ledger_values v WHERE v.ledger_id = e.id), 0)) AS erased_at"
    " FROM ledger e LEFT JOIN reasons r ON r.ledger_id = e.id"
    " LEFT JOIN ledger_persons a ON a.ledger_id = e.id AND a.role = 'actor'"
    " LEFT JOIN ledger_persons s ON s.ledger_id = e.id AND s.role = 'subject'"
    " LEFT JOIN stories t ON t.id = e.story_id"
)


async def entries(
    db: Reader,
    archive_id: int,
    *,
    before: int,
    limit: int,
    wanted: Wanted = Wanted(),  # noqa: B008
) -> list[Entry]:
    """The newest entries older than entry number `before`, of those that are looked for."""
    rows = await db.all(
        f"{_ENTRIES} WHERE e.archive_id = :archive AND e.id < :before"
        " AND (:words = '' OR instr(lower(e.act || ' ' || coalesce(r.reason, '') || ' ' || coalesce(t.title, '')),"
        "  lower(:words)) > 0)"
        " AND (:actor IS NULL OR a.user_id = :actor) AND (:story IS NULL OR e.story_id = :story)"
        " ORDER BY e.id DESC LIMIT :limit",
        archive=archive_id,
        before=before,
        limit=limit,
        words=wanted.words,
        actor=wanted.actor_id,
        story=wanted.story_id,
    )
    return await _with_values(db, rows)


async def searched(db: Writer, archive_id: int, words: str) -> int:
    """A number for what the record is searched for, the same for the same words."""
    await db.run(
        "INSERT INTO ledger_searches (archive_id, words) VALUES (:archive, :words) ON CONFLICT DO NOTHING",
        archive=archive_id,
        words=words,
    )
    return await db.value(
        "SELECT id FROM ledger_searches WHERE archive_id = :archive AND words = :words", archive=archive_id, words=words
    )


async def words(db: Reader, archive_id: int, search_id: int) -> str:
    """What was searched for under a number; nothing where there is none of this archive's."""
    found = await db.value(
        "SELECT words FROM ledger_searches WHERE archive_id = :archive AND id = :id", archive=archive_id, id=search_id
    )
    return found or ""


async def get(db: Reader, archive_id: int, entry_id: int) -> Entry | None:
    """An entry of this archive; of another's nobody learns that it is there."""
    rows = await db.all(f"{_ENTRIES} WHERE e.archive_id = :archive AND e.id = :id", archive=archive_id, id=entry_id)
    found = await _with_values(db, rows)
    return found[0] if found else None


async def of_author(db: Reader, author_id: int, *, limit: int) -> list[Entry]:
    """The newest entries that concern an author, for that author to see."""
    rows = await db.all(
        f"{_ENTRIES} WHERE e.author_id = :author ORDER BY e.id DESC LIMIT :limit", author=author_id, limit=limit
    )
    return await _with_values(db, rows)


async def _with_values(db: Reader, rows: Sequence[Row]) -> list[Entry]:
    values = await _values(db, [row["id"] for row in rows])
    found = [Entry._make((*row, tuple(values[row["id"]]))) for row in rows]
    return [each._replace(by_operator=bool(each.by_operator), erased_at=each.erased_at or None) for each in found]


async def _values(db: Reader, ids: Iterable[int]) -> dict[int, list[Change]]:
    rows = await db.all(
        "SELECT ledger_id, field, former, present FROM ledger_values"
        " WHERE ledger_id IN (SELECT value FROM json_each(:ids)) ORDER BY ledger_id, field",
        ids=json.dumps(list(ids)),
    )
    found: dict[int, list[Change]] = defaultdict(list)
    for row in rows:
        found[row["ledger_id"]].append(Change(row["field"], row["former"], row["present"]))
    return found


async def erase_person(db: Writer, user_id: int, now: float) -> int:
    """Forgets that an account did things or had them done to it; returns in how many entries.

    With it go the reasons of the entries: what moderators write about a person is about that person.
    """
    await db.run(
        "UPDATE reasons SET reason = '', erased_at = :now WHERE reason <> '' AND ledger_id IN"
        " (SELECT ledger_id FROM ledger_persons WHERE user_id = :user)",
        user=user_id,
        now=now,
    )
    return await db.run(
        "UPDATE ledger_persons SET user_id = NULL, erased_at = :now WHERE user_id = :user", user=user_id, now=now
    )


async def erase_story(db: Writer, story_id: int, now: float) -> None:
    """Forgets what a story's fields held, and why that was changed."""
    await db.run(
        "UPDATE ledger_values SET former = NULL, present = NULL, erased_at = :now"
        " WHERE ledger_id IN (SELECT id FROM ledger WHERE story_id = :story)",
        story=story_id,
        now=now,
    )
    await db.run(
        "UPDATE reasons SET reason = '', erased_at = :now WHERE reason <> ''"
        " AND ledger_id IN (SELECT id FROM ledger WHERE story_id = :story)",
        story=story_id,
        now=now,
    )
