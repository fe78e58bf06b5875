"""This room counts what an operator wants to see, and writes it as Prometheus reads it."""

import logging
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bot.store import census
from bot.store.database import Database

Labels = tuple[tuple[str, str], ...]


class Metric(NamedTuple):
    """One family of samples (prometheus.io/docs, Exposition formats: Text-based format)."""

    name: str
    kind: str  # counter | gauge
    told: str
    samples: Mapping[Labels, float]


class Counting(logging.Handler):
    """Counts the lines of the log by level, and interactions by kind: what goes wrong shows in the one or the other."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Counter[str] = Counter()
        self.interactions: Counter[str] = Counter()
        self.refused = 0
        self.started_at = time.time()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines[record.levelname.lower()] += 1

    def metrics(self) -> Iterator[Metric]:
        yield Metric("talebearer_start_time_seconds", "gauge", "When it began to serve.", {(): self.started_at})
        yield Metric("talebearer_log_lines_total", "counter", "Lines of the log.", _by("level", self.lines))
        yield Metric(
            "talebearer_interactions_total", "counter", "Interactions that came.", _by("kind", self.interactions)
        )
        yield Metric(
            "talebearer_refused_total", "counter", "Answers of Discord's with 401, 403 or 429.", {(): self.refused}
        )


async def of_database(database: Database) -> list[Metric]:
    """What the archive holds, over all servers."""
    counts = await census.everything(database.reader)
    size = database.path.stat().st_size if database.path.exists() else 0
    return [
        Metric("talebearer_stories", "gauge", "Stories by state.", _by("state", counts.stories)),
        Metric("talebearer_outbox", "gauge", "Letters and notices by state.", _by("state", counts.outbox)),
        Metric("talebearer_archives", "gauge", "Archives.", {(): counts.archives}),
        Metric("talebearer_database_bytes", "gauge", "Size of the database file.", {(): size}),
    ]


def _by(label: str, counted: Mapping[str, float]) -> dict[Labels, float]:
    return {((label, value),): count for value, count in sorted(counted.items())}


def exposed(metrics: Iterable[Metric]) -> str:
    """The text that Prometheus reads."""
    return "".join(_family(metric) for metric in metrics)


def _family(metric: Metric) -> str:
    samples = "".join(f"{metric.name}{_labels(labels)} {value:g}\n" for labels, value in metric.samples.items())
    return f"# HELP {metric.name} {metric.told}\n# TYPE {metric.name} {metric.kind}\n{samples}"


def _labels(labels: Labels) -> str:
    told = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels)
    return f"{{{told}}}" if told else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
