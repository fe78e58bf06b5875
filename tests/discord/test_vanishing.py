"""Private pages vanish when Discord is reloaded, and the first one says so, told as scenes."""

from bot.domain.settings import ReaderSettings
from bot.services.settings import Preferences
from tests.discord.stage import Stage, message
from tests.library import add, edition

SAID = "It is gone when Discord is reloaded; `/continue` gives it back"


async def test_the_first_private_page_says_so_and_no_other_ever_does(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=3))
    async with stage.bot():
        assert SAID in message(await stage.mara.runs("/read", story="The Lamp")).text
        assert SAID not in message(await stage.mara.clicks("Next")).text
        assert SAID not in message(await stage.mara.runs("/read", story="The Lamp", channel="dm")).text
        assert SAID in message(await stage.jon.runs("/read", story="The Lamp")).text
    async with stage.bot():
        assert SAID not in message(await stage.mara.runs("/continue")).text
        assert SAID not in message(await stage.jon.clicks("Next")).text


async def test_what_it_says_is_true(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=3))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        await stage.mara.chooses("Page 2")
        stage.mara.reloads()
        assert stage.mara.sees(stage.hall) == []
        assert "The Lamp, page 2." in message(await stage.mara.runs("/continue")).text


async def test_a_shared_page_does_not_say_it_and_a_copy_of_it_does(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=3))
    async with stage.bot():
        shared = message(await stage.mara.runs("/read", story="The Lamp", share=True))
        assert SAID not in shared.text
        assert SAID not in message(await stage.mara.clicks("Next", message=shared)).text
        assert SAID in message(await stage.jon.clicks("Next", message=shared)).text
        assert SAID in message(await stage.mara.runs("/read", story="The Lamp")).text


async def test_a_page_opened_from_a_private_list_says_it(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=3))
    async with stage.bot():
        await stage.mara.runs("/archive")
        assert SAID in message(await stage.mara.chooses("The Lamp")).text
        assert SAID not in message(await stage.mara.clicks("Next")).text
    kept = await Preferences(stage.database).of(stage.mara.id)
    assert kept == ReaderSettings(told=True), "nothing else is settled by it"


async def test_as_plain_text_too(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    await Preferences(stage.database).change(stage.mara.id, plain=True)
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="The Lamp"))
        assert f"**Only you see this page:** {SAID}" in page.text
        assert "The Lamp, page 1." in page.text


async def test_a_page_that_could_not_be_shown_has_told_nothing(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        stage.sandbox.fail("POST", "/callback$", status=400, code=50035)
        await stage.mara.runs("/read", story="The Lamp")
        assert SAID in message(await stage.mara.runs("/read", story="The Lamp")).text
