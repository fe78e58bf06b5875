"""This room says in words what a picture of bars shows, for whoever does not see it."""

from collections.abc import Sequence
from typing import NamedTuple

ALT_LIMIT = 1_024
"""Characters of a file's description (docs.discord.com, Attachment Object)."""


class Panel(NamedTuple):
    """Bars with what stands below each of them; `otherwise` is said where there are none."""

    title: str
    bars: Sequence[tuple[str, int]]
    otherwise: str


def told(panels: Sequence[Panel]) -> str:
    """The same in words, short enough for a file's description."""
    said = " ".join(f"{panel.title}: {_values(panel)}." for panel in panels)
    return said if len(said) <= ALT_LIMIT else said[: ALT_LIMIT - 1] + "…"


def _values(panel: Panel) -> str:
    values = ", ".join(f"{' '.join(label.split())} {value:,}" for label, value in panel.bars)
    return values or panel.otherwise.rstrip(".")
