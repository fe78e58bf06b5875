"""This room names what there is to be seen, in order, and how far somebody has."""

from collections.abc import Sequence
from typing import NamedTuple

SEPARATOR = "|"
"""Between the names of one episode in a line of a list: "5x22 | The Gift"."""


class EpisodeList(NamedTuple):
    """The episodes of a fandom, or one of several orders they are seen in."""

    id: int
    name: str
    episodes: int
    seen: str = ""  # the line of the last that the asker has seen; empty: none


class Progress(NamedTuple):
    """How far somebody has seen a list: its lines in order, and the line of the last they saw."""

    lines: Sequence[str]
    last: str
