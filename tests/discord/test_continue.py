"""Going on where one was, told as scenes."""

import pytest

from bot.domain.models import Rating
from bot.services.settings import Preferences
from tests.discord.stage import Stage, message
from tests.library import add, edition


@pytest.mark.parametrize("place", ["hall", "hall_thread", "dark", "dark_thread", "dm"])
async def test_a_page_that_a_restart_took_comes_back_anywhere(stage: Stage, place: str) -> None:
    stage.mara.installs()
    await add(stage.database, edition("The Lamp", pages=4))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        await stage.mara.chooses("Page 3")
    async with stage.bot():
        where = "dm" if place == "dm" else getattr(stage, place)
        again = message(await stage.mara.runs("/continue", channel=where))
        assert again.ephemeral
        assert "The Lamp, page 3." in again.text
        assert "The Lamp, page 4." in message(await stage.mara.clicks("Next")).text


async def test_it_goes_on_with_what_opens_in_that_place(stage: Stage) -> None:
    await add(stage.database, edition("Mild", pages=2))
    await add(stage.database, edition("Dark", rating=Rating.NC_17, pages=2))
    async with stage.bot():
        await stage.mara.runs("/read", story="Mild")
        await stage.mara.runs("/read", story="Dark", channel=stage.dark)
        assert "Dark, page 1." in message(await stage.mara.runs("/continue", channel=stage.dark_thread)).text
        assert "Mild, page 1." in message(await stage.mara.runs("/continue", channel="dm")).text


async def test_whoever_shares_their_pages_shares_this_one(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=2))
    await Preferences(stage.database).change(stage.mara.id, shared=True)
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp", share=False)
        assert not message(await stage.mara.runs("/continue")).ephemeral


async def test_who_has_read_nothing_is_told_how_to_begin(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        refused = message(await stage.mara.runs("/continue"))
        assert refused.text == "You have no story open yet; choose one with /stories or /read."
