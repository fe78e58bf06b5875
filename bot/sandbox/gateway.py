"""This room is the gateway: one WebSocket per shard (Topics, "Gateway", "Opcodes and Status Codes")."""

import asyncio
from collections.abc import Callable
from typing import cast

import orjson
from aiohttp import web

from . import payloads
from .connection import INVALID, TIMED_OUT, Closed, Connection
from .errors import Json, Unchecked
from .records import Records
from .sessions import KNOWN_INTENTS, MESSAGE_CONTENT, PRIVILEGED, Session
from .world import User, World

HEARTBEAT_INTERVAL = 41_250  # milliseconds, what Discord says
RESUMABLE_FOR = 180.0  # seconds; the documentation promises none, minutes have been seen
IDENTIFIES, DAY = 1_000, 86_400.0
IDENTIFY_INTERVAL = 5.0  # seconds, what Discord says
GUILDS_A_SHARD = 2_500
ENDING = (1000, 1001, 4007, TIMED_OUT)
"""A bot that says goodbye, and one that is told to start anew."""

BAD_TOKEN, IDENTIFIED_TWICE, BAD_SEQUENCE = 4004, 4005, 4007
BAD_SHARD, SHARDING_NEEDED, BAD_VERSION, BAD_INTENTS, FORBIDDEN_INTENTS = 4010, 4011, 4012, 4013, 4014


class Gateway:
    """All sessions and connections of the bot."""

    def __init__(self, world: World, records: Records, now: Callable[[], float], token: str) -> None:
        self.world = world
        self.records = records
        self.now = now
        self.address = ""
        self.privileged = 0
        """The privileged intents that the application has been granted."""
        self.heartbeat_interval = HEARTBEAT_INTERVAL
        self.identifies_left = IDENTIFIES
        self.guilds_a_shard = GUILDS_A_SHARD
        self.max_concurrency = 16
        self.identify_interval = 0.0
        """Seconds in which a `max_concurrency` key may identify once; scenes that begin many sessions wait for none."""
        self._token = token
        self._identified: dict[int, float] = {}
        self._counting_since = now()
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
        """A session outlives its socket, but not every close code (Opcodes and Status Codes, "Gateway Close")."""
        self._connections.discard(connection)
        session = connection.session
        if session is None or session.line is not connection:
            return
        session.line, session.left_at = None, self.now()
        if (connection.closed_with or connection.socket.close_code) in ENDING:
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
        self._refuse_too_many_guilds(shard)
        self._count_identify()
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

    def _refuse_too_many_guilds(self, shard: tuple[int, int]) -> None:
        index, count = shard
        guilds = (guild for guild in self.world.guilds.values() if guild.has_bot)
        if sum((guild.id >> 22) % count == index for guild in guilds) > self.guilds_a_shard:
            raise Closed(SHARDING_NEEDED)

    def _count_identify(self) -> None:
        """A bot that uses up its thousand of a day has its token reset, so that it is refused like a stranger."""
        if self.starts_left[0] <= 0:
            raise Closed(BAD_TOKEN)
        self._counting_since = self.now() if self.identifies_left == IDENTIFIES else self._counting_since
        self.identifies_left -= 1

    @property
    def starts_left(self) -> tuple[int, float]:
        """How often the bot may still identify, and in how many seconds it may do so a thousand times again.

        A RESUME costs nothing (Gateway, "Session Start Limit Object").
        """
        if self.now() - self._counting_since >= DAY:
            self.identifies_left, self._counting_since = IDENTIFIES, self.now()
        return self.identifies_left, self._counting_since + DAY - self.now()

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
