"""What is sent for a parcel is sent in time or not at all."""

import time

import pytest
from discord.http import Route

from bot.services.postman import expires
from tests.discord.stage import Stage


async def test_a_request_whose_time_is_over_does_not_go_out(stage: Stage) -> None:
    async with stage.bot() as bot:
        sent = len(stage.sandbox.exchanges)
        token = expires.set(time.monotonic() - 0.001)
        with pytest.raises(TimeoutError, match="its time is over"):
            await bot.http.request(Route("GET", "/users/@me"))
        expires.reset(token)
        assert len(stage.sandbox.exchanges) == sent


async def test_one_repeated_by_the_library_does_not_either(stage: Stage) -> None:
    """By the time that discord.py waits after an error, the parcel is somebody else's."""
    async with stage.bot() as bot:
        stage.sandbox.fail("GET", "^/users/@me$", status=500, times=5)
        token = expires.set(time.monotonic() + 0.5)
        with pytest.raises(TimeoutError):
            await bot.http.request(Route("GET", "/users/@me"))
        expires.reset(token)
        assert [exchange.status for exchange in stage.sandbox.exchanges].count(500) == 1
