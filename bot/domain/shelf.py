"""This room names what a reader keeps of stories."""

import enum
from typing import NamedTuple

from bot.domain.models import Story


class Mark(enum.StrEnum):
    """What a reader says of a whole story."""

    LIKED = "liked"
    LATER = "later"
    FINISHED = "finished"
    DROPPED = "dropped"


EXCLUDES = {
    Mark.LIKED: frozenset[Mark](),
    Mark.LATER: frozenset({Mark.FINISHED, Mark.DROPPED}),
    Mark.FINISHED: frozenset({Mark.LATER, Mark.DROPPED}),
    Mark.DROPPED: frozenset({Mark.LATER, Mark.FINISHED}),
}
"""The marks that a new one takes the place of: nobody has finished what they still mean to read."""


class Board(enum.IntEnum):
    """The boards of a shelf; their numbers stand in custom ids and never change."""

    HISTORY = 0
    BOOKMARKS = 1
    LIKED = 2
    LATER = 3
    FINISHED = 4
    DROPPED = 5

    @property
    def mark(self) -> Mark:
        """The mark that a board collects."""
        return Mark(self.name.lower())


class Item(NamedTuple):
    """One thing on a board: a story, where in it, and the note of a bookmark."""

    id: int  # of the bookmark; elsewhere of the story
    story: Story
    at: float
    note: str = ""
    page: int | None = None  # where the reader is, or set the bookmark


class Count(NamedTuple):
    """How many things of a board an audience may see."""

    shown: int
    hidden: int
