"""This room holds the connection to Discord's gateway, and one session over restarts and outages."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, cast

import aiohttp
import discord
import yarl
from discord.ext import commands
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

from bot import session
from bot.config import Settings
from bot.session import Backoff, Progress, Saved
from bot.store.database import Database
from bot.store.sqlite import Write, Writer

log = logging.getLogger(__name__)

HANDSHAKE = 30.0
"""Seconds for connecting and Discord's first word."""
STEADY = 60.0
"""Seconds after which a connection counts as one that held: the next pause is short again."""
FATAL = {4004, 4010, 4011, 4012, 4013, 4014}
"""Close codes after which nobody may connect again (docs.discord.com, Gateway Close Event Codes)."""


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
        self.in_progress: set[asyncio.Task[Any]] = set()
        """The tasks in which interactions are answered."""

    @property
    def can_resume(self) -> bool:
        return self._kept is not None

    @property
    def _key(self) -> str:
        return f"session of {self.application_id} at {self._address}"

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
                if self._since is None and not self.can_resume:
                    raise discord.GatewayNotFound from error
                if self._since is None:
                    self._kept = None  # its gateway may be gone, and Discord's own still be there
                await self._pause(error)
            how = self._how_to_go_on()

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
        return {"initial": False} if read is None else _resuming(read)

    async def _pause(self, reason: Exception) -> None:
        if self._since is not None and self.loop.time() - self._since > STEADY:
            self._backoff.reset()
        pause = self._backoff.pause(self._jitter())
        log.info("The gateway is gone (%s); the next attempt is in %.1f seconds", type(reason).__name__, pause)
        await asyncio.sleep(pause)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:  # noqa: ARG002
        """Discord wants one to five seconds between a session that is over and the next (Gateway: Invalid Session)."""
        if not initial:
            await asyncio.sleep(1 + 4 * self._jitter())

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


def _resuming(saved: Saved) -> dict[str, Any]:
    gateway = yarl.URL(saved.gateway)
    return {"initial": False, "resume": True, "session": saved.id, "sequence": saved.sequence, "gateway": gateway}
