"""A local Discord with a server, some people, and the real bot on it through a real client."""

from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from bot.store.database import Database
from tests.conformance import Violation, describe, judge, judge_event
from tests.conformance.openapi import discord
from tests.discord.stage import Stage, staged
from tests.shared import FOLDER


@pytest.fixture
async def stage(database: Database, database_path: Path) -> AsyncGenerator[Stage]:
    """The local Discord and its people; no bot yet. Whatever breaks Discord's own description fails the test."""
    async with Sandbox.start() as sandbox:
        with judged(sandbox):
            yield staged(sandbox, database, database_path)


@contextmanager
def judged(sandbox: Sandbox) -> Generator[None]:
    """Holds every request, answer and event against `openapi.json`, where it is at hand."""
    if not (FOLDER / "discord/openapi.json").exists():  # `tests/conformance` says so, and with CI=true fails
        yield
        return
    discord()
    violations: list[Violation] = []
    sandbox.listeners.append(lambda exchange: violations.extend(judge(exchange)))
    sandbox.event_listeners.append(lambda event: violations.extend(judge_event(event)))
    yield
    assert not violations, "\n".join(describe(violation) for violation in violations)
