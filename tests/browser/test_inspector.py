"""This room opens the inspector: what it lists, how it filters, and what its buttons do to the bot."""

import asyncio

from playwright.async_api import Locator, expect

from bot.sandbox import Sandbox
from tests.browser.conftest import OpenWindow
from tests.browser.window import Window


def opener(mara: Window) -> Locator:
    return mara.page.get_by_role("button", name="Inspector", exact=True)


def line(mara: Window, words: str) -> Locator:
    return mara.entries.filter(has_text=words).last


async def trouble(mara: Window, label: str) -> None:
    async with mara.page.expect_response("**/trouble"):
        await mara.page.get_by_role("button", name=label).click()


async def test_what_was_said_is_listed_as_it_happens(window: OpenWindow) -> None:
    mara = await window()
    await opener(mara).click()
    await expect(line(mara, "READY")).to_be_visible()
    await expect(line(mara, "PUT /applications/")).to_contain_text("200")
    await mara.reads()
    await expect(line(mara, "INTERACTION_CREATE")).to_be_visible()
    await expect(mara.entries.last).to_contain_text("callback")
    await expect(mara.entries.last).to_contain_text("first answer after")


async def test_a_line_opens_with_its_payloads(window: OpenWindow, sandbox: Sandbox) -> None:
    mara = await window()
    await mara.reads()
    await opener(mara).click()
    answer = line(mara, "callback")
    await answer.locator("summary").click()
    await expect(answer.get_by_role("heading")).to_have_text(["Call", "Query", "Request", "Answer"])
    await expect(answer).to_contain_text('"title": "The Lamp"')
    asked = line(mara, "INTERACTION_CREATE")
    await asked.locator("summary").press("Enter")
    await expect(asked).to_contain_text('"token": "…"')
    assert sandbox.token not in await mara.page.locator("body").inner_text()


async def test_the_list_is_filtered(window: OpenWindow) -> None:
    mara = await window()
    await opener(mara).click()
    await expect(mara.page.get_by_label("Filter by name")).to_be_focused()
    await mara.page.keyboard.type("ready")
    await expect(mara.entries).to_have_count(1)
    await mara.page.get_by_label("Filter by name").fill("")
    await mara.page.get_by_label("Kind of entry").select_option("REST calls")
    await expect(line(mara, "READY")).to_have_count(0)
    await expect(line(mara, "PUT /applications")).to_be_visible()
    await mara.page.get_by_label("Kind of entry").select_option("Refused")
    await expect(mara.entries).to_have_count(0)


async def test_a_refused_call_says_what_rule_it_broke(window: OpenWindow, sandbox: Sandbox) -> None:
    mara = await window()
    await opener(mara).click()
    sandbox.fail("*", "callback", code=50013)
    await mara.begins("note")
    await mara.option("text").fill("x")
    await mara.option("text").press("Enter")
    await expect(line(mara, "callback")).to_contain_text("50013 Missing Permissions")
    sandbox.advance(3.1)
    await expect(mara.newest).to_contain_text("This interaction failed")


async def test_closed_dms_stop_a_letter(window: OpenWindow, sandbox: Sandbox) -> None:
    ruby = await window("ruby")
    await opener(ruby).click()
    await trouble(ruby, "Close my DMs")
    await expect(ruby.page.get_by_role("button", name="Close my DMs")).to_have_attribute("aria-pressed", "true")
    await expect(ruby.page.locator("#persons [aria-current]")).to_contain_text("takes no DMs")
    assert not sandbox.person("ruby").user.dms_open
    await trouble(ruby, "Close my DMs")
    assert sandbox.person("ruby").user.dms_open


async def test_the_bot_waits_and_comes_again(window: OpenWindow) -> None:
    mara = await window()
    await opener(mara).click()
    await trouble(mara, "Next call: 429")
    await mara.reads()
    await expect(line(mara, "Rate limited: try again in 1.0 s.")).to_be_visible()
    await expect(mara.entries.last).to_contain_text("first answer after 1")


async def test_a_late_answer_is_a_failed_interaction(window: OpenWindow) -> None:
    mara = await window()
    await opener(mara).click()
    await trouble(mara, "Next call: 5 s late")
    await mara.begins("note")
    await mara.option("text").fill("x")
    await mara.option("text").press("Enter")
    await expect(mara.newest).to_contain_text("thinking…")
    await expect(mara.newest).to_contain_text("This interaction failed: the application did not respond.")
    await expect(line(mara, "10062 Unknown interaction")).to_be_visible()


async def test_a_dropped_gateway_is_taken_up_again(window: OpenWindow, sandbox: Sandbox) -> None:
    mara = await window()
    await opener(mara).click()
    await trouble(mara, "Drop the gateway")
    await expect(line(mara, "RESUMED")).to_be_visible()
    await sandbox.ready()
    await mara.reads()


async def test_the_bot_is_restarted_where_somebody_knows_how(window: OpenWindow, sandbox: Sandbox) -> None:
    mara = await window()
    await opener(mara).click()
    await expect(mara.page.get_by_role("button", name="Drop the gateway")).to_be_visible()
    await expect(mara.page.get_by_role("button", name="Restart the bot")).to_have_count(0)
    restarted = asyncio.Event()

    async def restart() -> None:
        restarted.set()

    sandbox.restart = restart
    await mara.page.reload()
    await trouble(mara, "Restart the bot")
    assert restarted.is_set()
    await expect(mara.page.get_by_text("The bot was stopped and started again.")).to_be_visible()


async def test_it_is_opened_and_closed_by_keyboard_and_stays_so(window: OpenWindow) -> None:
    mara = await window()
    await opener(mara).press("Enter")
    await expect(mara.page.get_by_role("complementary", name="Inspector")).to_be_visible()
    await expect(opener(mara)).to_have_attribute("aria-expanded", "true")
    await mara.page.reload()
    await expect(mara.page.get_by_role("complementary", name="Inspector")).to_be_visible()
    await expect(mara.entries.first).to_be_visible()
    await mara.page.get_by_label("Filter by name").press("Escape")
    await expect(mara.page.get_by_role("complementary", name="Inspector")).to_have_count(0)
    await expect(opener(mara)).to_be_focused()


async def test_who_is_in_it_before_the_page_is_whole_stays_there(window: OpenWindow) -> None:
    mara = await window()
    await opener(mara).press("Enter")
    await expect(mara.entries.first).to_be_visible()
    search = mara.page.get_by_label("Filter by name")
    async with mara.coming_back():
        await search.focus()
    await mara.page.evaluate("new Promise((done) => setTimeout(done))")
    await expect(search).to_be_focused()


async def test_on_a_phone_it_takes_the_whole_window(window: OpenWindow) -> None:
    mara = await window(width=360)
    await mara.reads()
    await opener(mara).click()
    await line(mara, "callback").locator("summary").click()
    await expect(line(mara, "callback").locator("pre").first).to_be_visible()
    box = await mara.page.locator("#inspector").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 800}
    assert await mara.sideways() == {}
    await mara.page.get_by_role("button", name="Close the inspector").click()
    await expect(mara.line).to_be_visible()
