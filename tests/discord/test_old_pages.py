"""Pages that were opened long ago, told as scenes: a press is answered through its own token, whatever its age.

Only what takes longer than a token lives goes on in a message of its own.
"""

import asyncio
import time
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.domain.models import Rating
from bot.store.database import Database
from bot.ui import replies
from tests.discord.stage import Stage, form, message, posted, refused, staged
from tests.library import add, edition
from tests.local import local_discord
from tests.sandbox.clocks import Clock

DAY = 86_400.0
PLACES = ["hall", "dm"]


@pytest.fixture
def clock() -> Clock:
    return Clock(time.time())


@pytest.fixture
async def stage(database: Database, database_path: Path, clock: Clock) -> AsyncGenerator[Stage]:
    """A local Discord on whose clock days can pass: after 15 minutes it takes nothing through a token any more."""
    async with local_discord(clock=clock) as sandbox:
        yield staged(sandbox, database, database_path)


def _answers(stage: Stage) -> list[str]:
    """The paths of what the bot answered by: nothing may go through the token of an older press."""
    paths = [exchange.path for exchange in stage.sandbox.exchanges if exchange.method in ("POST", "PATCH")]
    return [path for path in paths if "/callback" in path or path.startswith("/webhooks/")]


@pytest.mark.parametrize("place", PLACES)
async def test_a_private_page_is_turned_days_later(stage: Stage, clock: Clock, place: str) -> None:
    stage.mara.installs()
    await add(stage.database, edition("The Lamp", pages=5))
    async with stage.bot():
        where = "dm" if place == "dm" else getattr(stage, place)
        page = message(await stage.mara.runs("/read", story="The Lamp", channel=where))
        for number in (2, 3, 4):
            clock.pass_(DAY)
            turned = message(await stage.mara.clicks("Next", message=page))
            assert turned.id == page.id
            assert f"page {number}." in turned.text
        clock.pass_(DAY)
        form(await stage.mara.chooses("Elsewhere…", message=page, menu="Jump to…"))
        clock.pass_(DAY)
        assert "page 1." in message(await stage.mara.submits(where="0 %")).text
    answers = _answers(stage)
    assert len(answers) == len(set(answers)) == 6
    assert all(path.endswith("/callback") for path in answers)


async def test_a_page_that_was_shared_is_turned_and_copied_days_later(stage: Stage, clock: Clock) -> None:
    await add(stage.database, edition("The Lamp", pages=3))
    async with stage.bot():
        shared = message(await stage.mara.runs("/read", story="The Lamp", share=True))
        clock.pass_(DAY)
        assert message(await stage.mara.clicks("Next", message=shared)).id == shared.id
        copy = message(await stage.jon.clicks("Next", message=shared))
        clock.pass_(DAY)
        assert copy.ephemeral
        assert "page 2." in message(await stage.jon.clicks("Previous", message=copy)).text
    assert all(path.endswith("/callback") for path in _answers(stage))


async def test_what_stands_behind_an_old_page_is_answered_beside_it(stage: Stage, clock: Clock) -> None:
    await add(stage.database, edition("The Lamp", pages=3))
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="The Lamp"))
        clock.pass_(DAY)
        more = message(await stage.mara.clicks("More", message=page))
        clock.pass_(DAY)
        assert "You like it." in message(await stage.mara.clicks("Like", message=more)).text
        assert "page 2." in message(await stage.mara.clicks("Next", message=page)).text


@pytest.mark.parametrize("rating", [Rating.G, Rating.NC_17])
async def test_a_download_that_takes_too_long_comes_by_a_message_of_its_own(
    stage: Stage, clock: Clock, monkeypatch: pytest.MonkeyPatch, rating: Rating
) -> None:
    monkeypatch.setattr(replies, "HURRY", 0.01)
    await add(stage.database, edition("The Lamp", rating=rating))
    async with stage.bot() as bot:
        async with bot.services.downloads._press:
            thinking = stage.expects("POST", "/callback$")
            line = stage.mara.runs("/download story", story="The Lamp", format="Text", channel=stage.dark)
            asking = asyncio.create_task(line)
            await thinking
            clock.pass_(901)
        told = await posted(stage.mara)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        assert "The Lamp" in told.text
        assert "longer than Discord waits" in told.text
        assert "page 1." not in told.text
        if rating is Rating.G:
            assert message(await stage.mara.clicks("Bring it", message=told)).attachments != []
        else:
            assert "only in an age-restricted channel" in await refused(stage.mara.clicks("Bring it", message=told))
