"""This room is the clock that is planned by: the wall clock, which goes on where somebody sets that one."""

from collections.abc import Callable


class PlanClock:
    """Tells the seconds since the epoch, as the wall clock did when it was last followed, and has gone on steadily.

    Whatever is planned goes by it. When the wall clock is set, all that is planned has to move along at once; until
    then this clock stays with the plans, and so does everything that is planned meanwhile.
    """

    def __init__(self, wall: Callable[[], float], steady: Callable[[], float]) -> None:
        self._wall = wall
        self._steady = steady
        self.ahead = wall() - steady()
        """By how much it is ahead of the steady clock, in seconds."""

    def __call__(self) -> float:
        return self._steady() + self.ahead

    def behind(self) -> float:
        """By how many seconds the wall clock is ahead of it: more than a trifle where somebody has set that."""
        return self._wall() - self()
