"""This room is what the importer is compared with: the same rows into SQLite, the same pages to plain text.

`python -m tests.bench.intake_floor rows FROM.db TO.db`, `… read FOLDER`, `… soup FOLDER`, `… fanficfare FOLDER`:
prints the seconds it took.
"""

import sqlite3
import sys
import time
from contextlib import closing
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from bot.formats import manuscript, source
from bot.services.intake.shelving import ALONE
from bot.store.database import shipped, statements
from bot.store.packing import FUNCTIONS

AT_ONCE = ALONE.stories
"""Stories in one transaction."""
FEW = 500
"""Pages that tell how fast a slow reader is."""
WORDS = "story_words (rowid, title, author, series, tags, summary, text)"
TABLES = {
    "documents": "SELECT * FROM documents WHERE id BETWEEN ? AND ?",
    "stories": "SELECT * FROM stories WHERE id BETWEEN ? AND ?",
    "editions": "SELECT * FROM editions WHERE story_id BETWEEN ? AND ?",
    "parts": "SELECT * FROM parts WHERE story_id BETWEEN ? AND ?",
    "pages": "SELECT * FROM pages WHERE story_id BETWEEN ? AND ?",
    "story_authors": "SELECT * FROM story_authors WHERE story_id BETWEEN ? AND ?",
    "sketches": "SELECT * FROM sketches WHERE story_id BETWEEN ? AND ?",
    WORDS: "SELECT rowid, * FROM story_words WHERE rowid BETWEEN ? AND ?",
}


def rows(source: Path, target: Path) -> float:
    """Copies the rows of an archive that was imported, search index and all; seconds of writing alone."""
    with closing(sqlite3.connect(source)) as old, closing(_empty(target)) as new:
        last: int = old.execute("SELECT max(id) FROM stories").fetchone()[0]
        for table in ("archives", "authors", "series", "runs"):
            _insert(new, table, old.execute(f"SELECT * FROM {table}").fetchall())
        took = 0.0
        for first in range(1, last + 1, AT_ONCE):
            bounds = (first, first + AT_ONCE - 1)
            found = {table: old.execute(sql, bounds).fetchall() for table, sql in TABLES.items()}
            began = time.perf_counter()
            new.execute("BEGIN IMMEDIATE")
            for table, some in found.items():
                _insert(new, table, some)
            new.execute("COMMIT")
            took += time.perf_counter() - began
    return took


def _empty(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    for name, function in FUNCTIONS.items():
        connection.create_function(name, 1, function)
    for step in shipped():
        for statement in statements(step.sql):
            connection.execute(statement)
    connection.execute("DELETE FROM archives")
    return connection


def _insert(connection: sqlite3.Connection, table: str, found: list[tuple[object, ...]]) -> None:
    if found:
        connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(found[0]))})", found)


def soup(folder: Path) -> float:
    """Reads every page of a folder to plain text and forgets it."""
    began = time.perf_counter()
    for file in sorted(folder.iterdir()):
        BeautifulSoup(file.read_bytes(), "html.parser").get_text("\n")
    return time.perf_counter() - began


def read(folder: Path) -> float:
    """Reads every page of a folder as the importer does, and forgets it."""
    began = time.perf_counter()
    for file in sorted(folder.iterdir()):
        manuscript.read(source.read(file.read_bytes()), name=file.name)
    return time.perf_counter() - began


def has_fanficfare() -> bool:
    return find_spec("fanficfare") is not None


def fanficfare(folder: Path) -> float:
    """Reads pages as FanFicFare does before it writes them as text; of many the first few, for the time of all."""
    cleanup: Any = import_module("fanficfare.htmlcleanup")
    adapters: Any = import_module("fanficfare.adapters.base_adapter")
    files = sorted(folder.iterdir())
    began = time.perf_counter()
    for file in files[:FEW]:
        cleanup.stripHTML(adapters.BaseSiteAdapter.make_soup(None, file.read_bytes().decode()))
    sizes = [file.stat().st_size for file in files]
    return (time.perf_counter() - began) * sum(sizes) / sum(sizes[:FEW])


READERS = {"soup": soup, "read": read, "fanficfare": fanficfare}


def main(arguments: list[str]) -> None:
    what, *paths = arguments
    first, *others = map(Path, paths)
    took = rows(first, *others) if what == "rows" else READERS[what](first)
    sys.stdout.write(f"{took}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
