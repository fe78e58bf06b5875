"""This room knows which parts a story has, and which it lacks."""

import math
import string
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.domain.documents import PartLabel

MOST = 1_000
"""Parts that are named one by one as missing; a story "part 1 of 4000000" is a joke or a trap."""


def missing(labels: Iterable[PartLabel | None]) -> tuple[str, ...]:
    """The parts that the numbers of the others, or the total they name, say there must be."""
    known = [label for label in labels if label is not None]
    whole = {int(number) for number, _ in _numbers(known) if number >= 1 and number % 1 == 0}
    last = min(max([*whole, *(label.total or 0 for label in known)], default=0), MOST)
    lacking = [str(number) for number in range(1, last + 1) if number not in whole]
    return (*lacking, *_letters(known))


def doubled(labels: Iterable[PartLabel | None]) -> tuple[str, ...]:
    """The parts that more than one document says it is."""
    counts = Counter((label.number, label.label) for label in labels if label is not None)
    return tuple(name for (_, name), count in sorted(counts.items()) if count > 1)


def is_ordered(labels: Sequence[PartLabel | None]) -> bool:
    numbers = [label.number for label in labels if label is not None]
    return numbers == sorted(numbers)


def _numbers(labels: Iterable[PartLabel]) -> Iterator[tuple[float, str]]:
    return (label.number for label in labels if math.isfinite(label.number[0]))


def _letters(labels: Iterable[PartLabel]) -> Iterator[str]:
    """1a and 1c without 1b."""
    seen: dict[float, set[str]] = defaultdict(set)
    for number, letter in _numbers(labels):
        if letter and letter in string.ascii_lowercase:
            seen[number].add(letter)
    for number, letters in sorted(seen.items()):
        for letter in string.ascii_lowercase[: string.ascii_lowercase.index(max(letters))]:
            if letter not in letters:
                yield f"{number:g}{letter}"
