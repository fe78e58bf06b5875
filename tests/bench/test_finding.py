"""Archives built in bulk are as importing makes them; what finding takes is measured and compared."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.database import open_database
from tests.bench import finding_report
from tests.bench.catalogues import RARE, catalogue, fill, tales
from tests.bench.finding import SEARCHED, UNDER_LOAD, Figures, Served, Soaked, best, measure_all
from tests.catalogues import Drawn, shelve
from tests.store.test_tallies import PRESENT, RECOUNTED

DEARER = {f"{name}, CPU, times the smallest archive's" for name in UNDER_LOAD}
SCHEMA = "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql NOT NULL"


async def test_an_archive_built_in_bulk_counts_as_triggers_would(database_path: Path) -> None:
    async with open_database(database_path) as database:
        before = {tuple(row) for row in await database.reader.all(SCHEMA)}
        await shelve(database, Drawn(tags=["Angst"], series="Lights"))
    fill(database_path, 60)
    async with open_database(database_path) as filled:
        db = filled.reader
        assert {tuple(row) for row in await db.all(SCHEMA)} == before
        kept = {tuple(row) for row in await db.all("SELECT archive_id, kind, key, rating, stories FROM tallies")}
        assert kept == {tuple(row) for row in await db.all(RECOUNTED)}
        present = {tuple(row) for row in await db.all("SELECT archive_id, kind, rating, things FROM presences")}
        assert present == {tuple(row) for row in await db.all(PRESENT)}
        assert await db.all("PRAGMA foreign_key_check") == []
        assert await db.value("SELECT count(*) FROM story_words WHERE story_words MATCH :word", word=RARE) == 10


def test_it_is_built_once(tmp_path: Path) -> None:
    told: list[str] = []
    made = catalogue(40, tmp_path, told.append)
    assert catalogue(40, tmp_path, told.append) == made
    assert len(told) == 1
    with closing(sqlite3.connect(made)) as db:
        assert db.execute("SELECT count(*) FROM stories WHERE title = 'The Long Tide'").fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM stories WHERE archive_id = 1").fetchone()[0] > 40


def test_the_same_seed_tells_the_same_tales() -> None:
    assert list(tales(5, 20)) == list(tales(5, 20))
    assert sum(RARE in tale.text for tale in tales(1, 500)) == 10


async def test_every_kind_of_act_is_measured(tmp_path: Path) -> None:
    database = await asyncio.to_thread(catalogue, 60, tmp_path, lambda _: None)
    floor, served, soaked = await measure_all({60: database}, 10, 1, 40, lambda _: None)
    assert set(floor.alone) == set(served[60].alone) == {*UNDER_LOAD, *SEARCHED}
    assert set(served[60].searching) == set(UNDER_LOAD)
    assert soaked is not None
    assert soaked.acts == 40
    for figures in (*floor.alone.values(), *served[60].alone.values(), *served[60].searching.values()):
        assert 0 < figures.p50_ms <= figures.p99_ms
        assert figures.cpu_us > 0


def test_of_each_figure_the_lowest_counts() -> None:
    one, other = Figures(1.0, 9.0, 50.0), Figures(2.0, 5.0, 40.0)
    runs = [Served({"page turn": each}, {}, rss) for each, rss in ((one, 60.0), (other, 61.0))]
    assert best(runs) == Served({"page turn": Figures(1.0, 5.0, 40.0)}, {}, 60.0)
    assert best(runs[:1]) == runs[0]


def _served(cpu: float, p99: float) -> Served:
    figures = Figures(1.0, p99, cpu)
    return Served(dict.fromkeys((*UNDER_LOAD, *SEARCHED), figures), dict.fromkeys(UNDER_LOAD, figures), 60.0)


@pytest.mark.parametrize(
    ("cpu", "p99", "rss", "missed"),
    [
        (100.0, 20.0, 100.0, set[str]()),
        (160.0, 20.0, 100.0, {"page turn, CPU, times the floor's", *DEARER}),
        (100.0, 30.0, 100.0, {"index page, p99, ms", "autocomplete, p99, ms"}),
        (100.0, 20.0, 120.0, {"RSS, MB"}),
    ],
)
def test_targets(cpu: float, p99: float, rss: float, missed: set[str]) -> None:
    archives = {1_000: _served(100.0, 5.0), 1_000_000: _served(cpu, p99)}
    told = finding_report.compared(_served(100.0, 1.0), archives, Soaked(100_000, rss, 0.1))
    assert {each["what"] for each in told["finding"]["targets"] if not each["reached"]} == missed


def test_the_tables_name_archives_and_targets(capsys: pytest.CaptureFixture[str]) -> None:
    archives = {1_000: _served(100.0, 5.0), 1_000_000: _served(100.0, 20.0)}
    finding_report.print_tables(finding_report.compared(_served(100.0, 1.0), archives, None))
    told = " ".join(capsys.readouterr().out.split())
    for text in ("1,000,000", "stories", "page turn, while", "index page, p99, ms: 20.00, ≤ 25, reached"):
        assert text in told
