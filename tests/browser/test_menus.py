"""This room opens the menus of messages and persons, fills in every kind of field, and reacts."""

import re

import pytest
from playwright.async_api import FilePayload, expect

from bot.sandbox import Sandbox
from tests.browser.conftest import OpenWindow

APPS = "Apps for the message by Ruby"


async def test_the_menu_of_a_message(window: OpenWindow, sandbox: Sandbox) -> None:
    sandbox.person("ruby").says("The Lamp")
    mara = await window()
    await mara.newest.hover()
    await mara.page.get_by_role("button", name=APPS).click()
    await mara.page.get_by_role("menuitem", name="Bookmark This").click()
    await expect(mara.newest).to_contain_text("Kept: The Lamp")
    await expect(mara.newest).to_contain_text("Mara used Bookmark This")
    await expect(mara.newest.get_by_role("button", name="Apps")).to_have_count(0)


async def test_a_menu_by_keyboard_alone(window: OpenWindow, sandbox: Sandbox) -> None:
    sandbox.person("ruby").says("The Lamp")
    mara = await window()
    button = mara.page.get_by_role("button", name=APPS)
    await button.focus()
    await mara.page.keyboard.press("Enter")
    await expect(mara.page.get_by_role("menuitem", name="Bookmark This")).to_be_focused()
    await expect(button).to_have_attribute("aria-expanded", "true")
    await mara.page.keyboard.press("Escape")
    await expect(mara.page.get_by_role("menu")).to_have_count(0)
    await expect(button).to_be_focused()
    await mara.page.keyboard.press("Enter")
    for key in ("ArrowDown", "ArrowUp", "End", "Enter"):
        await mara.page.keyboard.press(key)
    await expect(mara.newest).to_contain_text("Kept: The Lamp")


async def test_a_menu_by_right_click(window: OpenWindow, sandbox: Sandbox) -> None:
    sandbox.person("ruby").says("The Lamp")
    mara = await window()
    await mara.newest.click(button="right")
    await mara.page.get_by_role("menuitem", name="Bookmark This").click()
    await expect(mara.newest).to_contain_text("Kept: The Lamp")


async def test_the_menu_of_a_person(window: OpenWindow, sandbox: Sandbox) -> None:
    sandbox.person("ruby").says("The Lamp")
    mara = await window()
    await mara.newest.get_by_role("button", name="Ruby", exact=True).click()
    await mara.page.get_by_role("menuitem", name="Who Is It").click()
    await expect(mara.newest).to_contain_text("Ruby reads here.")
    await mara.page.locator("#persons").get_by_role("button", name="Apps for Iris").press("Enter")
    await mara.page.keyboard.press("Enter")
    await expect(mara.newest).to_contain_text("Iris reads here.")


async def test_menus_go_when_the_server_says_so(window: OpenWindow, sandbox: Sandbox) -> None:
    sandbox.person("ruby").says("The Lamp")
    mara = await window()
    await expect(mara.page.get_by_role("button", name=APPS)).to_have_count(1)
    sandbox.permit(sandbox.guilds[0], allowed=False)
    await expect(mara.page.get_by_role("button", name=APPS)).to_have_count(0)
    await mara.line.fill("/read")
    await expect(mara.choices()).to_have_text(["No command here has that name."])


async def test_a_reaction_is_the_first_of_its_kind(window: OpenWindow, sandbox: Sandbox) -> None:
    sandbox.person("ruby").says("The Lamp")
    mara = await window()
    await mara.newest.hover()
    await mara.page.get_by_role("button", name="React to the message by Ruby").click()
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        await mara.page.keyboard.press(key)
    await expect(mara.page.get_by_role("button", name="😂 1 reaction")).to_be_visible()


async def test_what_one_person_sees_takes_no_reactions(window: OpenWindow) -> None:
    mara = await window()
    await mara.reads()
    await expect(mara.newest).to_contain_text("Only you can see this")
    await expect(mara.newest.get_by_role("button", name="React")).to_have_count(0)


async def test_a_reaction_is_joined_and_left(window: OpenWindow, sandbox: Sandbox) -> None:
    said = sandbox.person("ruby").says("The Lamp")
    sandbox.person("iris").reacts("⭐", said)
    mara = await window()
    await mara.page.get_by_role("button", name="⭐ 1 reaction").click()
    await expect(mara.page.get_by_role("button", name="⭐ 2 reactions")).to_be_focused()
    await mara.page.keyboard.press("Enter")
    await expect(mara.page.get_by_role("button", name="⭐ 1 reaction")).to_be_visible()


async def test_persons_places_and_a_file_in_a_form(window: OpenWindow) -> None:
    mara = await window()
    await mara.asks(second=False)
    for label, choice in (("Person", "Ruby"), ("Role", "iris"), ("Either", "Iris"), ("Place", "after-dark")):
        await mara.dialog.get_by_label(label).select_option(choice)
    lamp: FilePayload = {"name": "lamp.txt", "mimeType": "text/plain", "buffer": b"lit"}
    await mara.dialog.get_by_label("File").set_input_files([lamp])
    await mara.dialog.get_by_role("button", name="Submit").click()
    await expect(mara.newest).to_contain_text("ruby · iris · iris · after-dark · lamp.txt")


async def test_choices_ticks_and_words_in_a_form(window: OpenWindow) -> None:
    mara = await window()
    await mara.asks(second=True)
    dialog = mara.dialog
    await dialog.get_by_role("radio", name="Smoke").check()
    tags = dialog.get_by_role("group", name="Tags")
    for name in ("Salt", "Smoke", "Rain"):
        await tags.get_by_role("checkbox", name=name).check()
    await dialog.get_by_role("button", name="Submit").click()
    await expect(dialog.get_by_text("Choose at most 2.")).to_be_visible()
    await tags.get_by_role("checkbox", name="Smoke").uncheck()
    await dialog.get_by_label("Genre").select_option("Rain")
    await expect(dialog.get_by_label("Agreed")).to_be_checked()
    await expect(dialog.get_by_label("Words")).to_have_value("a few")
    await dialog.get_by_role("button", name="Submit").click()
    await expect(mara.newest).to_contain_text("smoke · salt rain · rain · True · a few")


async def test_a_form_can_be_filled_in_with_the_keyboard_alone(window: OpenWindow) -> None:
    mara = await window()
    await mara.asks(second=True)
    for key in ("ArrowDown", "Tab", "Space", "Tab", "Tab", "Tab", "r", "Tab", "Space", "Tab"):
        await mara.page.keyboard.press(key)
    await mara.page.keyboard.type(" more")
    for key in ("Tab", "Tab", "Enter"):
        await mara.page.keyboard.press(key)
    await expect(mara.newest).to_contain_text(re.compile(r"sm?\w+ · salt · rain · False · .*more"))


@pytest.mark.parametrize("place", ["after-dark", "late"])
async def test_an_age_restricted_place_says_so(window: OpenWindow, place: str) -> None:
    mara = await window()
    await mara.goes(place)
    await expect(mara.page.locator("#place-note")).to_have_text("Age-restricted")


async def test_unread_marks_stand_until_the_place_is_entered(window: OpenWindow, sandbox: Sandbox) -> None:
    mara = await window()
    dark = sandbox.guilds[0].channel("after-dark")
    sandbox.person("ruby").says("Look here", channel=dark)
    mark = mara.page.locator("#places").get_by_role("button", name=re.compile("after-dark.*unread"))
    await expect(mark).to_be_visible()
    await mark.click()
    await mara.page.get_by_role("button", name="Continue").click()
    await expect(mark).to_have_count(0)
    await mara.goes("hall")
    await expect(mark).to_have_count(0)
