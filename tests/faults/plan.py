"""This room draws, from a seed, everything that will go wrong."""

import enum
import random
from dataclasses import dataclass


class Kind(enum.StrEnum):
    """What can fall on a process, on its gateway, on its disk and on the people."""

    KILL = "SIGKILL"
    KILL_SENDING = "SIGKILL while a letter is sent"
    KILL_SENT = "SIGKILL once a letter is sent, before the bot hears of it"
    KILL_STORING = "SIGKILL just after a form was sent"
    TERM = "SIGTERM"
    FREEZE = "SIGSTOP, then SIGCONT"
    OVERTAKE = "SIGSTOP past the lease, a second process, then SIGCONT"
    RECONNECT = "gateway: op 7"
    INVALID = "gateway: op 9, to be resumed"
    FORGET = "gateway: op 9, the session is over"
    DROP = "gateway: the connection breaks"
    REPLAY = "gateway: every event once more"
    CLOSE_DMS = "an author takes no direct messages any more"
    FLOOD = "40003: no DM may be opened for a while"
    DISK_FULL = "the disk is full for a while"
    CLOCK_AHEAD = "the clock jumps an hour ahead, and back"
    CLOCK_BEHIND = "the clock jumps an hour back, and ahead"


FATAL = {Kind.KILL, Kind.KILL_SENDING, Kind.KILL_SENT, Kind.KILL_STORING, Kind.TERM, Kind.OVERTAKE}
"""After these a process has to start: a second of the eight that a seed has."""
MOST_FATAL = 2
OFTEN = (Kind.KILL, Kind.KILL_SENDING, Kind.KILL_SENT, Kind.KILL_STORING, Kind.OVERTAKE)
"""What a seed begins with: each has at least one of them."""


class Trouble(enum.StrEnum):
    """What can happen to one request."""

    DELAY = "delay"
    CUT_BEFORE = "closed before the effect"
    CUT_AFTER = "closed after the effect"
    RESET_BEFORE = "reset before the effect"
    RESET_AFTER = "reset after the effect"
    ERROR_BEFORE = "5xx before the effect"
    ERROR_AFTER = "5xx after the effect"
    HANG_BEFORE = "no answer before the effect"
    HANG_AFTER = "no answer after the effect"
    SLOW_DOWN = "429 as Discord says it"
    BANNED = "429 as Cloudflare says it"


@dataclass(frozen=True, slots=True)
class Stroke:
    """Something that falls at a moment; `lasts` and `at` in seconds."""

    at: float
    kind: Kind
    lasts: float
    chance: float
    """From 0 to 1: whom it strikes, or how soon after what it waits for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One seed's."""

    seed: int
    strokes: tuple[Stroke, ...]
    share: float
    """Of the requests that carry letters, how many go wrong."""
    callbacks: float
    """Of the answers to interactions, how many go wrong."""
    troubles: tuple[Trouble, ...]
    slow_disk: bool

    def dice(self, name: str) -> random.Random:
        """Chance of its own for each who needs it, so that one does not disturb another's."""
        return random.Random(f"{self.seed} {name}")


def draw(seed: int, lasts: float) -> Plan:
    """The plan of a seed over `lasts` seconds; the same seed is the same plan."""
    dice = random.Random(seed)
    kinds = [dice.choice(OFTEN), *_kinds(dice)]
    dice.shuffle(kinds)
    pace = lasts / len(kinds)
    strokes = [_stroke(dice, kind, pace * (number + 0.9 * dice.random())) for number, kind in enumerate(kinds)]
    every = tuple(Trouble)
    troubles = tuple(dice.sample(every, dice.randint(3, len(every))))
    return Plan(
        seed,
        tuple(strokes),
        share=dice.choice((0.1, 0.2, 0.35)),
        callbacks=dice.choice((0.0, 0.05, 0.1)),
        troubles=troubles,
        slow_disk=dice.random() < 0.5,
    )


def _kinds(dice: random.Random) -> list[Kind]:
    """Three to five more, of which not too many are fatal."""
    kinds: list[Kind] = []
    for kind in dice.sample(tuple(Kind), 5):
        fatal = sum(other in FATAL for other in kinds)
        if kind not in FATAL or fatal < MOST_FATAL - 1:
            kinds.append(kind)
    return kinds[: dice.randint(3, 5)]


def _stroke(dice: random.Random, kind: Kind, at: float) -> Stroke:
    return Stroke(at, kind, dice.uniform(0.1, 0.8), dice.random())
