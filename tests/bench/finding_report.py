"""This room compares what finding took in archives of several sizes, and holds it against the targets."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.finding import SEARCHED, UNDER_LOAD, Figures, Served, Soaked

Json = dict[str, Any]
DEAR = 1.5
"""How much more CPU a page, a list or a suggestion may take in the largest archive than in the smallest."""


def compared(floor: Served, served: Mapping[int, Served], soaked: Soaked | None) -> Json:
    """Figures of each archive beside the floor's, and the targets: those of a million hold of the largest."""
    return {
        "finding": {
            "floor": _told(floor),
            "archives": {str(stories): _told(each) for stories, each in sorted(served.items())},
            "memory": None if soaked is None else soaked._asdict(),
            "targets": [
                {"what": what, "limit": limit, "measured": measured, "reached": measured <= limit}
                for what, limit, measured in _targets(floor, served, soaked)
            ],
        }
    }


def _told(served: Served) -> Json:
    return {
        "alone": {name: figures._asdict() for name, figures in served.alone.items()},
        "searching": {name: figures._asdict() for name, figures in served.searching.items()},
        "rss_mib": served.rss_mib,
    }


def _targets(floor: Served, served: Mapping[int, Served], soaked: Soaked | None) -> Iterator[tuple[str, float, float]]:
    smallest, largest = served[min(served)], served[max(served)]
    turn = largest.alone["page turn"].cpu_us
    yield "page turn, CPU, times the floor's", 1.25, turn / floor.alone["page turn"].cpu_us
    yield "page turn while searching, p99, ms", 50, largest.searching["page turn"].p99_ms
    for name in UNDER_LOAD[1:]:
        yield f"{name}, p99, ms", 25, largest.alone[name].p99_ms
    for name in SEARCHED:
        yield f"{name}, p99, ms", 250, largest.alone[name].p99_ms
    if len(served) > 1:
        for name in UNDER_LOAD:
            yield f"{name}, CPU, times the smallest archive's", DEAR, _ratio(largest, smallest, name)
    if soaked is not None:
        yield "RSS, MB", 120, soaked.rss_mib * 1.048576
        yield "RSS, MB for each 10,000 acts", 1, soaked.slope_mib * 1.048576


def _ratio(largest: Served, smallest: Served, name: str) -> float:
    return largest.alone[name].cpu_us / smallest.alone[name].cpu_us


def print_tables(told: Json) -> None:
    finding = told["finding"]
    console = Console(highlight=False)
    table = Table("p50 / p99, ms · CPU, µs", "Floor", *_columns(finding), box=None, pad_edge=False)
    for name in finding["floor"]["alone"]:
        cells = [_cell(served["alone"][name]) for served in (finding["floor"], *finding["archives"].values())]
        table.add_row(name, *cells)
    for name in UNDER_LOAD:
        cells = [_cell(served["searching"][name]) for served in finding["archives"].values()]
        table.add_row(f"{name}, while searching", "", *cells)
    console.print(table)
    for target in finding["targets"]:
        console.print(
            f"{target['what']}: {target['measured']:.2f}, ≤ {target['limit']},"
            f" {'reached' if target['reached'] else 'missed'}"
        )


def _columns(finding: Json) -> list[str]:
    return [f"{int(stories):,} stories" for stories in finding["archives"]]


def _cell(figures: Json) -> str:
    made = Figures(**figures)
    return f"{made.p50_ms:.1f} / {made.p99_ms:.1f} · {made.cpu_us:,.0f}"
