"""This room says what was measured of letters: the way in beside the floor, the way out beside its limits."""

import json
import os
import platform
from collections.abc import Sequence
from typing import Any

import discord
from rich.console import Console
from rich.table import Table

from bot.domain.pacing import Limits
from tests.bench.letters import Options, Run, Runs
from tests.bench.relay import Relay
from tests.bench.report import FLOOR, TALEBEARER, spread

Json = dict[str, Any]
PACE = float(Limits().requests_per_second)
LABELS = {
    "cpu_us": "CPU per letter, µs",
    "rate": "letters acknowledged a second",
    "p50_ms": "acknowledged after, p50, ms",
    "p99_ms": "acknowledged after, p99, ms",
}
CPU_RATIO, RELAY_SHARE, BACKLOG_RATIO = 1.5, 0.95, 1.1
"""Times the floor's CPU; of the paced limit; times the CPU of a letter where few wait: a tenth is noise."""


def compared(runs: Runs, relays: tuple[Sequence[Relay], Sequence[Relay]], options: Options) -> Json:
    """Everything that is reported, as one object."""
    told: Json = {
        "benchmark": "letters",
        **options._asdict(),
        "python": platform.python_version(),
        "discord.py": discord.__version__,
        "cores": os.cpu_count(),
        **{name: _summary(runs[name]) for name in (FLOOR, TALEBEARER)},
        "relay": _relay(*relays),
    }
    told["ratios"] = {figure: told[TALEBEARER][figure] / told[FLOOR][figure] for figure in LABELS}
    told["targets"] = _targets(told["ratios"], told["relay"])
    return told


def _summary(runs: Sequence[Run]) -> Json:
    best = {figure: (max if figure == "rate" else min)(getattr(run, figure) for run in runs) for figure in LABELS}
    return {**best, "cpu_spread": spread([run.cpu_us for run in runs]), "runs": [run._asdict() for run in runs]}


def _relay(few: Sequence[Relay], many: Sequence[Relay]) -> Json:
    everything = [*few, *many]
    cheap, dear = (min(run.cpu_us for run in runs) for runs in (few, many))
    return {
        "limit": PACE,
        "rate": max(run.rate for run in everything),
        "too_fast": sum(run.too_fast for run in everything),
        "cpu_us_few": cheap,
        "cpu_us_many": dear,
        "backlog_ratio": dear / cheap,
        "runs": [run._asdict() for run in everything],
    }


def _targets(ratios: Json, relay: Json) -> list[Json]:
    return [
        _target("CPU per letter, times the floor's", ratios["cpu_us"], at_most=CPU_RATIO),
        _target("messages a second, of the paced limit", relay["rate"] / PACE, at_least=RELAY_SHARE),
        _target("429 while letters go out", relay["too_fast"], at_most=0),
        _target("CPU per message, very many waiting, times few", relay["backlog_ratio"], at_most=BACKLOG_RATIO),
    ]


def _target(figure: str, measured: float, *, at_most: float | None = None, at_least: float | None = None) -> Json:
    reached = (at_most is None or measured <= at_most) and (at_least is None or measured >= at_least)
    return {"figure": figure, "measured": measured, "at_most": at_most, "at_least": at_least, "reached": reached}


def print_table(told: Json) -> None:
    table = Table("", "Floor", "Talebearer", "Ratio", box=None, pad_edge=False)
    for figure, label in LABELS.items():
        floor, talebearer = (f"{told[name][figure]:,.1f}" for name in (FLOOR, TALEBEARER))
        table.add_row(label, floor, talebearer, f"{told['ratios'][figure]:.2f}")
    table.add_row("spread of CPU", *(f"{told[name]['cpu_spread']:.0%}" for name in (FLOOR, TALEBEARER)), "")
    console = Console(highlight=False)
    console.print(f"Best of {told['rounds']} runs, {told['letters']:,} letters each, every commit on disk")
    console.print(table)
    for target in told["targets"]:
        goal = f"≤ {target['at_most']}" if target["at_most"] is not None else f"≥ {target['at_least']}"
        verdict = "reached" if target["reached"] else "missed"
        console.print(f"{target['figure']}: {target['measured']:.2f} ({goal}, {verdict})")


def print_json(told: Json) -> None:
    Console(highlight=False, markup=False, soft_wrap=True).print(json.dumps(told, indent=2))
