"""The age gate, in every kind of place and by every way in."""

from typing import Any, Literal

import pytest

from bot.domain.models import Link, LinkKind, Rating
from bot.sandbox import Channel
from tests.discord.stage import Stage, message
from tests.library import add, edition

REFUSED = "opens only in an age-restricted channel"


@pytest.fixture
async def dark_story(stage: Stage) -> int:
    await add(stage.database, edition("Mild", series="Hearts", pages=2))
    return await add(
        stage.database,
        edition("Dark", series="Hearts", rating=Rating.NC_17, pages=3, links=[Link(LinkKind.SEQUEL, "Mild")]),
    )


async def test_it_opens_in_age_restricted_places_alone(stage: Stage, dark_story: int) -> None:
    async with stage.bot():
        for place in (stage.dark, stage.dark_thread):
            assert "Dark, page 1." in message(await stage.mara.runs("/read", story="Dark", channel=place)).text
        places: list[Channel | Literal["dm"]] = [stage.hall, stage.hall_thread, "dm"]
        for place in places:
            answer = message(await stage.mara.runs("/read", story=f"#{dark_story}", channel=place))
            assert answer.text == f"“Dark” is rated NC-17 and {REFUSED}, and this place is not one; ask again in one."


async def test_a_thread_asks_its_parent_by_rest_once_where_no_guild_is_in_memory(stage: Stage, dark_story: int) -> None:
    async with stage.bot() as bot:
        bot._connection._guilds.clear()
        for _ in range(2):
            page = message(await stage.mara.runs("/read", story="Dark", channel=stage.dark_thread))
            assert "Dark, page 1." in page.text
            answer = message(await stage.mara.runs("/read", story="Dark", channel=stage.hall_thread))
            assert REFUSED in answer.text
    asked = [exchange.path for exchange in stage.sandbox.exchanges if exchange.path.startswith("/channels/")]
    assert asked == [f"/channels/{stage.dark.id}", f"/channels/{stage.hall.id}"]


@pytest.mark.parametrize(("trouble", "requests"), [({"status": 403}, 1), ({"reset": True, "times": 2}, 2)])
async def test_where_the_parent_cannot_be_read_the_answer_is_no_with_the_reason(
    stage: Stage, dark_story: int, trouble: dict[str, Any], requests: int
) -> None:
    """aiohttp itself asks once again where a connection was reset."""
    async with stage.bot() as bot:
        bot._connection._guilds.clear()
        stage.sandbox.fail("GET", rf"/channels/{stage.dark.id}$", **trouble)
        for _ in range(2):
            answer = message(await stage.mara.runs("/read", story="Dark", channel=stage.dark_thread))
            assert "because the channel that this thread belongs to cannot be read" in answer.text
    assert sum(exchange.path == f"/channels/{stage.dark.id}" for exchange in stage.sandbox.exchanges) == requests


async def test_a_parent_that_is_not_told_in_time_does_not_hold_up_the_answer(stage: Stage, dark_story: int) -> None:
    async with stage.bot() as bot:
        bot._connection._guilds.clear()
        pause = stage.sandbox.pause("GET", rf"/channels/{stage.hall.id}$")
        mild = message(await stage.mara.runs("/read", story="Mild", channel=stage.hall_thread))
        assert "Mild, page 1." in mild.text
        pause.drop()


async def test_lists_show_its_row_and_nothing_to_open(stage: Stage, dark_story: int) -> None:
    async with stage.bot():
        for line, options in (("/stories", {}), ("/series", {"name": "Hearts"})):
            hall = message(await stage.mara.runs(line, options))
            assert "**Dark**" in hall.text
            assert "only in age-restricted channels" in hall.text
            assert "Mild" in hall.options
            assert "Dark" not in hall.options
            dark = message(await stage.mara.runs(line, options, channel=stage.dark))
            assert "age-restricted" not in dark.text
            assert {"Dark", "Mild"} <= set(dark.options)
        front = message(await stage.mara.runs("/archive"))
        assert "1 of them open here" in front.text


async def test_autocomplete_offers_only_what_opens(stage: Stage, dark_story: int) -> None:
    async with stage.bot():
        for command in ("/read", "/feedback"):
            assert await stage.mara.types(command, story="dark") == []
            offered = await stage.mara.types(command, story="dark", channel=stage.dark)
            assert [choice.name for choice in offered] == ["Dark — by Ruby"]


async def test_buttons_ask_the_gate_again(stage: Stage, dark_story: int) -> None:
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="Dark", channel=stage.dark, share=True))
        stage.dark.restrict(nsfw=False)
        answer = message(await stage.mara.clicks("Next", message=page))
        assert REFUSED in answer.text
        mild = message(await stage.mara.runs("/read", story="Mild", channel=stage.hall))
        last = message(await stage.mara.clicks("Last", message=mild))
        assert "Next in series: Dark (age-restricted)" in last.buttons
        answer = message(await stage.mara.clicks("Next in series: Dark (age-restricted)"))
        assert REFUSED in answer.text


async def test_no_letter_is_begun_where_the_story_does_not_open(stage: Stage, dark_story: int) -> None:
    async with stage.bot():
        answer = message(await stage.mara.runs("/feedback", story="Dark"))
        assert REFUSED in answer.text


async def test_one_does_not_go_on_with_it_elsewhere(stage: Stage, dark_story: int) -> None:
    async with stage.bot():
        await stage.mara.runs("/read", story="Dark", channel=stage.dark)
        assert "Continue where you were" not in message(await stage.mara.runs("/archive")).buttons
        assert "Continue where you were" in message(await stage.mara.runs("/archive", channel=stage.dark)).buttons


async def test_a_directory_safe_archive_has_never_heard_of_it(stage: Stage, dark_story: int) -> None:
    async with stage.database.write() as db:
        await db.run("UPDATE archives SET directory_safe = 1")
    async with stage.bot():
        assert "Dark" not in message(await stage.mara.runs("/stories", channel=stage.dark)).text
        answer = message(await stage.mara.runs("/read", story=f"#{dark_story}", channel=stage.dark))
        assert answer.text == "This story is no longer in the archive; /stories shows what is."
        mild = message(await stage.mara.runs("/read", story="Mild", channel=stage.dark))
        assert not any("Dark" in label for label in message(await stage.mara.clicks("Last", message=mild)).buttons)
