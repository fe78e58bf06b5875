"""This room keeps for the inspector what bot and Discord said to each other: in order, judged, timed, no secrets."""

import re
from collections import OrderedDict, deque
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import orjson

from ..records import CLOSED, Exchange, GatewayEvent
from .view import Drawn

if TYPE_CHECKING:
    from ..server import Sandbox

KEPT = 500
LONGEST = 100_000
"""Characters of a payload that are shown."""

SECRET = "…"  # noqa: S105
_SECRETS = {"token", "session_id"}
_SNOWFLAKE = re.compile(r"(?<=/)\d{13,}(\d{4})(?=/|$)")
_ITS_END = rf"{SECRET}\1"
_WITHOUT_TOKEN = rf"\1/{SECRET}"
_TOKEN = re.compile(r"^(/interactions/\d+|/webhooks/\d+)/([^/]+)")
_NAMES = {1: "Heartbeat", 2: "Identify", 3: "Presence Update", 4: "Voice State Update", 6: "Resume", 7: "Reconnect"} | {
    8: "Request Guild Members",
    9: "Invalid Session",
    10: "Hello",
    11: "Heartbeat ACK",
    CLOSED: "Close",
}
_CLOSES = {
    1001: "Discord goes away.",
    4000: "Another socket has taken this session.",
    4001: "Discord does not know this opcode.",
    4002: "This payload cannot be read, or is longer than 4,096 bytes.",
    4003: "Identify first.",
    4004: "The token is not right, or was reset after 1,000 starts in a day.",
    4005: "Identified twice.",
    4007: "This sequence number cannot be resumed from.",
    4008: "More than 120 payloads in a minute.",
    4009: "No heartbeat for one and a half intervals.",
    4010: "There is no such shard.",
    4011: "More than 2,500 servers on a shard.",
    4012: "This version of the gateway is gone.",
    4013: "There are no such intents.",
    4014: "These intents have not been granted.",
}
"""Opcodes and Status Codes, "Gateway Close Event Codes"."""

Listener = Callable[[Drawn], None]


@dataclass(slots=True)
class Asked:
    """An interaction the bot was told of, and whether it has been answered."""

    at: float
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    number: int
    said: Exchange | GatewayEvent
    after: float | None = None
    """Seconds since the interaction it belongs to was created."""
    first: bool = False
    """It is the first answer to that interaction."""


@dataclass
class Ledger:
    entries: deque[Entry] = field(default_factory=lambda: deque[Entry](maxlen=KEPT))
    listeners: list[Listener] = field(default_factory=list[Listener])
    _asked: OrderedDict[str, Asked] = field(default_factory=OrderedDict[str, Asked])
    _count: int = 0

    def listen_to(self, sandbox: "Sandbox") -> None:
        sandbox.listeners.append(self._called)
        sandbox.event_listeners.append(self._told)

    @contextmanager
    def telling(self, listener: Listener) -> Generator[None]:
        """Each new row goes to `listener` until the block ends."""
        self.listeners.append(listener)
        try:
            yield
        finally:
            self.listeners.remove(listener)

    def rows(self) -> list[Drawn]:
        return [row(entry) for entry in self.entries]

    def find(self, number: int) -> Entry | None:
        return next((entry for entry in self.entries if entry.number == number), None)

    def _told(self, event: GatewayEvent) -> None:
        if event.t == "INTERACTION_CREATE":
            self._asked[event.d["token"]] = Asked(event.at)
            if len(self._asked) > KEPT:
                self._asked.popitem(last=False)
        self._keep(event)

    def _called(self, exchange: Exchange) -> None:
        named = _TOKEN.match(exchange.path)
        asked = self._asked.get(named[2]) if named else None
        if asked is None:
            return self._keep(exchange)
        first = not asked.answered and 0 < exchange.status < 400
        asked.answered |= first
        return self._keep(exchange, exchange.at - asked.at, first=first)

    def _keep(self, said: Exchange | GatewayEvent, after: float | None = None, *, first: bool = False) -> None:
        self._count += 1
        entry = Entry(self._count, said, after, first)
        self.entries.append(entry)
        drawn = row(entry) if self.listeners else {}
        for listener in self.listeners:
            listener(drawn)


def row(entry: Entry) -> Drawn:
    """One line of the inspector."""
    said, faults = entry.said, verdict(entry.said)
    drawn: Drawn = {"number": entry.number, "refused": bool(faults), "verdict": faults[0] if faults else ""}
    drawn |= {"timing": _timing(entry), "at": said.at}
    if isinstance(said, Exchange):
        name = f"{said.method} {_SNOWFLAKE.sub(_ITS_END, _without_token(said.path))}"
        return drawn | {"kind": "rest", "by": "bot", "name": name, "status": str(said.status or "cut")}
    code = said.d["code"] if said.op == CLOSED else None
    by = "bot" if said.by_bot else "discord"
    name = said.t or _NAMES.get(said.op, f"opcode {said.op}")
    return drawn | {"kind": "gateway", "by": by, "name": name, "status": str(code or "")}


def detail(entry: Entry) -> Drawn:
    """What opens under the line: each payload with its heading, and every rule that was broken."""
    said = entry.said
    if isinstance(said, GatewayEvent):
        parts = [("Payload", said.d)]
    else:
        query = [("Query", said.query)] if said.query else []
        parts = [
            ("Call", f"{said.method} {_without_token(said.path)}"),
            *query,
            ("Request", said.request),
            ("Answer", said.response),
        ]
    texts = [{"title": title, "text": _text(value)} for title, value in parts if value is not None]
    return {"verdict": verdict(said), "parts": texts}


def verdict(said: Exchange | GatewayEvent) -> list[str]:
    """The rules it broke: the code with its sentence, then each place of the errors tree; none where all is well."""
    if isinstance(said, GatewayEvent):
        return [] if said.op != CLOSED else [_CLOSES.get(said.d["code"], "The connection was cut.")]
    if said.status == 0:
        return ["The connection was cut before the answer."]
    if said.status < 400:
        return []
    body: Drawn = cast("Drawn", said.response) if isinstance(said.response, dict) else {}
    if said.status == 429:
        return [f"Rate limited: try again in {body.get('retry_after', '?')} s."]
    return [
        f"{body.get('code', said.status)} {body.get('message', '')}".strip(),
        *_leaves(body.get("errors") or {}, ()),
    ]


def _leaves(tree: Drawn, path: tuple[str, ...]) -> Iterator[str]:
    for key, value in tree.items():
        if key == "_errors":
            yield from (f"{'.'.join(path)}: {each['code']} ({each['message']})" for each in value)
        else:
            yield from _leaves(value, (*path, key))


def _without_token(path: str) -> str:
    return _TOKEN.sub(_WITHOUT_TOKEN, path)


def _timing(entry: Entry) -> str:
    if entry.after is not None:
        return f"{'first answer after' if entry.first else 'after'} {entry.after * 1000:.0f} ms"
    return f"took {entry.said.took * 1000:.0f} ms" if isinstance(entry.said, Exchange) else ""


def _text(value: object) -> str:
    shown = value if isinstance(value, str) else orjson.dumps(redacted(value), option=orjson.OPT_INDENT_2).decode()
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}\n{SECRET}"


def redacted(value: object) -> object:
    """The same without tokens and session ids."""
    if isinstance(value, dict):
        pairs = cast("dict[str, object]", value).items()
        return {key: SECRET if key in _SECRETS else redacted(inner) for key, inner in pairs}
    if isinstance(value, list):
        return [redacted(inner) for inner in cast("list[object]", value)]
    return value
