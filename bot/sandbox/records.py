"""This room keeps what bot and Discord said to each other."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from .errors import Json, Unchecked

KEPT = 10_000


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
    """One payload that went to the bot over the gateway."""

    op: int
    t: str | None
    d: Unchecked
    at: float


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

    def event(self, op: int, name: str | None, data: Json | bool | None, at: float) -> None:
        event = GatewayEvent(op, name, data, at)
        self.events.append(event)
        for listener in self.event_listeners:
            listener(event)
