"""This room is the command line of the benchmarks: `python -m tests.bench NAME`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import uvloop
from rich.console import Console

from bot.sandbox import CommandRefused, Unanswered
from tests.bench import finding_report, hostile, intake, letters, letters_report, reading, report
from tests.bench.catalogues import cache, catalogue
from tests.bench.finding import measure_all
from tests.bench.letters import measure_letters
from tests.bench.processes import BenchFailed
from tests.bench.reading import measure_reading
from tests.bench.relay import measure_relay
from tests.bench.starting import measure_starting, print_starts

Benchmarks: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
FLOOR = (
    "Measures Talebearer against the floor: a bare discord.py bot, tuned alike, that sends the very same messages from"
    " memory. Both run in turn as processes of their own against a local Discord in this process. The spread of the CPU"
    " figures, (max - min) / min, tells how quiet the machine was. "
)
LARGE = 1_000_000
errors = Console(stderr=True, highlight=False, markup=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one benchmark; returns the exit status: 1 where it could not be measured."""
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
    told = report.compared(runs, options)
    sizes: list[int] = sorted({*given.stories, LARGE} if given.large else {*given.stories})
    if sizes:
        archives = {stories: catalogue(stories, given.cache, errors.print) for stories in sizes}
        told |= finding_report.compared(
            *uvloop.run(measure_all(archives, given.acts, given.rounds, given.soak, errors.print))
        )
    (report.print_json if given.json else report.print_table)(told)
    if sizes and not given.json:
        finding_report.print_tables(told)


def _letters(given: argparse.Namespace) -> None:
    options = letters.Options(given.letters, given.rounds, given.at_once, given.backlog)
    runs = uvloop.run(measure_letters(options, errors.print))
    relays = uvloop.run(measure_relay(options.backlog, options.rounds, errors.print))
    told = letters_report.compared(runs, relays, options)
    (letters_report.print_json if given.json else letters_report.print_table)(told)


def _starting(given: argparse.Namespace) -> None:
    starts = uvloop.run(measure_starting(given.rounds))
    print_starts(starts, as_json=given.json)


def _hostile(given: argparse.Namespace) -> None:
    growths = list(hostile.measured(given.shapes, given.smallest, given.rounds))
    (hostile.print_json if given.json else hostile.print_table)(growths)


def _intake(given: argparse.Namespace) -> None:
    options = intake.Options(given.stories, given.forms, beside=not given.alone)
    measured = intake.measure(options, errors.print)
    (intake.print_json if given.json else intake.print_table)(measured)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description="Measures Talebearer; of each figure the best run counts. Linux only.",
    )
    benchmarks = parser.add_subparsers(title="benchmarks", metavar="BENCHMARK", required=True)
    for add in (_add_reading, _add_letters, _add_starting, _add_hostile, _add_intake):
        made = add(benchmarks)
        made.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    return parser


def _add_reading(benchmarks: Benchmarks) -> argparse.ArgumentParser:
    made = benchmarks.add_parser(
        "reading",
        help="readers turn the pages of a long story",
        description=FLOOR + "Readers turn the pages of The Long Tide, from the first with its cover to the last with"
        " its ways on, and begin again. Every answer is checked to be the page asked for, and at the end of a run every"
        " reader's place is looked up in the database. The default takes some minutes.",
    )
    made.add_argument(
        "--turns", type=_count, default=4_000, help="page turns measured in each run (default: %(default)s)"
    )
    _add_rounds(made)
    made.add_argument(
        "--stories", type=_count, nargs="*", default=[1_000, 100_000], help="archives to find in (default: %(default)s)"
    )
    made.add_argument("--large", action="store_true", help="also one of a million stories: 5 GB, built once in minutes")
    made.add_argument("--acts", type=_count, default=500, help="acts of each kind (default: %(default)s)")
    made.add_argument("--soak", type=int, default=0, help="acts over which memory is watched (default: %(default)s)")
    made.add_argument("--cache", type=Path, default=cache(), help="where archives are kept (default: %(default)s)")
    made.set_defaults(measure=_reading)
    return made


def _add_letters(benchmarks: Benchmarks) -> argparse.ArgumentParser:
    made = benchmarks.add_parser(
        "letters",
        help="letters are stored, and go out",
        description=FLOOR + "People send forms; the floor stores each by one statement and one commit, on disk before"
        " it says so, as Talebearer's are. Then letters go out to authors, first where a hundred wait and then where"
        " very many do. The default takes some minutes.",
    )
    made.add_argument(
        "--letters", type=_count, default=2_000, help="letters measured in each run (default: %(default)s)"
    )
    made.add_argument(
        "--backlog", type=_count, default=100_000, help="letters that wait in the second case (default: %(default)s)"
    )
    _add_rounds(made)
    made.set_defaults(measure=_letters)
    return made


def _add_rounds(made: argparse.ArgumentParser) -> None:
    made.add_argument("--rounds", type=_count, default=5, help="runs of each bot, in turn (default: %(default)s)")
    made.add_argument("--at-once", type=_count, default=8, help="people at the same time (default: %(default)s)")


def _add_starting(benchmarks: Benchmarks) -> argparse.ArgumentParser:
    made = benchmarks.add_parser(
        "start",
        help="from `talebearer try` to a page one can use",
        description="Starts `talebearer try` as a process, and stops the clock when it prints its address, and when the"
        " page there lists the commands. The target is under 3 s; the best start counts.",
    )
    made.add_argument("--rounds", type=_count, default=3, help="starts (default: %(default)s)")
    made.set_defaults(measure=_starting)
    return made


def _add_hostile(benchmarks: Benchmarks) -> argparse.ArgumentParser:
    made = benchmarks.add_parser(
        "hostile",
        help="documents that are meant to hurt the importer's readers",
        description="Doubles each hostile shape four times and prints the ratios of the work: 2 is linear.",
    )
    made.add_argument("shapes", nargs="*", metavar="SHAPE", help="all where none is named")
    made.add_argument(
        "--smallest", type=_count, default=hostile.SMALLEST, help="bytes before doubling (default: %(default)s)"
    )
    made.add_argument("--rounds", type=_count, default=2, help="readings of each size (default: %(default)s)")
    made.set_defaults(measure=_hostile)
    return made


def _add_intake(benchmarks: Benchmarks) -> argparse.ArgumentParser:
    made = benchmarks.add_parser(
        "intake",
        help="an import of many stories",
        description="Imports generated archives of plain text and of web pages, on one core and on all, beside the"
        " floor (the same rows into SQLite without parsing) and BeautifulSoup's reading of the same pages to plain"
        " text; then once more beside the services of a running bot. The default takes several minutes.",
    )
    made.add_argument("--stories", type=_count, default=10_000, help="15 KB each (default: %(default)s)")
    made.add_argument("--forms", nargs="+", choices=intake.FORMS, default=intake.FORMS, help="default: both")
    made.add_argument("--alone", action="store_true", help="leave out the import beside a bot")
    made.set_defaults(measure=_intake)
    return made


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, not {text}")
    return number


if __name__ == "__main__":
    sys.exit(main())
