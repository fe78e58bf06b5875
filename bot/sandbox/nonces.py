"""This room remembers nonces for a few minutes (Resources, "Message", Create Message, `enforce_nonce`)."""

from collections.abc import Callable

from .world import StoredMessage

REMEMBERED = 300.0  # seconds; the documentation says "the past few minutes"


class Nonces:
    """The bot's messages by nonce; the bot is the only author that has one."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._messages: dict[str, tuple[float, StoredMessage]] = {}

    def find(self, nonce: str) -> StoredMessage | None:
        self._forget()
        known = self._messages.get(nonce)
        return known[1] if known else None

    def remember(self, nonce: str, message: StoredMessage) -> None:
        self._messages[nonce] = (self._now(), message)

    def _forget(self) -> None:
        before = self._now() - REMEMBERED
        while self._messages:
            nonce, (at, _) = next(iter(self._messages.items()))
            if at > before:
                return
            del self._messages[nonce]
