"""This room tests what goes wrong on purpose, and the pace that is asked of a bot."""

import asyncio
import errno
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox import Channel, Person, Sandbox
from bot.sandbox.buckets import Buckets
from tests.sandbox.clocks import Clock
from tests.sandbox.wire import Answer, Api

POST_MESSAGE = r"^/channels/\d+/messages$"


async def say(api: Api, channel: Channel, content: str = "x") -> Answer:
    return await api("POST", f"/channels/{channel.id}/messages", {"content": content})


async def test_a_request_is_held_back_before_its_effect(api: Api, sandbox: Sandbox, hall: Channel) -> None:
    pause = sandbox.pause("POST", POST_MESSAGE)
    asking = asyncio.create_task(say(api, hall))
    await pause.reached()
    assert hall.messages == {}
    pause.release()
    assert (await asking).status == 200
    assert len(hall.messages) == 1


async def test_a_request_is_held_back_after_its_effect(api: Api, sandbox: Sandbox, hall: Channel) -> None:
    pause = sandbox.pause("POST", POST_MESSAGE, moment="after")
    asking = asyncio.create_task(say(api, hall))
    await pause.reached()
    assert len(hall.messages) == 1
    assert not asking.done()
    pause.release()
    assert (await asking).status == 200


@pytest.mark.parametrize(("moment", "count"), [("before", 0), ("after", 1)])
async def test_a_connection_is_dropped(api: Api, sandbox: Sandbox, hall: Channel, moment: str, count: int) -> None:
    pause = sandbox.pause("POST", POST_MESSAGE, moment="before" if moment == "before" else "after")
    asking = asyncio.create_task(say(api, hall))
    await pause.reached()
    pause.drop()
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await asking
    assert len(hall.messages) == count
    assert [exchange.status for exchange in sandbox.exchanges] == [0]


@pytest.mark.parametrize(("moment", "count"), [("before", 0), ("after", 1)])
async def test_a_connection_is_reset(api: Api, sandbox: Sandbox, hall: Channel, moment: str, count: int) -> None:
    sandbox.fail("POST", POST_MESSAGE, reset=True, moment="before" if moment == "before" else "after")
    with pytest.raises(aiohttp.ClientOSError) as caught:
        await say(api, hall)
    assert caught.value.errno == errno.ECONNRESET
    assert len(hall.messages) == count


@pytest.mark.parametrize(("moment", "count"), [("before", 0), ("after", 2)])
async def test_a_server_error_so_many_times(api: Api, sandbox: Sandbox, hall: Channel, moment: str, count: int) -> None:
    sandbox.fail("POST", POST_MESSAGE, status=502, times=2, moment="before" if moment == "before" else "after")
    assert [(await say(api, hall)).status for _ in range(3)] == [502, 502, 200]
    assert len(hall.messages) == count + 1


async def test_a_refusal_by_its_code(api: Api, sandbox: Sandbox, hall: Channel) -> None:
    sandbox.fail("POST", POST_MESSAGE, code=200000)
    refused = await say(api, hall)
    assert (refused.status, refused.code) == (400, 200000)
    assert (await say(api, hall)).status == 200


async def test_only_what_fits_fails(api: Api, sandbox: Sandbox, hall: Channel, dark: Channel) -> None:
    sandbox.fail("POST", rf"^/channels/{dark.id}/", status=500)
    sandbox.fail("PATCH", POST_MESSAGE, status=500)
    assert (await say(api, hall)).status == 200
    assert (await say(api, dark)).status == 500


# Pace


async def test_what_the_headers_say(api: Api, hall: Channel) -> None:
    headers = (await say(api, hall)).headers
    assert (headers["X-RateLimit-Limit"], headers["X-RateLimit-Remaining"]) == ("5", "4")
    assert 4 < float(headers["X-RateLimit-Reset-After"]) <= 5
    assert float(headers["X-RateLimit-Reset"]) > 1_700_000_000
    assert len(headers["X-RateLimit-Bucket"]) == 32


@pytest.mark.parametrize("after", [0.0, 0.1234, 0.5678, 0.99999])
def test_who_waits_as_long_as_it_was_told_is_let_through(after: float) -> None:
    clock = Clock()
    buckets = Buckets(clock)
    route = "POST", "/channels/{channel_id}/messages", {"channel_id": "1"}
    buckets.judge(*route)
    clock.pass_(after)
    told = [buckets.judge(*route).headers for _ in range(4)]
    clock.pass_(float(told[-1]["X-RateLimit-Reset-After"]))
    assert buckets.judge(*route).retry_after is None


async def test_the_sixth_message_in_five_seconds(api: Api, hall: Channel, dark: Channel, sandbox: Sandbox) -> None:
    for _ in range(5):
        assert (await say(api, hall)).status == 200
    refused = await say(api, hall)
    assert refused.status == 429
    assert refused.headers["Via"]
    assert refused.headers["X-RateLimit-Scope"] == "user"
    assert refused.headers["Content-Type"] == "application/json"
    assert int(refused.headers["Retry-After"]) == 5
    assert refused.body["message"] == "You are being rate limited."
    assert 4 < refused.body["retry_after"] <= 5
    assert refused.body["global"] is False
    assert (await say(api, dark)).status == 200, "another channel has a bucket of its own"
    assert len(hall.messages) == 5
    sandbox.advance(5)
    assert (await say(api, hall)).status == 200


@pytest.fixture
async def standing_still() -> AsyncIterator[tuple[Sandbox, Clock]]:
    clock = Clock()
    async with Sandbox.start(clock=clock) as sandbox:
        yield sandbox, clock


async def test_the_fifty_first_request_in_a_second(standing_still: tuple[Sandbox, Clock]) -> None:
    sandbox, clock = standing_still
    async with aiohttp.ClientSession() as session:
        await hurry(Api(sandbox, session), clock)


async def hurry(api: Api, clock: Clock) -> None:
    for number in range(50):
        assert (await api("GET", f"/users/{number}")).code == 10013
    refused = await api("GET", "/users/@me")
    assert (refused.status, refused.body["global"]) == (429, True)
    assert refused.headers["X-RateLimit-Global"] == "true"
    assert refused.headers["X-RateLimit-Scope"] == "global"
    clock.pass_(1)
    assert (await api("GET", "/users/@me")).status == 200


async def test_interactions_have_no_limit(api: Api, sandbox: Sandbox) -> None:
    answers = [await api("POST", "/interactions/1/x/callback", {"type": 5}) for _ in range(60)]
    assert {answer.code for answer in answers} == {10062}
    assert not any("X-RateLimit-Limit" in answer.headers for answer in answers)
    assert (await api("GET", "/users/@me")).status == 200


async def test_limits_can_be_switched_off(api: Api, hall: Channel, sandbox: Sandbox) -> None:
    sandbox.rate_limits = False
    assert {(await say(api, hall)).status for _ in range(60)} == {200}


async def test_invalid_requests_are_counted(api: Api, mara: Person, sandbox: Sandbox) -> None:
    mara.closes_dms()
    assert (await say(api, mara.dm)).code == 50007
    api.authorization = None
    await api("GET", "/users/@me")
    assert sandbox.backend.buckets.invalid_requests == 2
    sandbox.advance(601)
    assert sandbox.backend.buckets.invalid_requests == 0


async def test_ten_thousand_of_them_are_too_many(api: Api, sandbox: Sandbox) -> None:
    sandbox.history = False  # the page of HTML that comes is in nobody's description
    for _ in range(10_000):
        sandbox.backend.buckets.invalid()
    banned = await api("GET", "/users/@me")
    assert (banned.status, "Via" in banned.headers) == (429, False)
    assert banned.headers["Content-Type"] != "application/json"
    sandbox.advance(601)
    assert (await api("GET", "/users/@me")).status == 200


def test_buckets_open_again_each_by_itself() -> None:
    clock = Clock()
    buckets = Buckets(clock)
    route = ("POST", "/channels/{channel_id}/messages")
    for _ in range(5):
        assert buckets.judge(*route, {"channel_id": "1"}).retry_after is None
    clock.pass_(3)
    assert buckets.judge(*route, {"channel_id": "2"}).retry_after is None
    verdict = buckets.judge(*route, {"channel_id": "1"})
    assert verdict.retry_after == pytest.approx(2)
    clock.pass_(2)
    assert buckets.judge(*route, {"channel_id": "1"}).retry_after is None
