"""A story by lot, told as scenes."""

from bot.domain.models import Rating
from tests.discord.stage import Stage, message
from tests.library import add, edition


async def test_what_is_drawn_opens_in_every_kind_of_place(stage: Stage) -> None:
    stage.mara.installs()
    await add(stage.database, edition("Mild", pages=2))
    for number in range(9):
        await add(stage.database, edition(f"Dark {number}", rating=Rating.NC_17))
    async with stage.bot():
        for place in (stage.hall, stage.hall_thread, "dm"):
            assert "Mild, page 1." in message(await stage.mara.runs("/random", channel=place)).text
        for place in (stage.dark, stage.dark_thread):
            assert ", page 1." in message(await stage.mara.runs("/random", channel=place)).text
        page = message(await stage.mara.runs("/random", channel="dm"))
    async with stage.bot():
        assert "Mild, page 2." in message(await stage.mara.clicks("Next", message=page)).text


async def test_where_nothing_opens_it_says_so(stage: Stage) -> None:
    await add(stage.database, edition("Dark", rating=Rating.NC_17))
    async with stage.bot():
        refused = message(await stage.mara.runs("/random"))
        assert refused.text.startswith("No story of the archive opens in this place;")
        assert "Dark, page 1." in message(await stage.mara.runs("/random", channel=stage.dark)).text
