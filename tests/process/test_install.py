"""A stranger's first minute: installed into an empty environment, started from another folder, on a terminal."""

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.house.test_readme import TRY
from tests.process.running import environment
from tests.shared import CHECKOUT

ADDRESS = re.compile(rb"http://127\.0\.0\.1:\d+/[\w-]{16,}/")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, CHECKOUT], folder)
    [built] = folder.glob("*.whl")
    return built


def _run(command: list[str | Path], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, env=_environment(folder))
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the checkout: what is not in the wheel is missing."""
    kept = dict(environment(folder))
    del kept["PYTHONPATH"], kept["DATABASE_URL"]
    return kept


@pytest.mark.timeout(300)
def test_the_wheel_brings_everything(tmp_path: Path, wheel: Path) -> None:
    _run([sys.executable, "-m", "venv", "empty"], tmp_path)
    programs = tmp_path / "empty" / "bin"
    _run([programs / "pip", "install", "--quiet", wheel], tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert _run([programs / "talebearer", "--version"], elsewhere).startswith("talebearer 0.")
    _try_it([str(programs / "talebearer")], elsewhere)
    assert list(elsewhere.iterdir()) == [], "trying it leaves nothing behind"


@pytest.mark.timeout(300)
def test_the_first_command_of_the_readme(tmp_path: Path) -> None:
    clone = tmp_path / "talebearer"
    leave = shutil.ignore_patterns(".*", "__pycache__", "*.db*", "*.egg-info", "dist", "build")
    shutil.copytree(CHECKOUT, clone, ignore=leave)
    _try_it(["bash", "-c", TRY], clone)
    assert not list((clone / "data").glob("*.db"))


def _try_it(command: list[str], folder: Path) -> None:
    """Starts it on a terminal, opens the page it names, and ends it with Ctrl-C."""
    with _on_a_terminal(command, folder) as (process, terminal):
        address = _address(terminal)
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert b"<html" in answer.read()
        os.write(terminal, b"\x03")
        while _read(terminal):
            pass
        assert process.wait(timeout=20) in (0, -signal.SIGINT)


@contextmanager
def _on_a_terminal(command: list[str], folder: Path) -> Generator[tuple[subprocess.Popen[bytes], int]]:
    ours, theirs = pty.openpty()
    # As its own session on that terminal, so that Ctrl-C reaches everything started on it.
    process = subprocess.Popen(
        ["setsid", "--ctty", *command], cwd=folder, env=_environment(folder), stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    try:
        yield process, ours
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        os.close(ours)


def _address(terminal: int) -> str:
    seen = b""
    while not (found := ADDRESS.search(seen)):
        more = _read(terminal)
        assert more, f"it ended without an address: {seen.decode(errors='replace')}"
        seen += more
    return found[0].decode()


def _read(terminal: int) -> bytes:
    """What is printed next; empty once nobody holds the other end."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""
