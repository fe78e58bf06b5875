"""Following, told as scenes."""

import pytest

from bot.domain.models import Rating
from bot.domain.settings import Notice
from bot.services.settings import Preferences
from tests.discord.stage import Stage, message, post, posted
from tests.library import add, edition


async def test_news_come_as_one_message_and_open_the_story(stage: Stage) -> None:
    await add(stage.database, edition("The First", "Ruby"))
    async with stage.bot() as bot:
        shown = message(await stage.mara.runs("/follow author", name="Ruby"))
        assert shown.ephemeral
        assert "You follow **Ruby**." in shown.text
        assert "New parts and new stories reach you as a direct message." in shown.text
        await add(stage.database, edition("The Lamp", "Ruby", pages=2))
        await add(stage.database, edition("Dark", "Ruby", rating=Rating.NC_17))
        for _ in range(2):
            await bot.services.herald.round()
        told = await posted(stage.mara)
        assert "- **The Lamp** by Ruby: a new story" in told.text
        assert "Dark" not in told.text
        assert told.buttons == ["Open The Lamp", "What you follow", "Notices"]
    async with stage.bot():
        assert "The Lamp, page 1." in message(await stage.mara.clicks("Open The Lamp", message=told)).text
        assert "- **Ruby**, author" in message(await stage.mara.clicks("What you follow", message=told)).text
        assert "Your settings" in message(await stage.mara.clicks("Notices", message=told)).text
        assert len(post(stage.mara)) == 1
        assert post(stage.jon) == []


async def test_a_story_that_turned_mature_after_it_was_told_stays_closed(stage: Stage) -> None:
    await add(stage.database, edition("The First", "Ruby"))
    async with stage.bot() as bot:
        await stage.mara.runs("/follow author", name="Ruby")
        lamp = await add(stage.database, edition("The Lamp", "Ruby"))
        for _ in range(2):
            await bot.services.herald.round()
        told = await posted(stage.mara)
        async with stage.database.write() as db:
            await db.run("UPDATE stories SET rating = 4 WHERE id = :id", id=lamp)
        refused = message(await stage.mara.clicks("Open The Lamp", message=told))
        assert refused.text.startswith("“The Lamp” is rated NC-17")


@pytest.mark.parametrize("place", ["hall", "hall_thread", "dark", "dark_thread", "dm"])
async def test_one_follows_and_lets_go_anywhere(stage: Stage, place: str) -> None:
    stage.mara.installs()
    await add(stage.database, edition("The Lamp", "Ruby", series="Lights"))
    where = "dm" if place == "dm" else getattr(stage, place)
    async with stage.bot():
        await stage.mara.runs("/follow series", name="Lights", channel=where)
        await stage.mara.runs("/follow story", story="The Lamp", channel=where)
    async with stage.bot():
        assert "You no longer follow **The Lamp**." in message(await stage.mara.clicks("Stop following")).text
        shown = message(await stage.mara.runs("/follow list", channel=where))
        assert "- **Lights**, series" in shown.text
        assert "The Lamp" not in shown.text
        assert "Nothing yet" in message(await stage.mara.chooses("Lights")).text


async def test_a_page_s_more_has_the_button(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        await stage.mara.clicks("More")
        assert "You follow **The Lamp**." in message(await stage.mara.clicks("Follow")).text
        await stage.mara.clicks("Stop following")
        assert "You follow" in message(await stage.mara.clicks("Follow")).text
        assert "- **The Lamp**, story" in message(await stage.mara.runs("/shelf", board="What you follow")).text


async def test_whoever_wishes_it_otherwise_is_told_so(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    await Preferences(stage.database).change(stage.mara.id, new_stories=Notice.DIGEST, new_parts=Notice.NONE)
    async with stage.bot():
        shown = message(await stage.mara.runs("/follow author", name="Ruby"))
        assert "New parts reach you not at all, new stories together in one direct message a day." in shown.text


async def test_what_somebody_else_follows_stays_theirs(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        await stage.jon.runs("/follow author", name="Ruby")
        await stage.mara.runs("/follow story", story="The Lamp")
        shown = message(await stage.mara.runs("/follow list"))
        shown.components[0]["components"][0]["options"][0]["value"] = "1"
        await stage.mara.chooses("1", message=shown)
        assert "- **Ruby**, author" in message(await stage.jon.runs("/follow list")).text


async def test_forged_and_foreign_subjects_are_refused(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        shown = message(await stage.mara.runs("/follow author", name="Ruby"))
        for forged, told in (
            ("follow:3:1:1", "belongs to another version"),
            ("follow:0:1", "belongs to another version"),
            ("follow:0:999:1", "This author is no longer in the archive"),
            ("unfollow:0", "belongs to another version"),
        ):
            shown.components[0]["components"][0]["custom_id"] = f"v1:{forged}"
            assert told in message(await stage.mara.clicks(f"v1:{forged}", message=shown)).text, forged
        refused = message(await stage.mara.runs("/follow author", name="Rubi"))
        assert "the nearest is “Ruby”" in refused.text


@pytest.mark.parametrize(("line", "name"), [("/series", "Lights"), ("/author", "Ruby")])
async def test_the_cards_of_series_and_author_have_both_buttons(stage: Stage, line: str, name: str) -> None:
    await add(stage.database, edition("The Lamp", "Ruby", series="Lights"))
    async with stage.bot():
        card = message(await stage.mara.runs(line, name=name))
    async with stage.bot():
        assert f"You follow **{name}**." in message(await stage.mara.clicks("Follow", message=card)).text
        message(await stage.mara.clicks("Download", message=card))
        file = message(await stage.mara.clicks("Text")).attachments[0]
        assert name in file["filename"]
