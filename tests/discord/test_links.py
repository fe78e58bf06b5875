"""Stories that others name and that nobody could find, settled at the desk: told as scenes."""

import pytest

from bot.domain.models import Link, LinkKind
from bot.sandbox import Message
from tests.discord.stage import Stage, form, message, presses, refused
from tests.library import add, edition

NEVER = "*Never* @everyone"


@pytest.fixture
async def away(stage: Stage) -> int:
    await add(stage.database, edition("Home", "Mara"))
    await add(stage.database, edition("Home", "Jon"))
    found = [Link(LinkKind.SEQUEL, "Home"), Link(LinkKind.COMPANION, NEVER)]
    return await add(stage.database, edition("Away", "Ruby", links=found))


async def _opened(stage: Stage, named: str) -> Message:
    await stage.mo.runs("/desk links")
    return message(await stage.mo.chooses(named))


async def test_a_moderator_says_which_story_is_meant(stage: Stage, away: int) -> None:
    async with stage.bot():
        listed = message(await stage.mo.runs("/desk links")).text
        assert "**Away** says that it is a sequel to “Home”.\nIt is open because 2 stories are called that." in listed
        assert r"“\*Never\* \@everyone”" in listed
        link = await _opened(stage, "Home")
    async with stage.bot():
        said = message(await stage.mo.chooses("#2 Home", message=link))
        assert said.text == "That Away names “Home” is settled: it means Home."
        assert "Sequel to" in message(await stage.mara.runs("/read", story="Away")).text
        assert "link settled" in message(await stage.mo.runs("/desk ledger")).text


async def test_another_story_or_none_is_meant_and_it_is_opened_again(stage: Stage, away: int) -> None:
    async with stage.bot():
        link = await _opened(stage, NEVER)
        form(await stage.mo.clicks("Another story…", message=link))
        assert "No story here is called “Nowhere”" in await refused(stage.mo.submits(Story="Nowhere"))
        form(await stage.mo.clicks("Another story…", message=link))
        assert "2 stories are called “Home”; name one by its number: 1 (by Mara), 2" in await refused(
            stage.mo.submits(Story="Home")
        )
        said = message(await stage.mo.clicks("No story of this archive", message=link)).text
        assert said.endswith("is settled: it means no story of this archive.")
        assert "is settled already, as no story of this archive" in await refused(
            stage.mo.clicks("Another story…", message=link)
        )
        await stage.mo.runs("/desk links")
        await stage.mo.clicks("Settled")
        settled = message(await stage.mo.chooses(NEVER))
        assert "It means no story of this archive." in settled.text
        assert message(await stage.mo.clicks("Open it again", message=settled)).text.endswith("it is open again.")
        form(await stage.mo.clicks("Another story…", message=await _opened(stage, NEVER)))
        said = message(await stage.mo.submits(Story="#1")).text
        assert said.endswith("is settled: it means Home.")


async def test_links_are_settled_by_moderators_alone(stage: Stage, away: int) -> None:
    async with stage.bot():
        page = message(await stage.mara.runs("/archive"))
        attempts = [("v1:links:0:0", ()), ("v1:link", (1,)), ("v1:link-means:1", (2,)), ("v1:link-none:1", ())]
        for custom_id, values in [*attempts, ("v1:link-name:1", ()), ("v1:link-open:1", ())]:
            said = await refused(presses(stage.mara, custom_id, *values, on=page))
            assert "Only the moderators of the archive that is read here can do this" in said
