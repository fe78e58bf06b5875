"""This room says how fast the bot may ask Discord for what: every clock is an argument."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

INVALID_LIMIT = 1_000
"""Refused requests in ten minutes after which nothing is sent: at 10,000 Discord bans the address
(docs.discord.com, Rate Limits: Invalid Request Limit)."""
INVALID_SECONDS = 600.0
OPENING_PAUSE = 600.0
"""Seconds for which no DM is opened after 40003, "you are opening direct messages too fast"."""
FLAGGED_PAUSE = 86_400.0
"""Seconds for which none is opened after 20026, "this bot has been flagged": a single try a day harms nobody."""
MOST_CHANNELS = 10_000
"""Channels whose last message is remembered; older ones are long ready again."""


@dataclass(slots=True)
class Window:
    """At most `count` in any `seconds`."""

    count: int
    seconds: float
    _taken: deque[float] = field(default_factory=deque[float])

    def ready_at(self, now: float) -> float:
        """When the next may be: `now`, or later."""
        while self._taken and self._taken[0] <= now - self.seconds:
            self._taken.popleft()
        if len(self._taken) < self.count:
            return now
        return max(now, self._taken[-self.count] + self.seconds)

    def take(self, now: float) -> float:
        """Takes the next; returns when it is. Those who come at once are given one moment after another."""
        at = self.ready_at(now)
        self._taken.append(at)
        return at

    def forget(self) -> None:
        self._taken.clear()

    def shift(self, seconds: float) -> None:
        """The clock was set."""
        self._taken = deque(at + seconds for at in self._taken)


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast the operator wants it."""

    requests_per_second: int = 40
    dm_seconds: float = 1.05
    opening_seconds: float = 6.0
    openings_per_day: int = 100


class Stop(NamedTuple):
    """Discord lets the bot open no direct message: none is before `until`, and then one alone, to see."""

    until: float
    flagged: bool


class Pace:
    """What was asked of Discord lately, and what may be asked next."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._requests = Window(limits.requests_per_second, 1.0)
        self._channels: dict[int, float] = {}
        self._openings = Window(1, limits.opening_seconds)
        self._openings_of_day = Window(limits.openings_per_day, 86_400.0)
        self._invalid: deque[float] = deque(maxlen=INVALID_LIMIT)
        self._quiet_until = 0.0
        self._out_until = 0.0
        self.stop: Stop | None = None
        """Until Discord lets a DM be opened again."""
        self._alone_until = 0.0

    def request(self, monotonic: float) -> float:
        """Takes a turn beside the answers to people, which are not counted; returns how many seconds to wait for it."""
        return self._requests.take(monotonic) - monotonic

    def sends_at(self, now: float) -> float:
        """When anything may be sent at all."""
        full = len(self._invalid) == INVALID_LIMIT and self._invalid[0] > now - INVALID_SECONDS
        full_until = self._invalid[0] + INVALID_SECONDS if full else now
        return max(now, self._quiet_until, self._out_until, full_until)

    def keep_quiet(self, until: float) -> None:
        """Discord wants no request before that."""
        self._quiet_until = max(self._quiet_until, until)

    def cannot_reach(self, until: float) -> None:
        """Discord could not be reached: nobody needs to try before that, unless it is heard of."""
        self._out_until = max(self._out_until, until)

    def speak_again(self) -> None:
        """Discord has been heard of; a pause that it asked for lasts all the same."""
        self._out_until = 0.0

    def refused(self, now: float) -> None:
        """Discord answered 401, 403 or 429."""
        self._invalid.append(now)

    def channel_at(self, channel_id: int, now: float) -> float:
        """When the next message may go to a channel."""
        return max(now, self._channels.get(channel_id, 0.0) + self._limits.dm_seconds)

    def sent(self, channel_id: int, now: float) -> None:
        self._channels.pop(channel_id, None)
        self._channels[channel_id] = now
        if len(self._channels) > MOST_CHANNELS:
            del self._channels[next(iter(self._channels))]

    def opens_at(self, now: float) -> float:
        """When the next DM channel may be opened."""
        stopped = 0.0 if self.stop is None else max(self.stop.until, self._alone_until)
        return max(stopped, self._openings.ready_at(now), self._openings_of_day.ready_at(now))

    def opened(self, at: float) -> None:
        """A DM channel was opened, or is about to be; after a refusal no other is before Discord has answered."""
        self._count(at)
        self._alone_until = at + OPENING_PAUSE

    def _count(self, at: float) -> None:
        self._openings.take(at)
        self._openings_of_day.take(at)

    def take_up(self, openings: Iterable[float], now: float) -> None:
        """What is known of the day's openings, in place of what was counted; the clock may have been ahead then."""
        self._openings.forget()
        self._openings_of_day.forget()
        for at in openings:
            self._count(min(at, now))

    def refuse_opening(self, now: float, *, flagged: bool) -> None:
        """Discord let no DM be opened; an answer that comes late never shortens what another has said."""
        known = self.stop or Stop(0.0, flagged=False)
        self.stop = Stop(max(known.until, now + _pause(flagged=flagged)), flagged or known.flagged)

    def let_open(self, asked: float) -> bool:
        """Discord let a DM be opened that was asked for at `asked`; whether that ends what it refused before."""
        if self.stop is None or asked < self.stop.until:
            return False
        self.stop = None
        return True

    def go_on_pausing(self, stop: Stop | None, now: float) -> None:
        """What an earlier process was told by Discord; its clock may have been ahead."""
        self.stop = stop and stop._replace(until=min(stop.until, now + _pause(flagged=stop.flagged)))
        self._alone_until = 0.0

    def shift(self, seconds: float) -> None:
        """The clock was set: what was taken by the old one counts by the new."""
        self._openings.shift(seconds)
        self._openings_of_day.shift(seconds)
        self._channels = {channel: at + seconds for channel, at in self._channels.items()}
        self._invalid = deque((at + seconds for at in self._invalid), maxlen=INVALID_LIMIT)
        self._quiet_until += seconds
        self._out_until += seconds
        self._alone_until += seconds
        self.stop = self.stop and self.stop._replace(until=self.stop.until + seconds)


def _pause(*, flagged: bool) -> float:
    return FLAGGED_PAUSE if flagged else OPENING_PAUSE
