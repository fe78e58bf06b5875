"""This room is the builder's chance: a seed, and which spellings that seed may draw."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

HELD_OUT = 1_000  # seeds from here on also draw from what `unseen` holds back
Thing = TypeVar("Thing")


class Chance(Random):
    """Drawn from a seed alone, so that every archive can be made again."""

    def __init__(self, seed: int, salt: str = "") -> None:
        super().__init__(f"{seed}/{salt}")
        self.number = seed

    @property
    def held_out(self) -> bool:
        return self.number >= HELD_OUT

    def of(self, things: Sequence[Thing], unseen: Sequence[Thing] = ()) -> Thing:
        """One of the things; of a held-out seed one of the unseen, where there are any."""
        return self.choice(unseen if self.held_out and unseen else things)

    def likely(self, share: float) -> bool:
        return self.random() < share
