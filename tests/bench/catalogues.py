"""This room builds archives of any number of stories, a page of 1 KB each: once, in bulk, and kept."""

import asyncio
import hashlib
import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from bot.domain import names
from bot.importing import take_all
from bot.store.database import open_database, shipped
from bot.store.packing import FUNCTIONS
from bot.tryout import samples
from tests.bench.tales import vocabulary

AT_ONCE = 20_000
"""Stories in one transaction."""
SIZE = 1_000
"""Characters of a story."""
RARE = "quokka"
"""A word that ten stories of any archive have."""
COMMON = "harbour"
"""A word that every second one has."""
PREFIX = "lantern"
"""What several hundred words begin with that are all rare themselves."""
RATINGS = (0, 1, 1, 2, 2, 2, 3, 4)
TAGS = 300
LETTERS = "abcdefghijklmnopqrstuvwxyz"

Row = dict[str, Any]


class Tale(NamedTuple):
    """What differs from story to story."""

    id: int
    author: int
    series: int | None
    title: str
    rating: int
    tags: list[int]
    text: str


def cache() -> Path:
    """Where archives are kept: TALEBEARER_BENCH_CACHE, else the user's cache folder."""
    given = os.environ.get("TALEBEARER_BENCH_CACHE") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(given) / "talebearer-bench"


def catalogue(stories: int, folder: Path, tell: Callable[[str], None]) -> Path:
    """The archive of so many stories and the samples; it is built where there is none of this version yet."""
    made = folder / f"catalogue-{stories}-{_version()}.db"
    if not made.exists():
        tell(f"Building an archive of {stories:,} stories in {folder}; the next time it is there")
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = made.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        asyncio.run(_with_samples(unfinished))
        fill(unfinished, stories)
        unfinished.rename(made)
    return made


def _version() -> str:
    """Changes with the schema and with this room."""
    steps = "".join(step.sql for step in shipped()) + Path(__file__).read_text("utf-8")
    return hashlib.sha256(steps.encode()).hexdigest()[:12]


async def _with_samples(path: Path) -> None:
    async with open_database(path) as database:
        await take_all(database, [samples()])


def fill(path: Path, stories: int) -> None:
    """Puts stories into an archive behind those it has; triggers and indexes wait until all are there."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for name, function in FUNCTIONS.items():
            db.create_function(name, 1, function, deterministic=True)
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -200000")
        waiting = _set_aside(db)
        first = db.execute("SELECT 1 + max(id) FROM stories").fetchone()[0]
        _people(db, stories)
        _stories(db, tales(first, stories), stories)
        for sql in waiting["index"]:
            db.execute(sql)
        _count(db)
        for sql in waiting["trigger"]:
            db.execute(sql)
        db.execute("ANALYZE")
        db.execute("PRAGMA journal_mode = WAL")


def _set_aside(db: sqlite3.Connection) -> dict[str, list[str]]:
    """Takes triggers and indexes away; gives the statements that bring them back."""
    found = db.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql NOT NULL AND type IN ('index', 'trigger')")
    waiting: dict[str, list[str]] = {"index": [], "trigger": []}
    for kind, name, sql in found.fetchall():
        waiting[kind].append(sql)
        db.execute(f"DROP {kind} {name}")
    return waiting


def tales(first: int, count: int, seed: int = 1) -> Iterator[Tale]:
    """Stories with the words of a language; some words are as rare or common in any number of them."""
    chance = random.Random(seed)
    words, weights = vocabulary(chance)
    rare = {round(number * count / 10) for number in range(10)}
    for number in range(count):
        drawn = chance.choices(words, cum_weights=weights, k=155)
        drawn[7] = COMMON if number % 2 else drawn[7]
        drawn[9] = RARE if number in rare else drawn[9]
        drawn[11] = PREFIX + chance.choice(words)
        title = f"{chance.choice(LETTERS)}{chance.choice(words)} {' '.join(drawn[:2])}".title()
        series = number // 5 if number % 5 == 0 or number % 25 < 5 else None
        tags = chance.choices(range(TAGS), cum_weights=range(TAGS, 2 * TAGS), k=3)
        text = " ".join(drawn)[:SIZE].capitalize() + "."
        yield Tale(first + number, number // 20, series, title, chance.choice(RATINGS), sorted(set(tags)), text)


def _people(db: sqlite3.Connection, stories: int) -> None:
    """Authors from number 1,000 on, and series."""
    chance = random.Random(2)
    words, _ = vocabulary(chance)
    authors = (f"{chance.choice(words)} {chance.choice(words)} {number}".title() for number in range(stories // 20 + 1))
    series = (f"{chance.choice(words)} {chance.choice(words)} {number}".title() for number in range(stories // 5 + 1))
    db.execute("BEGIN")
    for table, spelt in (("authors", authors), ("series", series)):
        rows = ({"id": 1_000 + n, "name": name, "key": names.key(name)} for n, name in enumerate(spelt))
        db.executemany(f"INSERT INTO {table} (id, archive_id, name, name_key) VALUES (:id, 1, :name, :key)", rows)
    db.execute("COMMIT")


def _stories(db: sqlite3.Connection, drawn: Iterator[Tale], count: int) -> None:
    for _ in range(0, count, AT_ONCE):
        rows = [_row(tale) for tale, _ in zip(drawn, range(AT_ONCE), strict=False)]
        db.execute("BEGIN")
        for statement in _INSERTS:
            db.executemany(statement, rows)
        tags = ({**row, "tag": tag} for row in rows for tag in row["tags"])
        db.executemany(_TAG, ({key: row[key] for key in ("id", "tag")} for row in tags))
        db.execute("COMMIT")


def _row(tale: Tale) -> Row:
    row: Row = tale._asdict()
    row["key"], row["sort"] = names.key(tale.title), names.sort_key(tale.title)
    row["author"] += 1_000
    row["series"] = None if tale.series is None else tale.series + 1_000
    row["at"] = 1_000_000.0 + tale.id * 7_919 % 1_000_003
    row["words"] = 100 + tale.id * 31 % 9_000
    row["told"] = ", ".join(f"Tag {tag}" for tag in tale.tags)
    return row


_INSERTS = (
    (
        "INSERT INTO stories (id, archive_id, author_id, series_id, title, title_key, sort_key, rating, rating_raw,"
        " description, spoilers, note, disclaimer, status, words, parts, pages, part_starts, scene_breaks, added_at,"
        " updated_at, language, author_key) SELECT :id, 1, :author, :series, :title, :key, :sort, :rating, '',"
        " 'A tale.', '[]', '', '', iif(:id % 3, 'Complete', 'In Progress'), :words, 1, 1, '[[1, \"\"]]', 0, :at, :at,"
        " 'English', name_key FROM authors WHERE id = :author"
    ),
    "INSERT INTO parts (story_id, number, title, label, text) VALUES (:id, 0, '', '', :text)",
    "INSERT INTO pages (story_id, number, part, paragraph, within, anchor, text) VALUES (:id, 1, 0, 0, 0, 'a', :text)",
    "INSERT INTO story_authors (story_id, position, author_id) VALUES (:id, 0, :author)",
    (
        "INSERT INTO story_names (rowid, title, author, series) SELECT :id, :title,"
        " (SELECT name FROM authors WHERE id = :author), coalesce((SELECT name FROM series WHERE id = :series), '')"
    ),
    (
        "INSERT INTO story_words (rowid, title, author, series, tags, summary, text) SELECT :id, :title,"
        " (SELECT name FROM authors WHERE id = :author), coalesce((SELECT name FROM series WHERE id = :series), ''),"
        " :told, 'A tale.', :text"
    ),
)
_TAG = (
    "INSERT INTO story_tags (story_id, archive_id, kind, name, name_key)"
    " VALUES (:id, 1, 'tag', 'Tag ' || :tag, 'tag ' || :tag)"
)


def _count(db: sqlite3.Connection) -> None:
    """What triggers would have counted."""
    db.execute("DELETE FROM tallies")
    db.execute("DELETE FROM presences")
    db.execute(
        "INSERT INTO tallies (archive_id, kind, key, rating, name, stories)"
        " SELECT archive_id, kind, key, rating, max(name), count(*) FROM counted GROUP BY 1, 2, 3, 4"
    )
    db.execute(
        "INSERT INTO presences (archive_id, kind, rating, things)"
        " SELECT archive_id, kind, rating, count(*) FROM (SELECT archive_id, kind, key, min(rating) AS rating"
        " FROM tallies WHERE kind IN ('author', 'series') GROUP BY 1, 2, 3) GROUP BY 1, 2, 3"
    )
