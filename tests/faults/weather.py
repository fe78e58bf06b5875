"""This room makes requests fail as a seed has it: some of those that carry letters, few of those that answer people."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable
from enum import Enum, auto
from weakref import WeakKeyDictionary

from bot.sandbox.buckets import Bucket, Buckets, Verdict
from bot.sandbox.errors import Refusal
from bot.sandbox.faults import CutOff, Faults, Moment
from tests.faults.plan import Plan, Trouble

CARRYING = re.compile(r"^/channels/\d+/messages$|^/users/@me/channels$")
SENDING = re.compile(r"^/channels/\d+/messages$")
ANSWERING = re.compile(r"^/interactions/(\d+)/[^/]+/callback$")
HANG = 1.5
"""Seconds without an answer: longer than the hurried bot waits."""
LONGEST_DELAY = 0.6
RETRY_AFTER = 0.2
FILLS, LONGEST_WINDOW = 10.0, 1.0
"""How much faster a bucket fills, where its window is longer than so many seconds."""
SURVIVABLE = (Trouble.DELAY, Trouble.CUT_BEFORE, Trouble.CUT_AFTER, Trouble.RESET_BEFORE, Trouble.RESET_AFTER,
              Trouble.ERROR_BEFORE)  # fmt: skip
"""What an answer to a person may meet: a second try is in time."""


class Sky(Enum):
    """Whether requests fail."""

    CLEAR = auto()
    STORMY = auto()


class Weather(Faults):
    """Decides for each request what happens to it. One that answers a person meets at most one trouble."""

    def __init__(self, plan: Plan, now: Callable[[], float]) -> None:
        super().__init__()
        self.sky = Sky.CLEAR
        self.met: Counter[int] = Counter()
        """Interactions by id, and how often an answer to them was made to fail."""
        self.disturbed: list[float] = []
        self.watchers: list[Callable[[str, Moment], None]] = []
        """Hear of each request that sends a letter, before and after its effect; may end the process."""
        self._plan = plan
        self._now = now
        self._dice = plan.dice("weather")
        self._drawn: WeakKeyDictionary[asyncio.Task[object], Trouble | None] = WeakKeyDictionary()

    async def meet(self, method: str, path: str, moment: Moment) -> None:
        if method == "POST" and SENDING.match(path):
            for watcher in list(self.watchers):
                watcher(path, moment)
        await super().meet(method, path, moment)
        task = asyncio.current_task()
        assert task is not None
        if moment == "before":
            self._drawn[task] = self._draw(path)
        trouble = self._drawn.get(task)
        if trouble is not None:
            self.disturbed.append(self._now())
            await self._happens(trouble, moment)

    def _draw(self, path: str) -> Trouble | None:
        if self.sky is Sky.CLEAR:
            return None
        if CARRYING.match(path):
            return self._one_of(self._plan.troubles, self._plan.share)
        answering = ANSWERING.match(path)
        if answering is None or self.met[int(answering[1])]:
            return None
        trouble = self._one_of(SURVIVABLE, self._plan.callbacks)
        if trouble is not None:
            self.met[int(answering[1])] += 1
        return trouble

    def _one_of(self, troubles: tuple[Trouble, ...], share: float) -> Trouble | None:
        return self._dice.choice(troubles) if self._dice.random() < share else None

    async def _happens(self, trouble: Trouble, moment: Moment) -> None:
        match trouble, moment:
            case Trouble.DELAY, _:
                await asyncio.sleep(self._dice.uniform(0.0, LONGEST_DELAY / 2))
            case (Trouble.CUT_BEFORE, "before") | (Trouble.CUT_AFTER, "after"):
                raise CutOff(reset=False)
            case (Trouble.RESET_BEFORE, "before") | (Trouble.RESET_AFTER, "after"):
                raise CutOff(reset=True)
            case (Trouble.ERROR_BEFORE, "before") | (Trouble.ERROR_AFTER, "after"):
                raise Refusal(0, status=self._dice.choice((500, 502, 503)), message="upstream connect error")
            case (Trouble.HANG_BEFORE, "before") | (Trouble.HANG_AFTER, "after"):
                await asyncio.sleep(HANG)
                raise CutOff(reset=False)
            case Trouble.BANNED, "before":
                raise Refusal(0, status=429, message="error code: 1015")
            case _:
                return

    def slows_down(self) -> bool:
        """Whether the request in hand is to be told to come again, as a bucket that is empty does."""
        task = asyncio.current_task()
        return task is not None and self._drawn.get(task) is Trouble.SLOW_DOWN


class Tide(Buckets):
    """Buckets that are empty now and then, as if the bot had another client; and they fill ten times as fast."""

    def __init__(self, weather: Weather, now: Callable[[], float]) -> None:
        super().__init__(now)
        self._weather = weather
        self.throttled: list[float] = []
        """When a request was over a limit with nobody to blame but the bot."""

    def judge(self, method: str, template: str, params: dict[str, str]) -> Verdict:
        if self._weather.slows_down():
            headers = {"Retry-After": "1", "X-RateLimit-Scope": "shared", "Via": "1.1 google"}
            return Verdict(headers, RETRY_AFTER, "shared")
        verdict = super().judge(method, template, params)
        if verdict.retry_after is not None:
            self.throttled.append(self._now())
        return verdict

    def _bucket(self, method: str, template: str, params: dict[str, str]) -> Bucket:
        bucket = super()._bucket(method, template, params)
        if bucket.window > LONGEST_WINDOW:
            bucket.window /= FILLS
            bucket.reset = self._now() + bucket.window
        return bucket
