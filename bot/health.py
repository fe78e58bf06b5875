"""This room answers the operator's machines: `/healthz` and `/metrics`, on this machine alone."""

import asyncio
import math
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web

from bot import metrics
from bot.client import Talebearer
from bot.domain.errors import ArchiveError
from bot.metrics import Metric
from bot.store.database import Database

HOST = "127.0.0.1"
PATIENCE = 2.0
"""Seconds within which the database has to give its writer away."""
LATEST = 5.0
"""Seconds of the event loop's delay from which on nobody is answered in time."""
TEXT = "text/plain; version=0.0.4; charset=utf-8"


class Health:
    """What can be seen of a bot from outside."""

    def __init__(self, bot: Talebearer, database: Database) -> None:
        self._bot = bot
        self._database = database

    async def troubles(self) -> list[str]:
        """Why it does not serve as it should, a clause each; none where all is well."""
        found: list[str] = []
        if not self._bot.is_connected:
            found.append("the gateway is not connected")
        if self._bot.lag.last > LATEST:
            found.append(f"the event loop is {self._bot.lag.last:.1f} seconds late")
        try:
            async with asyncio.timeout(PATIENCE), self._database.write():
                pass
        except Exception as error:
            found.append(f"the database cannot be written ({type(error).__name__})")
        return found

    async def healthz(self, _request: web.Request) -> web.Response:
        troubles = await self.troubles()
        told = {"status": "trouble" if troubles else "ok", "troubles": troubles}
        return web.json_response(told, status=503 if troubles else 200)

    async def metrics(self, _request: web.Request) -> web.Response:
        families = [*self._of_bot(), *self._bot.counting.metrics(), *await metrics.of_database(self._database)]
        return web.Response(body=metrics.exposed(families).encode(), headers={"Content-Type": TEXT})

    def _of_bot(self) -> list[Metric]:
        lag, latency, tally = self._bot.lag, self._bot.latency, self._bot.tally
        return [
            Metric("talebearer_connected", "gauge", "1 while the gateway is connected.", {(): self._bot.is_connected}),
            Metric(
                "talebearer_gateway_latency_seconds", "gauge", "Between a heartbeat and its answer.",
                {(): latency} if math.isfinite(latency) else {},
            ),
            Metric(
                "talebearer_late_total", "counter", "Interactions that were read, and answers that came, too late.",
                {(("what", "read"),): tally.read_late, (("what", "answered"),): tally.answered_late},
            ),
            Metric(
                "talebearer_sends_total", "counter", "Direct messages that were tried, by outcome.",
                {(("outcome", outcome),): count for outcome, count in sorted(tally.tries.items())},
            ),
            Metric(
                "talebearer_delivered_total", "counter", "Letters and notices that arrived.", {(): tally.delivered}
            ),
            Metric(
                "talebearer_loop_delay_seconds", "gauge", "How late the event loop is and was at worst.",
                {(("which", "last"),): lag.last, (("which", "longest"),): lag.longest},
            ),
        ]  # fmt: skip


@asynccontextmanager
async def watched(bot: Talebearer, database: Database, port: int) -> AsyncGenerator[None]:
    """Answers on that port of 127.0.0.1 while the block runs.

    Raises:
        ArchiveError: the port is taken.
    """
    health = Health(bot, database)
    app = web.Application()
    app.router.add_get("/healthz", health.healthz)
    app.router.add_get("/metrics", health.metrics)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await _listen(runner, port)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError as error:
        raise ArchiveError(
            f"Port {port} of this machine cannot be used ({error.strerror}); name another one in HEALTH_PORT."
        ) from error
