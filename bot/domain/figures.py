"""This room keeps figures from telling of single readers: none stands for fewer than five."""

import enum
from collections.abc import Iterable, Sequence
from typing import NamedTuple

FEWEST = 5
"""Readers that a figure stands for at least."""
MOST = 12
"""Bars of one plot: more of them nobody reads on a telephone."""


class What(enum.StrEnum):
    """What is counted by days."""

    READS = "reads"
    READERS = "readers"
    LIKES = "likes"
    LETTERS = "letters"


TITLES = {
    What.READS: "Reads (a reader counts once a day)",
    What.READERS: "New readers",
    What.LIKES: "Likes",
    What.LETTERS: "Letters",
}


class Day(NamedTuple):
    """What one day brought: `persons` did it for the first time that day, so that days can be added up."""

    day: int  # days since 1970-01-01, UTC
    value: int
    persons: int


class Bar(NamedTuple):
    """What some days or parts in a row brought together."""

    first: int
    last: int
    value: int


def bars(days: Sequence[Day], *, fewest: int = FEWEST, most: int = MOST) -> list[Bar]:
    """Days in order, put together until each bar stands for enough persons; the newest wait until enough have come."""
    return _few(_together([(day.day, day.value, day.persons) for day in days if day.value], fewest), most)


def stops(readers: Sequence[int], *, fewest: int = FEWEST, most: int = MOST) -> list[Bar]:
    """Readers by part, neighbours put together until each bar stands for enough; a rest joins the last bar."""
    made = _together([(part, count, count) for part, count in enumerate(readers, start=1)], fewest)
    rest = sum(readers) - sum(bar.value for bar in made)
    if made and rest:
        made[-1] = made[-1]._replace(last=len(readers), value=made[-1].value + rest)
    return _few(made, most)


def _together(counted: Iterable[tuple[int, int, int]], fewest: int) -> list[Bar]:
    """Bars of (place, value, persons) in a row, each as soon as it stands for enough persons."""
    made: list[Bar] = []
    first, value, persons = None, 0, 0
    for at, more, new in counted:
        first = at if first is None else first
        value, persons = value + more, persons + new
        if persons >= fewest:
            made.append(Bar(first, at, value))
            first, value, persons = None, 0, 0
    return made


def _few(made: list[Bar], most: int) -> list[Bar]:
    """As many as can be read: neighbours are put together evenly."""
    each = -(-len(made) // most) or 1
    groups = [made[start : start + each] for start in range(0, len(made), each)]
    return [Bar(group[0].first, group[-1].last, sum(bar.value for bar in group)) for group in groups]
