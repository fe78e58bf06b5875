"""The order of a series, made by hand at the desk: told as scenes."""

import pytest

from bot.sandbox import Message
from tests.discord.stage import Stage, form, message, presses, refused
from tests.library import add, edition

NAME = "*Roads* @everyone"
SHOWN = r"\*Roads\* \@everyone"


@pytest.fixture
async def roads(stage: Stage) -> list[int]:
    return [await add(stage.database, edition(title, series=NAME)) for title in ("Out", "On", "Home")]


async def _opened(stage: Stage) -> Message:
    await stage.mo.runs("/desk series")
    return message(await stage.mo.chooses(NAME))


async def test_a_story_goes_up_and_down_and_to_a_place(stage: Stage, roads: list[int]) -> None:
    async with stage.bot():
        listed = message(await stage.mo.runs("/desk series"))
        assert f"**{SHOWN}**" in listed.text
        assert "3 stories, in the order that the headers tell" in listed.text
        series = await _opened(stage)
        assert "1\\. Out by Ruby\n2\\. On by Ruby\n3\\. Home by Ruby" in series.text
        story = message(await stage.mo.chooses("3. Home", message=series))
        assert "Place 3 of 3" in story.text
        moved = message(await stage.mo.clicks("Up", message=story))
        assert "Home stands at place 2" in moved.text
        assert "1\\. Out by Ruby\n**2\\. Home by Ruby**\n3\\. On by Ruby" in moved.text
    async with stage.bot():
        moved = message(await stage.mo.clicks("First", message=moved))
        assert "**1\\. Home by Ruby**\n2\\. Out by Ruby" in moved.text
        form(await stage.mo.clicks("To place…", message=moved))
        assert "has no place “4”; its stories stand at 1 to 3." in await refused(stage.mo.submits(Place="4"))
        form(await stage.mo.clicks("To place…", message=moved))
        said = message(await stage.mo.submits(Place="2")).text
        assert said == f"Home stands at place 2 of {SHOWN} now, where it stood at 1."
        read = message(await stage.mara.runs("/series", name=NAME)).text
        assert read.index("Out") < read.index("Home") < read.index("On")


async def test_two_moderators_at_once(stage: Stage, roads: list[int]) -> None:
    async with stage.bot():
        story = message(await stage.mo.chooses("1. Out", message=await _opened(stage)))
        await stage.mo.clicks("Last", message=message(await stage.mo.chooses("1. Out", message=await _opened(stage))))
        said = await refused(stage.mo.clicks("Down", message=story))
        assert "Somebody moved “Out” to place 3 meanwhile; look at the order, and move it again." in said


async def test_stories_come_go_and_the_series_is_renamed(stage: Stage, roads: list[int]) -> None:
    await add(stage.database, edition("Alone"))
    async with stage.bot():
        form(await stage.mo.clicks("Add a story…", message=await _opened(stage)))
        assert message(await stage.mo.submits(Story="Alone")).text == f"Alone belongs to {SHOWN} now."
        story = message(await stage.mo.chooses("1. Out", message=await _opened(stage)))
        said = message(await stage.mo.clicks("Take it out", message=story)).text
        assert said == f"Out belongs to {SHOWN} no more; it stays in the archive."
        assert f"does not belong to “{SHOWN}” any more" in await refused(stage.mo.clicks("Down", message=story))
        form(await stage.mo.clicks("Rename…", message=await _opened(stage)))
        assert "is called Long Roads now, in 3 headers." in message(await stage.mo.submits(Name="Long Roads")).text
        assert "Long Roads" in message(await stage.mara.runs("/read", story="Alone")).text


async def test_an_order_is_undone_from_the_record_or_left_to_the_headers(stage: Stage, roads: list[int]) -> None:
    async with stage.bot():
        story = message(await stage.mo.chooses("1. Out", message=await _opened(stage)))
        await stage.mo.clicks("Last", message=story)
        assert "in an order by hand" in message(await stage.mo.runs("/desk series")).text
        await stage.mo.runs("/desk ledger")
        entry = message(await stage.mo.chooses("1. series put into order"))
        assert "#2 #3 #1" in entry.text
        said = message(await stage.mo.clicks("Undo", message=entry)).text
        assert said == f"{SHOWN} is in the order that it had before."
        story = message(await stage.mo.chooses("3. Home", message=await _opened(stage)))
        await stage.mo.clicks("First", message=story)
        series = await _opened(stage)
        said = message(await stage.mo.clicks("As the headers tell", message=series)).text
        assert said == f"{SHOWN} is in the order that its headers tell."
        assert "1\\. Out by Ruby\n2\\. On by Ruby" in (await _opened(stage)).text


async def test_a_long_series_has_pages(stage: Stage) -> None:
    for number in range(1, 28):
        await add(stage.database, edition(f"Mile {number}", series="Miles"))
    async with stage.bot():
        await stage.mo.runs("/desk series")
        series = message(await stage.mo.chooses("Miles"))
        assert "25\\. Mile 25" in series.text
        assert "26\\. Mile 26" not in series.text
        beyond = message(await stage.mo.clicks("On", message=series))
        assert "26\\. Mile 26 by Ruby\n27\\. Mile 27 by Ruby" in beyond.text
        assert "1\\. Mile 1 by" in message(await stage.mo.clicks("Before", message=beyond)).text


async def test_series_are_arranged_by_moderators_alone(stage: Stage, roads: list[int]) -> None:
    async with stage.bot():
        page = message(await stage.mara.runs("/archive"))
        attempts = [
            ("v1:arranged:0", ()), ("v1:arrange:1:0", ()), ("v1:arrange", (1,)), ("v1:arrange-story:1", (1,)),
            ("v1:arrange-to:1:1:2:1:0", ()), ("v1:arrange-place:1:1", ()), ("v1:arrange-out:1:1", ()),
            ("v1:arrange-add:1", ()), ("v1:arrange-name:1", ()), ("v1:arrange-free:1", ()), ("v1:arrange-undo:1", ()),
        ]  # fmt: skip
        for custom_id, values in attempts:
            said = await refused(presses(stage.mara, custom_id, *values, on=page))
            assert "Only the moderators of the archive that is read here can do this" in said
