"""The local Discord is not shaped to one library: discord.js lives on it as it comes from npm."""

import asyncio
import os
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox import Channel, Choice, Message, Modal, Person, Sandbox
from tests.local import local_discord
from tests.npm import installed, node

HERE = Path(__file__).parent


@asynccontextmanager
async def living(sandbox: Sandbox) -> AsyncGenerator[Process]:
    """The bot as a process, ready and with its commands registered; it may complain of nothing."""
    modules = installed(HERE / "package.json")
    address = sandbox.api_url.removesuffix("/v10")
    named = {"NODE_MODULES": str(modules), "DISCORD_API": address, "DISCORD_TOKEN": sandbox.token}
    process = await asyncio.create_subprocess_exec(
        node(), str(HERE / "bot.mjs"), env={**os.environ, **named}, stdout=PIPE, stderr=PIPE
    )
    try:
        await sandbox.commands_synced()
        yield process
    finally:
        process.terminate()
        _, complaints = await process.communicate()
    assert complaints.decode() == ""


@pytest.fixture
async def sandbox() -> AsyncGenerator[Sandbox]:
    async with local_discord() as sandbox:
        sandbox.guild("Story Circle").channel("reading-room")
        yield sandbox


@pytest.fixture
def mara(sandbox: Sandbox) -> Person:
    return sandbox.person("mara")


@pytest.fixture
def hall(sandbox: Sandbox) -> Channel:
    return sandbox.channels[0]


async def test_a_command_a_button_and_a_form(sandbox: Sandbox, mara: Person) -> None:
    async with living(sandbox):
        assert await mara.types("/greet", name="Mar") == [Choice("Mara", "Mara"), Choice("Marco", "Marco")]
        greeted = await mara.runs("/greet", name="Mara")
        assert isinstance(greeted, Message)
        assert (greeted.content, greeted.ephemeral) == ("Hello Mara from reading-room", True)
        opened = await mara.clicks("Write")
        assert isinstance(opened, Modal)
        assert (opened.title, [field.label for field in opened.fields]) == ("A letter", ["Comments"])
        assert (await mara.submits(Comments="It stayed with me.")).content == "Thank you for: It stayed with me."
        assert (await mara.receives()).content == "Your letter has arrived."


async def test_a_menu_and_a_slow_answer(sandbox: Sandbox, mara: Person, hall: Channel) -> None:
    async with living(sandbox):
        kept = await mara.uses("Keep It", on=mara.says("The Lamp", channel=hall))
        assert kept.content == "Kept: The Lamp"


async def test_a_dropped_session_is_resumed(sandbox: Sandbox, mara: Person) -> None:
    async with living(sandbox):
        resumed = asyncio.Event()
        sandbox.event_listeners.append(lambda event: resumed.set() if event.t == "RESUMED" else None)
        await sandbox.drop_gateway(4000)
        await resumed.wait()
        assert (await mara.runs("/greet", name="Otto")).content == "Hello Otto from reading-room"
