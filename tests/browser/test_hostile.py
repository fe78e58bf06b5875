"""This room opens a hostile page in the same browser: nothing of the local Discord may reach it, or be done by it."""

from collections.abc import AsyncGenerator
from typing import Any

import orjson
import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, Error, Page

from bot.sandbox import Sandbox

EVIL = "<!doctype html><title>evil</title><body></body>"


@pytest_asyncio.fixture(loop_scope="session")
async def evil(browser: Browser, sandbox: Sandbox) -> AsyncGenerator[Page]:
    """A page of another origin on the same machine, which has come to know the key."""
    app = web.Application()

    async def serve(_request: web.Request) -> web.Response:
        return web.Response(text=EVIL, content_type="text/html", headers={"Access-Control-Allow-Origin": "*"})

    app.router.add_get("/", serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    page = await browser.new_page()
    await page.goto(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    yield page
    await page.close()
    await runner.cleanup()


async def tries(page: Page, script: str, address: str) -> Any:  # noqa: ANN401
    return await page.evaluate(f"async (address) => {{ {script} }}", address)


FETCH = """
  try {
    const answer = await fetch(address, HOW);
    return answer.type === "opaque" ? "opaque" : await answer.text();
  } catch (error) {
    return "nothing";
  }
"""
READ = "{}"
POST = '{method: "POST", headers: {"Content-Type": "application/json"}, body: "{}"}'
BLIND = '{mode: "no-cors", method: "POST", headers: {"Content-Type": "text/plain"}, body: "{}"}'


@pytest.mark.parametrize("what", ["", "state", "inspector", "static/main.js"])
async def test_it_reads_nothing(evil: Page, sandbox: Sandbox, what: str) -> None:
    assert await tries(evil, FETCH.replace("HOW", READ), sandbox.page_url + what) == "nothing"


@pytest.mark.parametrize("how", [POST, BLIND], ids=["json", "blind"])
async def test_it_does_nothing(evil: Page, sandbox: Sandbox, how: str) -> None:
    mara = sandbox.person("mara")
    body = orjson.dumps(orjson.dumps({"as": "mara", "trouble": "close DMs"}).decode()).decode()
    await tries(evil, FETCH.replace("HOW", how.replace('"{}"', body)), f"{sandbox.page_url}trouble")
    assert mara.user.dms_open


@pytest.mark.parametrize("path", ["/users/@me", "/gateway"])
async def test_the_api_tells_it_nothing(evil: Page, sandbox: Sandbox, path: str) -> None:
    assert await tries(evil, FETCH.replace("HOW", READ), sandbox.api_url + path) == "nothing"


async def test_the_gateway_does_not_open(evil: Page, sandbox: Sandbox) -> None:
    script = """
      return new Promise((said) => {
        const socket = new WebSocket(address);
        socket.onopen = () => said("open");
        socket.onerror = () => said("refused");
      });
    """
    assert await tries(evil, script, sandbox.backend.gateway.address) == "refused"


async def test_it_cannot_show_the_page_in_a_frame(evil: Page, sandbox: Sandbox) -> None:
    script = """
      const frame = document.createElement("iframe");
      const loaded = new Promise((done) => (frame.onload = done));
      frame.src = address;
      document.body.append(frame);
      await loaded;
    """
    await tries(evil, script, sandbox.page_url)
    assert "Conversation" not in await evil.frames[-1].content()


async def test_a_link_from_it_leads_nowhere(evil: Page, sandbox: Sandbox) -> None:
    script = 'const link = document.createElement("a"); link.href = address; document.body.append(link); link.click();'
    async with evil.expect_navigation() as navigation:
        await tries(evil, script, sandbox.page_url)
    answer = await navigation.value
    assert answer is not None
    assert answer.status == 403
    assert "type the printed address instead of following a link" in await evil.content()


async def test_what_the_page_may_not_do_itself(evil: Page, browser: Browser, sandbox: Sandbox) -> None:
    """The policy, not the escaping alone, stops what story text might smuggle in."""
    page = await browser.new_page()
    await page.goto(sandbox.page_url)
    script = """
      const policy = trustedTypes.createPolicy("evil", {createScript: (text) => text});
      const script = document.createElement("script");
      script.textContent = policy.createScript("window.evil = 1");
      document.body.append(script);
    """
    with pytest.raises(Error, match="disallowed"):
        await tries(page, script, "")
    assert await tries(evil, FETCH.replace("HOW", READ), evil.url) == EVIL
    assert await tries(page, FETCH.replace("HOW", READ), evil.url) == "nothing"
    await page.close()
