"""Lists that are shown to everybody, told as scenes: a stranger's press is a private copy."""

import pytest

from bot.domain.models import Rating
from tests.discord.stage import Stage, message
from tests.library import add, edition

LISTS: list[tuple[str, dict[str, str]]] = [
    ("/stories", {}), ("/search", {"query": "tale"}), ("/series", {"name": "Tales"}), ("/author", {"name": "Ruby"}),
]  # fmt: skip


async def _shelve(stage: Stage) -> None:
    for number in range(1, 13):
        await add(stage.database, edition(f"Tale {number:02}", series="Tales"), now=float(number))


@pytest.mark.parametrize(("line", "asked"), LISTS)
async def test_a_list_is_private_unless_it_is_shared(stage: Stage, line: str, asked: dict[str, str]) -> None:
    await _shelve(stage)
    async with stage.bot():
        assert message(await stage.mara.runs(line, asked)).ephemeral
        for place in (stage.hall, stage.hall_thread, stage.dark, stage.dark_thread):
            shared = message(await stage.mara.runs(line, {**asked, "share": True}, channel=place))
            assert not shared.ephemeral
            assert "Tale 01" in stage.jon.sees(place)[-1].text


@pytest.mark.parametrize(("line", "asked"), LISTS)
async def test_a_strangers_press_turns_a_copy_also_after_a_restart(
    stage: Stage, line: str, asked: dict[str, str]
) -> None:
    await _shelve(stage)
    async with stage.bot():
        shared = message(await stage.mara.runs(line, {**asked, "share": True}))
    turn = "All works" if line == "/author" else "Next"
    async with stage.bot():
        copy = message(await stage.jon.clicks(turn, message=shared))
        assert copy.ephemeral
        assert copy.id != shared.id
        assert "Tale" in copy.text
        page = message(await stage.jon.chooses(shared.options[0], message=shared))
        assert page.ephemeral
        assert "page 1." in page.text
        assert "Tale 01" in stage.mara.screen.text, "what was shared stays as it is"
        assert message(await stage.mara.clicks(turn, message=shared)).id == shared.id


async def test_several_that_may_be_meant_are_shared_too(stage: Stage) -> None:
    await add(stage.database, edition("One", "Ruby Red", series="Hearts of Gold"))
    await add(stage.database, edition("Two", "Ruby Blue", series="Hearts of Ice"))
    async with stage.bot():
        for line, name, chosen in (("/author", "Ruby", "Ruby Red"), ("/series", "Hearts", "Hearts of Ice")):
            several = message(await stage.mara.runs(line, name=name, share=True))
            assert not several.ephemeral
            assert message(await stage.jon.chooses(chosen, message=several)).ephemeral


async def test_a_shared_list_tells_where_a_mature_story_opens(stage: Stage) -> None:
    await add(stage.database, edition("Dark", rating=Rating.NC_17))
    await add(stage.database, edition("Mild"))
    async with stage.bot():
        for line, asked in (LISTS[0], LISTS[3]):
            shared = message(await stage.mara.runs(line, {**asked, "share": True}))
            assert "only in age-restricted channels" in shared.text
            assert shared.options[:1] == ["Mild"]
            assert "Dark" not in shared.options


async def test_a_refusal_is_the_askers_alone(stage: Stage) -> None:
    await _shelve(stage)
    async with stage.bot():
        for line, asked in (("/author", {"name": "Nobody"}), ("/search", {"query": "rating:zz"})):
            assert message(await stage.mara.runs(line, {**asked, "share": True})).ephemeral
