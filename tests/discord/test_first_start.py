"""The first start, while Discord is out: tried until it is back, and said once."""

import asyncio
import logging
from collections.abc import Callable

import pytest
from discord import HTTPException, LoginFailure

from bot.client import Talebearer
from bot.config import read_settings
from bot.connection import SPARE_STARTS, TooManyStarts
from bot.sandbox import Sandbox
from bot.services.postman import Clocks
from tests.discord.stage import Stage, message
from tests.library import add, edition

# Twice, for aiohttp by itself asks once more what is cut off on a connection that it had already.
OUT: list[Callable[[Sandbox], None]] = [
    lambda discord: discord.fail("GET", "^/users/@me$", reset=True, times=2),
    lambda discord: discord.fail("GET", "^/users/@me$", status=503),
    lambda discord: discord.fail("GET", "^/oauth2/applications/@me$", reset=True, times=2),
    lambda discord: discord.fail("GET", "^/gateway/bot$", reset=True, times=2),
    lambda discord: discord.fail("PUT", "/commands$", reset=True, times=2),
]


@pytest.mark.parametrize("break_it", OUT, ids=["cut off", "unavailable", "after the login", "gateway", "commands"])
async def test_what_is_cut_off_is_asked_again(
    stage: Stage, caplog: pytest.LogCaptureFixture, break_it: Callable[[Sandbox], None]
) -> None:
    await add(stage.database, edition("The Lamp"))
    break_it(stage.sandbox)
    async with stage.bot():
        assert "page 1." in message(await stage.mara.runs("/read", story="The Lamp")).text
    said = [record for record in caplog.records if "does not answer" in record.message]
    assert [record.levelno for record in said] == [logging.WARNING], "once, however often it is asked"
    assert f"at {stage.sandbox.api_url} (" in said[0].message


async def test_a_gateway_that_refuses_the_first_connection(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """It is asked for again: it may have moved meanwhile."""
    gateway = stage.sandbox.backend.gateway
    there, gateway.address = gateway.address, "ws://127.0.0.1:9/gateway"
    asked = stage.expects("GET", "^/gateway/bot$", times=2)
    asked.add_done_callback(lambda _: setattr(gateway, "address", there))
    async with stage.bot():
        assert "empty so far" in message(await stage.mara.runs("/archive")).text
    assert caplog.text.count("does not answer") == 1


async def test_no_login_that_failed_is_left_open(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.sandbox.fail("GET", "^/users/@me$", reset=True, times=3)
    async with stage.bot():
        pass
    assert "Unclosed" not in caplog.text


@pytest.mark.parametrize(
    ("status", "refused"), [(401, LoginFailure), (403, HTTPException), (404, HTTPException)], ids=str
)
async def test_what_discord_refuses_is_not_asked_again(stage: Stage, status: int, refused: type[Exception]) -> None:
    stage.sandbox.fail("GET", "^/users/@me$", status=status)
    with pytest.raises(refused):
        await _serve(stage)
    assert [exchange.status for exchange in stage.sandbox.exchanges] == [status]


async def test_a_bot_that_has_hardly_any_starts_left_is_not_started(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.connection.SPARE_STARTS", 1_001)
    with pytest.raises(TooManyStarts, match="find out why it starts so often"):
        await _serve(stage)
    assert SPARE_STARTS < 1_000


async def _serve(stage: Stage) -> None:
    settings = read_settings({"DISCORD_API_URL": stage.sandbox.api_url}, stage.database_path.parent)
    async with Talebearer(settings, stage.database, Clocks(jitter=lambda: 1.0)) as bot:
        await bot.serve(stage.sandbox.token, asyncio.Event())
