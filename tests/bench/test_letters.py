"""Letters are measured on their way in and out, and nothing is measured of a bot that loses one."""

import json
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.store.database import Database, open_database
from tests.bench import letters_report
from tests.bench.letters import Options, Run, _check
from tests.bench.processes import BenchFailed
from tests.bench.relay import NOBODY, Relay, fill
from tests.bench.test_bench import bench
from tests.bench.writers import opens, write
from tests.discord.stage import Stage, staged
from tests.library import add, edition

Json = dict[str, Any]
FIGURES = set(Run._fields)


@pytest.fixture
async def stage(database: Database, database_path: Path) -> AsyncGenerator[Stage]:
    async with Sandbox.start() as sandbox:
        yield staged(sandbox, database, database_path)


def test_it_prints_one_object() -> None:
    done = bench("letters", "--letters", "40", "--rounds", "1", "--backlog", "500", "--json")
    assert done.returncode == 0, done.stderr
    told: Json = json.loads(done.stdout)
    assert (told["benchmark"], told["letters"], told["rounds"], told["backlog"]) == ("letters", 40, 1, 500)
    for name in ("floor", "talebearer"):
        assert set(told[name]) == FIGURES | {"cpu_spread", "runs"}
        assert all(told[name][figure] > 0 for figure in FIGURES)
    for figure, ratio in told["ratios"].items():
        assert ratio == pytest.approx(told["talebearer"][figure] / told["floor"][figure])
    relay = told["relay"]
    assert [run["waiting"] for run in relay["runs"]] == [100, 500]
    assert relay["too_fast"] == 0
    assert 0 < relay["rate"] < 60
    assert [target["reached"] for target in told["targets"]][2] is True


def compared(run: Run, relay: Relay) -> Json:
    usual, cheap = Run(500.0, 600.0, 8.0, 50.0), Relay(100, 1_000.0, 39.0, 0)
    return letters_report.compared(
        {"floor": [usual], "talebearer": [run]}, ([cheap], [relay]), Options(2_000, 1, 8, 100_000)
    )


@pytest.mark.parametrize(
    ("cpu", "relay", "reached"),
    [
        (750.0, Relay(100_000, 1_099.0, 40.0, 0), [True, True, True, True]),
        (751.0, Relay(100_000, 1_101.0, 40.0, 1), [False, True, False, False]),
    ],
)
def test_targets(cpu: float, relay: Relay, reached: list[bool]) -> None:
    told = compared(Run(cpu, 500.0, 9.0, 60.0), relay)
    assert [target["reached"] for target in told["targets"]] == reached


def test_a_slow_relay_misses_its_target() -> None:
    told = letters_report.compared(
        {name: [Run(1.0, 1.0, 1.0, 1.0)] for name in ("floor", "talebearer")},
        ([Relay(100, 1.0, 20.0, 0)], [Relay(200, 1.0, 30.0, 0)]),
        Options(1, 1, 1, 200),
    )
    assert [target["reached"] for target in told["targets"]] == [True, False, True, True]


def test_the_table_names_targets(capsys: pytest.CaptureFixture[str]) -> None:
    letters_report.print_table(compared(Run(600.0, 500.0, 9.0, 60.0), Relay(100_000, 2_000.0, 40.0, 0)))
    told = capsys.readouterr().out
    assert "CPU per letter, times the floor's: 1.20 (≤ 1.5, reached)" in told
    assert "very many waiting, times few: 2.00 (≤ 1.1, missed)" in told


async def test_writers_send_the_same_form_again(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        writers = [await opens(person, "The Lamp") for person in (stage.mara, stage.jon)]
        assert len(await write(writers, 7, 2)) == 7
    assert sum(writer.sent for writer in writers) == 7
    await _check(stage.database_path, 7)
    with pytest.raises(BenchFailed, match="8 letters were acknowledged, and 7 are stored"):
        await _check(stage.database_path, 8)


async def test_a_letter_that_is_refused_is_noticed(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        writer = await opens(stage.mara, "The Lamp")
        async with stage.database.write() as db:
            await db.run("UPDATE archives SET sender_limit = 0")
        with pytest.raises(BenchFailed, match="A letter was not acknowledged"):
            await writer.send()


async def test_a_story_that_is_not_there_is_noticed(stage: Stage) -> None:
    async with stage.bot():
        with pytest.raises(BenchFailed, match="/feedback was answered by"):
            await opens(stage.mara, "The Lamp")


async def test_those_that_are_somebodys_are_first(database: Database, database_path: Path) -> None:
    await add(database, edition("The Lamp"))
    with closing(sqlite3.connect(database_path)) as filled:
        fill(filled, [(7, 70), (8, 80)], 5)
    async with open_database(database_path) as opened:
        rows = await opened.reader.all(
            "SELECT a.user_id FROM lines n JOIN authors a ON a.id = n.author_id ORDER BY n.due_at"
        )
    assert [row["user_id"] for row in rows] == [7, 8, NOBODY + 2, NOBODY + 3, NOBODY + 4]
