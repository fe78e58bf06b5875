"""This room plants one row about a person into every table that holds something about people, each value a mark."""

from collections import defaultdict
from itertools import count

from bot.domain.personal import HOLDINGS, Holding
from bot.store.database import Database
from bot.store.sqlite import Value, Writer
from tests.library import add, edition

ME, OTHER = 800_000_000_000_000_001, 800_000_000_000_000_002
_NUMBERS = count(7_000)

FIXED: dict[str, tuple[dict[str, Value], ...]] = {
    "places": ({"story_id": 1},),
    "bookmarks": ({"story_id": 1},),
    "marks": ({"story_id": 1, "mark": "liked"},),
    "reader_settings": ({},),
    "follows": ({"subject_id": 1},),
    "episode_lists": ({"id": 1, "name": "Lanterns", "name_key": "lanterns"},),
    "seen": ({"list_id": 1},),
    "tidings": ({"story_id": 1},),
    "conversations": (
        {"id": 1, "author_id": 1, "ended_at": None, "ended_by": None},
        {"id": 2, "author_id": 2, "reader_id": OTHER, "ended_at": None, "ended_by": None},
    ),
    "letters": (
        {"id": 1, "conversation_id": 1, "author_id": 1, "story_id": 1, "direction": "to_author", "interaction_id": 1},
        {"id": 2, "conversation_id": 1, "author_id": 1, "story_id": 1, "direction": "to_author", "interaction_id": 2},
        {"id": 3, "conversation_id": 2, "author_id": 2, "story_id": 1, "direction": "to_author", "interaction_id": 3,
         "writer_id": OTHER, "comments": "To me.", "email": "", "email_withheld": 0},
    ),
    "lines": ({"id": 1, "reader_id": None, "author_id": 1}, {"id": 2, "author_id": None},
              {"id": 3, "reader_id": None, "author_id": 2}),
    "notices": ({"id": 1},),
    "outbox": (
        {"id": 1, "line_id": 1, "letter_id": 1, "state": "delivered", "sent": 9},
        {"id": 2, "line_id": 1, "letter_id": 2, "state": "waiting", "sent": 0},
        {"id": 3, "line_id": 2, "notice_id": 1, "state": "ready", "sent": 0},
        {"id": 4, "line_id": 3, "letter_id": 3, "state": "ready", "sent": 0},
    ),
    "parcels": ({"id": 1, "line_id": 2, "state": "delivered", "mark": "m", "nonce": "n"},),
    "doors": ({},),
    "wishes": ({"author_id": 2, "story_id": 1},),
    "blocks": ({"author_id": 1, "letter_id": 1}, {"author_id": 2, "letter_id": 3, "user_id": OTHER}),
    "reports": ({"letter_id": 3, "story_id": None, "settled_at": None, "settled_by": None},),
    "claims": ({"author_id": 1, "state": "asked", "decided_by": None},),
    "drafts": ({"story_id": 1, "letter_id": None},),
    "submissions": ({"upload_id": None, "state": "taken"},),
    "proposals": ({"story_id": 1},),
    "uploads": ({"id": 1, "state": "taken", "run_id": None},),
    "upload_files": ({"upload_id": 1, "content": b""},),
    "ledger": ({"id": 1}, {"id": 2}, {"id": 3}),
    "ledger_persons": (
        {"ledger_id": 1, "role": "actor"},
        {"ledger_id": 2, "role": "actor", "user_id": OTHER}, {"ledger_id": 2, "role": "subject"},
        {"ledger_id": 3, "role": "actor", "user_id": OTHER},
    ),
    "reasons": ({"ledger_id": 1}, {"ledger_id": 2}, {"ledger_id": 3}),
}  # fmt: skip
"""What the rows must have to stand in their tables; `plant` marks the rest."""


async def plant(database: Database) -> defaultdict[str, set[Value]]:
    """Plants everything; returns the marks by `table.column`."""
    await add(database, edition("The Lamp", "Ruby"))
    await add(database, edition("The Well", "Mara"))
    marks: defaultdict[str, set[Value]] = defaultdict(set)
    holdings = {holding.table: holding for holding in HOLDINGS}
    async with database.write() as db:
        await db.run("UPDATE authors SET user_id = :me, linked_at = 3.0, choice = 'keep' WHERE id = 2", me=ME)
        for table, rows in FIXED.items():
            for fixed in rows:
                made = await _row(db, table, holdings.get(table, Holding(table, "", "", "", "", "")), fixed)
                for column, value in made.items():
                    if column not in fixed:
                        marks[f"{table}.{column}"].add(value)
    return marks


async def _row(db: Writer, table: str, holding: Holding, fixed: dict[str, Value]) -> dict[str, Value]:
    """Inserts a row: accounts are mine, what somebody told is marked, and the rest is left to the schema."""
    columns = await db.all('SELECT name, type, "notnull" AS needed, dflt_value FROM pragma_table_info(:t)', t=table)
    row: dict[str, Value] = dict(fixed)
    for column in columns:
        name = column["name"]
        if name in fixed:
            continue
        if name == "archive_id":
            row[name] = 1
        elif name in holding.accounts:
            row[name] = ME
        elif name in holding.told or (column["needed"] and column["dflt_value"] is None and name != "id"):
            row[name] = mark(table, name, column["type"])
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    await db.run(f"INSERT INTO {table} ({names}) VALUES ({values})", **row)  # pyright: ignore[reportArgumentType]
    return {name: value for name, value in row.items() if name in holding.told}


def mark(table: str, column: str, kind: str) -> Value:
    """A value that stands nowhere else."""
    number = next(_NUMBERS)
    if column in ("hidden", "email_withheld", "counted"):
        return 1
    if column == "until":
        return 1e12 + number  # a block that holds
    return {"TEXT": f"«{table}.{column}.{number}»", "INTEGER": number, "REAL": number + 0.5}[kind]
