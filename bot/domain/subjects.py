"""This room names what readers follow and take home: an author, a series, a story."""

import enum
from typing import NamedTuple


class Kind(enum.IntEnum):
    """The numbers stand in custom ids and never change."""

    AUTHOR = 0
    SERIES = 1
    STORY = 2

    @property
    def noun(self) -> str:
        return self.name.lower()


class Subject(NamedTuple):
    """An author, a series or a story that somebody may see."""

    kind: Kind
    id: int
    name: str
