"""This room is the command line of the faults: how many seeds, how many at once, and what became of them."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from rich.console import Console

from tests.faults.mutants import MUTANTS
from tests.faults.pulse import MARGIN
from tests.faults.seed import Verdict, judge

errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
output = Console(highlight=False, markup=False, soft_wrap=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the seeds; the exit status is 1 where one of them found something."""
    given = _parser().parse_args(arguments)
    if sys.platform != "linux":
        errors.print(f"The faults need the signals and limits of Linux, which {sys.platform} has not; run them there.")
        return 1
    numbers = [given.seed] if given.seed is not None else range(given.first, given.first + given.seeds)
    verdicts = sorted(_told(_run(numbers, given.jobs, given.mutant)), key=lambda verdict: verdict.seed)
    summary = summed(verdicts)
    if given.json:
        output.print(json.dumps(summary, indent=2))
    else:
        _print(summary)
    return int(bool(summary["failed"]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults",
        description="Lets everything go wrong with the bot that can, by seeds: a seed draws what happens, the bot runs"
        " as a process on a local Discord, and a checker reads what became of every letter and of everybody who waited"
        " for an answer. A seed takes at most 8 s. Linux only.",
    )
    parser.add_argument("--seeds", type=int, default=12, help="how many (default: %(default)s)")
    parser.add_argument("--first", type=int, default=1, help="the first of them (default: %(default)s)")
    parser.add_argument("--seed", type=int, help="this one alone: what it draws is always the same")
    parser.add_argument("--jobs", type=int, default=1, help="how many at the same time (default: %(default)s)")
    parser.add_argument("--mutant", choices=sorted(MUTANTS), help="take this out of the bot, to see the checker notice")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of sentences")
    return parser


def _run(numbers: Iterable[int], jobs: int, mutant: str | None) -> Iterator[Verdict]:
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(judge, number, mutant) for number in numbers]
        for future in futures:
            yield future.result()


def _told(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    for verdict in verdicts:
        busy = f", waited {verdict.waited:.2f} s in one for a processor" if verdict.waited > MARGIN else ""
        again = f", the {verdict.again + 1}. time" if verdict.again else ""
        errors.print(f"seed {verdict.seed}: {len(verdict.violations)} violations, {verdict.seconds:.1f} s{busy}{again}")
        for sentence in verdict.violations:
            errors.print(f"  {sentence}")
        yield verdict


def summed(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """All seeds as one object; of those that failed, everything."""
    kinds = Counter(sentence.partition(":")[0] for verdict in verdicts for sentence in verdict.violations)
    return {
        "seeds": len(verdicts),
        "failed": [verdict.report() for verdict in verdicts if verdict.violations],
        "violations": dict(kinds),
        "figures": dict(sum((verdict.figures for verdict in verdicts), Counter[str]())),
        "slowest_s": max((verdict.seconds for verdict in verdicts), default=0.0),
    }


def _print(summary: dict[str, Any]) -> None:
    for name, number in sorted(summary["figures"].items()):
        output.print(f"{name}: {number:,}")
    for verdict in summary["failed"]:
        output.print(f"seed {verdict['seed']} (again with --seed {verdict['seed']}): {'; '.join(verdict['strokes'])}")
        for sentence in verdict["violations"]:
            output.print(f"  {sentence}")
    output.print(
        f"{summary['seeds']} seeds, {len(summary['failed'])} failed, the slowest took {summary['slowest_s']:.1f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
