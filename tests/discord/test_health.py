"""What can be seen of a bot from outside, while it serves and when it is in trouble."""

import pytest

from bot.domain.errors import ArchiveError
from bot.health import Health, watched
from bot.metrics import Metric, exposed
from tests.discord.stage import Stage
from tests.library import add, edition
from tests.process.running import fetched, free_port


async def test_troubles_are_named(stage: Stage) -> None:
    async with stage.bot() as bot:
        health = Health(bot, stage.database)
        assert await health.troubles() == []
        bot.lag.last = 7.0
        assert await health.troubles() == ["the event loop is 7.0 seconds late"]
        bot.lag.last = 0.0
    assert await health.troubles() == ["the gateway is not connected"]


async def test_a_writer_that_is_never_free_is_a_trouble(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.health.PATIENCE", 0.01)
    async with stage.bot() as bot, stage.database.write():
        assert await Health(bot, stage.database).troubles() == ["the database cannot be written (TimeoutError)"]


async def test_what_is_counted_is_counted(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    port = free_port()
    async with stage.bot() as bot, watched(bot, stage.database, port):
        page = await stage.mara.runs("/stories")
        await stage.mara.chooses("The Lamp", message=page)
        _, told = await fetched(port, "/metrics")
        assert 'talebearer_interactions_total{kind="component"} 1\n' in told
        with pytest.raises(ArchiveError, match="cannot be used"):
            async with watched(bot, stage.database, port):
                pass


def test_labels_are_escaped() -> None:
    metric = Metric("a", "gauge", "An a.", {(("b", 'c"\\\n'),): 1.5, (): 2})
    assert exposed([metric]) == '# HELP a An a.\n# TYPE a gauge\na{b="c\\"\\\\\\n"} 1.5\na 2\n'
