"""Whoever only serves loads no reader of documents, no drawing, no server of pages: a tenth of its memory."""

import subprocess
import sys

import pytest

from tests.shared import CHECKOUT

LATER = ("PIL", "aiohttp.web", "bot.formats.manuscript", "bot.formats.source", "bot.sandbox", "rich", "xml.etree")
"""Each with what its module asks for."""

LOADED = """
import sys
import bot.running
{also}
print([name for name in {later!r} if name in sys.modules])
"""


def _loaded(also: str = "") -> str:
    script = LOADED.format(also=also, later=LATER)
    done = subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_serving_starts_without_what_few_need() -> None:
    assert _loaded() == "[]"


@pytest.mark.parametrize(
    ("also", "loaded"),
    [
        ("import bot.formats.plots", ["PIL"]),
        ("import bot.health", ["aiohttp.web"]),
        ("import bot.formats.containers", ["xml.etree"]),
    ],
)
def test_what_is_needed_is_loaded_then(also: str, loaded: list[str]) -> None:
    assert _loaded(also) == str(loaded)
