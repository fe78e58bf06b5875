"""This room starts a local Discord whose every request, answer and event is held against Discord's own description."""

import time
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager

from bot.sandbox import Sandbox
from tests.conformance import Violation, describe, judge, judge_event
from tests.conformance.openapi import discord
from tests.shared import FOLDER


@asynccontextmanager
async def local_discord(*, page: bool = False, clock: Callable[[], float] = time.time) -> AsyncGenerator[Sandbox]:
    """A local Discord; at the end of the block nothing may have broken the description."""
    async with Sandbox.start(page=page, clock=clock) as sandbox:
        with _judged(sandbox):
            yield sandbox


@contextmanager
def _judged(sandbox: Sandbox) -> Generator[None]:
    if not (FOLDER / "discord/openapi.json").exists():  # `tests/conformance` says so, and with CI=true fails
        yield
        return
    discord()
    violations: list[Violation] = []
    sandbox.listeners.append(lambda exchange: violations.extend(judge(exchange)))
    sandbox.event_listeners.append(lambda event: violations.extend(judge_event(event)))
    yield
    assert not violations, "\n".join(describe(violation) for violation in violations)
