"""This room plants two archives that hold something in every table, each with its own numbers and its own word."""

import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

from bot.domain.models import Link, LinkKind
from bot.store.database import Database
from bot.store.packing import pack, pack_json
from bot.store.sqlite import Value
from tests.library import add, edition

GLOBAL = frozenset(("archives", "migrations", "memory", "effects", "doors", "reader_settings"))
"""Tables of no archive."""
TAKEN_UP = frozenset(("news", "forgettings", "tombstones"))
"""Tables whose rows the bot works off by itself."""
STRANGER = 700
"""Accounts that nobody on the stage has."""
NOW = time.time()
LATER = NOW + 1e6

TOLD: dict[str, Any] = {
    **dict.fromkeys(("title", "author", "path", "series", "description", "reason"), "{word}"),
    **dict.fromkeys(("series_number", "rating_raw", "language", "written", "disclaimer", "progress"), ""),
    **dict.fromkeys(("authors", "spoilers", "cautions", "tags", "fandom", "notes", "links", "parts", "repairs"), ()),
    **dict.fromkeys(("missing_parts", "duplicates", "furniture", "warnings", "documents", "pieces"), ()),
    "accounting": {},
    "error": None,
    "fields": {},
    "id": None,
    "pages": 1,
    "rating": "G",
    "scene_breaks": 0,
    "state": "published",
    "status": "added",
    "words": 1,
}
"""A row of an import's report."""
FIXED: dict[str, Any] = {
    "amendments.field": "status",
    "announcements.sent_at": 1.0,
    "barred.kind": "author",
    "barred.names": '["{word}"]',
    "blocks.author_id": None,
    "blocks.until": None,
    "claims.decided_at": None,
    "claims.decided_by": None,
    "claims.state": "asked",
    "changes.act": "added",
    "changes.former_state": None,
    "corrections.due_at": None,
    "documents.content": pack(b"text"),
    "documents.kind": "story",
    "editions.relation": "shown",
    "ledger.undoes_id": None,
    "ledger_values.field": "title",
    "ledger_persons.role": "actor",
    "letters.answers_id": None,
    "letters.direction": "to_author",
    "letters.email_until": None,
    "letters.kind": "letter",
    "lines.due_at": None,
    "lines.reader_id": None,
    "lines.silent": None,
    "listings.text": "{word} sort:newest",
    "marks.mark": "liked",
    "notices.content": '{{"title": "{word}", "text": "{word}", "buttons": []}}',
    "outbox.due_at": None,
    "outbox.notice_id": None,
    "outbox.state": "held",
    "parcels.lease_until": None,
    "parcels.state": "delivered",
    "proposals.form": 0,
    "proposals.saved_at": None,
    "proposals.seen": '{{"title": "{word}"}}',
    "proposals.typed": '{{"title": "{word} anew"}}',
    "reports.settled_at": None,
    "reports.settled_by": None,
    "reports.story_id": None,
    "runs.undone_at": None,
    "story_tags.kind": "tag",
    "submissions.decided_at": None,
    "submissions.state": "waiting",
    "tidings.due_at": LATER,
    "upload_works.fixes": "{{}}",
    "upload_works.position": 1,
    "uploads.state": "read",
    "uploads.told": "{{}}",
    "wishes.away_until": None,
    "wishes.letters": "on",
}
"""What columns must hold for the bot to make sense of their rows."""


class Twin(NamedTuple):
    """An archive in which everything has one number, and every text holds one word."""

    archive: int
    number: int
    word: str


class _Column(NamedTuple):
    table: str
    name: str
    kind: str
    default: str | None
    leads: str | None  # to which table


async def plant(database: Database, twin: Twin) -> None:
    """A story, and a row about it in every table."""
    link = Link(LinkKind.SEQUEL, f"{twin.word} unheard of")
    made = edition(f"{twin.word} Lamp", f"{twin.word} Ruby", series=f"{twin.word} Lights", links=[link], pages=2)
    assert await add(database, made, archive_id=twin.archive) == twin.number
    async with database.write() as db:
        await db.run("PRAGMA defer_foreign_keys = ON")
        for table, columns in (await _tables(database)).items():
            if not await _rows(database, twin, table, columns):
                row = {each.name: _value(each, twin) for each in columns if _is_told(each)}
                names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
                statement: Any = f"INSERT INTO {table} ({names}) VALUES ({values})"
                await db.run(statement, **row)


async def held(database: Database, twin: Twin) -> dict[str, list[tuple[Value, ...]]]:
    """Every row of an archive, by tables."""
    tables = await _tables(database)
    return {table: await _rows(database, twin, table, columns) for table, columns in tables.items()}


async def _rows(database: Database, twin: Twin, table: str, columns: list[_Column]) -> list[tuple[Value, ...]]:
    statement: Any = f"SELECT * FROM {table} {_where(columns)}"
    return [tuple(row) for row in await database.reader.all(statement, **_asked(twin))]


async def _tables(database: Database) -> dict[str, list[_Column]]:
    """The tables that hold what belongs to an archive."""
    rows = await database.reader.all(
        "SELECT m.name AS tbl, c.name, c.type, c.dflt_value,"
        ' (SELECT f."table" FROM pragma_foreign_key_list(m.name) f WHERE f."from" = c.name) AS leads'
        " FROM pragma_table_list m JOIN pragma_table_info(m.name) c"
        " WHERE m.type = 'table' AND m.schema = 'main' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid"
    )
    found: dict[str, list[_Column]] = {}
    for row in rows:
        if row["tbl"] not in GLOBAL | TAKEN_UP:
            found.setdefault(row["tbl"], []).append(_Column(*row))
    return found


def _where(columns: list[_Column]) -> str:
    names = {each.name for each in columns}
    if "archive_id" in names:
        return "WHERE archive_id = :archive"
    first = next(each.name for each in columns if each.leads)
    return f"WHERE {first} = :number"


def _asked(twin: Twin) -> dict[str, Value]:
    return {"archive": twin.archive, "number": twin.number}


def _is_told(column: _Column) -> bool:
    return f"{column.table}.{column.name}" in FIXED or column.default is None


def _value(column: _Column, twin: Twin) -> Value:
    name = f"{column.table}.{column.name}"
    if name in FIXED:
        fixed = FIXED[name]
        return fixed.format(word=twin.word) if isinstance(fixed, str) else fixed
    if name == "upload_works.told":
        return pack_json(orjson.loads(orjson.dumps(TOLD).replace(b"{word}", twin.word.encode())))
    if column.name == "archive_id":
        return twin.archive
    if column.name.endswith(("user_id", "reader_id", "writer_id", "reporter_id")):
        return STRANGER + twin.number
    return {"TEXT": f"{twin.word} {name}", "INTEGER": twin.number, "REAL": NOW, "BLOB": b""}[column.kind]


def ids(custom_id: str, own: Twin, other: Twin) -> Iterator[str]:
    """An id as it was sent, with numbers of another archive in place of 1: everywhere, at first, and behind that."""
    head, *numbers = custom_id.split(":")[1:]
    yield ":".join(["v1", head, *(_put(number, other) for number in numbers)])
    if numbers.count("1") > 1:
        first = numbers.index("1")
        for ahead, behind in ((other, own), (own, other)):
            made = [_put(number, ahead if place == first else behind) for place, number in enumerate(numbers)]
            yield ":".join(["v1", head, *made])


def _put(number: str, twin: Twin) -> str:
    return str(twin.number) if number == "1" else number
