"""This room reads a story, writes a letter and receives it, as people do it in the browser."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from playwright.async_api import expect

from bot.sandbox import GatewayEvent, Sandbox
from tests.browser.conftest import OpenWindow
from tests.browser.keeper import STORIES, Keeper


async def test_the_picker_lists_and_filters_commands(window: OpenWindow) -> None:
    mara = await window()
    await mara.line.fill("/")
    await expect(mara.choices()).to_have_count(6)
    assert "/read" in await mara.picked()
    await mara.line.fill("/s")
    await expect(mara.choices()).to_have_count(2)
    await expect(mara.choices().first).to_contain_text("Think first, answer later")
    await mara.line.fill("/zzz")
    await expect(mara.choices()).to_have_text(["No command here has that name."])
    await mara.line.press("Escape")
    await expect(mara.choices()).to_have_count(0)


async def test_a_moderator_is_offered_more(window: OpenWindow) -> None:
    iris = await window("iris")
    await iris.line.fill("/desk")
    await expect(iris.choices()).to_have_count(1)
    assert await iris.picked() == ["/desk import"]


async def test_a_quick_enter_takes_what_was_typed(window: OpenWindow) -> None:
    mara = await window()
    await mara.line.focus()
    await mara.page.keyboard.type("/note")
    await mara.page.keyboard.press("Enter")
    await expect(mara.option("text")).to_be_focused()


async def test_autocomplete_follows_the_typing(window: OpenWindow, sandbox: Sandbox) -> None:
    mara = await window()
    before = len(sandbox.exchanges)
    await mara.begins("read")
    await expect(mara.choices()).to_have_count(len(STORIES))
    await mara.option("story").press_sequentially("lan", delay=10)
    await expect(mara.choices()).to_have_text(["Lanterns at Low Water by Ruby"])
    await mara.option("story").fill("nothing")
    await expect(mara.choices()).to_have_text(["No options match your search."])
    assert len(sandbox.exchanges) - before < 4, "every letter was asked for; typing should rest first"


async def test_options_are_checked_before_they_are_sent(window: OpenWindow, sandbox: Sandbox) -> None:
    mara = await window()
    await mara.begins("read")
    await mara.page.get_by_role("button", name="Run").click()
    await expect(mara.page.get_by_text("Please fill in “story”.")).to_be_visible()
    await expect(mara.option("story")).to_be_focused()
    await mara.page.get_by_role("button", name="Add the option part").click()
    await mara.option("part").fill("two")
    await mara.option("story").fill("The Lamp")
    await mara.page.get_by_role("button", name="Run").click()
    await expect(mara.page.get_by_text("part takes a whole number.")).to_be_visible()
    assert not sandbox.person("mara").sees()


async def test_optional_and_chosen_options_arrive(window: OpenWindow) -> None:
    mara = await window()
    await mara.begins("note")
    await mara.option("text").fill("Salt is back")
    await mara.page.get_by_role("button", name="Add the option mark").click()
    await mara.choices().get_by_text("Moon").click()
    await mara.page.get_by_role("button", name="Run").click()
    await expect(mara.newest).to_contain_text("Moon: Salt is back")
    await expect(mara.newest).to_contain_text("Mara used /note")


async def test_reading_a_story(window: OpenWindow) -> None:
    mara = await window()
    await mara.reads()
    await expect(mara.newest.get_by_role("button", name="Previous")).to_be_disabled()
    await expect(mara.newest).to_contain_text("Only you can see this")
    await mara.presses("Next")
    await expect(mara.newest).to_contain_text("Page 2 of 3")
    assert (await mara.focused()).startswith("turn:Next"), "the focus left the button"
    spoiler = mara.newest.get_by_role("button", name="Spoiler")
    await spoiler.click()
    await expect(spoiler).to_have_count(0)
    await mara.newest.get_by_role("combobox").click()
    await mara.choices().get_by_text("Page 3").click()
    await expect(mara.newest).to_contain_text("Page 3 of 3")
    await mara.presses("Dismiss")
    await expect(mara.page.locator("#timeline > li")).to_have_count(0)
    await mara.page.reload()
    await expect(mara.page.locator("#timeline")).to_have_attribute("aria-busy", "false")
    await expect(mara.page.locator("#timeline > li")).to_have_count(0)


async def test_nobody_else_sees_what_only_one_can_see(window: OpenWindow) -> None:
    mara, ruby = await window("mara"), await window("ruby")
    await mara.reads()
    await mara.begins("note")
    await mara.option("text").fill("for all")
    await mara.option("text").press("Enter")
    await expect(ruby.newest).to_contain_text("for all")
    await expect(ruby.page.locator("#timeline > li")).to_have_count(1)


async def test_a_letter_reaches_the_author_in_the_other_window(window: OpenWindow) -> None:
    mara, ruby = await window("mara"), await window("ruby")
    await mara.reads()
    await mara.presses("Tell the author what you think")
    await expect(mara.dialog).to_contain_text("A letter about The Lamp")
    await expect(mara.dialog.get_by_label("Name")).to_have_value("Mara")
    await expect(mara.dialog.get_by_text("Emptied, it is anonymous.")).to_be_visible()
    await mara.dialog.get_by_label("Comments").fill("Oh.")
    await mara.dialog.get_by_role("button", name="Submit").click()
    await expect(mara.dialog.get_by_text("Write at least 5 characters; these are 3.")).to_be_visible()
    await mara.dialog.get_by_label("Comments").fill("It *stayed* with me.")
    await mara.dialog.get_by_label("Mood").select_option("Moved")
    await mara.dialog.get_by_role("button", name="Submit").click()
    await expect(mara.dialog).to_have_count(0)
    await expect(mara.newest).to_contain_text("Your letter is on its way.")
    await expect(mara.page.locator("#persons").get_by_role("link", name="Ruby")).to_contain_text("1 unread message")
    await expect(ruby.page.locator("#places .dm button")).to_contain_text("unread")
    await ruby.goes("talker")
    await expect(ruby.newest).to_contain_text("Mara (Moved) wrote:")
    await expect(ruby.newest.locator("blockquote em")).to_have_text("stayed")
    await expect(ruby.page.locator("#places .dm button")).not_to_contain_text("unread")


async def test_switching_the_person_reads_their_letters(window: OpenWindow, sandbox: Sandbox) -> None:
    mara = await window("mara")
    ruby = sandbox.person("ruby")
    sandbox.backend.composer.said(ruby.dm, sandbox.bot_user, "A letter for Ruby")
    await mara.becomes("Ruby")
    await mara.goes("talker")
    await expect(mara.newest).to_contain_text("A letter for Ruby")
    await mara.page.go_back()
    await expect(mara.page.locator("#persons [aria-current]")).to_contain_text("Mara")
    await mara.goes("talker")
    await expect(mara.page.locator("#timeline > li")).to_have_count(0)


async def test_a_form_left_unsent_is_closed(window: OpenWindow, sandbox: Sandbox) -> None:
    mara = await window()
    await mara.reads()
    await mara.presses("Tell the author what you think")
    await expect(mara.dialog).to_be_visible()
    async with mara.page.expect_response("**/leave"):
        await mara.page.keyboard.press("Escape")
    await expect(mara.dialog).to_have_count(0)
    assert sandbox.person("mara").modal is None


async def test_a_form_outlives_a_reload(window: OpenWindow) -> None:
    mara = await window()
    await mara.reads()
    await mara.presses("Tell the author what you think")
    await expect(mara.dialog).to_be_visible()
    await mara.page.reload()
    await expect(mara.dialog).to_contain_text("A letter about The Lamp")


async def test_a_slow_answer_is_being_thought_about(window: OpenWindow, keeper: Keeper) -> None:
    mara = await window()
    await mara.begins("slow")
    await expect(mara.newest).to_contain_text("thinking…")
    await expect(mara.newest).to_contain_text("talker")
    keeper.gate.set()
    await expect(mara.newest).to_contain_text("At last.")
    await expect(mara.newest).not_to_contain_text("thinking…")
    await expect(mara.page.locator("#timeline > li")).to_have_count(1)


@asynccontextmanager
async def heard(sandbox: Sandbox) -> AsyncGenerator[None]:
    """Ends once the bot has been told of what was done inside."""
    told = asyncio.Event()

    def listen(event: GatewayEvent) -> None:
        if event.t == "INTERACTION_CREATE":
            told.set()

    sandbox.event_listeners.append(listen)
    yield
    await told.wait()
    sandbox.event_listeners.remove(listen)


async def test_no_answer_is_a_failed_interaction(window: OpenWindow, sandbox: Sandbox) -> None:
    mara = await window()
    async with heard(sandbox):
        await mara.begins("silent")
        await expect(mara.newest).to_contain_text("thinking…")
    sandbox.advance(3.1)
    await expect(mara.newest).to_contain_text("This interaction failed: the application did not respond.")
    await mara.presses("Dismiss")
    await expect(mara.page.locator("#timeline > li")).to_have_count(0)


async def test_a_button_without_an_answer_says_so_beside_it(window: OpenWindow, sandbox: Sandbox) -> None:
    mara = await window()
    await mara.begins("everything")
    await expect(mara.newest.get_by_role("button", name="Danger")).to_be_visible()
    async with heard(sandbox):
        await mara.presses("Danger")
        await expect(mara.newest.locator("[data-busy]")).to_have_text("Danger")
    sandbox.advance(3.1)
    await expect(mara.newest.get_by_role("alert")).to_contain_text("This interaction failed")
