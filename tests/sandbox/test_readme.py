"""This room holds the README against what is there: its table's tests, its scene, and that it knows no bot."""

import asyncio
import re
from pathlib import Path
from typing import Any

import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

import bot.sandbox
from bot.sandbox import Person, Sandbox
from tests.sandbox.bots import reader

TESTS = Path(__file__).parent.parent
README = Path(bot.sandbox.__file__).parent / "README.md"
TEXT = README.read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (.+) \| (.+) \| (`test_.+`) \|$", TEXT, re.MULTILINE)
ACTS = re.findall(r"^\| (`\w+\(.*?) \| .+ \|$", TEXT, re.MULTILINE)


def test_every_rule_has_a_source_and_tests_that_are_there() -> None:
    written = {
        name
        for path in TESTS.rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))
    }
    assert len(ROWS) > 60
    for rule, source, tests in ROWS:
        assert source.strip(), rule
        assert set(re.findall(r"test_\w+", tests)) <= written, rule


def test_persons_do_what_the_table_says() -> None:
    named = {name for cell in ACTS for name in re.findall(r"`(?:await )?(\w+)", cell)}
    assert {"runs", "uses", "clicks", "chooses", "submits", "reacts", "receives"} <= named
    assert {name for name in named if not hasattr(Person, name)} == set()


async def test_the_scene_runs_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    found = re.search(r"```python\n(.+?)```", TEXT, re.DOTALL)
    assert found is not None
    assert len(found[1].splitlines()) == 11, "a line that names it, and ten that do it"
    names: dict[str, Any] = {"asyncio": asyncio, "discord": discord, "yarl": yarl, "Sandbox": Sandbox}
    names |= {"Route": Route, "DiscordWebSocket": DiscordWebSocket}
    exec(compile(found[1], str(README), "exec"), names)
    await names["scene"](reader())


def test_it_imports_nothing_of_the_bot() -> None:
    for path in README.parent.rglob("*.py"):
        found = re.findall(r"^(?:from|import) (bot|cogs|discord)[. ]", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert found == [], path.name
