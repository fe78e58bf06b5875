"""This room hands out snowflakes, Discord's ids that carry their time (Reference, "Snowflakes")."""

from collections.abc import Callable
from datetime import UTC, datetime

EPOCH = 1_420_070_400_000  # milliseconds; the first second of 2015


class Snowflakes:
    """Ids that rise with the clock and never repeat."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.last = 0
        self._older = 0

    def next(self) -> int:
        wanted = (int(self._clock() * 1000) - EPOCH) << 22
        self.last = max(wanted, self.last + 1)
        return self.last

    def at(self, seconds: float) -> int:
        """An id of another time, for what was made long ago."""
        self._older += 1
        return (int(seconds * 1000) - EPOCH) << 22 | self._older & 0x3FFFFF


def timestamp(seconds: float) -> str:
    """ISO 8601 with microseconds and offset, as Discord writes times."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


def time_of(snowflake: int) -> float:
    """Seconds since 1970 at which `snowflake` was made."""
    return ((snowflake >> 22) + EPOCH) / 1000
