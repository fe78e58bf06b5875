"""This room spends a day at the archive in the real page: reading, writing, answering; light, dark, on a phone."""

import re
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.conftest import AXE
from tests.browser.tour import AUTHOR, sends_a_page, trying
from tests.browser.window import Window
from tests.npm import installed

LOOKS = [("light", 1200), ("dark", 1200), ("light", 360)]
LETTER = "The clink on glass is the best sound in it."
ANSWER = "It took me a winter to hear it."


class Day:
    """One look of the page, for everybody who comes by."""

    def __init__(self, browser: Browser, address: str, scheme: str, width: int) -> None:
        self._browser = browser
        self._address = address
        self._look = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
        self.windows: list[Window] = []

    async def comes(self, name: str) -> Window:
        page = await self._browser.new_page(**self._look)  # pyright: ignore[reportArgumentType]
        await page.add_init_script(path=installed(AXE) / "axe-core" / "axe.min.js")
        window = Window(page, self._address)
        self.windows.append(window)
        await window.open(name)
        return window

    async def goes(self, window: Window, place: str) -> None:
        """By the list of places, which a phone keeps in a drawer."""
        drawer = window.page.locator("#open-drawer")
        if await drawer.is_visible():
            await drawer.click()
        await window.goes(place)


@pytest_asyncio.fixture(loop_scope="session", params=LOOKS, ids=[f"{scheme}-{width}" for scheme, width in LOOKS])
async def day(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> AsyncGenerator[Day]:
    async with trying(tmp_path) as address:
        day = Day(browser, address, *request.param)
        yield day
        for window in day.windows:
            assert window.complaints == []
            assert await window.sideways() == {}
            await window.page.close()


async def test_a_story_is_found_read_and_written_about_and_its_author_answers(day: Day) -> None:
    mara = await day.comes("mara")
    await finds(mara)
    await reads_to_the_end(mara)
    await comes_back_to_the_same_page(mara)
    await writes(mara)
    author = await day.comes(AUTHOR)
    await day.goes(author, "Talebearer")
    await answers(author)
    await day.goes(mara, "Talebearer")
    await expect(mara.newest).to_contain_text(ANSWER)
    assert await mara.barriers() == []


async def test_a_moderator_brings_a_story_in_and_publishes_it(day: Day) -> None:
    ines = await day.comes("ines")
    await sends_a_page(ines)
    assert await ines.barriers() == []
    await ines.presses("Import for review")
    await expect(ines.newest).to_contain_text("is imported")
    assert await ines.barriers() == []
    await publishes(ines)
    jon = await day.comes("jon")
    await opens(jon, "harbour")
    await expect(jon.newest).to_contain_text("The café by the harbour was closed again")


@pytest.mark.parametrize("day", LOOKS[:1], ids=["light"], indirect=True)
async def test_commands_go_by_their_german_names_where_discord_is_german(day: Day) -> None:
    jule = await day.comes("jule")
    await jule.begins("lesen")
    await expect(jule.page.get_by_text("Eine Geschichte aufschlagen, wo du aufgehört hast")).to_be_visible()
    assert await jule.barriers() == []
    await jule.option("story").fill("wick")
    await expect(jule.choices()).to_have_count(1)
    for _ in range(2):
        await jule.option("story").press("Enter")
    await expect(jule.newest).to_contain_text("Seite 1 von 3")


@pytest.mark.parametrize("day", LOOKS[-1:], ids=["phone"], indirect=True)
async def test_the_server_next_door_reads_along_until_it_has_an_archive_of_its_own(day: Day) -> None:
    mara, otto = await day.comes("mara"), await day.comes("otto")
    await day.goes(mara, "fireside")
    await mara.runs("archive")
    await expect(mara.newest).to_contain_text("9 stories by 4 authors")
    await otto.begins("desk open")
    await otto.option("name").fill("Village Tales")
    await otto.option("name").press("Enter")
    await expect(otto.newest).to_contain_text("Village Tales")
    await mara.runs("archive")
    await expect(mara.newest).to_contain_text("Village Tales")
    await expect(mara.newest).not_to_contain_text("Wick Trimmer")
    await day.goes(mara, "reading-room")
    await mara.runs("archive")
    await expect(mara.newest).to_contain_text("9 stories by 4 authors")


async def publishes(ines: Window) -> None:
    await ines.runs("desk review")
    await ines.newest.get_by_role("combobox").first.click()
    await ines.choices().filter(has_text="The Harbour").click()
    await ines.presses("Publish…")
    await ines.dialog.get_by_label("Reason").fill("It is as the page had it.")
    assert await ines.barriers() == []
    await ines.dialog.get_by_role("button", name="Submit").click()
    await expect(ines.newest).to_contain_text("published")


async def finds(mara: Window) -> None:
    """By the Fiction Index."""
    await mara.runs("stories")
    assert await mara.barriers() == []
    await mara.newest.get_by_role("combobox").first.click()
    await mara.choices().filter(has_text="The Wick Trimmer").click()
    await expect(mara.newest).to_contain_text("Page 1 of 3")


async def reads_to_the_end(mara: Window) -> None:
    for number in (2, 3):
        await mara.presses("Next")
        await expect(mara.newest).to_contain_text(f"Page {number} of 3")
    assert await mara.barriers() == []
    await expect(mara.newest.get_by_role("button", name="Fiction Index", exact=True)).to_be_visible()


async def comes_back_to_the_same_page(mara: Window) -> None:
    """The page is loaded anew, and so is the story: at the place where its reader was."""
    await mara.presses("Previous")
    await expect(mara.newest).to_contain_text("Page 2 of 3")
    await mara.page.reload()
    await expect(mara.newest).to_contain_text("Page 2 of 3")
    messages = mara.page.locator("#timeline > li")
    before = await messages.count()
    await opens(mara, "wick")
    await expect(messages).to_have_count(before + 1)  # the page that was read before looks the same
    await expect(mara.newest).to_contain_text("Page 2 of 3")


async def opens(reader: Window, word: str) -> None:
    """The one story that the word finds."""
    await reader.begins("read")
    await reader.option("story").fill(word)
    await expect(reader.choices()).to_have_count(1)
    for _ in range(2):  # takes the choice, then runs the command
        await reader.option("story").press("Enter")


async def writes(mara: Window) -> None:
    await mara.presses("Next")
    await mara.presses("Tell the author what you think")
    await mara.dialog.get_by_label("Comments").fill(LETTER)
    assert await mara.barriers() == []
    await mara.dialog.get_by_role("button", name="Submit").click()
    await expect(mara.newest).to_contain_text("your letter is kept")


async def answers(author: Window) -> None:
    await expect(author.newest).to_contain_text(LETTER)
    assert await author.barriers() == []
    await author.presses("Reply")
    await author.dialog.get_by_role("textbox").last.fill(ANSWER)
    await author.dialog.get_by_role("button", name="Submit").click()
    await expect(author.newest).to_contain_text(re.compile("kept|on its way|Delivered", re.IGNORECASE))
