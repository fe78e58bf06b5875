"""This room is the command line of the benchmarks; it judges no machine, so a missed target is no failure."""

import argparse
import sys
from collections.abc import Sequence

import uvloop
from rich.console import Console

from bot.sandbox import CommandRefused, Unanswered
from tests.bench import report
from tests.bench.processes import BenchFailed
from tests.bench.reading import Options, measure_reading

errors = Console(stderr=True, highlight=False, markup=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one benchmark; the exit status is 1 where nothing could be measured or a bot answered wrongly."""
    given = _parser().parse_args(arguments)
    if sys.platform != "linux":
        errors.print(f"The benchmarks read /proc of Linux, which {sys.platform} has not; run them there.")
        return 1
    options = Options(given.turns, given.rounds, given.at_once)
    try:
        runs = uvloop.run(measure_reading(options, errors.print))
    except (BenchFailed, CommandRefused, Unanswered) as failure:
        errors.print(failure)
        return 1
    (report.print_json if given.json else report.print_table)(report.compared(runs, options))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description="Measures Talebearer against the floor: a bare discord.py bot, tuned alike, that sends the very"
        " same messages from memory. Both run in turn as processes of their own against a local Discord in this"
        " process. Of each figure the best run counts; the spread of the CPU figures, (max - min) / min, tells how"
        " quiet the machine was. Linux only.",
    )
    _add_reading(parser)
    return parser


def _add_reading(parser: argparse.ArgumentParser) -> None:
    reading = parser.add_subparsers(title="benchmarks", metavar="BENCHMARK", required=True).add_parser(
        "reading",
        help="readers turn the pages of a long story",
        description="Readers turn the pages of The Long Tide, from the first with its cover to the last with its ways"
        " on, and begin again. Every answer is checked to be the page asked for, and at the end of a run every"
        " reader's place is looked up in the database. The default takes a minute or two.",
    )
    reading.add_argument(
        "--turns", type=_count, default=4_000, help="page turns measured in each run (default: %(default)s)"
    )
    reading.add_argument("--rounds", type=_count, default=5, help="runs of each bot, in turn (default: %(default)s)")
    reading.add_argument(
        "--at-once", type=_count, default=8, help="readers who turn pages at the same time (default: %(default)s)"
    )
    reading.add_argument("--json", action="store_true", help="print one JSON object instead of a table")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, not {text}")
    return number


if __name__ == "__main__":
    sys.exit(main())
