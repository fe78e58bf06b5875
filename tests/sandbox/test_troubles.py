"""This room tests the inspector's server side: its lines, their payloads, and the buttons that make trouble."""

import asyncio
from collections.abc import AsyncIterator

import orjson
import pytest

from bot.sandbox import Person, Sandbox
from bot.sandbox.page import trouble
from tests.sandbox.test_page_server import Browser
from tests.sandbox.wire import Answer, Api


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.start(page=True) as sandbox:
        sandbox.guild("Story Circle").channel("hall")
        yield sandbox


@pytest.fixture
def mara(sandbox: Sandbox) -> Person:
    return sandbox.person("mara")


@pytest.fixture
async def browser(sandbox: Sandbox, mara: Person, api: Api) -> Browser:
    return Browser(sandbox, api.session)


async def press(browser: Browser, name: str) -> str:
    status, text = await browser.post("trouble", {"as": "mara", "trouble": name})
    assert status == 200, text
    return orjson.loads(text)["sentence"]


async def me(api: Api) -> Answer:
    return await api("GET", "/users/@me")


async def test_lines_and_what_is_under_them(browser: Browser, api: Api) -> None:
    await me(api)
    listed = orjson.loads((await browser.get("inspector?as=mara"))[1])
    assert [line["name"] for line in listed["rows"]] == ["GET /users/@me"]
    assert (listed["dms"], listed["restart"]) == (True, False)
    opened = orjson.loads((await browser.get("entry?number=1"))[1])
    assert [part["title"] for part in opened["parts"]] == ["Call", "Answer"]
    assert '"username": "talker"' in opened["parts"][1]["text"]


@pytest.mark.parametrize("number", ["7", "x", "", "-1"])
async def test_a_line_that_is_not_kept(browser: Browser, number: str) -> None:
    status, text, _ = await browser.get(f"entry?number={number}")
    assert (status, text) == (404, "This is no longer kept; only the newest entries are.")


async def test_a_stream_tells_of_each_line(browser: Browser, api: Api) -> None:
    async with api.session.get(f"{browser.address}events?as=mara") as stream:
        await stream.content.readuntil(b"\n\n")
        await me(api)
        told = orjson.loads((await stream.content.readuntil(b"\n\n")).removeprefix(b"data: "))
        assert (told["kind"], told["row"]["name"]) == ("said", "GET /users/@me")


async def test_dms_are_closed_and_opened_again(browser: Browser, mara: Person) -> None:
    assert await press(browser, "close DMs") == "Mara takes no DMs now."
    assert not mara.user.dms_open
    [drawn] = (await browser.state("mara"))["persons"]
    assert drawn["note"] == "takes no DMs"
    assert await press(browser, "close DMs") == "Mara takes DMs again."
    assert mara.user.dms_open


async def test_the_next_call_and_no_other_is_limited(browser: Browser, api: Api) -> None:
    await press(browser, "429")
    refused = await me(api)
    assert (refused.status, refused.body["retry_after"], refused.headers["Retry-After"]) == (429, 1.0, "2")
    assert "Via" in refused.headers
    assert (await me(api)).status == 200


async def test_the_next_call_and_no_other_fails(browser: Browser, api: Api) -> None:
    await press(browser, "500")
    assert (await me(api)).status == 500
    assert (await me(api)).status == 200


async def test_the_next_call_is_late(browser: Browser, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trouble, "DELAY", 0.05)
    await press(browser, "delay")
    loop = asyncio.get_running_loop()
    began = loop.time()
    assert (await me(api)).status == 200
    assert loop.time() - began >= 0.05
    assert (await me(api)).status == 200


async def test_the_bot_is_restarted_by_whoever_knows_how(browser: Browser, sandbox: Sandbox) -> None:
    assert await press(browser, "restart") == "Nobody here knows how to restart the bot."
    restarted: list[bool] = []

    async def restart() -> None:
        restarted.append(True)

    sandbox.restart = restart
    assert await press(browser, "restart") == "The bot was stopped and started again."
    assert restarted == [True]


async def test_a_trouble_nobody_knows_is_refused(browser: Browser) -> None:
    assert (await browser.post("trouble", {"as": "mara", "trouble": "fire"}))[0] == 400


async def test_the_gateway_is_dropped_even_where_no_bot_is(browser: Browser) -> None:
    assert (await press(browser, "drop")).startswith("The gateway was dropped")
