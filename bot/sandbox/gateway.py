"""This room is the gateway: one WebSocket per shard (Topics, "Gateway", "Opcodes and Status Codes")."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import cast

import orjson
from aiohttp import WSMsgType, web

from . import payloads
from .compression import stream_for
from .drawing import mapping
from .errors import Json, Unchecked
from .records import Records
from .sessions import KNOWN_INTENTS, MESSAGE_CONTENT, PRIVILEGED, Session
from .world import User, World

HEARTBEAT_INTERVAL = 41_250  # milliseconds, what Discord says
LARGEST_PAYLOAD, SENDS, SENDS_WINDOW = 4_096, 120, 60.0
RESUMABLE_FOR = 180.0  # seconds; the documentation promises none, minutes have been seen
HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, RECONNECT, MEMBERS, INVALID, HELLO, ACK = 1, 2, 3, 4, 6, 7, 8, 9, 10, 11
UNKNOWN_OPCODE, UNDECODABLE, NOT_IDENTIFIED, BAD_TOKEN, IDENTIFIED_TWICE = 4001, 4002, 4003, 4004, 4005
BAD_SEQUENCE, TOO_FAST, BAD_SHARD, BAD_VERSION, BAD_INTENTS, FORBIDDEN_INTENTS = 4007, 4008, 4010, 4012, 4013, 4014


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
        self._compress = stream_for(request.query.get("compress"))
        self._outbox: asyncio.Queue[bytes | int] = asyncio.Queue()
        self._sends: deque[float] = deque()

    def send(self, payload: bytes) -> None:
        self._outbox.put_nowait(payload)

    def say(self, op: int, data: Json | bool | None = None) -> None:
        self.send(orjson.dumps({"t": None, "s": None, "op": op, "d": data}))
        if self.gateway.records.on:
            self.gateway.records.event(op, None, data, self.gateway.now())

    def close(self, code: int) -> None:
        """Ends the connection with `code` once everything before it has been sent."""
        self._outbox.put_nowait(code)

    def cut(self) -> None:
        """Closes the TCP connection with no closing handshake."""
        if self.request.transport is not None:
            self.request.transport.abort()

    async def run(self) -> None:
        writer = asyncio.create_task(self._write())
        try:
            self.say(HELLO, {"heartbeat_interval": HEARTBEAT_INTERVAL, "_trace": ["sandbox"]})
            await self._read()
        finally:
            writer.cancel()
            self.gateway.left(self)
            self.gone.set()

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
        self._count(op)
        if op == HEARTBEAT:
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


class Gateway:
    """All sessions and connections of the bot."""

    def __init__(self, world: World, records: Records, now: Callable[[], float], token: str) -> None:
        self.world = world
        self.records = records
        self.now = now
        self.address = ""
        self.privileged = 0
        """The privileged intents that the application has been granted."""
        self.identifies_left = 1_000
        self.max_concurrency = 16
        self.identify_interval = 0.0
        """Seconds in which a `max_concurrency` key may identify once; Discord says 5."""
        self._token = token
        self._identified: dict[int, float] = {}
        self._sessions: dict[str, Session] = {}
        self._connections: set[Connection] = set()
        self._live = asyncio.Event()

    @property
    def connected(self) -> bool:
        return self._live.is_set()

    async def ready(self) -> None:
        await self._live.wait()

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=False, max_msg_size=0)
        await socket.prepare(request)
        connection = Connection(socket, request, self)
        self._connections.add(connection)
        if request.query.get("v", "10") not in ("9", "10"):
            connection.close(BAD_VERSION)
        await connection.run()
        return socket

    def left(self, connection: Connection) -> None:
        """A session outlives its socket unless the bot said goodbye with 1000 or 1001."""
        self._connections.discard(connection)
        session = connection.session
        if session is None or session.line is not connection:
            return
        session.line, session.left_at = None, self.now()
        if connection.socket.close_code in (1000, 1001):
            self._sessions.pop(session.id, None)
        self._look_alive()

    def _look_alive(self) -> None:
        if any(session.line for session in self._sessions.values()):
            self._live.set()
        else:
            self._live.clear()

    # What the bot asks for

    def identify(self, connection: Connection, data: Json) -> None:
        if connection.session is not None:
            raise Closed(IDENTIFIED_TWICE)
        if data.get("token") != self._token:
            raise Closed(BAD_TOKEN)
        shard = _shard(data.get("shard"))
        intents = self._intents(data.get("intents"))
        self.identifies_left -= 1
        if self._too_soon(shard[0]):
            connection.say(INVALID, data=False)
            return
        session = Session(intents, shard)
        self._sessions[session.id] = session
        self._attach(connection, session)
        self._welcome(session)
        self._look_alive()

    def _intents(self, intents: Unchecked) -> int:
        if not isinstance(intents, int) or intents & ~KNOWN_INTENTS:
            raise Closed(BAD_INTENTS)
        if intents & PRIVILEGED & ~self.privileged:
            raise Closed(FORBIDDEN_INTENTS)
        return intents

    def _too_soon(self, shard: int) -> bool:
        key, now = shard % self.max_concurrency, self.now()
        if now - self._identified.get(key, float("-inf")) < self.identify_interval:
            return True
        self._identified[key] = now
        return False

    def _attach(self, connection: Connection, session: Session) -> None:
        if isinstance(session.line, Connection):
            session.line.close(4000)
        connection.session = session
        session.line, session.left_at = connection, None

    def _welcome(self, session: Session) -> None:
        guilds = [guild for guild in self.world.guilds.values() if guild.has_bot]
        if session.intents & 1:
            guilds = [guild for guild in guilds if session.wants("GUILD_CREATE", guild.id)]
        self._dispatch(session, "READY", self._ready_payload(session, [guild.id for guild in guilds]))
        for guild in guilds:
            if session.wants("GUILD_CREATE", guild.id):
                self._dispatch(session, "GUILD_CREATE", payloads.guild_create(guild, self.world))

    def _ready_payload(self, session: Session, guild_ids: list[int]) -> Json:
        return {
            "v": 10,
            "user": payloads.own_user(self.world.bot),
            "guilds": [{"id": str(guild_id), "unavailable": True} for guild_id in guild_ids],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": f"{self.address}/resume",
            "shard": list(session.shard),
            "application": {"id": str(self.world.bot.id), "flags": 0},
            "user_settings": {},
            "relationships": [],
            "private_channels": [],
            "presences": [],
            "guild_join_requests": [],
            "geo_ordered_rtc_regions": [],
            "_trace": ["sandbox"],
        }

    def resume(self, connection: Connection, data: Json) -> None:
        if connection.session is not None:
            raise Closed(IDENTIFIED_TWICE)
        if data.get("token") != self._token:
            raise Closed(BAD_TOKEN)
        session, sequence = self._sessions.get(str(data.get("session_id"))), data.get("seq")
        if not isinstance(sequence, int):
            raise Closed(BAD_SEQUENCE)
        if session is None or self._expired(session) or not session.can_resume_from(sequence):
            connection.say(INVALID, data=False)
            return
        self._attach(connection, session)
        session.replay(after=sequence)
        self._dispatch(session, "RESUMED", {"_trace": ["sandbox"]})
        self._look_alive()

    def _expired(self, session: Session) -> bool:
        return session.left_at is not None and self.now() - session.left_at > RESUMABLE_FOR

    def chunk(self, session: Session, data: Json) -> None:
        """Request Guild Members: those asked for by id, or whose name begins with the query."""
        guild = self.world.guilds.get(int(data.get("guild_id") or 0))
        if guild is None:
            return
        found = [member for member in guild.members.values() if _asked_for(data, member.user)]
        members = [payloads.member(member) for member in found]
        chunk: Json = {"guild_id": str(guild.id), "members": members, "chunk_index": 0, "chunk_count": 1}
        if data.get("nonce"):
            chunk["nonce"] = data["nonce"]
        self._dispatch(session, "GUILD_MEMBERS_CHUNK", chunk)

    # What Discord tells the bot

    def dispatch(self, event: str, data: Json, guild_id: int | None = None, textless: Json | None = None) -> None:
        """Sends an event to every session that wants it, connected or (for a while) not.

        `textless` goes to those without the message content intent.
        """
        for session in self._sessions.values():
            if session.wants(event, guild_id) and not self._expired(session):
                self._dispatch(session, event, data if session.intents & MESSAGE_CONTENT else textless or data)

    def _dispatch(self, session: Session, event: str, data: Json) -> None:
        session.dispatch(event, orjson.dumps(data))
        if self.records.on:
            self.records.event(0, event, data, self.now())

    def replay(self) -> None:
        for session in self._sessions.values():
            if session.line is not None:
                session.replay()

    async def reconnect(self, op: int, *, resumable: bool) -> None:
        """Asks the bot to come back (7), or tells it that its session is over (9); returns when it has gone."""
        for connection in list(self._connections):
            if op == INVALID and not resumable and connection.session is not None:
                self._sessions.pop(connection.session.id, None)
            connection.say(op, resumable if op == INVALID else None)
            await connection.gone.wait()

    async def drop(self, code: int | None) -> None:
        """Closes with `code`, or without a word where it is None; returns when the bot has gone."""
        for connection in list(self._connections):
            if code is None:
                connection.cut()
            else:
                connection.close(code)
            await connection.gone.wait()


def _asked_for(data: Json, user: User) -> bool:
    ids: Unchecked = data.get("user_ids")
    if ids:
        wanted = cast("list[Unchecked]", ids) if isinstance(ids, list) else [ids]
        return str(user.id) in map(str, wanted)
    return user.name.startswith(str(data.get("query") or ""))


def _shard(sent: Unchecked) -> tuple[int, int]:
    if sent is None:
        return 0, 1
    index, count = (int(number) for number in sent)
    if not 0 <= index < count:
        raise Closed(BAD_SHARD)
    return index, count
