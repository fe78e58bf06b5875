"""This room stands before an age-restricted channel and is asked, once, whether to go in."""

from playwright.async_api import expect

from bot.sandbox import Sandbox
from tests.browser.conftest import OpenWindow
from tests.browser.window import Window


def said_in_the_dark(sandbox: Sandbox, words: str) -> None:
    dark = next(channel for channel in sandbox.guild("Story Circle").channels if channel.name == "after-dark")
    sandbox.backend.composer.said(dark, sandbox.bot_user, words)


async def stands_before(window: Window, name: str) -> None:
    await expect(window.page.get_by_role("heading", name=f"{name} is age-restricted")).to_be_visible()
    await expect(window.page.get_by_role("button", name="Continue")).to_be_focused()
    await expect(window.line).to_be_hidden()
    await expect(window.page.locator("#timeline")).to_be_hidden()


async def test_nothing_is_seen_before_one_has_said_yes(window: OpenWindow, sandbox: Sandbox) -> None:
    said_in_the_dark(sandbox, "an old secret")
    mara = await window()
    await mara.goes("after-dark", through=False)
    await stands_before(mara, "after-dark")
    said_in_the_dark(sandbox, "a new secret")
    await expect(mara.page.locator("#announcer")).to_contain_text("New message in after-dark")
    assert "secret" not in await mara.page.inner_text("body")
    await mara.page.keyboard.press("Enter")
    await expect(mara.newest).to_contain_text("a new secret")
    await expect(mara.newest).to_be_visible()


async def test_one_may_go_back(window: OpenWindow) -> None:
    mara = await window()
    await mara.goes("hall")
    title = await mara.page.get_by_role("heading", level=1).inner_text()
    await mara.goes("after-dark", through=False)
    await mara.page.get_by_role("button", name="Go back").click()
    await expect(mara.page.get_by_role("heading", level=1)).to_have_text(title)
    await expect(mara.line).to_be_visible()


async def test_it_asks_each_person_once(window: OpenWindow) -> None:
    mara = await window()
    await mara.goes("after-dark")
    await mara.goes("hall")
    await mara.goes("after-dark", through=False)
    await expect(mara.line).to_be_visible()
    await mara.page.reload()
    await mara.goes("after-dark", through=False)
    await expect(mara.line).to_be_visible()
    await mara.becomes("Ruby")
    await stands_before(mara, "after-dark")


async def test_a_thread_asks_too(window: OpenWindow) -> None:
    mara = await window()
    await mara.goes("late", through=False)
    await stands_before(mara, "late")
