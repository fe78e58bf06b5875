"""This room is one socket of the gateway: it obeys opcodes and keeps the order (Topics, "Gateway")."""

import asyncio
from collections import deque
from typing import TYPE_CHECKING

import orjson
from aiohttp import WSMsgType, web

from .compression import stream_for
from .drawing import mapping
from .errors import Json, Unchecked
from .records import CLOSED
from .sessions import Session

if TYPE_CHECKING:
    from .gateway import Gateway

LARGEST_PAYLOAD, SENDS, SENDS_WINDOW = 4_096, 120, 60.0
PATIENCE = 1.5
"""Heartbeat intervals of silence after which nobody is thought to be there."""

HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, RECONNECT, MEMBERS, INVALID, HELLO, ACK = 1, 2, 3, 4, 6, 7, 8, 9, 10, 11
UNKNOWN_OPCODE, UNDECODABLE, NOT_IDENTIFIED, TOO_FAST, TIMED_OUT = 4001, 4002, 4003, 4008, 4009


class Closed(Exception):
    """The server ends the connection with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class Connection:
    """One socket: a reader that obeys opcodes and a writer that empties the outbox, in order."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request, gateway: "Gateway") -> None:
        self.socket = socket
        self.request = request
        self.gateway = gateway
        self.session: Session | None = None
        self.gone = asyncio.Event()
        self.closed_with: int | None = None
        """The code the server closed with; what the client says to it does not count."""
        self._compress = stream_for(request.query.get("compress"))
        self._outbox: asyncio.Queue[bytes | int] = asyncio.Queue()
        self._sends: deque[float] = deque()
        self._silence: asyncio.TimerHandle | None = None

    def send(self, payload: bytes) -> None:
        self._outbox.put_nowait(payload)

    def say(self, op: int, data: Json | bool | None = None) -> None:
        self.send(orjson.dumps({"t": None, "s": None, "op": op, "d": data}))
        self._record(op, data)

    def _record(self, op: int, data: Unchecked, *, by_bot: bool = False) -> None:
        self.gateway.records.event(op, None, data, self.gateway.now(), by_bot=by_bot)

    def close(self, code: int) -> None:
        """Ends the connection with `code` once everything before it has been sent."""
        self._record(CLOSED, {"code": code})
        self.closed_with = code
        self._outbox.put_nowait(code)

    def cut(self) -> None:
        """Closes the TCP connection with no closing handshake."""
        self._record(CLOSED, {"code": None})
        if self.request.transport is not None:
            self.request.transport.abort()

    async def run(self) -> None:
        writer = asyncio.create_task(self._write())
        try:
            self.say(HELLO, {"heartbeat_interval": self.gateway.heartbeat_interval, "_trace": ["sandbox"]})
            self._listen_on()
            await self._read()
        finally:
            self._hang_up(writer)
            self.gateway.left(self)
            self.gone.set()

    def _listen_on(self) -> None:
        """From now on the next heartbeat is waited for; by the loop's clock, as one put forward is no silence."""
        if self._silence is not None:
            self._silence.cancel()
        patience = self.gateway.heartbeat_interval * PATIENCE / 1_000
        self._silence = asyncio.get_running_loop().call_later(patience, self.close, TIMED_OUT)

    def _hang_up(self, writer: asyncio.Task[None]) -> None:
        writer.cancel()
        if self._silence is not None:
            self._silence.cancel()

    async def _write(self) -> None:
        while True:
            item = await self._outbox.get()
            if isinstance(item, int):
                await self.socket.close(code=item)
                return
            try:
                await self._send(item)
            except ConnectionError:
                return

    async def _send(self, payload: bytes) -> None:
        if self._compress is None:
            await self.socket.send_str(payload.decode())
        else:
            await self.socket.send_bytes(self._compress(payload))

    async def _read(self) -> None:
        async for message in self.socket:
            if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                return
            try:
                self._obey(message.data)
            except Closed as closed:
                self.close(closed.code)

    def _obey(self, text: str | bytes) -> None:
        op, data = _decoded(text)
        self._record(op, data, by_bot=True)
        self._count(op)
        if op == HEARTBEAT:
            self._listen_on()
            self.say(ACK)
        elif op == IDENTIFY:
            self.gateway.identify(self, mapping(data))
        elif op == RESUME:
            self.gateway.resume(self, mapping(data))
        elif self.session is None:
            raise Closed(NOT_IDENTIFIED)
        elif op == MEMBERS:
            self.gateway.chunk(self.session, mapping(data))
        elif op not in (PRESENCE, VOICE):
            raise Closed(UNKNOWN_OPCODE)

    def _count(self, op: int) -> None:
        """120 sends in 60 seconds, heartbeats apart."""
        if op == HEARTBEAT:
            return
        now = self.gateway.now()
        self._sends.append(now)
        while self._sends[0] <= now - SENDS_WINDOW:
            self._sends.popleft()
        if len(self._sends) > SENDS:
            raise Closed(TOO_FAST)


def _decoded(text: str | bytes) -> tuple[int, Unchecked]:
    if len(text) > LARGEST_PAYLOAD:
        raise Closed(UNDECODABLE)
    try:
        payload = mapping(orjson.loads(text))
        return int(payload["op"]), payload.get("d")
    except (ValueError, KeyError, TypeError):
        raise Closed(UNDECODABLE) from None
