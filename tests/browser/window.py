"""This room is one browser window with the page in it, told in what a person does and sees."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from playwright.async_api import ConsoleMessage, Locator, Page, Request, Response, Route, expect

_NAMELESS = re.compile(r"^\s*- (?:button|combobox|textbox|link|listbox|dialog|checkbox|radio)(?! \")", re.MULTILINE)
_WIDER = "element => element.scrollWidth - element.clientWidth"


class Window:
    """Keeps an account of everything that should not have happened; `complaints` is read when the test ends."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.address).netloc:
            self.complaints.append(f"request elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    # What a person sees

    @property
    def line(self) -> Locator:
        return self.page.get_by_role("combobox", name="Command", exact=True)

    @property
    def newest(self) -> Locator:
        return self.page.locator("#timeline > li").last

    @property
    def entries(self) -> Locator:
        """The lines of the inspector that pass its filter."""
        return self.page.locator("#entries > li:not([hidden])")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def choices(self) -> Locator:
        """What a list offers that has opened beside a field."""
        return self.page.locator("[role=option]:visible")

    def option(self, name: str) -> Locator:
        return self.page.locator(f"[data-option='{name}']")

    async def picked(self) -> list[str]:
        """The commands that the picker shows."""
        return await self.page.locator("[role=option] .name").all_inner_texts()

    async def focused(self) -> str:
        return await self.page.evaluate("document.activeElement.dataset.id ?? document.activeElement.id")

    # What a person does

    async def open(self, name: str = "") -> None:
        await self.page.goto(f"{self.address}?as={name}" if name else self.address)
        await expect(self.page.locator("#timeline")).to_have_attribute("aria-busy", "false")

    @asynccontextmanager
    async def coming_back(self) -> AsyncGenerator[None]:
        """Loads the page anew; it hears who and where it is when the block ends."""
        told = asyncio.Event()

        async def late(route: Route) -> None:
            await told.wait()
            await route.continue_()

        await self.page.route("**/state*", late)
        await self.page.reload(wait_until="commit")
        yield
        told.set()
        await expect(self.page.locator("#timeline")).to_have_attribute("aria-busy", "false")

    async def begins(self, command: str) -> None:
        """Types the command's name and takes it from the list."""
        await self.line.fill(f"/{command}")
        await expect(self.choices().first).to_contain_text(f"/{command}")
        await self.line.press("Enter")

    async def runs(self, command: str) -> None:
        """A command without options: taken from the list, then sent."""
        before = await self.page.locator("#timeline > li").count()
        await self.begins(command)
        await self.page.keyboard.press("Enter")
        await expect(self.page.locator("#timeline > li")).to_have_count(before + 1)

    async def reads(self, story: str = "The Lamp") -> None:
        await self.begins("read")
        await self.option("story").fill(story)
        await expect(self.choices()).to_have_count(1)
        await self.option("story").press("Enter")
        await self.option("story").press("Enter")
        await expect(self.newest).to_contain_text("Page 1 of 3")

    async def asks(self, *, second: bool) -> None:
        """Opens a form with every kind of field: its first half or its second."""
        await self.begins("form")
        if second:
            await self.page.get_by_role("button", name="Add the option second").click()
            await self.option("second").fill("True")
            await self.option("second").press("Enter")
        await self.page.get_by_role("button", name="Run").click()
        await expect(self.dialog).to_be_visible()

    async def presses(self, label: str) -> None:
        await self.newest.get_by_role("button", name=label, exact=True).click()

    async def goes(self, place: str, *, through: bool = True) -> None:
        """To a place of the list; `through` the door where it is age-restricted and asks."""
        await self.page.locator("#places").get_by_role("button", name=place).click()
        await expect(self.page.locator("#timeline")).to_have_attribute("aria-label", f"Messages in {place}")
        if through and await self.page.locator("#door").is_visible():
            await self.page.get_by_role("button", name="Continue").click()
            await expect(self.line).to_be_visible()

    async def becomes(self, name: str) -> None:
        await self.page.locator("#persons").get_by_role("link", name=name).click()
        await expect(self.page.locator("#persons [aria-current]")).to_contain_text(name)

    # What must hold wherever one is

    async def barriers(self) -> list[str]:
        """What axe-core finds that keeps people from using the page as it stands now."""
        found = await self.page.evaluate("axe.run(document).then(({violations}) => violations)")
        return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]

    async def nameless(self) -> list[str]:
        """Controls that a screen reader has no name for."""
        return _NAMELESS.findall(await self.page.locator("body").aria_snapshot())

    async def sideways(self) -> dict[str, int]:
        """How many pixels stick out, by what they stick out of."""
        found: dict[str, int] = {}
        for selector in ("html", "main", "#scroller", "#composer", "#sidebar"):
            found[selector] = await self.page.locator(selector).evaluate(_WIDER)
        return {selector: pixels for selector, pixels in found.items() if pixels > 0}
