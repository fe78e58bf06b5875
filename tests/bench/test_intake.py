"""The benchmark of imports runs, its figures agree, and it notices an import that lost something."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bench import intake, tales
from tests.bench.intake import Watched
from tests.bench.processes import BenchFailed
from tests.bench.test_bench import bench

Json = dict[str, Any]


def test_it_prints_one_object() -> None:
    done = bench("intake", "--stories", "12", "--json")
    assert done.returncode == 0, done.stderr
    told: Json = json.loads(done.stdout)
    assert told["stories"] == 12
    for form in ("text", "html"):
        figures = told[form]
        assert figures["MB"] > 12 * tales.SIZE / 1e6
        assert figures["share of the floor"] == pytest.approx(figures["one core, MB/s"] / figures["floor, MB/s"])
        assert figures["peak memory, MB"] > 20
    assert "BeautifulSoup, MB/s" not in told["text"]
    assert told["beside"]["letters"] > 0
    assert told["beside"]["letters wait, p50 ms"] <= told["beside"]["letters wait, p99 ms"]


def test_archives_are_seeded(tmp_path: Path) -> None:
    for name in ("a", "b"):
        tales.write(tmp_path / name, 3, "html", seed=7)
    files = [sorted(path.read_bytes() for path in (tmp_path / name).iterdir()) for name in ("a", "b")]
    assert files[0] == files[1]
    tales.write(tmp_path / "c", 3, "html", seed=8)
    assert files[0] != sorted(path.read_bytes() for path in (tmp_path / "c").iterdir())


def test_targets() -> None:
    one, both = Watched(20.0, "", [100.0, 120.0, 290.0]), Watched(10.0, "", [310.0])
    figures = intake.figures_of(
        100_000_000, one, both, floor=4.0, read=6.0, others={"BeautifulSoup": 5.0, "FanFicFare": 60.0}
    )
    assert (figures["one core, MB/s"], figures["both cores, MB/s"], figures["share of the floor"]) == (5.0, 10.0, 0.2)
    reached = {target["figure"]: target["reached"] for target in figures["targets"]}
    assert reached == {
        "one core, MB/s": True,
        "both cores, MB/s": True,
        "reading, times BeautifulSoup": False,
        "reading, times FanFicFare": True,
        "peak memory, MB": False,
        "memory, last to first third": False,
    }


def test_memory_of_children_counts() -> None:
    burden = "b = bytearray(80_000_000); import time; time.sleep(0.5)"
    start = f"subprocess.run([sys.executable, '-c', {burden!r}])"
    parent = f"import subprocess, sys, threading; threading.Thread(target=lambda: {start}).start()"
    assert max(intake.watched([sys.executable, "-c", parent]).memory) > 80


def test_a_command_that_fails_is_noticed() -> None:
    with pytest.raises(BenchFailed, match="ended with status 3"):
        intake.watched([sys.executable, "-c", "raise SystemExit(3)"])


def test_the_table_names_targets_beside_figures(capsys: pytest.CaptureFixture[str]) -> None:
    one = Watched(20.0, "", [100.0])
    intake.print_table({"text": intake.figures_of(100_000_000, one, one, 4.0, 6.0, {})})
    told = capsys.readouterr().out
    assert "≥ 5, reached" in told
    assert "≥ 8, missed" in told
