"""This room holds the connection to Discord's gateway, and one session over restarts and outages."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

import aiohttp
import discord
import yarl
from discord.ext import commands
from discord.gateway import DiscordWebSocket, ReconnectWebSocket
from discord.http import Route

from bot import session
from bot.config import Settings
from bot.domain.errors import ArchiveError
from bot.session import Backoff, Progress, Saved
from bot.store.database import Database
from bot.store.sqlite import Write, Writer

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

HANDSHAKE = 30.0
"""Seconds for connecting and Discord's first word."""
STEADY = 60.0
"""Seconds after which a connection counts as one that held: the next pause is short again."""
BETWEEN_SESSIONS = (1.0, 5.0)
"""Seconds from a session that is over to the next: so many, by chance (docs.discord.com, Gateway: Invalid Session)."""
FATAL = {4004, 4010, 4011, 4012, 4013, 4014}
"""Close codes after which nobody may connect again (docs.discord.com, Gateway Close Event Codes)."""
SPARE_STARTS = 50
"""Session starts that are left alone: a bot that uses up its 1,000 of a day has its token reset by Discord."""
TOO_MANY_REQUESTS, BROKEN = 429, 500


class TooManyStarts(ArchiveError):
    """A bot that was started so often today that Discord would soon reset its token."""

    def __init__(self, remaining: int, seconds: float) -> None:
        super().__init__(
            f"Discord allows this bot only {remaining} more starts for now, and the last {SPARE_STARTS} are kept back;"
            f" find out why it starts so often, and start it again in {seconds / 3600:.1f} hours."
        )


class Connected(commands.Bot):
    """A bot whose successor resumes its session."""

    def __init__(self, database: Database, settings: Settings, jitter: Callable[[], float], **options: Any) -> None:  # noqa: ANN401
        super().__init__(**options)
        self._sessions = database
        self._address = settings.discord_api_url
        self._jitter = jitter
        self._backoff = Backoff(settings.reconnect_seconds)
        self._progress = Progress()
        self._kept: Saved | None = None
        self._socket: DiscordWebSocket | None = None
        self._since: float | None = None
        """When the last connection was made; None: Discord was not reached by this process yet."""
        self._missed = False
        self.in_progress: set[asyncio.Task[Any]] = set()
        """The tasks in which interactions are answered."""

    @property
    def can_resume(self) -> bool:
        return self._kept is not None

    @property
    def _key(self) -> str:
        return f"session of {self.application_id} at {self._address}"

    async def log_in(self, token: str) -> None:
        """Logs in, as soon as Discord is there. What it refuses, it would refuse again, and is raised at once."""
        await self.until_answered(lambda: self._try_to_log_in(token))
        self._backoff.reset()

    async def _try_to_log_in(self, token: str) -> None:
        try:
            await self.login(token)
        except Exception:
            await self.http.close()  # each try of discord.py's opens a session, and leaves it open
            self.http.connector = discord.utils.MISSING
            raise

    async def until_answered(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """Asks Discord until it answers."""
        while True:
            try:
                return await ask()
            except (OSError, aiohttp.ClientError, discord.DiscordException) as error:
                if not _passes(error):
                    raise
                await self._pause(error)

    async def find_gateway(self) -> None:
        """Asks Discord where its gateway is, and how many sessions this bot may still start today.

        Raises:
            TooManyStarts: so few that it must not start another.
        """
        answer = await self.until_answered(lambda: self.http.request(Route("GET", "/gateway/bot")))
        limit = answer["session_start_limit"]
        if limit["remaining"] < SPARE_STARTS and not self.can_resume:
            raise TooManyStarts(limit["remaining"], limit["reset_after"] / 1_000)
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(answer["url"])

    async def recall_session(self) -> None:
        """Takes up the session of the last process; from now on every transaction keeps how far this one is."""
        self._kept = await session.recall(self._sessions.reader, self._key)
        self._sessions.companion = self._keep_session

    def _keep_session(self) -> Write[None] | None:
        """What a transaction keeps of the session as it is now; None where that is kept."""
        read = self._read
        if read is None:
            return None
        now = read._replace(sequence=self._progress.reached(read.id, read.sequence))
        return None if now == self._kept else lambda db: self._keep(db, now)

    async def _keep(self, db: Writer, now: Saved) -> None:
        await session.keep(db, self._key, now)
        self._kept = now

    @property
    def _read(self) -> Saved | None:
        """The session, and the last of its events that was read."""
        ws = self._socket
        if ws is None or ws.session_id is None or ws.sequence is None:
            return None
        return Saved(ws.session_id, ws.sequence, str(ws.gateway))

    async def connect(self, *, reconnect: bool = True) -> None:
        """Keeps a connection, and the session as long as Discord knows it.

        discord.py's own loop can neither begin with the session of an earlier process nor cap its pauses.
        """
        how = self._how_to_begin()
        while not self.is_closed():
            try:
                await self._converse(how)
            except ReconnectWebSocket as asked:
                self.dispatch("disconnect")
                if not asked.resume:
                    self._kept = None  # the next transaction keeps the new one; until then a successor is told as well
                await self._pause(asked)
            except discord.ConnectionClosed as error:
                if error.code in FATAL or not reconnect:
                    raise
                await self._pause(error)
            except (OSError, discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError) as error:
                await self._not_connected(error)
            how = self._how_to_go_on()

    async def _not_connected(self, error: Exception) -> None:
        """Where none was made so far, the gateway may have moved (docs.discord.com, Get Gateway Bot)."""
        await self._pause(error)
        if self._since is None:
            self._kept = None
            await self.find_gateway()

    async def _converse(self, how: dict[str, Any]) -> None:
        """One connection, until it ends by an exception."""
        connecting = DiscordWebSocket.from_client(self, **how)
        self.ws = self._socket = await asyncio.wait_for(connecting, timeout=HANDSHAKE)
        self._since = self.loop.time()
        while True:
            await self.ws.poll_event()

    def _how_to_begin(self) -> dict[str, Any]:
        if self._kept is None:
            return {"initial": True}
        log.info("Resuming the session of the last process from event %s on", self._kept.sequence)
        return _resuming(self._kept)

    def _how_to_go_on(self) -> dict[str, Any]:
        read = self._read
        return {"initial": self._since is None} if read is None else _resuming(read)

    async def _pause(self, reason: Exception) -> None:
        if self._since is not None and self.loop.time() - self._since > STEADY:
            self._backoff.reset()
        pause = self._backoff.pause(self._jitter())
        if self._since is not None:
            log.info("The gateway is gone (%s); the next attempt is in %.1f seconds", type(reason).__name__, pause)
        else:
            self._say_it_is_out(reason)
        await asyncio.sleep(pause)

    def _say_it_is_out(self, reason: Exception) -> None:
        """Once: a Discord that is out for a night must not fill the log."""
        if not self._missed:
            self._missed = True
            log.warning(
                "Discord does not answer at %s (%s); it is asked again and again until it does. If that lasts, check"
                " the network and DISCORD_API_URL.",
                self._address,
                type(reason).__name__,
            )

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:  # noqa: ARG002
        if not initial:
            shortest, longest = BETWEEN_SESSIONS
            await asyncio.sleep(shortest + (longest - shortest) * self._jitter())

    def _schedule_event(self, coro: Any, event_name: str, *args: Any, **kwargs: Any) -> asyncio.Task[Any]:  # noqa: ANN401
        schedule = super()._schedule_event  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        task = cast("asyncio.Task[Any]", schedule(coro, event_name, *args, **kwargs))
        if event_name == "on_interaction":
            self.accompany(task)
        return task

    def accompany(self, task: asyncio.Task[Any]) -> None:
        """The event that is being read is done when this task is."""
        self.in_progress.add(task)
        task.add_done_callback(self.in_progress.discard)
        read = self._read
        if read is not None:
            event = self._progress.begin(read.id, read.sequence)
            task.add_done_callback(lambda _: self._progress.end(event))


def _passes(error: Exception) -> bool:
    """Whether it is Discord, or the way there, that is out, and not what was asked for that is wrong."""
    if isinstance(error, discord.HTTPException):
        return error.status >= BROKEN or error.status == TOO_MANY_REQUESTS
    return isinstance(error, (OSError, aiohttp.ClientError, discord.RateLimited))


def _resuming(saved: Saved) -> dict[str, Any]:
    gateway = yarl.URL(saved.gateway)
    return {"initial": False, "resume": True, "session": saved.id, "sequence": saved.sequence, "gateway": gateway}
