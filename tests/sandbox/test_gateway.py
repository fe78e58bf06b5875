"""This room tests the gateway with a bare client: opcodes, compression, sessions and close codes."""

import asyncio
from typing import Any

import orjson
import pytest

from bot.sandbox import IDENTIFY_INTERVAL, Channel, Guild, Person, Sandbox
from bot.sandbox.records import CLOSED
from bot.sandbox.sessions import BUFFERED, PRIVILEGED, Session
from tests.sandbox.wire import Api, Socket, gateway

STREAMS = ("", "zlib-stream", "zstd-stream")


@pytest.mark.parametrize("compress", STREAMS)
async def test_one_stream_for_the_whole_socket(
    sandbox: Sandbox, api: Api, guild: Guild, hall: Channel, compress: str
) -> None:
    async with gateway(sandbox, api, compress) as socket:
        ready = await socket.enter()
        assert ready["user"]["id"] == str(sandbox.bot_user.id)
        assert ready["guilds"] == [{"id": str(guild.id), "unavailable": True}]
        assert ready["resume_gateway_url"].startswith(f"ws://127.0.0.1:{sandbox.port}/gateway/")
        created = await socket.until("GUILD_CREATE")
        assert [channel["name"] for channel in created["channels"]] == ["reading-room"]
        assert [member["user"]["id"] for member in created["members"]] == [str(sandbox.bot_user.id)]
        await socket.send(1, socket.sequence)
        assert (await socket.next())["op"] == 11


async def test_hello_comes_first(sandbox: Sandbox, api: Api) -> None:
    async with gateway(sandbox, api) as socket:
        hello = await socket.next()
        assert (hello["op"], hello["d"]["heartbeat_interval"]) == (10, 41_250)


async def refused(socket: Socket, op: int, data: object) -> int:
    """The close code that comes of saying this first."""
    await socket.next()
    await socket.send(op, data)
    return (await socket.next())["d"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"token": "wrong"}, 4004),
        ({"shard": [2, 2]}, 4010),
        ({"intents": 1 << 27}, 4013),
        ({"intents": None}, 4013),
        ({"intents": 1 << 15}, 4014),
        ({"intents": 1 << 1}, 4014),
    ],
)
async def test_identify_refused(sandbox: Sandbox, api: Api, change: dict[str, Any], code: int) -> None:
    async with gateway(sandbox, api) as socket:
        identify: dict[str, Any] = {"token": sandbox.token, "intents": 1} | change
        assert await refused(socket, 2, identify) == code
    assert not sandbox.connected


async def test_privileged_intents_can_be_granted(sandbox: Sandbox, api: Api) -> None:
    sandbox.backend.gateway.privileged = PRIVILEGED
    async with gateway(sandbox, api) as socket:
        assert (await socket.enter(1 | PRIVILEGED))["session_id"]


@pytest.mark.parametrize(
    ("op", "data", "code"), [(3, {}, 4003), (99, {}, 4003), (6, {"token": "wrong"}, 4004), (6, {"seq": None}, 4007)]
)
async def test_first_words_refused(sandbox: Sandbox, api: Api, op: int, data: dict[str, Any], code: int) -> None:
    async with gateway(sandbox, api) as socket:
        assert await refused(socket, op, {"token": sandbox.token} | data) == code


async def test_words_refused_later(sandbox: Sandbox, api: Api) -> None:
    async with gateway(sandbox, api) as socket:
        await socket.enter()
        await socket.identify()
        assert (await socket.next())["d"] == 4005
    async with gateway(sandbox, api) as socket:
        await socket.enter()
        await socket.send(77)
        assert (await socket.next())["d"] == 4001


@pytest.mark.parametrize("text", ["{", '{"op": "x"}', "[]", '{"op": 1, "d": "' + "x" * 4_096 + '"}'])
async def test_what_cannot_be_decoded(sandbox: Sandbox, api: Api, text: str) -> None:
    async with gateway(sandbox, api) as socket:
        await socket.next()
        await socket.socket.send_str(text)
        assert (await socket.next())["d"] == 4002


async def test_an_old_version_is_refused(sandbox: Sandbox, api: Api) -> None:
    async with gateway(sandbox, api, v="6") as socket:
        while (said := await socket.next())["op"] != -1:
            assert said["op"] == 10
        assert said["d"] == 4012


async def test_120_sends_a_minute(sandbox: Sandbox, api: Api) -> None:
    async with gateway(sandbox, api) as socket:
        await socket.enter()
        for _ in range(120):
            await socket.send(3, {})
        assert (await socket.next())["d"] == 4008


async def test_sends_are_forgotten_after_a_minute(sandbox: Sandbox, api: Api) -> None:
    async with gateway(sandbox, api) as socket:
        await socket.enter()
        for _ in range(119):
            await socket.send(3, {})
        await beat(socket)
        sandbox.advance(61)
        for _ in range(110):
            await socket.send(3, {})
        await beat(socket)


async def beat(socket: Socket) -> None:
    await socket.send(1)
    assert (await socket.next())["op"] == 11


async def test_a_session_is_resumed_with_what_was_missed(
    sandbox: Sandbox, api: Api, guild: Guild, hall: Channel
) -> None:
    async with gateway(sandbox, api) as socket:
        session = (await socket.enter())["session_id"]
        await socket.until("GUILD_CREATE")
        sequence = socket.sequence or 0
        await sandbox.drop_gateway()
    assert not sandbox.connected
    guild.channel("one")
    guild.channel("two")
    async with gateway(sandbox, api, path="/resume") as again:
        await again.next()
        await again.resume(session, sequence)
        missed = [await again.next() for _ in range(3)]
        assert [(event["t"], event["s"]) for event in missed] == [
            ("CHANNEL_CREATE", sequence + 1),
            ("CHANNEL_CREATE", sequence + 2),
            ("RESUMED", sequence + 3),
        ]
        assert sandbox.connected


async def test_a_session_left_with_1000_is_gone(sandbox: Sandbox, api: Api) -> None:
    async with gateway(sandbox, api) as socket:
        session = (await socket.enter())["session_id"]
        await socket.socket.close(code=1000)
    assert await resuming(sandbox, api, session) == {"t": None, "s": None, "op": 9, "d": False}


async def resuming(sandbox: Sandbox, api: Api, session: str, sequence: int = 1) -> dict[str, Any]:
    """What a resume is answered with."""
    async with gateway(sandbox, api) as socket:
        await socket.next()
        await socket.resume(session, sequence)
        return await socket.next()


async def test_a_session_is_forgotten_after_some_minutes(sandbox: Sandbox, api: Api) -> None:
    async with gateway(sandbox, api) as socket:
        session = (await socket.enter())["session_id"]
        await sandbox.drop_gateway()
    sandbox.advance(179)
    assert (await resuming(sandbox, api, session))["t"] == "RESUMED"
    sandbox.advance(181)
    assert (await resuming(sandbox, api, session))["op"] == 9


async def test_a_sequence_from_the_future_is_no_resume(sandbox: Sandbox, api: Api) -> None:
    async with gateway(sandbox, api) as socket:
        session = (await socket.enter())["session_id"]
        await sandbox.drop_gateway()
    assert (await resuming(sandbox, api, session, sequence=99))["op"] == 9
    assert (await resuming(sandbox, api, "nobody's"))["op"] == 9


def test_a_session_resumes_from_what_it_still_holds() -> None:
    session = Session(1, (0, 1))
    for _ in range(BUFFERED + 10):
        session.dispatch("GUILD_CREATE", b"{}")
    assert not session.can_resume_from(9)
    assert session.can_resume_from(10)
    assert session.can_resume_from(BUFFERED + 10)


async def test_a_new_socket_takes_the_place_of_the_old(sandbox: Sandbox, api: Api) -> None:
    async with gateway(sandbox, api) as socket:
        session = (await socket.enter())["session_id"]
        async with gateway(sandbox, api) as second:
            await second.next()
            await second.resume(session, 1)
            assert (await second.next())["t"] == "RESUMED"
            assert (await socket.next())["d"] == 4000
            assert sandbox.connected


async def test_reconnect_and_invalid_session_on_demand(sandbox: Sandbox, api: Api) -> None:
    async with gateway(sandbox, api) as socket:
        session = (await socket.enter())["session_id"]
        asked = asyncio.create_task(sandbox.reconnect(7))
        assert (await socket.next())["op"] == 7
        await socket.socket.close(code=4000)
        await asked
    async with gateway(sandbox, api) as socket:
        await socket.next()
        await socket.resume(session, 1)
        assert (await socket.next())["t"] == "RESUMED"
        asked = asyncio.create_task(sandbox.reconnect(9))
        assert await socket.next() == {"t": None, "s": None, "op": 9, "d": False}
        await socket.socket.close(code=4000)
        await asked
    assert (await resuming(sandbox, api, session))["op"] == 9


async def test_the_gateway_is_closed_on_demand(sandbox: Sandbox, api: Api) -> None:
    async with gateway(sandbox, api) as socket:
        await socket.enter()
        await sandbox.drop_gateway(4009)
        assert (await socket.next())["d"] == 4009


async def test_replay_sends_the_same_events_again(sandbox: Sandbox, api: Api, guild: Guild) -> None:
    async with gateway(sandbox, api) as socket:
        await socket.enter()
        first = await socket.next()
        sandbox.replay()
        again = [await socket.next() for _ in range(2)]
        assert [(event["t"], event["s"]) for event in again] == [("READY", 1), ("GUILD_CREATE", 2)]
        assert again[1] == first


async def test_only_what_the_intents_ask_for(
    sandbox: Sandbox, api: Api, mara: Person, guild: Guild, hall: Channel
) -> None:
    async with gateway(sandbox, api) as socket:
        await socket.enter()
        await socket.until("GUILD_CREATE")
        mara.says("unheard", channel=hall)
        guild.channel("heard")
        assert (await socket.next())["t"] == "CHANNEL_CREATE"


async def test_message_intents_bring_messages(sandbox: Sandbox, api: Api, mara: Person, hall: Channel) -> None:
    async with gateway(sandbox, api) as socket:
        await socket.enter(1 | 1 << 9 | 1 << 12)
        mara.says("in the hall", channel=hall)
        heard = await socket.until("MESSAGE_CREATE")
        assert (heard["guild_id"], heard["author"]["id"]) == (str(hall.guild and hall.guild.id), str(mara.id))
        assert "user" not in heard["member"]
        mara.says("in private", channel="dm")
        private = await socket.until("MESSAGE_CREATE")
        assert "guild_id" not in private


async def test_text_of_others_takes_the_message_content_intent(
    sandbox: Sandbox, api: Api, mara: Person, hall: Channel
) -> None:
    """Gateway, "Message Content Intent": empty but in DMs and where the bot is mentioned."""
    async with gateway(sandbox, api) as socket:
        await socket.enter(1 | 1 << 9 | 1 << 12)
        mara.says("secret", channel=hall)
        assert (await socket.until("MESSAGE_CREATE"))["content"] == ""
        mara.says(f"hello <@{sandbox.bot_user.id}>", channel=hall)
        assert (await socket.until("MESSAGE_CREATE"))["content"].startswith("hello")
        mara.says("private", channel="dm")
        assert (await socket.until("MESSAGE_CREATE"))["content"] == "private"


async def test_each_shard_hears_of_its_guilds(sandbox: Sandbox, api: Api) -> None:
    guilds = [sandbox.guild(f"Guild {number}") for number in range(4)]
    wanted = [guild for guild in guilds if (guild.id >> 22) % 2 == 1]
    async with gateway(sandbox, api) as socket:
        await socket.next()
        await socket.identify(shard=[1, 2])
        ready = await socket.until("READY")
        assert ready["shard"] == [1, 2]
        assert [guild["id"] for guild in ready["guilds"]] == [str(guild.id) for guild in wanted]


async def test_identifying_too_often_is_an_invalid_session(sandbox: Sandbox, api: Api) -> None:
    sandbox.identify_interval = IDENTIFY_INTERVAL
    async with gateway(sandbox, api) as socket:
        await socket.enter()
    async with gateway(sandbox, api) as socket:
        await socket.next()
        await socket.identify()
        assert (await socket.next())["op"] == 9
    sandbox.advance(5)
    async with gateway(sandbox, api) as socket:
        assert (await socket.enter())["session_id"]
    limit = (await api("GET", "/gateway/bot")).body["session_start_limit"]
    assert (limit["remaining"], limit["total"]) == (997, 1_000)


async def test_members_are_chunked_on_request(sandbox: Sandbox, api: Api, guild: Guild, mara: Person) -> None:
    async with gateway(sandbox, api) as socket:
        await socket.enter()
        await socket.send(8, {"guild_id": str(guild.id), "user_ids": [str(mara.id)], "nonce": "n"})
        chunk = await socket.until("GUILD_MEMBERS_CHUNK")
        assert ([member["user"]["username"] for member in chunk["members"]], chunk["nonce"]) == (["mara"], "n")
        await socket.send(8, {"guild_id": str(guild.id), "query": "ma", "limit": 5})
        assert len((await socket.until("GUILD_MEMBERS_CHUNK"))["members"]) == 1


async def test_a_guild_without_the_bot_is_never_heard_of(sandbox: Sandbox, api: Api) -> None:
    elsewhere = sandbox.guild("Elsewhere", has_bot=False)
    async with gateway(sandbox, api) as socket:
        assert (await socket.enter())["guilds"] == []
        elsewhere.channel("quiet")
        sandbox.guild("Here")
        assert (await socket.next())["d"]["name"] == "Here"


async def test_both_sides_of_the_gateway_are_recorded_and_listened_to(sandbox: Sandbox, api: Api, guild: Guild) -> None:
    heard: list[str | None] = []
    sandbox.event_listeners.append(lambda event: heard.append(event.t))
    async with gateway(sandbox, api) as socket:
        await socket.enter()
        await sandbox.drop_gateway(4009)
    assert heard == [None, None, "READY", "GUILD_CREATE", None]
    assert [(event.op, event.by_bot) for event in sandbox.events] == [
        (10, False),
        (2, True),
        (0, False),
        (0, False),
        (CLOSED, False),
    ]
    assert sandbox.events[-1].d == {"code": 4009}
    assert orjson.dumps(sandbox.events[2].d)


async def test_nothing_is_recorded_where_nobody_wants_it(sandbox: Sandbox, api: Api) -> None:
    sandbox.history = False
    async with gateway(sandbox, api) as socket:
        await socket.enter()
    assert sandbox.events == []
