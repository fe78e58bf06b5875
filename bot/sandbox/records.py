"""This room keeps what bot and Discord said to each other."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from .errors import Unchecked

KEPT = 10_000
CLOSED = -1
"""Where an opcode would be: the server closes the connection; `d` has its `code`, None for none."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One REST call; `path` is without /api/v10 and without its query; `status` 0 means no answer was sent."""

    method: str
    path: str
    request: Unchecked
    status: int
    response: Unchecked
    at: float
    query: str = ""
    took: float = 0.0
    """Seconds between the request's last byte and the answer."""


@dataclass(frozen=True, slots=True)
class GatewayEvent:
    """One payload that went to the bot over the gateway, or came from it."""

    op: int
    t: str | None
    d: Unchecked
    at: float
    by_bot: bool = False


class Records:
    """The last exchanges and events, and those who want to hear of each as it happens."""

    def __init__(self) -> None:
        self.on = True
        self.exchanges: deque[Exchange] = deque(maxlen=KEPT)
        self.events: deque[GatewayEvent] = deque(maxlen=KEPT)
        self.listeners: list[Callable[[Exchange], None]] = []
        self.event_listeners: list[Callable[[GatewayEvent], None]] = []

    def exchange(self, exchange: Exchange) -> None:
        self.exchanges.append(exchange)
        for listener in self.listeners:
            listener(exchange)

    def event(self, op: int, name: str | None, data: Unchecked, at: float, *, by_bot: bool = False) -> None:
        if not self.on:
            return
        event = GatewayEvent(op, name, data, at, by_bot)
        self.events.append(event)
        for listener in self.event_listeners:
            listener(event)
