"""This room has axe-core look at all the page can show, in light and dark and on a phone."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.sandbox import Sandbox
from tests.browser.conftest import OpenWindow
from tests.browser.window import Window

LOOKS = [("light", 1300), ("dark", 1300), ("light", 360), ("dark", 360)]


@pytest_asyncio.fixture(loop_scope="session", params=LOOKS, ids=[f"{scheme}-{width}" for scheme, width in LOOKS])
async def mara(request: pytest.FixtureRequest, watched: OpenWindow, sandbox: Sandbox) -> Window:
    scheme, width = request.param
    said = sandbox.person("ruby").says("Have you read *The Lamp*?")
    sandbox.person("iris").reacts("⭐", said)
    return await watched("mara", width=width, scheme=scheme)


async def test_reading(mara: Window) -> None:
    await places_and_persons(mara)
    await picker_and_options(mara)
    await mara.reads()
    assert await mara.barriers() == []
    await mara.newest.get_by_role("combobox").click()
    await expect(mara.choices().first).to_be_visible()
    assert await mara.barriers() == []
    await mara.page.keyboard.press("Escape")
    await mara.runs("everything")
    assert await mara.barriers() == []


async def places_and_persons(mara: Window) -> None:
    assert await mara.barriers() == []
    opener = mara.page.locator("#open-drawer")
    if await opener.is_visible():
        await opener.click()
        assert await mara.barriers() == []
        await mara.page.keyboard.press("Escape")


async def test_the_door_of_an_age_restricted_channel(mara: Window) -> None:
    opener = mara.page.locator("#open-drawer")
    if await opener.is_visible():
        await opener.click()
    await mara.goes("after-dark", through=False)
    await expect(mara.page.get_by_role("button", name="Go back")).to_be_visible()
    assert await mara.barriers() == []


async def picker_and_options(mara: Window) -> None:
    await mara.line.fill("/")
    await expect(mara.choices().first).to_be_visible()
    assert await mara.barriers() == []
    await mara.begins("read")
    await mara.option("story").fill("lan")
    await expect(mara.choices()).to_have_count(1)
    assert await mara.barriers() == []
    await mara.option("story").fill("")
    await mara.option("story").press("Escape")
    await mara.page.get_by_role("button", name="Run").click()
    await expect(mara.page.get_by_text("Please fill in “story”.")).to_be_visible()
    assert await mara.barriers() == []
    await mara.option("story").fill("nothing of that name")
    await expect(mara.choices()).to_have_text(["No options match your search."])
    for _ in range(2):  # the list, then the command
        await mara.page.keyboard.press("Escape")
    await expect(mara.line).to_be_focused()


async def test_forms_and_menus(mara: Window) -> None:
    await menus(mara)
    await mara.asks(second=False)
    assert await mara.barriers() == []
    await mara.page.keyboard.press("Escape")
    await mara.asks(second=True)
    await mara.dialog.get_by_role("button", name="Submit").click()
    await expect(mara.dialog.get_by_text("Please choose something for “Mood”.")).to_be_visible()
    assert await mara.barriers() == []


async def menus(mara: Window) -> None:
    await mara.page.get_by_role("button", name="React to the message by Ruby").click()
    await expect(mara.page.get_by_role("menuitem", name="⭐")).to_be_visible()
    assert await mara.barriers() == []
    await mara.page.keyboard.press("Escape")
    await mara.page.get_by_role("button", name="Apps for the message by Ruby").click()
    await expect(mara.page.get_by_role("menu")).to_be_visible()
    assert await mara.barriers() == []
    await mara.page.keyboard.press("Escape")
    await mara.page.locator("#timeline").get_by_role("button", name="Ruby", exact=True).click()
    await expect(mara.page.get_by_role("menuitem", name="Who Is It")).to_be_visible()
    assert await mara.barriers() == []
    await mara.page.keyboard.press("Escape")


async def test_the_inspector_and_what_goes_wrong(mara: Window, sandbox: Sandbox) -> None:
    await mara.begins("slow")
    await expect(mara.newest).to_contain_text("thinking…")
    assert await mara.barriers() == []
    await mara.begins("note")
    await mara.option("text").fill("x")
    sandbox.permit(sandbox.guilds[0].everyone, "/note", allowed=False)
    await mara.option("text").press("Enter")
    await expect(mara.newest.get_by_role("alert")).to_contain_text("needs permissions they do not have")
    assert await mara.barriers() == []
    await mara.page.get_by_role("button", name="Inspector", exact=True).click()
    await mara.page.get_by_role("button", name="Next call: 500").click()
    last = mara.entries.last
    await last.locator("summary").click()
    await expect(last.locator("pre").first).to_be_visible()
    assert await mara.barriers() == []
