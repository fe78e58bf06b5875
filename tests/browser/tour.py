"""This room walks through the real page as README's readers would, and takes the pictures on the way.

`python -m tests.browser.tour` makes the pictures of `docs/pictures/` anew.
"""

import asyncio
import re
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Browser, FilePayload, async_playwright, expect

from tests.browser.conftest import QUIET, chromium
from tests.browser.window import Window
from tests.process.running import environment, talebearer
from tests.shared import CHECKOUT

PICTURES = CHECKOUT / "docs" / "pictures"
AUTHOR = "isoldewren"
OLD_PAGE = """</script><html><head><title>The Harbour</title></head><body bgcolor=white>
<center><h1>The Harbour (part 2 of 3)</h1><h2>by Isolde Wren</h2></center>
<b>Rating:</b> PG-13<br><b>Warnings:</b> storms
<p>The caf&eacute; by the harbour was <i>closed</i> again, and nobody in the whole of Underbrow could say
who had closed it.
<p>It stayed closed. – So it goes, said the keeper of the lamps, and trimmed the next one.
<p>The End<hr><a href=index.html>Back to Index</a> | <a href=main.html>Main</a></body></html>
"""


@asynccontextmanager
async def trying(folder: Path) -> AsyncGenerator[str]:
    """`talebearer try` as a process; the address it prints."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "try", cwd=folder, env=environment(folder), stdout=PIPE
    )
    assert process.stdout is not None
    try:
        printed = b""
        while not (found := re.search(rb"http://\S+/", printed)):
            printed += await process.stdout.readline()
        yield found[0].decode()
    finally:
        process.terminate()
        await process.communicate()


@asynccontextmanager
async def opened(browser: Browser, address: str, name: str, *, width: int = 1000) -> AsyncGenerator[Window]:
    """A window as one person, in which nothing may go wrong."""
    page = await browser.new_page(viewport={"width": width, "height": 760})
    window = Window(page, address)
    await window.open(name)
    yield window
    assert window.complaints == []
    await page.close()


async def walk(browser: Browser, address: str, pictures: Path) -> None:
    """One walk for each thing the README tells of; what comes to the bot gets its own, at its place in the list."""
    scenes = (read_a_story, write_to_the_author, get_the_letter, work_at_the_desk, look_on_a_phone, open_the_inspector)
    for scene in scenes:
        await scene(browser, address, pictures)
    await report_an_import(browser, pictures)


async def read_a_story(browser: Browser, address: str, pictures: Path) -> None:
    async with opened(browser, address, "mara") as mara:
        await mara.runs("stories")
        await _picture(mara, pictures / "index.png")
        await _reads(mara)
        await _picture(mara, pictures / "reading.png")
        await mara.presses("Next")
        await expect(mara.newest).to_contain_text("Page 2 of 3")


async def _reads(window: Window) -> None:
    before = await window.page.locator("#timeline > li").count()  # an earlier page of it may stand there
    await window.begins("read")
    await window.option("story").fill("wick")
    await expect(window.choices()).to_have_count(1)
    await window.option("story").press("Enter")
    await window.option("story").press("Enter")
    await expect(window.page.locator("#timeline > li")).to_have_count(before + 1)
    await expect(window.newest).to_contain_text(re.compile(r"Page \d of 3"))


async def write_to_the_author(browser: Browser, address: str, pictures: Path) -> None:
    async with opened(browser, address, "mara") as mara:
        await _reads(mara)
        await mara.presses("Next")
        await mara.presses("Tell the author what you think")
        await mara.dialog.get_by_label("Comments").fill("The clink on glass is the best sound in it.")
        await mara.page.screenshot(path=pictures / "form.png")
        await mara.dialog.get_by_role("button", name="Submit").click()
        await expect(mara.newest).to_contain_text("your letter is kept")


async def get_the_letter(browser: Browser, address: str, pictures: Path) -> None:
    """The author's DM."""
    async with opened(browser, address, AUTHOR) as author:
        await author.goes("Talebearer")
        await expect(author.newest).to_contain_text("The clink on glass is the best sound in it.")
        await _picture(author, pictures / "letter.png")


async def work_at_the_desk(browser: Browser, address: str, pictures: Path) -> None:
    """A file that a moderator sends, read on trial."""
    async with opened(browser, address, "ines") as ines:
        await sends_a_page(ines)
        await _picture(ines, pictures / "desk.png")


async def sends_a_page(ines: Window) -> None:
    await ines.begins("desk import")
    await ines.page.get_by_role("button", name="Add the option file:").click()
    page: FilePayload = {"name": "harbour.html", "mimeType": "text/html", "buffer": OLD_PAGE.encode("cp1252")}
    await ines.option("file").set_input_files(page)
    await ines.page.get_by_role("button", name="Run").click()
    await expect(ines.newest).to_contain_text("1 of 1 story would come in")


async def look_on_a_phone(browser: Browser, address: str, pictures: Path) -> None:
    async with opened(browser, address, "jon", width=360) as jon:
        await jon.runs("archive")
        assert await jon.sideways() == {}
        await jon.page.screenshot(path=pictures / "phone.png")


async def open_the_inspector(browser: Browser, address: str, pictures: Path) -> None:
    async with opened(browser, address, "nia", width=1360) as nia:
        await nia.page.get_by_role("button", name="Inspector", exact=True).click()
        await _reads(nia)
        await expect(nia.entries.last).to_contain_text("first answer after")
        await nia.entries.last.locator("summary").click()
        await expect(nia.entries.last.locator("pre").first).to_be_visible()
        await nia.page.screenshot(path=pictures / "inspector.png")


async def report_an_import(browser: Browser, pictures: Path) -> None:
    """The report that `talebearer import --dry-run --html` writes, one page open beside its story."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        report = folder / "report.html"
        (folder / "harbour.html").write_text(OLD_PAGE, "cp1252")
        done = await talebearer(folder, "import", "--dry-run", "--html", report.name, "harbour.html")
        assert done.status == 0, done.errors
        page = await browser.new_page(viewport={"width": 1200, "height": 900})
        await page.goto(report.as_uri())
        await page.locator("details").first.evaluate("details => { details.open = true }")
        await page.screenshot(path=pictures / "report.png")
        await page.close()


async def _picture(window: Window, path: Path) -> None:
    """The page with the newest message from its beginning."""
    await window.newest.evaluate("message => message.scrollIntoView({block: 'start'})")
    await window.page.screenshot(path=path)


async def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright, trying(PICTURES) as address:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        await walk(browser, address, PICTURES)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
