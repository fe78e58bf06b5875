"""This room is what a seed leaves behind: who did what, what was stored, what arrived, and when the bot was there."""

import re
from dataclasses import dataclass, field

MARK = re.compile(r"mark\d+end")
"""What makes a letter known wherever it turns up; no formatting and no escaping touches it."""


def mark(number: int) -> str:
    return f"mark{number}end"


def marks(text: str) -> list[str]:
    """The letters in a message, in the order they stand in it."""
    return MARK.findall(text)


@dataclass(frozen=True, slots=True)
class Act:
    """One interaction as the person saw it."""

    id: int
    person: str
    what: str
    at: float
    words: str | None
    """What was shown for an answer; None where Discord said that the interaction failed."""
    letter: str = ""
    """The mark of the letter that was sent by it; empty for thanks, which have no words."""
    kept: bool = False
    """Whether the person was told that the letter is kept."""
    faults: int = 0
    """How many of the bot's requests to answer it were made to fail."""


@dataclass(frozen=True, slots=True)
class Presence:
    """A time in which the bot could read its gateway undisturbed."""

    start: float
    end: float
    resumed: bool
    """Whether the session of the time before went on, so that what came between was read at its start."""


@dataclass(frozen=True, slots=True)
class Row:
    """A letter in the database."""

    id: int
    interaction: int
    letter: str
    recipient: str
    state: str | None
    """None where it stands in no line at all."""
    due_at: float | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A letter in a direct message."""

    letter: str
    recipient: str
    message: int


@dataclass(frozen=True, slots=True)
class Change:
    """The state of a letter or parcel was written anew."""

    what: str
    before: str
    after: str


@dataclass(slots=True)
class History:
    acts: list[Act] = field(default_factory=list[Act])
    presences: list[Presence] = field(default_factory=list[Presence])
    rows: list[Row] = field(default_factory=list[Row])
    arrivals: list[Arrival] = field(default_factory=list[Arrival])
    changes: list[Change] = field(default_factory=list[Change])
    throttled: list[float] = field(default_factory=list[float])
    """When Discord answered 429 of its own accord."""
    disturbed: list[float] = field(default_factory=list[float])
    """When a process began, or a request was made to fail: what paced the bot's requests may be off for a while."""
    end: float = 0.0
