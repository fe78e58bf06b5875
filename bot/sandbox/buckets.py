"""This room paces requests as Discord does: buckets by route, fifty a second in all, bans (Topics, "Rate Limits")."""

import hashlib
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LIMITS: dict[tuple[str, str], tuple[int, float]] = {
    ("POST", "/channels/{channel_id}/messages"): (5, 5.0),
    ("PATCH", "/channels/{channel_id}/messages/{message_id}"): (5, 5.0),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}"): (5, 1.0),
    ("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me"): (1, 0.25),
    ("POST", "/webhooks/{webhook_id}/{webhook_token}"): (5, 2.0),
    ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"): (5, 2.0),
    ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"): (5, 2.0),
}
"""Requests and seconds. Discord publishes none of them; these are what its headers have been seen to say."""

USUAL = (50, 1.0)
MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token")
ON_PURPOSE = 1.0
"""Seconds to wait after a refusal that was asked for."""

GLOBAL_LIMIT, INVALID_LIMIT, INVALID_WINDOW = 50, 10_000, 600.0


@dataclass(slots=True)
class Bucket:
    name: str
    limit: int
    window: float
    remaining: int
    reset: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The headers that go with an answer; `retry_after` is set where the request is not carried out."""

    headers: dict[str, str]
    retry_after: float | None = None
    scope: str = "user"


class Buckets:
    """Counts requests. Interaction callbacks have no limit, and token routes none of the fifty a second."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.on = True
        self.refusals = 0
        """How many of the next requests are refused on purpose."""
        self._now = now
        self._buckets: dict[tuple[Any, ...], Bucket] = {}
        self._recent: deque[float] = deque()
        self._invalid: deque[float] = deque()

    def judge(self, method: str, template: str, params: dict[str, str]) -> Verdict:
        if self.refusals:
            self.refusals -= 1
            return Verdict(_refused_headers(ON_PURPOSE, "user"), ON_PURPOSE)
        if not self.on or template.startswith("/interactions/"):
            return Verdict({})
        if not template.startswith("/webhooks/") and (wait := self._global_wait()):
            return Verdict(_refused_headers(wait, "global"), wait, "global")
        bucket = self._bucket(method, template, params)
        if bucket.remaining <= 0:
            wait = max(bucket.reset - self._now(), 0.001)
            return Verdict(self._headers(bucket) | _refused_headers(wait, "user"), wait)
        bucket.remaining -= 1
        return Verdict(self._headers(bucket))

    def invalid(self) -> None:
        """Counts a 401, 403 or 429; ten thousand in ten minutes get the address banned for a while."""
        self._invalid.append(self._now())

    @property
    def invalid_requests(self) -> int:
        _forget(self._invalid, self._now() - INVALID_WINDOW)
        return len(self._invalid)

    @property
    def banned(self) -> bool:
        return len(self._invalid) >= INVALID_LIMIT and self.invalid_requests >= INVALID_LIMIT

    def _global_wait(self) -> float:
        now = self._now()
        _forget(self._recent, now - 1.0)
        if len(self._recent) >= GLOBAL_LIMIT:
            return max(self._recent[0] + 1.0 - now, 0.001)
        self._recent.append(now)
        return 0.0

    def _bucket(self, method: str, template: str, params: dict[str, str]) -> Bucket:
        key = (method, template, *(params[name] for name in MAJOR if name in params))
        bucket = self._buckets.get(key)
        now = self._now()
        if bucket is None:
            limit, window = LIMITS.get((method, template), USUAL)
            name = hashlib.sha256(f"{method} {template}".encode()).hexdigest()[:32]
            bucket = self._buckets[key] = Bucket(name, limit, window, limit, now + window)
        if now >= bucket.reset:
            bucket.remaining, bucket.reset = bucket.limit, now + bucket.window
        return bucket

    def _headers(self, bucket: Bucket) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(bucket.limit),
            "X-RateLimit-Remaining": str(bucket.remaining),
            "X-RateLimit-Reset": f"{bucket.reset:.3f}",
            "X-RateLimit-Reset-After": f"{in_milliseconds(max(bucket.reset - self._now(), 0.0)):.3f}",
            "X-RateLimit-Bucket": bucket.name,
        }


def in_milliseconds(seconds: float) -> float:
    """Rounded up: who waits for as long as it was told is never too early."""
    return math.ceil(seconds * 1_000) / 1_000


def _refused_headers(wait: float, scope: str) -> dict[str, str]:
    headers = {"Retry-After": str(int(wait) + 1), "X-RateLimit-Scope": scope, "Via": "1.1 google"}
    return headers | {"X-RateLimit-Global": "true"} if scope == "global" else headers


def _forget(times: deque[float], before: float) -> None:
    while times and times[0] <= before:
        times.popleft()
