"""This room checks that everybody can use the page: by keyboard, on a phone, in the dark, with a screen reader."""

import orjson
import pytest
from playwright.async_api import FilePayload, expect

from bot.sandbox import Sandbox
from tests.browser.conftest import OpenWindow
from tests.browser.window import Window

PHONE = 360


async def test_once_through_with_the_keyboard_alone(window: OpenWindow) -> None:
    mara, ruby = await window("mara"), await window("ruby")
    keyboard = mara.page.keyboard
    await expect(mara.line).to_be_focused()
    await keyboard.type("/read")
    await expect(mara.choices()).to_contain_text(["/read"])
    await keyboard.press("Enter")
    await keyboard.type("lamp")
    await expect(mara.choices()).to_have_text(["The Lamp by Ruby"])
    await keyboard.press("Enter")
    await keyboard.press("Enter")
    await expect(mara.newest).to_contain_text("Page 1 of 3")
    await expect(mara.line).to_be_focused()
    await back_to(mara, "Next")
    await keyboard.press("Enter")
    await expect(mara.newest).to_contain_text("Page 2 of 3")
    await back_to(mara, "Spoiler, press to reveal")
    await keyboard.press("Space")
    await expect(mara.newest.get_by_role("button", name="Spoiler")).to_have_count(0)
    await forth_to(mara, "Jump to a page: Page 2")
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        await keyboard.press(key)
    await expect(mara.newest).to_contain_text("Page 3 of 3")
    await expect(mara.newest.get_by_role("combobox")).to_be_focused()
    await forth_to(mara, "Tell the author what you think")
    await keyboard.press("Enter")
    await expect(mara.dialog.get_by_label("Name")).to_be_focused()
    for key in ("Tab", "m", "Tab"):
        await keyboard.press(key)
    await keyboard.type("Thank you for the lamp.")
    for key in ("Tab", "Tab", "Enter"):
        await keyboard.press(key)
    await expect(mara.newest).to_contain_text("Your letter is on its way.")
    await expect(ruby.page.locator("#places").get_by_role("button", name="unread")).to_be_visible()
    await forth_to(ruby, "@ talker unread", back=True)
    await ruby.page.keyboard.press("Enter")
    await expect(ruby.newest).to_contain_text("Mara (Moved) wrote:")


NAME = "(document.activeElement.ariaLabel || document.activeElement.innerText).replace(/\\s+/g, ' ').trim()"
OUTLINE = "getComputedStyle(document.activeElement).outlineStyle"


async def forth_to(window: Window, name: str, *, back: bool = False) -> None:
    """Presses Tab (or Shift+Tab) until the control of that name has the focus, which must be seen."""
    for _ in range(40):
        await window.page.keyboard.press("Shift+Tab" if back else "Tab")
        if await window.page.evaluate(NAME) == name:
            outline = await window.page.evaluate(OUTLINE)
            assert outline != "none", f"one cannot see that {name} has the focus"
            return
    raise AssertionError(f"Tab does not lead to {name}.")


async def back_to(window: Window, name: str) -> None:
    await forth_to(window, name, back=True)


async def test_leaving_a_command_by_keyboard(window: OpenWindow) -> None:
    mara = await window()
    await mara.begins("note")
    await expect(mara.option("text")).to_be_focused()
    await mara.page.keyboard.press("Escape")
    await expect(mara.line).to_be_focused()
    await mara.begins("note")
    await mara.page.keyboard.press("Backspace")
    await expect(mara.line).to_be_focused()


async def test_news_are_told_to_screen_readers(window: OpenWindow, sandbox: Sandbox) -> None:
    mara = await window()
    hall = sandbox.guild("Story Circle").channel("hall")
    sandbox.backend.composer.said(hall, sandbox.bot_user, "**Salt** is ||not|| back")
    await expect(mara.page.get_by_role("status")).to_have_text("talker: Salt is spoiler back")
    dark = sandbox.guild("Story Circle").channel("after-dark")
    sandbox.backend.composer.said(dark, sandbox.bot_user, "psst")
    await expect(mara.page.get_by_role("status")).to_have_text("New message in after-dark")
    await expect(mara.page.get_by_role("button", name="after-dark")).to_contain_text("unread")


async def tour(mara: Window, check: "Check") -> None:
    """Goes through what the page can show and checks each state."""
    await check(mara)
    await mara.line.fill("/")
    await expect(mara.choices()).to_have_count(6)
    await check(mara)
    await mara.begins("everything")
    await expect(mara.newest).to_contain_text("An embed")
    await check(mara)
    await mara.begins("read")
    await mara.page.get_by_role("button", name="Add the option share").click()
    await expect(mara.choices()).to_have_count(2)
    await check(mara)
    await mara.page.keyboard.press("Escape")
    await mara.page.keyboard.press("Escape")
    await mara.reads()
    await check(mara)
    await mara.presses("Tell the author what you think")
    await mara.dialog.get_by_role("button", name="Submit").click()
    await check(mara)


class Check:
    """What must hold in each state."""

    async def __call__(self, mara: Window) -> None:
        assert await mara.nameless() == []
        assert await mara.sideways() == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everything_has_a_name_and_fits(window: OpenWindow, scheme: str) -> None:
    await tour(await window(scheme=scheme), Check())


async def test_nothing_sticks_out_on_a_phone(window: OpenWindow) -> None:
    await tour(await window(width=PHONE), Check())


async def test_on_a_phone_the_list_is_a_drawer(window: OpenWindow) -> None:
    mara = await window(width=PHONE)
    opener = mara.page.get_by_role("button", name="Persons and places")
    await expect(mara.page.get_by_role("link", name="Ruby")).to_have_count(0)
    await opener.click()
    await expect(mara.page.get_by_role("link", name="Ruby")).to_be_visible()
    await expect(mara.page.get_by_role("button", name="Close the list")).to_be_focused()
    await expect(mara.page.locator("#main")).to_have_js_property("inert", True)
    assert await mara.sideways() == {}
    await mara.page.keyboard.press("Escape")
    await expect(opener).to_be_focused()
    await opener.click()
    await mara.goes("late")
    await expect(mara.page.get_by_role("heading", level=1)).to_have_text("# late")
    await expect(mara.page.get_by_role("link", name="Ruby")).to_have_count(0)


async def test_light_and_dark_can_be_switched_and_stay(window: OpenWindow) -> None:
    mara = await window(scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = await mara.page.evaluate(paper)
    await mara.page.get_by_role("button", name="Use dark colours").click()
    dark = await mara.page.evaluate(paper)
    assert dark != light
    await mara.page.reload()
    await expect(mara.page.get_by_role("button", name="Use light colours")).to_be_visible()
    assert await mara.page.evaluate(paper) == dark


async def test_the_system_decides_where_nothing_is_chosen(window: OpenWindow) -> None:
    mara = await window(scheme="dark")
    await expect(mara.page.get_by_role("button", name="Use light colours")).to_be_visible()


async def test_everything_is_drawn(window: OpenWindow) -> None:
    mara = await window()
    await mara.begins("everything")
    message = mara.newest
    await expect(message.get_by_role("heading", name="The Reading Room")).to_be_visible()
    for tag in ("strong", "em", "u", "s", "code", "blockquote", "ul ul", "ol", "pre", "small"):
        await expect(message.locator(f".content {tag}").first).to_be_visible()
    await expect(message).to_contain_text("<script>alert(1)</script>")
    await expect(message.locator("time").first).not_to_contain_text("UTC")
    await expect(message.get_by_role("link", name="An embed")).to_have_attribute("href", "https://a.example/")
    await expect(message.get_by_role("link", name="Link", exact=True)).to_have_attribute("rel", "noopener noreferrer")
    await expect(message.get_by_role("button", name="Not now")).to_be_disabled()
    await expect(message.locator(".embed")).to_have_css("border-left-color", "rgb(46, 139, 87)")
    image = message.get_by_role("img", name="lamp.png")
    await expect(image).to_have_js_property("naturalWidth", 320)
    await expect(message.get_by_role("combobox")).to_be_in_viewport()
    await message.get_by_role("button", name="/read").click()
    await expect(mara.option("story")).to_be_focused()


async def test_a_menu_for_several_sends_when_it_closes(window: OpenWindow, sandbox: Sandbox) -> None:
    mara = await window()
    await mara.begins("everything")
    menu = mara.newest.get_by_role("combobox")
    await menu.focus()
    for key in ("Enter", "Enter", "ArrowDown", "Enter"):
        await mara.page.keyboard.press(key)
    await expect(mara.newest.locator("[aria-selected=true]")).to_have_count(2)
    async with mara.page.expect_request("**/choose") as sent:
        await mara.page.keyboard.press("Escape")
    assert orjson.loads((await sent.value).post_data or "")["values"] == ["Salt", "Smoke"]
    sandbox.advance(3.1)
    await expect(mara.newest.get_by_role("alert")).to_contain_text("This interaction failed")


async def test_a_moderator_brings_a_file_in(window: OpenWindow) -> None:
    iris = await window("iris")
    await iris.begins("desk import")
    page: FilePayload = {"name": "lamp.txt", "mimeType": "text/plain", "buffer": b"A lamp."}
    await iris.option("page").set_input_files(page)
    await iris.page.get_by_role("button", name="Run").click()
    await expect(iris.newest).to_contain_text("lamp.txt: 7 bytes")


async def test_a_thread_of_an_age_restricted_channel_says_so(window: OpenWindow) -> None:
    mara = await window()
    await mara.goes("late")
    await expect(mara.page.locator("#place-note")).to_have_text("Age-restricted")


async def test_a_place_that_is_new_appears(window: OpenWindow, sandbox: Sandbox) -> None:
    mara = await window()
    sandbox.guild("Story Circle").channel("garden")
    await expect(mara.page.get_by_role("button", name="garden")).to_be_visible()


async def test_a_broken_connection_mends_itself(window: OpenWindow, sandbox: Sandbox) -> None:
    mara = await window()
    await sandbox.app.shutdown()
    await expect(mara.page.get_by_role("alert")).to_contain_text("The local Discord does not answer.")
    hall = sandbox.guild("Story Circle").channel("hall")
    sandbox.backend.composer.said(hall, sandbox.bot_user, "said in between")
    await expect(mara.newest).to_contain_text("said in between")
    await expect(mara.page.locator("#lost")).to_be_hidden()


async def test_commands_are_typed_before_the_page_is_whole(window: OpenWindow) -> None:
    mara = await window()
    async with mara.coming_back():
        await mara.line.fill("/read")
    await expect(mara.choices().first).to_contain_text("/read")


HELD = """(() => {
    const held = [];
    window.release = () => { window.held = false; held.splice(0).forEach((go) => go()); };
    class Held extends EventSource {
        set onmessage(listen) {
            super.onmessage = (event) => window.held ? held.push(() => listen(event)) : listen(event);
        }
    }
    window.EventSource = Held;
})()"""


async def test_a_command_is_on_its_way_until_its_message_stands_there(window: OpenWindow) -> None:
    """That it was answered may be heard before the answer is: the message before it is not the newest again."""
    mara = await window("mara")
    await mara.page.add_init_script(HELD)
    await mara.page.reload()
    await mara.reads()
    await mara.page.evaluate("window.held = true")
    async with mara.page.expect_response("**/run"):
        await mara.begins("read")
        await mara.option("story").fill("lamp")
        await expect(mara.choices()).to_have_count(1)
        for _ in range(2):
            await mara.option("story").press("Enter")
    await mara.page.evaluate("new Promise(requestAnimationFrame)")
    await expect(mara.newest).to_contain_text("thinking")
    await mara.page.evaluate("window.release()")
    await expect(mara.newest).to_contain_text("Page 1 of 3")
    await expect(mara.page.get_by_text("thinking")).to_have_count(0)
    await expect(mara.page.locator("#timeline > li")).to_have_count(2)


async def test_another_person_stays_in_the_same_place(window: OpenWindow) -> None:
    mara = await window()
    await mara.goes("after-dark")
    await mara.becomes("Iris")
    await expect(mara.page.get_by_role("heading", level=1)).to_have_text("# after-dark")
