"""This room is the command line of the search: a process for each reader, and what came of it."""

import argparse
import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from tests.fuzz import seeds
from tests.fuzz.laws import CONTAINERS, READERS

SECONDS = 30  # for each reader where nothing is said
SLOWEST = 10  # seconds that one input may take
console = Console(highlight=False, markup=False, soft_wrap=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 1 where a reader broke a law, crashed or hung; the input is kept."""
    given = _parser().parse_args(arguments)
    if importlib.util.find_spec("atheris") is None:
        console.print('The search is steered by atheris, which is not installed: pip install -e ".[fuzz]".')
        return 1
    readers = [given.reader] if given.reader else [*READERS, *CONTAINERS]
    broken = [reader for reader in readers if not survives(reader, _limits(given), given.keep)]
    return int(bool(broken))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz",
        description="Searches for bytes that crash a reader or break its accounting, steered by the code they reach.",
    )
    parser.add_argument("reader", nargs="?", choices=[*READERS, *CONTAINERS], help="default: each in turn")
    limit = parser.add_mutually_exclusive_group()
    limit.add_argument("--runs", type=int, help="inputs for each reader")
    limit.add_argument("--seconds", type=int, default=SECONDS, help="for each reader (default: %(default)s)")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()), help="where inputs that break it go")
    return parser


def _limits(given: argparse.Namespace) -> list[str]:
    return [f"-runs={given.runs}"] if given.runs else [f"-max_total_time={given.seconds}"]


def survives(reader: str, limits: list[str], keep: Path) -> bool:
    """Whether no input broke it; prints how many there were."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seeds.write(reader, folder)
        flags = [*limits, f"-max_len={seeds.LARGEST}", f"-timeout={SLOWEST}", f"-dict={folder / 'words'}"]
        command = [sys.executable, "-m", "tests.fuzz.target", reader, *flags, f"-artifact_prefix={keep}/{reader}-"]
        ended = subprocess.run([*command, str(folder / "corpus")], capture_output=True, text=True, check=False)
    report(reader, ended.returncode, ended.stdout + ended.stderr)
    return not ended.returncode


def report(reader: str, status: int, output: str) -> None:
    lines = output.splitlines()
    done = next((line for line in reversed(lines) if line.startswith("Done ")), "")
    if not status:
        console.print(f"{reader}: {done or 'done'}; no law was broken")
        return
    told = next((at for at, line in enumerate(lines) if "Uncaught Python exception" in line), max(0, len(lines) - 12))
    console.print(f"{reader}: broken\n" + "\n".join(lines[told : told + 40]))


if __name__ == "__main__":
    sys.exit(main())
