"""This room serves the local Discord on the loopback address, and gives it to tests and pages to act on."""

import importlib
import secrets
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from typing import Literal

from aiohttp import web

from .attachments import Upload
from .backend import Backend
from .endpoints import ROUTES
from .errors import Json, Unchecked
from .faults import Moment, Pause
from .permissions import EVERYONE, PermissionSet, bits
from .persons import Person
from .records import Exchange, GatewayEvent
from .rest import PREFIX, REQUEST_SIZE, Rest
from .watching import Changes
from .world import Channel, Guild, Role, User, World

HOST = "127.0.0.1"
LARGEST_REQUEST = REQUEST_SIZE + 1024


class Sandbox:
    """A Discord for one bot, on this machine alone; `start` is the way to have one."""

    def __init__(self, *, key: str | None = None, clock: Callable[[], float] = time.time) -> None:
        self.backend = Backend(clock)
        self.key = key or secrets.token_urlsafe(16)
        self.port = 0
        self.persons: list[Person] = []
        self.restart: Callable[[], Awaitable[None]] | None = None
        """What stops the bot and starts it again, where somebody has said so."""
        self.app = web.Application(middlewares=[self._check_host], client_max_size=LARGEST_REQUEST)
        rest = Rest(self.backend, ROUTES)
        self.app.router.add_route("*", PREFIX + "/{path:.*}", rest.handle)
        for path in ("/gateway", "/gateway/", "/gateway/resume", "/gateway/resume/"):
            self.app.router.add_get(path, self.backend.gateway.handle)
        self.app.router.add_get("/attachments/{channel_id}/{id}/{name}", self._attachment)

    @classmethod
    @asynccontextmanager
    async def start(
        cls,
        *,
        port: int = 0,
        key: str | None = None,
        clock: Callable[[], float] = time.time,
        page: bool = False,
        host: str = HOST,
    ) -> "AsyncGenerator[Sandbox]":
        """Serves until the block ends; `port` 0 takes any free one, `page` adds the page for a browser."""
        if host != HOST:
            raise ValueError(f"The local Discord listens on {HOST} alone, not on {host}.")
        sandbox = cls(key=key, clock=clock)
        if page:
            importlib.import_module(".page", __package__).mount(sandbox, sandbox.persons)
        runner = web.AppRunner(sandbox.app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, HOST, port)
        try:
            await site.start()
            sandbox._listen_on(runner.addresses[0][1])
            yield sandbox
        finally:
            await site.stop()
            await sandbox._stop()
            await runner.cleanup()

    def _listen_on(self, port: int) -> None:
        self.port = port
        self.backend.gateway.address = f"ws://{HOST}:{port}/gateway"
        self.backend.attachments.address = f"http://{HOST}:{port}"

    async def _stop(self) -> None:
        self.backend.faults.clear()
        self.backend.interactions.close()
        await self.backend.gateway.drop(1001)

    @web.middleware
    async def _check_host(
        self, request: web.Request, handler: Callable[[web.Request], Unchecked]
    ) -> web.StreamResponse:
        """A page elsewhere gets nothing, be it that its name resolves to 127.0.0.1 or that it asks across origins."""
        own = (f"{HOST}:{self.port}", f"localhost:{self.port}")
        if request.headers.get("Host") not in own:
            return web.Response(status=403, text="This server answers to its own address alone.\n")
        if request.headers.get("Origin", "http://" + own[0]) not in [f"http://{name}" for name in own]:
            return web.Response(status=403, text="This request comes from another page.\n")
        return await handler(request)

    async def _attachment(self, request: web.Request) -> web.Response:
        key, query = request.match_info["id"], request.query
        upload: Upload | None = None
        if key.isdigit() and query.get("ex") and query.get("hm"):
            upload = self.backend.attachments.find(request.path, int(key), query["ex"], query["hm"])
        if upload is None:
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=upload.content, headers={"Content-Type": upload.content_type})

    # What a client needs to know

    @property
    def api_url(self) -> str:
        return f"http://{HOST}:{self.port}{PREFIX}"

    @property
    def gateway_url(self) -> str:
        """What `GET /gateway/bot` answers, for clients that do not ask."""
        return self.backend.gateway.address

    @property
    def page_url(self) -> str:
        """Where the page is, for those who are told its key."""
        return f"http://{HOST}:{self.port}/{self.key}/"

    @property
    def token(self) -> str:
        return self.backend.token

    @property
    def application_id(self) -> int:
        return self.backend.application_id

    @property
    def bot_user(self) -> User:
        return self.backend.world.bot

    # The world

    @property
    def world(self) -> World:
        return self.backend.world

    @property
    def guilds(self) -> list[Guild]:
        return list(self.backend.world.guilds.values())

    @property
    def channels(self) -> list[Channel]:
        """Channels and threads of every guild; DMs are at `person.dm`."""
        return [channel for channel in self.backend.world.channels.values() if channel.guild is not None]

    @property
    def commands(self) -> list[Json]:
        """What the bot has registered, global commands first."""
        scopes = [None, *self.backend.world.guilds]
        return [command for scope in scopes for command in self.backend.commands.all(scope)]

    def guild(self, name: str, *, has_bot: bool = True, bot_permissions: int = EVERYONE) -> Guild:
        """The guild of that name; it is made, and the bot told, when there is none."""
        for known in self.guilds:
            if known.name == name:
                return known
        return self.backend.world.new_guild(name, has_bot=has_bot, bot_permissions=bot_permissions)

    def person(
        self,
        name: str,
        *,
        display_name: str | None = None,
        guild: Guild | None = None,
        permissions: int | PermissionSet | None = None,
        age: float = 0.0,
        locale: str = "en-US",
    ) -> Person:
        """The person of that name; a new one joins `guild`, or the first there is.

        `permissions` come on top of everybody's; the account is `age` seconds old, and has been in the guild half that;
        Discord speaks `locale` to a new person.
        """
        person = next((known for known in self.persons if known.name == name), None)
        if person is None:
            user = self.backend.world.new_user(name, display_name or name.capitalize(), age=age)
            user.locale = locale
            person = Person(self.backend, user)
            self.persons.append(person)
            guild = guild or next(iter(self.guilds), None)
        if guild is not None:
            guild.welcome(person.user, bits(permissions or 0), ago=age / 2)
        return person

    def permit(
        self, subject: Person | Role | Channel | Guild, command: str | None = None, *, allowed: bool | None = True
    ) -> None:
        """What moderators set under *Integrations*: who may use a command ("/desk", "Bookmark"), or else the bot.

        A guild stands for all its channels, its `everyone` role for all its members; `allowed=None` takes it back.
        """
        user = subject.user if isinstance(subject, Person) else subject
        for guild in subject.guilds if isinstance(subject, Person) else [_guild_of(subject)]:
            named = self.backend.commands.named(guild.id, command) if command else None
            target = int(named["id"]) if named else self.application_id
            self.backend.overwrites.set(guild, target, user, allowed)
            self.backend.announcer.permissions(guild, self.backend.overwrites, target)

    # Waiting

    @property
    def connected(self) -> bool:
        return self.backend.gateway.connected

    async def ready(self) -> None:
        """Until the bot has a gateway session that has been sent READY or RESUMED."""
        await self.backend.gateway.ready()

    async def commands_synced(self) -> None:
        """Until the bot has registered commands."""
        await self.backend.synced.wait()

    def watch(self, person: Person) -> Changes:
        """A queue of what changes before the person's eyes, from now on."""
        return self.backend.watchers.watch(person.id)

    def unwatch(self, person: Person, queue: Changes) -> None:
        self.backend.watchers.unwatch(person.id, queue)

    def watching(self, person: Person) -> AbstractContextManager[Changes]:
        """The same queue, given back at the end of the block."""
        return self.backend.watchers.watching(person.id)

    def advance(self, seconds: float) -> None:
        """Puts the clock forward; what is overdue then fails at once."""
        self.backend.advance(seconds)

    # What was said

    @property
    def exchanges(self) -> list[Exchange]:
        return list(self.backend.records.exchanges)

    @property
    def events(self) -> list[GatewayEvent]:
        return list(self.backend.records.events)

    @property
    def listeners(self) -> list[Callable[[Exchange], None]]:
        return self.backend.records.listeners

    @property
    def event_listeners(self) -> list[Callable[[GatewayEvent], None]]:
        return self.backend.records.event_listeners

    @property
    def history(self) -> bool:
        """Whether exchanges and events are recorded."""
        return self.backend.records.on

    @history.setter
    def history(self, on: bool) -> None:
        self.backend.records.on = on

    @property
    def rate_limits(self) -> bool:
        return self.backend.buckets.on

    @rate_limits.setter
    def rate_limits(self, on: bool) -> None:
        self.backend.buckets.on = on

    @property
    def identify_interval(self) -> float:
        """Seconds between two sessions that begin anew: none for scenes, `IDENTIFY_INTERVAL` as Discord has it."""
        return self.backend.gateway.identify_interval

    @identify_interval.setter
    def identify_interval(self, seconds: float) -> None:
        self.backend.gateway.identify_interval = seconds

    # Faults

    def pause(self, method: str, path: str, *, moment: Moment = "before") -> Pause:
        """The next request whose path fits the pattern stops before its effect, or between effect and answer."""
        return self.backend.faults.pause(method, path, moment)

    def fail(
        self,
        method: str,
        path: str,
        *,
        status: int = 500,
        code: int = 0,
        times: int = 1,
        moment: Moment = "before",
        reset: bool = False,
    ) -> None:
        self.backend.faults.fail(method, path, status=status, code=code, times=times, moment=moment, reset=reset)

    def limit(self, times: int = 1) -> None:
        """The next requests, whichever they are, are refused with 429."""
        self.backend.buckets.refusals += times

    def delay(self, method: str, path: str, seconds: float, *, moment: Moment = "before") -> None:
        """The next fitting request (`*`: of any method) is held back for so long."""
        self.backend.faults.pause(method, path, moment, seconds)

    def refuse_dms(self, code: Literal[40003, 20026] | None) -> None:
        """From now on no DM channel can be opened, until None."""
        self.backend.dm_refusal = code

    async def reconnect(self, op: Literal[7, 9] = 7, *, resumable: bool = False) -> None:
        await self.backend.gateway.reconnect(op, resumable=resumable)

    async def drop_gateway(self, code: int | None = None) -> None:
        await self.backend.gateway.drop(code)

    def replay(self) -> None:
        """Sends every buffered event to the bot once more."""
        self.backend.gateway.replay()


def _guild_of(subject: Role | Channel | Guild) -> Guild:
    guild = subject if isinstance(subject, Guild) else subject.guild
    assert guild is not None
    return guild
