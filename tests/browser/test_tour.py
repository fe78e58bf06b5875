"""The real page, walked through as the README promises it; the pictures in `docs/` come from the same walk."""

from pathlib import Path

from playwright.async_api import Browser

from tests.browser.tour import PICTURES, trying, walk


async def test_the_tour(tmp_path: Path, browser: Browser) -> None:
    async with trying(tmp_path) as address:
        await walk(browser, address, tmp_path)
    assert _names(tmp_path) == _names(PICTURES), "the pictures alone: what is tried is not kept"


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
