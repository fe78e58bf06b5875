"""This room is the life of a letter between the moment it is stored and the moment it is read."""

import enum
from dataclasses import dataclass

NONCE_WINDOW = 60.0
"""Seconds within which Discord surely still answers a repeated nonce with the first message.

Its documentation says "the past few minutes" (Create Message, `enforce_nonce`); a minute is safe."""

LEASE = 45.0
"""Seconds a postman may hold a letter."""

PATIENCE = 35.0
"""Seconds it waits for one delivery, well within the lease, so that a live one is never robbed."""

CLOSED = 86_400.0
"""Seconds for which an author who takes no direct messages is not tried again: each try is a 403 that counts."""

RETRIES = (5.0, 30.0, 120.0, 600.0, 3_600.0, 21_600.0, 86_400.0)
"""Seconds to the next try after the first, second, … failure; after the last the letter is parked."""


class State(enum.StrEnum):
    """Where a letter is."""

    WAITING = "waiting"  # for an author who is not here yet or takes no direct messages
    READY = "ready"  # to go out at `due_at`
    LEASED = "leased"  # a postman is on the way with it
    UNKNOWN = "unknown"  # it may have arrived: nobody answered
    DELIVERED = "delivered"  # Discord took it; nobody knows whether it was read
    PARKED = "parked"  # it cannot go out as it is; moderators see it


@dataclass(frozen=True, slots=True)
class Delivered:
    """Discord took the message."""

    channel_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Later:
    """Not now; after `after` seconds where Discord said so."""

    reason: str
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Never:
    """This way is closed: the author takes no direct messages from the bot."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """This text cannot go, whoever it is for."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request went out and no answer came back, now or at an earlier try."""

    reason: str
    after: float | None = None


Outcome = Delivered | Later | Never | Refused | Unknown


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of a letter after a try."""

    state: State
    due_at: float | None = None  # seconds since the epoch
    problem: str = ""


def next_step(outcome: Outcome, failures: int, now: float, jitter: float = 0.0) -> Step:
    """What follows a try after `failures` earlier ones; `jitter` of 0 to 1 spreads retries by a tenth of the delay."""
    match outcome:
        case Delivered():
            return Step(State.DELIVERED)
        case Never(reason):
            return Step(State.WAITING, problem=reason)
        case Refused(reason):
            return Step(State.PARKED, problem=reason)
        case Later(reason, after) | Unknown(reason, after):
            if failures >= len(RETRIES):
                return Step(State.PARKED, problem=reason)
            state = State.UNKNOWN if isinstance(outcome, Unknown) else State.READY
            delay = RETRIES[failures] * (1 + jitter / 10)
            return Step(state, due_at=now + max(delay, after or 0.0), problem=reason)


def in_doubt(outcome: Outcome) -> Outcome:
    """The outcome of a try after one that may have arrived: only "delivered" is an answer for both."""
    if isinstance(outcome, Delivered):
        return outcome
    return Unknown(outcome.reason, outcome.after if isinstance(outcome, Later | Unknown) else None)


def may_repeat(first_try_at: float, now: float) -> bool:
    """Whether a letter of unknown outcome may be sent again under its nonce; later its mark is looked for."""
    return now - first_try_at < NONCE_WINDOW
