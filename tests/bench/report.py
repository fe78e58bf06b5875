"""This room compares what was measured: figures side by side, their ratios, and the targets they have to reach."""

import json
import os
import platform
from typing import Any, NamedTuple

import discord
from rich.console import Console
from rich.table import Table

from tests.bench.readers import STORY
from tests.bench.reading import Options, Run, Runs

Json = dict[str, Any]
FLOOR, TALEBEARER = "floor", "talebearer"


class Target(NamedTuple):
    """What a figure has to reach."""

    figure: str
    limit: float
    of: str  # "ratios": times the floor's; "talebearer": its own figure


TARGETS = (
    Target("cpu_us", 1.25, "ratios"),
    Target("rss_idle_mib", 1.5, "ratios"),
    Target("first_answer_s", 1.5, TALEBEARER),
)
LABELS = {
    "cpu_us": "CPU per page turn, µs",
    "rate": "page turns a second",
    "p50_ms": "answered after, p50, ms",
    "p99_ms": "answered after, p99, ms",
    "rss_idle_mib": "RSS idle, MiB",
    "rss_loaded_mib": "RSS under load, MiB",
    "first_answer_s": "start to first answer, s",
}


def compared(runs: Runs, options: Options) -> Json:
    """Everything that is reported, as one object."""
    floor, talebearer = (summary(runs[name]) for name in (FLOOR, TALEBEARER))
    ratios = {figure: talebearer[figure] / floor[figure] for figure in LABELS}
    compared: Json = {
        "benchmark": "reading",
        "story": STORY,
        **options._asdict(),
        "python": platform.python_version(),
        "discord.py": discord.__version__,
        "cores": os.cpu_count(),
        FLOOR: floor,
        TALEBEARER: talebearer,
        "ratios": ratios,
    }
    compared["targets"] = [_judged(target, compared[target.of][target.figure]) for target in TARGETS]
    return compared


def summary(runs: list[Run]) -> Json:
    """The best of each figure, the spread of the CPU figures, and every run."""
    best = {figure: (max if figure == "rate" else min)(getattr(run, figure) for run in runs) for figure in LABELS}
    return {**best, "cpu_spread": spread([run.cpu_us for run in runs]), "runs": [run._asdict() for run in runs]}


def spread(values: list[float]) -> float:
    """(max - min) / min: 0.05 means that the worst run took 5 % more than the best."""
    return (max(values) - min(values)) / min(values)


def _judged(target: Target, measured: float) -> Json:
    return {**target._asdict(), "measured": measured, "reached": measured <= target.limit}


def print_json(compared: Json) -> None:
    Console(highlight=False, markup=False, soft_wrap=True).print(json.dumps(compared, indent=2))


def print_table(compared: Json) -> None:
    table = Table("", "Floor", "Talebearer", "Ratio", "Target", box=None, pad_edge=False)
    goals = {target["figure"]: _goal(target) for target in compared["targets"]}
    for figure, label in LABELS.items():
        floor, talebearer = (_number(compared[name][figure]) for name in (FLOOR, TALEBEARER))
        table.add_row(label, floor, talebearer, f"{compared['ratios'][figure]:.2f}", goals.get(figure, ""))
    table.add_row("spread of CPU", *(f"{compared[name]['cpu_spread']:.0%}" for name in (FLOOR, TALEBEARER)), "", "")
    console = Console(highlight=False)
    console.print(f"{STORY}: best of {compared['rounds']} runs, {compared['turns']:,} page turns each")
    console.print(table)


def _goal(target: Json) -> str:
    limit = f"≤ {target['limit']} {'× the floor' if target['of'] == 'ratios' else 's'}"
    return f"{limit}, {'reached' if target['reached'] else 'missed'}"


def _number(value: float) -> str:
    return f"{value:,.2f}" if value < 10 else f"{value:,.1f}" if value < 100 else f"{value:,.0f}"
