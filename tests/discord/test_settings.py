"""The settings, told as scenes."""

import pytest

from bot.domain.settings import Notice, PageLength, ReaderSettings
from bot.services.settings import Preferences
from bot.store import settings
from bot.store.database import open_database
from tests.discord.stage import Stage, message
from tests.library import add, edition


async def test_a_reader_chooses_and_a_restart_keeps_it(stage: Stage) -> None:
    async with stage.bot():
        shown = message(await stage.mara.runs("/settings"))
        assert shown.ephemeral
        assert "Long pages" in shown.text
        assert "**Plain text for screen readers:** off." in shown.text
        assert "Short pages" in message(await stage.mara.chooses("Short pages, a few paragraphs each")).text
        await stage.mara.chooses("Parts: together in one message a day")
        shown = message(await stage.mara.chooses("Stories: not at all"))
        assert "**New parts of what you follow:** together in one message a day." in shown.text
        assert "**New stories of whom you follow:** not at all." in shown.text
        assert "not counted" in message(await stage.mara.clicks("Do not count me")).text
    async with stage.bot():
        again = message(await stage.mara.runs("/settings", channel="dm"))
        assert again.text == message(await stage.mara.clicks("Shared pages")).text.replace(
            "shared with everybody there", "private"
        )
        assert await settings.of(stage.database.reader, stage.mara.id) == ReaderSettings(
            PageLength.SHORT, shared=True, counted=False, new_parts=Notice.DIGEST, new_stories=Notice.NONE
        )
        assert "Long pages" in message(await stage.jon.runs("/settings")).text


async def test_pages_are_shared_by_whoever_wishes_it(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        await stage.mara.runs("/settings")
        await stage.mara.clicks("Shared pages")
        assert not message(await stage.mara.runs("/read", story="The Lamp")).ephemeral
        assert message(await stage.mara.runs("/read", story="The Lamp", share=False)).ephemeral
        assert message(await stage.jon.runs("/read", story="The Lamp")).ephemeral
        assert message(await stage.mara.runs("/settings")).ephemeral, "what only she may see stays private"


@pytest.mark.parametrize("place", ["hall", "hall_thread", "dark", "dark_thread"])
async def test_settings_are_the_same_everywhere(stage: Stage, place: str) -> None:
    async with stage.bot():
        await stage.mara.runs("/settings", channel="dm")
        await stage.mara.clicks("Do not count me")
        assert "not counted" in message(await stage.mara.runs("/settings", channel=getattr(stage, place))).text


async def test_what_another_process_chose_counts_at_once_after_it_is_noticed(stage: Stage) -> None:
    async with stage.bot() as bot:
        assert "off" in message(await stage.mara.runs("/settings")).text
        async with open_database(stage.database_path) as other:
            await Preferences(other).change(stage.mara.id, counted=False)
        bot.services.written_elsewhere()
        assert "not counted" in message(await stage.mara.runs("/settings")).text


async def test_forged_settings_are_refused(stage: Stage) -> None:
    async with stage.bot():
        shown = message(await stage.mara.runs("/settings"))
        for forged in ("setting:4:1", "setting:0", "setting:-1:1"):
            shown.components[3]["components"][0]["custom_id"] = f"v1:{forged}"
            refused = message(await stage.mara.clicks(f"v1:{forged}", message=shown))
            assert "belongs to another version" in refused.text
        for row, value in ((0, "4097"), (1, "3"), (2, "-1")):
            shown.components[row]["components"][0]["options"][0]["value"] = value
            refused = message(await stage.mara.chooses(value, message=shown))
            assert "belongs to another version" in refused.text
        assert await settings.of(stage.database.reader, stage.mara.id) == ReaderSettings()


async def test_where_settings_cannot_be_read_a_command_still_gets_an_answer(stage: Stage) -> None:
    async with stage.bot():
        async with stage.database.write() as db:
            await db.run("ALTER TABLE reader_settings RENAME TO elsewhere")
        assert "please tell the moderators the reference" in message(await stage.mara.runs("/settings")).text
