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

OPENING_DAY = 86_400.0
"""Seconds over which the DM channels that are opened anew are counted."""

DIGEST = 86_400.0
"""Seconds between two digests of an author who wishes them daily; they go out at midnight UTC."""

EMAIL_KEPT = 180 * 86_400.0
"""Seconds for which an e-mail address is kept."""

RETRIES = (5.0, 30.0, 120.0, 600.0, 3_600.0, 21_600.0, 86_400.0)
"""Seconds to the next try after the first, second, … failure; after the last the letter is parked."""

SPREAD = 0.1
"""The share of such a delay that chance may add."""

LONGEST = RETRIES[-1] * (1 + SPREAD)
"""Seconds that the last of them may be ahead."""


class Direction(enum.StrEnum):
    """Which way a letter goes."""

    TO_AUTHOR = "to_author"
    TO_READER = "to_reader"


class Kind(enum.StrEnum):
    """What a letter is to its conversation."""

    LETTER = "letter"  # the first one, about a story
    REPLY = "reply"
    THANKS = "thanks"


class Wish(enum.StrEnum):
    """How letters are to reach an author."""

    ON = "on"
    OFF = "off"
    DAILY = "daily"


class State(enum.StrEnum):
    """Where a letter or notice is."""

    WAITING = "waiting"  # for an author who is not here yet, takes no direct messages, or wishes it later
    HELD = "held"  # for a moderator's yes
    READY = "ready"  # in its line
    SENDING = "sending"  # in a parcel whose outcome is not known yet
    DELIVERED = "delivered"  # Discord took it; nobody knows whether it was read
    REFUSED = "refused"  # its text cannot go by direct message; it is in the inbox
    PARKED = "parked"  # it cannot go out as it is; moderators see it
    DECLINED = "declined"  # a moderator said no
    WITHDRAWN = "withdrawn"  # by its sender


class Waits(enum.StrEnum):
    """Why a letter waits."""

    ABSENT = "absent"  # nobody has the pen name yet
    UNWANTED = "unwanted"  # its author wishes none for now
    AWAY = "away"  # its author is, until a day
    DAILY = "daily"  # for the digest
    CLOSED = "closed"  # the account takes no direct messages
    TURN = "turn"  # for nothing that is known: it is about to be placed


class Trip(enum.StrEnum):
    """Where a parcel is; one that surely did not arrive is none any more."""

    LEASED = "leased"  # a postman is on the way with it
    UNKNOWN = "unknown"  # it may have arrived: nobody answered
    DELIVERED = "delivered"
    PARKED = "parked"  # nobody ever answered


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
    silent: bool = False  # nobody answered: it may be Discord that is out


@dataclass(frozen=True, slots=True)
class NotYet:
    """Nothing was sent, for no fault of what was to be: Discord is out, or lets no DM be opened for now."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The channel is there no more; it has to be opened once again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Never:
    """This way is closed: the account takes no direct messages from the bot."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """This text cannot go, whoever it is for."""

    reason: str


@dataclass(frozen=True, slots=True)
class Mistaken:
    """We asked for what Discord does not take: our bug."""

    reason: str


@dataclass(frozen=True, slots=True)
class Absent:
    """It was looked for and has not arrived."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request went out and no answer came back, now or at an earlier try."""

    reason: str
    after: float | None = None
    moved: bool = False  # its channel is there no more; it has to be opened again to look for it
    counts: bool = True  # as a failure
    silent: bool = False  # nobody answered this try: it may be Discord that is out


Outcome = Delivered | Later | NotYet | Moved | Never | Refused | Mistaken | Absent | Unknown


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of a parcel after a try: where it is, or None where it is taken apart; and of what it carries."""

    trip: Trip | None
    state: State
    due_at: float | None = None  # seconds since the epoch
    problem: str = ""
    counts: bool = False  # as a failure
    silent: bool = False  # nobody answered: once Discord is heard of, the next try need not wait


def next_step(outcome: Outcome, failures: int, now: float, jitter: float = 0.0) -> Step:
    """What follows a try after `failures` earlier ones; `jitter` of 0 to 1 spreads retries by a tenth of the delay."""
    match outcome:
        case Delivered():
            return Step(Trip.DELIVERED, State.DELIVERED)
        case Never(reason) | Refused(reason) | Mistaken(reason):
            return Step(None, _ENDS[type(outcome)], problem=reason)
        case Absent():
            return Step(None, State.READY, due_at=now)
        case NotYet(reason):
            return Step(None, State.READY, due_at=now + _spread(RETRIES[0], jitter), problem=reason, silent=True)
        case Moved(reason):
            return _again(Later(reason), failures, now if failures else now - RETRIES[0], jitter)
        case Later() | Unknown():
            return _again(outcome, failures, now, jitter)


_ENDS = {Never: State.WAITING, Refused: State.REFUSED, Mistaken: State.PARKED}


def _again(outcome: Later | Unknown, failures: int, now: float, jitter: float) -> Step:
    trip, state = (Trip.UNKNOWN, State.SENDING) if isinstance(outcome, Unknown) else (None, State.READY)
    if isinstance(outcome, Unknown) and not outcome.counts:
        return Step(trip, state, due_at=now + _spread(RETRIES[0], jitter), problem=outcome.reason, silent=True)
    if failures >= len(RETRIES):
        return Step(trip and Trip.PARKED, State.PARKED, problem=outcome.reason, counts=True)
    delay = max(_spread(RETRIES[failures], jitter), outcome.after or 0.0)
    return Step(trip, state, due_at=now + delay, problem=outcome.reason, counts=True, silent=outcome.silent)


def _spread(delay: float, jitter: float) -> float:
    return delay * (1 + jitter * SPREAD)


def in_doubt(outcome: Outcome) -> Outcome:
    """The outcome of a try after one that may have arrived: only "delivered" is an answer for both."""
    match outcome:
        case Delivered() | Unknown():
            return outcome
        case Absent():
            return Unknown("it was not found")
        case Later(reason, after, silent):
            return Unknown(reason, after, silent=silent)
        case NotYet(reason) | Moved(reason) | Never(reason) | Refused(reason) | Mistaken(reason):
            return Unknown(reason, moved=isinstance(outcome, Moved), counts=not isinstance(outcome, NotYet))


def may_repeat(first_try: float | None, steady: float) -> bool:
    """Whether a parcel of unknown outcome may be sent again under its nonce; else its mark is looked for.

    By a clock that nobody sets, so of a first try in this process alone; None: it was not.
    """
    return first_try is not None and steady - first_try < NONCE_WINDOW


def why_it_waits(direction: Direction, wish: Wish, *, here: bool, dated: bool, closed: bool) -> Waits:
    """Why a letter waits: what lasts longest counts. What goes to a reader waits for an open door alone."""
    wished = {Wish.OFF: Waits.UNWANTED, Wish.DAILY: Waits.DAILY, Wish.ON: Waits.AWAY}[wish]
    if not here:
        return Waits.ABSENT
    if direction is Direction.TO_AUTHOR and (dated or wish is Wish.OFF):
        return wished
    return Waits.CLOSED if closed else Waits.TURN


def joins_at(wish: Wish, away_until: float | None, now: float) -> float | None:
    """When a letter may go out to an author who wishes so, or None: not before that changes."""
    if wish is Wish.OFF:
        return None
    here = max(now, away_until or 0.0)
    return here if wish is Wish.ON else (here // DIGEST + 1) * DIGEST
