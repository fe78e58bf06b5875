"""This room is what a picture of bars shows, and the same in words for whoever does not see it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from bot.domain.figures import Bar, Day, bars

FEW = "No figure yet: each stands for five readers at least."
ALT_LIMIT = 1_024
"""Characters of a file's description (docs.discord.com, Attachment Object)."""


class Panel(NamedTuple):
    """Bars with what stands below each of them; `otherwise` is said where there are none."""

    title: str
    bars: Sequence[tuple[str, int]]
    otherwise: str


def timeline(title: str, days: Sequence[Day]) -> Panel:
    """What days brought, put together so that no bar tells of few readers."""
    return Panel(title, [(_span(bar), bar.value) for bar in bars(days)], FEW)


def _span(bar: Bar) -> str:
    """Two lines: the first day and the last, or the only one with its year."""
    first, last = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in (bar.first, bar.last))
    if bar.first == bar.last:
        return f"{first.day} {first:%b}\n{first.year}"
    return f"{first.day} {first:%b} –\n{last.day} {last:%b} {last.year}"


def picture(panels: Sequence[Panel]) -> bytes:
    """A PNG of the panels, from the top down; it takes its time."""
    from bot.formats.plots import draw  # with a drawing library, where the first picture is made

    return draw(panels)


def told(panels: Sequence[Panel]) -> str:
    """The same in words, short enough for a file's description."""
    said = " ".join(f"{panel.title}: {_values(panel)}." for panel in panels)
    return said if len(said) <= ALT_LIMIT else said[: ALT_LIMIT - 1] + "…"


def _values(panel: Panel) -> str:
    values = ", ".join(f"{' '.join(label.split())} {value:,}" for label, value in panel.bars)
    return values or panel.otherwise.rstrip(".")
