"""This room tests how the gateway parts from a client: silence, too many servers, too many starts."""

import asyncio

from bot.sandbox import Guild, Sandbox
from bot.sandbox.gateway import IDENTIFIES
from tests.sandbox.bots import reader
from tests.sandbox.conftest import Connect
from tests.sandbox.wire import Api, Socket, gateway


async def closed(socket: Socket) -> int:
    """The code of the close that ends what is said."""
    while (said := await socket.next())["op"] != -1:
        pass
    return said["d"]


async def test_a_client_that_sends_no_heartbeat_is_dropped(sandbox: Sandbox, api: Api) -> None:
    sandbox.backend.gateway.heartbeat_interval = 20
    async with gateway(sandbox, api) as socket:
        session = (await socket.enter())["session_id"]
        assert await closed(socket) == 4009
    sandbox.backend.gateway.heartbeat_interval = 41_250
    async with gateway(sandbox, api) as again:
        await again.next()
        await again.resume(session, 1)
        assert (await again.next())["op"] == 9


async def test_a_session_closed_with_any_other_code_is_resumed(sandbox: Sandbox, api: Api) -> None:
    async with gateway(sandbox, api) as socket:
        session = (await socket.enter())["session_id"]
        await sandbox.drop_gateway(4000)
        assert await closed(socket) == 4000
    async with gateway(sandbox, api) as again:
        await again.next()
        await again.resume(session, 1)
        assert (await again.next())["t"] == "RESUMED"


async def test_a_client_that_has_said_nothing_is_dropped_too(sandbox: Sandbox, api: Api) -> None:
    sandbox.backend.gateway.heartbeat_interval = 20
    async with gateway(sandbox, api) as socket:
        assert await closed(socket) == 4009


async def test_heartbeats_keep_a_client(sandbox: Sandbox, api: Api) -> None:
    """Twice as long as silence would be borne."""
    sandbox.backend.gateway.heartbeat_interval = 200
    sandbox.history = False
    clock = asyncio.get_running_loop().time
    async with gateway(sandbox, api) as socket:
        await socket.enter()
        until = clock() + 2 * 1.5 * 0.2
        while clock() < until:
            await socket.send(1)
            assert (await socket.next())["op"] == 11


async def test_a_clock_put_forward_is_no_silence(sandbox: Sandbox, api: Api) -> None:
    async with gateway(sandbox, api) as socket:
        await socket.enter()
        sandbox.advance(3_600)
        await socket.send(1)
        assert (await socket.next())["op"] == 11


async def test_discord_py_comes_back_after_its_silence(sandbox: Sandbox, connect: Connect, guild: Guild) -> None:
    await connect(reader())
    await sandbox.drop_gateway(4009)
    await sandbox.ready()
    assert [event.t for event in sandbox.events].count("READY") == 2


async def test_a_shard_with_too_many_servers_is_told_to_divide(sandbox: Sandbox, api: Api) -> None:
    sandbox.backend.gateway.guilds_a_shard = 2
    guilds = [sandbox.guild(f"Guild {number}") for number in range(3)]
    async with gateway(sandbox, api) as socket:
        await socket.next()
        await socket.identify()
        assert (await socket.next())["d"] == 4011
    crowded = max(sum((guild.id >> 22) % 2 == index for guild in guilds) for index in (0, 1))
    sandbox.backend.gateway.guilds_a_shard = crowded
    async with gateway(sandbox, api) as socket:
        await socket.next()
        await socket.identify(shard=[0, 2])
        assert (await socket.next())["t"] == "READY"


async def starts(api: Api) -> dict[str, int]:
    return (await api("GET", "/gateway/bot")).body["session_start_limit"]


async def test_identifying_is_counted_and_resuming_is_not(sandbox: Sandbox, api: Api) -> None:
    async with gateway(sandbox, api) as socket:
        session = (await socket.enter())["session_id"]
        await sandbox.drop_gateway()
    async with gateway(sandbox, api) as socket:
        await socket.next()
        await socket.resume(session, 1)
        assert (await socket.next())["t"] == "RESUMED"
    assert (await starts(api))["remaining"] == IDENTIFIES - 1
    sandbox.advance(3_600)
    assert 82_700_000 < (await starts(api))["reset_after"] <= 82_800_000
    sandbox.advance(82_800)
    renewed = await starts(api)
    assert (renewed["remaining"], renewed["total"], renewed["max_concurrency"]) == (IDENTIFIES, IDENTIFIES, 16)
    assert renewed["reset_after"] > 86_390_000


async def test_a_bot_out_of_starts_has_its_token_reset(sandbox: Sandbox, api: Api) -> None:
    sandbox.backend.gateway.identifies_left = 0
    async with gateway(sandbox, api) as socket:
        await socket.next()
        await socket.identify()
        assert (await socket.next())["d"] == 4004
    assert (await starts(api))["remaining"] == 0
