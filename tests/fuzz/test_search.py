"""This room proves that the search runs, and says what it found."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz import __main__ as command
from tests.fuzz import seeds
from tests.shared import CHECKOUT

STEERED = importlib.util.find_spec("atheris") is not None


def test_a_corpus_is_written_with_a_dictionary(tmp_path: Path) -> None:
    seeds.write("html", tmp_path)
    assert len(list((tmp_path / "corpus").iterdir())) > 50
    assert '"<!--"\n' in (tmp_path / "words").read_text("utf-8")
    assert all(path.stat().st_size <= seeds.LARGEST for path in (tmp_path / "corpus").iterdir())


def test_what_broke_a_reader_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    command.report("html", 77, "INFO: seed\n === Uncaught Python exception: ===\nAssertionError: an empty range\n")
    assert capsys.readouterr().out.splitlines()[0] == "html: broken"
    command.report("html", 0, "Done 7 runs in 1 second(s)\n")
    assert capsys.readouterr().out == "html: Done 7 runs in 1 second(s); no law was broken\n"


@pytest.mark.skipif(not STEERED, reason="atheris is an extra of its own")
def test_a_short_search_of_one_reader(tmp_path: Path) -> None:
    arguments = [sys.executable, "-m", "tests.fuzz", "text", "--runs", "300", "--keep", str(tmp_path)]
    ended = subprocess.run(arguments, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout
    assert "text: Done 300 runs" in ended.stdout


@pytest.mark.skipif(STEERED, reason="atheris is installed")
def test_without_atheris_the_search_says_how_to_get_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 1
    assert ".[fuzz]" in capsys.readouterr().out
