"""This room gives each test a local Discord with a guild, three places and two people."""

import os
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import aiohttp
import pytest

from bot.sandbox import Channel, Guild, Person, Sandbox
from tests.conformance import judge, judge_event
from tests.sandbox.bots import Bot, living, reader
from tests.sandbox.wire import Api
from tests.shared import FOLDER

Connect = Callable[[Bot], Awaitable[Bot]]


@pytest.fixture
async def sandbox() -> AsyncGenerator[Sandbox]:
    async with Sandbox.start() as sandbox:
        yield sandbox
        hold_against_the_description(sandbox)


def hold_against_the_description(sandbox: Sandbox) -> None:
    """Every answer and every event; what bots ask is judged where the bots are tested."""
    if os.environ.get("CI") != "true" and not (FOLDER / "discord" / "openapi.json").exists():
        return
    found = [violation for exchange in sandbox.exchanges for violation in judge(exchange) if violation.side == "answer"]
    found += [violation for event in sandbox.events for violation in judge_event(event)]
    assert found == []


@pytest.fixture
async def api(sandbox: Sandbox) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(sandbox, session)


@pytest.fixture
def guild(sandbox: Sandbox) -> Guild:
    return sandbox.guild("Story Circle")


@pytest.fixture
def hall(guild: Guild) -> Channel:
    return guild.channel("reading-room")


@pytest.fixture
def dark(guild: Guild, hall: Channel) -> Channel:
    return guild.channel("after-dark", nsfw=True)


@pytest.fixture
def mara(sandbox: Sandbox, guild: Guild, hall: Channel) -> Person:
    return sandbox.person("mara", display_name="Mara", guild=guild)


@pytest.fixture
def otto(sandbox: Sandbox, guild: Guild, hall: Channel) -> Person:
    return sandbox.person("otto", display_name="Otto", guild=guild)


@pytest.fixture
async def connect(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Connect]:
    """Connects a bot until the test ends."""
    async with AsyncExitStack() as stack:

        async def enter(bot: Bot) -> Bot:
            return await stack.enter_async_context(living(bot, sandbox, monkeypatch))

        yield enter


@pytest.fixture
async def bot(connect: Connect, hall: Channel) -> Bot:
    return await connect(reader())
