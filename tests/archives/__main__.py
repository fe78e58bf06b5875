"""This room scores the importer: what share of each field is exact, and where it is not."""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from bot.domain.documents import Reading
from bot.formats import manuscript, source
from tests.archives import pipeline
from tests.archives.matrix import Finding, findings
from tests.archives.quirks import QUIRKS

FAILURES = 3  # shown of each quirk and field


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 1 where anything is not exact."""
    given = _parser().parse_args(arguments)
    names = given.quirks or list(QUIRKS)
    found = list(pipeline.findings(seeds(given.seeds)) if given.archives else findings(names, seeds(given.seeds), read))
    (print_json if given.json else print_tables)(found, given.failures)
    return int(any(not each.verdict.right for each in found))


def read(data: bytes, name: str) -> Reading:
    return manuscript.read(source.read(data), name=name)


def seeds(text: str) -> range:
    """`3` or `0-99`."""
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.archives",
        description="Reads generated documents, one quirk of old archives each, and compares every field with the"
        " truth. Seeds from 1000 on are held out: who mends the importer looks at their shares alone.",
    )
    parser.add_argument("quirks", nargs="*", metavar="QUIRK", help="all where none is named")
    parser.add_argument("--seeds", default="0-9", metavar="A-B", help="default: %(default)s")
    parser.add_argument("--archives", action="store_true", help="whole archives instead, one a seed")
    parser.add_argument("--failures", type=int, default=FAILURES, help="shown of each quirk and field")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def shares(found: Iterable[Finding], by: str) -> dict[str, tuple[int, int]]:
    """How many verdicts were right, and how many there were, by quirk or by field."""
    right, all_of = Counter[str](), Counter[str]()
    for each in found:
        name = each.quirk if by == "quirk" else each.verdict.field
        all_of[name] += 1
        right[name] += each.verdict.right
    return {name: (right[name], all_of[name]) for name in all_of}


def failures(found: Iterable[Finding], limit: int) -> list[Finding]:
    """The first of each quirk and field that is not exact."""
    groups: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for each in found:
        if not each.verdict.right:
            groups[each.quirk, each.verdict.field].append(each)
    return [each for group in groups.values() for each in group[:limit]]


def print_json(found: list[Finding], limit: int) -> None:
    report = {
        "quirks": {name: right / total for name, (right, total) in shares(found, "quirk").items()},
        "fields": {name: right / total for name, (right, total) in shares(found, "field").items()},
        "failures": [{**each._asdict(), "verdict": each.verdict._asdict()} for each in failures(found, limit)],
    }
    Console(highlight=False, markup=False, soft_wrap=True).print(json.dumps(report, indent=2))


def print_tables(found: list[Finding], limit: int) -> None:
    console = Console(highlight=False, markup=False, soft_wrap=True)
    for each in failures(found, limit):
        console.print(f"{each.quirk} seed {each.seed} {each.path}: {each.verdict.field}")
        console.print(f"  expected {each.verdict.expected}\n  actual   {each.verdict.actual}")
    for by in ("quirk", "field"):
        console.print(_table(by, shares(found, by)))


def _table(by: str, rows: dict[str, tuple[int, int]]) -> Table:
    table = Table(by, "exact", "of", "share", box=None)
    for name, (right, total) in sorted(rows.items(), key=lambda row: row[1][0] / row[1][1]):
        if by == "field" or right < total:
            table.add_row(name, str(right), str(total), f"{right / total:.1%}")
    table.add_row("all", *_sum(rows.values()))
    return table


def _sum(rows: Iterable[tuple[int, int]]) -> tuple[str, str, str]:
    rights, totals = zip(*rows, strict=True)
    return str(sum(rights)), str(sum(totals)), f"{sum(rights) / sum(totals):.2%}"


if __name__ == "__main__":
    sys.exit(main())
