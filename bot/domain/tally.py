"""This room counts what a process did, for whoever watches over it."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """Numbers that only grow, from the start of the process on."""

    read_late: int = 0
    """Interactions that were older than three seconds when they were read."""
    answered_late: int = 0
    """Answers that came when Discord knew the interaction no more (10062)."""
    tries: Counter[str] = field(default_factory=Counter[str])
    """Direct messages that were tried, by outcome: `delivered`, `later`, `unknown`, … (domain.delivery.Outcome)."""
    delivered: int = 0
    """Letters and notices in the messages that arrived; a long letter counts with each of its pieces."""
