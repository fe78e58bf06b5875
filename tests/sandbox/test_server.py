"""This room tests the server as such: who may ask, what is not there, what is recorded."""

import asyncio

import aiohttp
import pytest

from bot.sandbox import Channel, Exchange, Guild, Person, Sandbox
from bot.sandbox.snowflakes import time_of
from tests.sandbox.clocks import Clock
from tests.sandbox.wire import Api


async def test_it_listens_on_the_loopback_address_alone() -> None:
    with pytest.raises(ValueError, match=r"listens on 127\.0\.0\.1 alone, not on 0\.0\.0\.0"):
        async with Sandbox.start(host="0.0.0.0"):
            pass


async def test_an_address_as_discord_has_it(sandbox: Sandbox) -> None:
    assert sandbox.api_url == f"http://127.0.0.1:{sandbox.port}/api/v10"


@pytest.mark.parametrize(
    ("host", "status"),
    [("evil.example", 403), ("127.0.0.1", 403), ("127.0.0.1:{port}", 200), ("localhost:{port}", 200)],
)
@pytest.mark.parametrize("path", ["/api/v10/gateway", "/gateway"])
async def test_the_host_is_checked(sandbox: Sandbox, host: str, status: int, path: str) -> None:
    headers = {"Host": host.format(port=sandbox.port)}
    async with aiohttp.ClientSession() as session:
        answer = await session.get(f"http://127.0.0.1:{sandbox.port}{path}", headers=headers)
        assert answer.status in (status, 400 if status == 200 else status)
        assert answer.status != 400 or path == "/gateway"


async def test_two_run_side_by_side_with_tokens_of_their_own(sandbox: Sandbox) -> None:
    async with Sandbox.start(key="mine") as other, aiohttp.ClientSession() as session:
        assert other.port != sandbox.port
        assert other.key == "mine"
        assert len(sandbox.key) >= 20
        headers = {"Authorization": f"Bot {other.token}"}
        assert (await session.get(f"{sandbox.api_url}/users/@me", headers=headers)).status == 401
        assert (await session.get(f"{other.api_url}/users/@me", headers=headers)).status == 200


@pytest.mark.parametrize("authorization", [None, "Bot wrong", "Bearer x", ""])
@pytest.mark.parametrize("path", ["/users/@me", "/gateway/bot", "/channels/1"])
async def test_without_the_token(api: Api, authorization: str | None, path: str) -> None:
    api.authorization = authorization
    answer = await api("GET", path)
    assert (answer.status, answer.body) == (401, {"message": "401: Unauthorized", "code": 0})


async def test_the_gateways_address_is_nobodys_secret(api: Api, sandbox: Sandbox) -> None:
    api.authorization = None
    assert (await api("GET", "/gateway")).body == {"url": f"ws://127.0.0.1:{sandbox.port}/gateway"}


@pytest.mark.parametrize(("method", "path"), [("GET", "/nothing"), ("POST", "/users/@me"), ("GET", "/users/@me/x/y")])
async def test_what_is_not_there(api: Api, method: str, path: str) -> None:
    answer = await api(method, path)
    assert (answer.status, answer.body) == (404, {"message": "404: Not Found", "code": 0})


async def test_what_a_client_asks_first(api: Api, sandbox: Sandbox, guild: Guild) -> None:
    me = (await api("GET", "/users/@me")).body
    assert (me["id"], me["bot"]) == (str(sandbox.application_id), True)
    application = (await api("GET", "/oauth2/applications/@me")).body
    assert application == (await api("GET", "/applications/@me")).body
    assert (application["id"], application["bot"]["id"]) == (me["id"], me["id"])
    limit = (await api("GET", "/gateway/bot")).body["session_start_limit"]
    assert limit == {"max_concurrency": 16, "remaining": 1_000, "reset_after": 86_400_000, "total": 1_000}


async def test_exchanges_are_recorded_and_listened_to(api: Api, sandbox: Sandbox, hall: Channel) -> None:
    heard: list[Exchange] = []
    sandbox.listeners.append(heard.append)
    await api("POST", f"/channels/{hall.id}/messages", {"content": "x"})
    await api("GET", f"/channels/{hall.id}/messages", limit="5")
    await api("DELETE", f"/channels/{hall.id}/messages/{next(iter(hall.messages))}")
    assert sandbox.exchanges == heard
    assert [(one.method, one.status) for one in heard] == [("POST", 200), ("GET", 200), ("DELETE", 204)]
    assert (heard[0].request, heard[0].response["content"]) == ({"content": "x"}, "x")
    assert (heard[1].query, heard[1].path) == ("limit=5", f"/channels/{hall.id}/messages")
    assert heard[2].response is None
    assert 0 <= heard[0].took < 5
    sandbox.history = False
    await api("GET", "/gateway")
    assert len(heard) == 3


async def test_time_is_an_argument() -> None:
    clock = Clock()
    async with Sandbox.start(clock=clock) as sandbox:
        first, second = sandbox.world.ids.next(), sandbox.world.ids.next()
        assert second == first + 1
        assert time_of(first) == clock()
        clock.pass_(1)
        assert time_of(sandbox.world.ids.next()) == clock()
        sandbox.advance(2)
        assert sandbox.backend.now() == clock() + 2


async def test_people_and_places_are_made_once(sandbox: Sandbox) -> None:
    with pytest.raises(StopIteration):
        next(iter(sandbox.guilds))
    guild = sandbox.guild("Story Circle")
    assert sandbox.guild("Story Circle") is guild
    assert guild.channel("hall") is guild.channel("hall")
    assert guild.role("Readers") is guild.role("Readers")
    mara = sandbox.person("mara")
    assert sandbox.person("mara") is mara
    assert mara.display_name == "Mara"
    assert mara.guilds == [guild]
    second = sandbox.guild("Second")
    assert sandbox.person("mara", guild=second).guilds == [guild, second]
    assert sandbox.persons == [mara]
    assert [channel.name for channel in sandbox.channels] == ["hall"]


async def test_permissions_come_with_a_role(sandbox: Sandbox, guild: Guild, hall: Channel) -> None:
    nora = sandbox.person("nora", guild=guild, permissions=1 << 5)
    member = guild.members[nora.id]
    assert member.permissions() & 1 << 5
    assert not guild.members[sandbox.person("otto").id].permissions() & 1 << 5
    sandbox.person("nora", permissions=1 << 4, guild=guild)
    assert not member.permissions() & 1 << 5
    assert guild.members[guild.owner.id].permissions(hall) & 1 << 5


async def test_a_place_follows_the_person(sandbox: Sandbox, mara: Person, hall: Channel, dark: Channel) -> None:
    assert mara.place is hall
    mara.says("x", channel=dark)
    assert mara.place is dark
    assert mara.screen.text == "x"
    mara.goes("dm")
    assert mara.place is mara.dm
    hall.hide()
    assert sandbox.person("zoe").place is dark


async def test_someone_with_no_server_is_in_their_dm(sandbox: Sandbox) -> None:
    alone = sandbox.person("alone")
    assert alone.place is alone.dm


async def test_it_stops_with_a_bot_in_the_middle_of_a_call() -> None:
    async with aiohttp.ClientSession() as session:
        async with Sandbox.start() as sandbox:
            pause = sandbox.pause("GET", "/gateway$")
            asking = asyncio.create_task(session.get(f"{sandbox.api_url}/gateway"))
            await pause.reached()
        with pytest.raises(aiohttp.ClientError):
            await asking
