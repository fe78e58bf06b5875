"""The benchmark runs, its figures agree, it notices a bot that answers wrongly; how fast it was is no matter."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.store.database import Database
from tests.bench import report
from tests.bench.__main__ import main
from tests.bench.processes import BenchFailed, running
from tests.bench.readers import STORY, opens, read_on, read_through, shown_page
from tests.bench.reading import Options, Run, check_places, percentile
from tests.discord.stage import Stage, staged
from tests.library import add, edition
from tests.shared import CHECKOUT

Json = dict[str, Any]
FIGURES = set(Run._fields)


@pytest.fixture
async def stage(database: Database, database_path: Path) -> AsyncGenerator[Stage]:
    await add(database, edition(STORY, pages=4))
    async with Sandbox.start() as sandbox:
        yield staged(sandbox, database, database_path)


def run(**figures: float) -> Run:
    usual = Run(600.0, 1_000.0, 5.0, 12.0, 46.0, 52.0, 0.3)
    return usual._replace(**figures)


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.bench", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=CHECKOUT, timeout=110)


def test_it_prints_one_object() -> None:
    done = bench("reading", "--turns", "40", "--rounds", "1", "--at-once", "2", "--stories", "--json")
    assert done.returncode == 0, done.stderr
    told: Json = json.loads(done.stdout)
    assert (told["benchmark"], told["turns"], told["rounds"], told["at_once"]) == ("reading", 40, 1, 2)
    for name in ("floor", "talebearer"):
        assert set(told[name]) == FIGURES | {"cpu_spread", "runs"}
        assert [set(made) for made in told[name]["runs"]] == [FIGURES]
        assert all(told[name][figure] > 0 for figure in FIGURES)
        assert told[name]["p50_ms"] <= told[name]["p99_ms"]
        assert told[name]["cpu_us"] < 1e6 / told[name]["rate"] * 2, "more CPU than two cores have"
    for figure, ratio in told["ratios"].items():
        assert ratio == pytest.approx(told["talebearer"][figure] / told["floor"][figure])
    assert set(told["ratios"]) == FIGURES
    assert "Round 1 of 1, talebearer" in done.stderr


@pytest.mark.parametrize("arguments", [("--turns", "0"), ("--rounds", "-1"), ("--at-once", "many")])
def test_numbers_that_make_no_sense_are_refused(arguments: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["reading", *arguments])
    assert ended.value.code == 2
    assert arguments[0] in capsys.readouterr().err


def test_elsewhere_than_on_linux_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert main(["reading"]) == 1
    assert "which darwin has not" in " ".join(capsys.readouterr().err.split())


def test_the_help_names_every_option_with_its_default(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["reading", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    for option, default in (("--turns", "4000"), ("--rounds", "5"), ("--at-once", "8")):
        assert option in told
        assert f"(default: {default})" in told


def test_the_best_run_counts_and_the_spread_is_told() -> None:
    made = report.summary([run(cpu_us=660.0, rate=900.0), run(cpu_us=600.0, p99_ms=20.0), run(cpu_us=630.0)])
    assert (made["cpu_us"], made["rate"], made["p99_ms"]) == (600.0, 1_000.0, 12.0)
    assert made["cpu_spread"] == pytest.approx(0.1)
    assert [each["cpu_us"] for each in made["runs"]] == [660.0, 600.0, 630.0]


@pytest.mark.parametrize(
    ("figures", "reached"),
    [
        ({"cpu_us": 750.0, "rss_idle_mib": 69.0, "first_answer_s": 1.5}, [True, True, True]),
        ({"cpu_us": 751.0, "rss_idle_mib": 69.1, "first_answer_s": 1.51}, [False, False, False]),
        ({"cpu_us": 600.0, "rss_idle_mib": 40.0, "first_answer_s": 1.6}, [True, True, False]),
    ],
)
def test_targets(figures: dict[str, float], reached: list[bool]) -> None:
    told = report.compared({"floor": [run()], "talebearer": [run(**figures)]}, Options(40, 1, 8))
    assert [target["reached"] for target in told["targets"]] == reached
    assert [target["figure"] for target in told["targets"]] == ["cpu_us", "rss_idle_mib", "first_answer_s"]


def test_the_table_names_targets_beside_figures(capsys: pytest.CaptureFixture[str]) -> None:
    runs = {"floor": [run()], "talebearer": [run(cpu_us=720.0, first_answer_s=2.0)]}
    report.print_table(report.compared(runs, Options(4_000, 1, 8)))
    told = capsys.readouterr().out
    assert "best of 1 runs, 4,000 page turns each" in told
    cpu = next(line.split() for line in told.splitlines() if line.startswith("CPU per page turn"))
    assert cpu[5:] == ["600", "720", "1.20", "≤", "1.25", "×", "the", "floor,", "reached"]
    assert "≤ 1.5 s, missed" in told


def test_percentiles() -> None:
    values = [float(number) for number in range(101)]
    assert (percentile(values, 50), percentile(values, 99)) == (50.0, 99.0)
    assert percentile([3.0], 99) == 3.0


async def test_readers_turn_to_the_end_and_begin_again(stage: Stage) -> None:
    async with stage.bot():
        readers = [await opens(person) for person in (stage.mara, stage.jon)]
        assert len(await read_on(readers, 11)) == 11
        assert sum(reader.number - 1 for reader in readers) % 4 == 11 % 4
        assert all(reader.pages == 4 for reader in readers)


async def test_what_was_sent_is_recorded_and_nothing_after(stage: Stage) -> None:
    async with stage.bot():
        reader = await opens(stage.mara)
        messages = await read_through(stage.sandbox, reader)
        assert [shown_page(message["embeds"]) for message in messages] == [(1, 4), (2, 4), (3, 4), (4, 4)]
        assert "Next" in [button["label"] for button in messages[0]["components"][0]["components"]]
        recorded = len(stage.sandbox.exchanges)
        await reader.turn()
        assert len(stage.sandbox.exchanges) == recorded


async def test_a_wrong_page_is_noticed(stage: Stage) -> None:
    async with stage.bot():
        reader = await opens(stage.mara)
        reader.number = 2
        with pytest.raises(BenchFailed, match="Next on page 2 brought page 2"):
            await reader.turn()


async def test_a_story_that_does_not_open_is_noticed(stage: Stage) -> None:
    async with stage.database.write() as db:
        await db.run("DELETE FROM stories")
    async with stage.bot():
        with pytest.raises(BenchFailed, match="No story here is called"):
            await opens(stage.mara)


async def test_lost_places_are_noticed(stage: Stage) -> None:
    async with stage.bot():
        readers = [await opens(person) for person in (stage.mara, stage.jon)]
        await read_on(readers, 5)
    await check_places(stage.database_path, readers)
    async with stage.database.write() as db:
        await db.run("DELETE FROM places WHERE reader_id = :reader", reader=stage.jon.id)
    with pytest.raises(BenchFailed, match="The place of jon is page None, not"):
        await check_places(stage.database_path, readers)


BUSY = """
import threading, time

def burn():
    while time.thread_time() < 0.2:
        pass

thread = threading.Thread(target=burn)
thread.start()
thread.join()
threading.Event().wait()
"""


async def test_a_process_is_charged_for_threads_that_have_ended(tmp_path: Path) -> None:
    (tmp_path / "busy.py").write_text(BUSY, "utf-8")
    async with running(("busy",), {}, tmp_path) as process:
        await process.idle()
        assert 0.2 <= process.cpu < 5.0
        assert 4.0 < process.rss < 100.0
        assert await process.stop() == -signal.SIGTERM


async def test_a_bot_that_ends_at_once_is_noticed(tmp_path: Path) -> None:
    async with running(("tests.bench.nothing",), {}, tmp_path) as process:
        with pytest.raises(BenchFailed, match=r"No module named tests\.bench\.nothing"):
            await process.meanwhile(asyncio.Event().wait())
