"""This room is the command line of the benchmarks; it judges no machine, so a missed target is no failure."""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

import uvloop
from rich.console import Console

from bot.sandbox import CommandRefused, Unanswered
from tests.bench import letters, letters_report, reading, report
from tests.bench.letters import measure_letters
from tests.bench.processes import BenchFailed
from tests.bench.reading import measure_reading
from tests.bench.relay import measure_relay

errors = Console(stderr=True, highlight=False, markup=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one benchmark; the exit status is 1 where nothing could be measured or a bot answered wrongly."""
    given = _parser().parse_args(arguments)
    if sys.platform != "linux":
        errors.print(f"The benchmarks read /proc of Linux, which {sys.platform} has not; run them there.")
        return 1
    try:
        given.measure(given)
    except (BenchFailed, CommandRefused, Unanswered) as failure:
        errors.print(failure)
        return 1
    return 0


def _reading(given: argparse.Namespace) -> None:
    options = reading.Options(given.turns, given.rounds, given.at_once)
    runs = uvloop.run(measure_reading(options, errors.print))
    (report.print_json if given.json else report.print_table)(report.compared(runs, options))


def _letters(given: argparse.Namespace) -> None:
    options = letters.Options(given.letters, given.rounds, given.at_once, given.backlog)
    runs = uvloop.run(measure_letters(options, errors.print))
    relays = uvloop.run(measure_relay(options.backlog, options.rounds, errors.print))
    told = letters_report.compared(runs, relays, options)
    (letters_report.print_json if given.json else letters_report.print_table)(told)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description="Measures Talebearer against the floor: a bare discord.py bot, tuned alike, that sends the very"
        " same messages from memory. Both run in turn as processes of their own against a local Discord in this"
        " process. Of each figure the best run counts; the spread of the CPU figures, (max - min) / min, tells how"
        " quiet the machine was. Linux only.",
    )
    benchmarks = parser.add_subparsers(title="benchmarks", metavar="BENCHMARK", required=True)
    for made in (_add_reading(benchmarks), _add_letters(benchmarks)):
        made.add_argument("--rounds", type=_count, default=5, help="runs of each bot, in turn (default: %(default)s)")
        made.add_argument("--at-once", type=_count, default=8, help="people at the same time (default: %(default)s)")
        made.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    return parser


Benchmarks = Any
"""argparse names the type of what it gives for sub-commands in its stubs alone."""


def _add_reading(benchmarks: Benchmarks) -> argparse.ArgumentParser:
    made = benchmarks.add_parser(
        "reading",
        help="readers turn the pages of a long story",
        description="Readers turn the pages of The Long Tide, from the first with its cover to the last with its ways"
        " on, and begin again. Every answer is checked to be the page asked for, and at the end of a run every"
        " reader's place is looked up in the database. The default takes a minute or two.",
    )
    made.add_argument(
        "--turns", type=_count, default=4_000, help="page turns measured in each run (default: %(default)s)"
    )
    made.set_defaults(measure=_reading)
    return made


def _add_letters(benchmarks: Benchmarks) -> argparse.ArgumentParser:
    made = benchmarks.add_parser(
        "letters",
        help="letters are stored, and go out",
        description="People send forms; the floor stores each by one statement and one commit, on disk before it says"
        " so, as Talebearer's are. Then letters go out to authors, first where a hundred wait and then where very many"
        " do. The default takes some minutes.",
    )
    made.add_argument(
        "--letters", type=_count, default=2_000, help="letters measured in each run (default: %(default)s)"
    )
    made.add_argument(
        "--backlog", type=_count, default=100_000, help="letters that wait in the second case (default: %(default)s)"
    )
    made.set_defaults(measure=_letters)
    return made


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, not {text}")
    return number


if __name__ == "__main__":
    sys.exit(main())
