"""This room starts the local Discord, the bot on it, and a browser to look at both."""

import asyncio
import os
import shutil
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from bot.sandbox import Sandbox
from tests.browser.keeper import Keeper
from tests.browser.window import Window
from tests.local import local_discord
from tests.npm import installed
from tests.sandbox.bots import settle

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
expect.set_options(timeout=30_000)  # ms: how long a loaded machine may take is not what is tested
AXE = Path(__file__).parent / "package.json"
OpenWindow = Callable[..., Awaitable[Window]]


def chromium() -> str:
    """Where the browser is; without one the test is skipped, or with CI=true fails."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if found:
        return found
    sentence = "There is no chromium on this machine; install its package or name it in CHROMIUM."
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One browser for all tests of a file, and so one loop: to start it takes as long as many a test."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser() -> AsyncGenerator[Browser]:
    executable = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox() -> AsyncGenerator[Sandbox]:
    async with local_discord(page=True) as sandbox:
        guild = sandbox.guild("Story Circle")
        guild.channel("hall")
        guild.channel("after-dark", nsfw=True).thread("late")
        for name in ("mara", "ruby"):
            sandbox.person(name)
        sandbox.person("iris", permissions=1 << 5)
        yield sandbox


@pytest_asyncio.fixture(loop_scope="session")
async def keeper(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Keeper]:
    await settle(sandbox, monkeypatch)
    keeper = Keeper(sandbox.person("ruby").id)
    life = asyncio.create_task(keeper.start(sandbox.token))
    await sandbox.ready()
    await sandbox.commands_synced()
    yield keeper
    await keeper.close()
    await asyncio.gather(life)


@pytest_asyncio.fixture(loop_scope="session")
async def watched(window: OpenWindow) -> OpenWindow:
    """Opens a window that axe-core can look at."""
    script = installed(AXE) / "axe-core" / "axe.min.js"

    async def open_window(name: str = "mara", *, width: int = 1200, scheme: str = "light") -> Window:
        opened = await window(name, width=width, scheme=scheme)
        await opened.page.add_init_script(path=script)
        await opened.open(name)
        return opened

    return open_window


@pytest_asyncio.fixture(loop_scope="session")
async def window(browser: Browser, sandbox: Sandbox, keeper: Keeper) -> AsyncGenerator[OpenWindow]:
    """Opens a window as a person; at the end none of them may have had anything to complain of."""
    windows: list[Window] = []

    async def open_window(name: str = "mara", *, width: int = 1200, scheme: str = "light") -> Window:
        viewport = {"width": width, "height": 800}
        page = await browser.new_page(viewport=viewport, color_scheme=scheme)  # pyright: ignore[reportArgumentType]
        window = Window(page, sandbox.page_url)
        windows.append(window)
        await window.open(name)
        return window

    yield open_window
    for each in windows:
        await each.page.close()
    assert [complaint for each in windows for complaint in each.complaints] == []
