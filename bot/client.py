"""This room is the bot: what comes from Discord, and opening and closing everything in order."""

import asyncio
import gc
import hashlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot.config import Settings
from bot.connection import Connected
from bot.domain.clocks import PlanClock
from bot.domain.errors import UnknownCommand
from bot.domain.pacing import Pace
from bot.domain.tally import Tally
from bot.lag import Lag
from bot.metrics import Counting
from bot.punctuality import Punctuality
from bot.services.postman import Clocks
from bot.store import memory
from bot.store.database import Database
from bot.ui import languages, manner, replies
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Switchboard
from bot.ui.courier import DiscordCourier, in_time
from bot.ui.crier import DiscordCrier
from bot.wiring import Services, Work, cogs

log = logging.getLogger(__name__)

DRAIN = 0.5
"""Seconds that interactions in flight get to finish once the process is asked to stop."""
LONGEST_LIMIT = 30.0
"""Seconds of a rate limit that discord.py waits by itself; what lasts longer is for the outbox to remember."""
UNKNOWN_INTERACTION = 10062
"""docs.discord.com, Opcodes and Status Codes: JSON Error Codes."""
RETRY = 5.0
"""Seconds after which background work that failed is started again."""

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # a bot that reads aloud is another bot

EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
ANYBODY = app_commands.AppInstallationType(guild=True, user=True)


class Brief(AsyncWebhookAdapter):
    """Answers interactions without having Discord send each answer back to be read again.

    discord.py always asks for that (`with_response`, docs.discord.com, Create Interaction Response); nothing here looks
    at it, and it is a fifth of what answering a press costs. Whatever is answered comes by here, so what came too late
    is counted here.
    """

    def __init__(self, punctuality: Punctuality) -> None:
        super().__init__()
        self._punctuality = punctuality

    async def request(self, route: Route, session: aiohttp.ClientSession, **how: Any) -> Any:  # noqa: ANN401
        if how.get("params") != {"with_response": "1"}:
            return await super().request(route, session, **how)
        try:
            await super().request(route, session, **{**how, "params": None})
        except discord.NotFound as error:
            if error.code == UNKNOWN_INTERACTION:
                self._punctuality.too_late(int(route.webhook_id or 0))
            raise
        return {"interaction": {"id": str(route.webhook_id), "type": 0}}


class Tree(app_commands.CommandTree["Talebearer"]):
    """Slash commands whose every error gets an answer."""

    def _from_interaction(self, interaction: Interaction) -> None:
        self.client.accompany(self.client.loop.create_task(self._answered(interaction)))

    async def _answered(self, interaction: Interaction) -> None:
        try:
            await self._call(interaction)
        except app_commands.AppCommandError as error:
            await self._dispatch_error(interaction, error)

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        try:
            await manner.learn(interaction, self.client.services.preferences)
        except Exception as error:
            await replies.refuse(interaction, error)
            return False
        return True

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        match error:
            case app_commands.CommandInvokeError():
                await replies.refuse(interaction, error.original)
            case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
                await replies.refuse(interaction, UnknownCommand())
            case _:
                await replies.refuse(interaction, error)


class Talebearer(Connected):
    """The bot. `async with Talebearer(…) as bot: await bot.serve(token)`."""

    def __init__(self, settings: Settings, database: Database, clocks: Clocks = Clocks()) -> None:  # noqa: B008
        clock, planned = clocks.now, PlanClock(clocks.now, clocks.steady)
        self._pace = Pace(settings.limits)
        super().__init__(
            database,
            settings,
            clocks.jitter,
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=EVERYWHERE,
            allowed_installs=ANYBODY,
            tree_cls=Tree,
            max_messages=None,
            max_ratelimit_timeout=LONGEST_LIMIT,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            http_trace=self._watching_refusals(planned),
            guild_ready_timeout=0.2,  # seconds of silence after which the last server has come; nothing waits for it
        )
        Route.BASE = settings.discord_api_url
        self._home_guild = settings.discord_home_guild
        self._database = database
        self._board = Switchboard()
        self._clock = clock
        self.tally = Tally()
        self.lag = Lag()
        self.counting = Counting()
        self._punctuality = Punctuality(self.tally)
        courier = DiscordCourier(self, self._pace, planned)
        crier = DiscordCrier(self, self._pace)
        paced = courier, crier, self._pace, clocks, planned
        self.services = Services(settings, database, *paced, self.tally, self._servers)
        self._began = False
        self._delivering: asyncio.Task[None] | None = None
        self._background: list[asyncio.Task[None]] = []

    async def setup_hook(self) -> None:
        """Between login and gateway: everything an interaction may need stands before the first one comes."""
        # For this task, in which the gateway is read, and for all that it starts.
        async_context.set(Brief(self._punctuality))
        await self.recall_session()
        await self.find_gateway()
        await self.services.recover()
        audiences = Audiences(self, self.services.library)
        for cog in cogs(self.services, self._board, audiences, self.tree.add_command):
            await self.add_cog(cog)
        await self.tree.set_translator(languages.CommandTranslator())
        await self._sync()
        logging.getLogger().addHandler(self.counting)
        self._delivering = self._start(self.services.postman.run)
        for work in (*self.services.background(), self.lag.watch):
            self._start(work)

    async def _sync(self) -> None:
        """Tells Discord the commands, unless it was told the same before: it allows 200 a day."""
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        digest = hashlib.sha256(f"{payload} {languages.edition()}".encode()).hexdigest()
        key = f"commands of {self.application_id} at {self._address}"
        if await memory.recall(self._database.reader, key) == digest:
            return
        await self.until_answered(self.tree.sync)
        async with self._database.write() as db:
            await memory.remember(db, key, digest)
        log.info("Told Discord about %s commands", len(payload))

    async def _servers(self) -> set[int]:
        """The servers the bot is in, as Discord says: after a resumed session nothing was read of them."""
        return {guild.id async for guild in self.fetch_guilds(limit=None, with_counts=False)}

    def _watching_refusals(self, clock: Callable[[], float]) -> aiohttp.TraceConfig:
        """Counts what Discord refuses, whoever asked: too much of it and the address is banned."""
        trace = aiohttp.TraceConfig()

        async def ended(_session: object, _context: object, answered: aiohttp.TraceRequestEndParams) -> None:
            if answered.response.status in (401, 403, 429):
                self._pace.refused(clock())
                self.counting.refused += 1

        trace.on_request_start.append(in_time)
        trace.on_request_end.append(ended)
        return trace

    async def on_ready(self) -> None:
        log.info("Ready as %s in %s servers", self.user, len(self.guilds))
        if self._home_guild is not None and self.get_guild(self._home_guild) is None:
            log.warning("DISCORD_HOME_GUILD names server %s, and the bot is not in it: invite it.", self._home_guild)
        await self._connected()

    async def on_resumed(self) -> None:
        """After a restart this comes instead of READY, and no server is told: nothing may wait for those."""
        log.info("Resumed the session as %s", self.user)
        self._handle_ready()
        await self._connected()

    async def _connected(self) -> None:
        await self.services.postman.reconnected()
        if not self._began:
            self._began = True
            gc.collect()
            gc.freeze()  # what is here now stays: the collector need not look at it again

    async def on_interaction(self, interaction: Interaction) -> None:
        """Buttons, menus and forms; commands are the tree's, and come by here as well."""
        self.counting.interactions[interaction.type.name] += 1
        self._punctuality.read(interaction.id, self._clock())
        if interaction.type not in (discord.InteractionType.component, discord.InteractionType.modal_submit):
            return
        try:
            await manner.learn(interaction, self.services.preferences)
            await self._board.dispatch(interaction)
        except Exception as error:
            await replies.refuse(interaction, error)

    @property
    def is_connected(self) -> bool:
        """Whether Discord's events come in."""
        ws = self._socket
        return ws is not None and ws.open and ws.session_id is not None

    async def serve(self, token: str, stop: asyncio.Event) -> None:
        """Logs in and serves until `stop` is set or the connection is lost for good, then drains."""
        serving = asyncio.create_task(self._live(token))
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({serving, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        lost = serving.done()
        await self._drain(serving)
        if lost:
            await serving

    async def _live(self, token: str) -> None:
        await self.log_in(token)
        await self.connect()

    async def _drain(self, serving: asyncio.Task[None]) -> None:
        """Takes nothing new, lets what is in flight finish, and leaves nothing in memory alone."""
        log.info("Stopping: finishing what is in flight")
        serving.cancel()
        if self.ws:
            await self.ws.close(code=4000)  # any code but 1000 and 1001 keeps the session for a successor
        self.services.postman.stop()
        in_flight = set(self.in_progress)
        if self._delivering is not None:
            in_flight.add(self._delivering)
        if in_flight:
            await asyncio.wait(in_flight, timeout=DRAIN)
        await self.services.reading.flush()
        async with self._database.write():
            log.info("Stopped")  # with this transaction the session is kept for a successor

    async def close(self) -> None:
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        logging.getLogger().removeHandler(self.counting)
        await super().close()

    def _start(self, work: Work) -> asyncio.Task[None]:
        task = asyncio.create_task(_supervised(work))
        self._background.append(task)
        return task


async def _supervised(work: Callable[[], Awaitable[None]]) -> None:
    """Runs background work; where it fails, says so and starts it again."""
    while True:
        try:
            return await work()
        except Exception:
            log.exception("Background work failed; it starts again in %s seconds", RETRY)
            await asyncio.sleep(RETRY)
