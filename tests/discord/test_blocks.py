"""/desk block and blocks, told as scenes: an account for some days, whoever wrote a letter, and both let back."""

import pytest

from bot.sandbox.permissions import MANAGE_GUILD
from tests.discord.stage import Stage, form, message, presses, refused, writes
from tests.library import add, edition

NOT_YOURS = "Only the moderators of the archive that is read here can do this"


@pytest.fixture(autouse=True)
async def story(stage: Stage) -> int:
    return await add(stage.database, edition("The Lamp", "Ruby"))


async def test_an_account_is_blocked_for_some_days_and_let_back(stage: Stage) -> None:
    async with stage.bot():
        done = message(await stage.mo.runs("/desk block", account=stage.mara, reason="Rude.", days=7))
        assert done.text == "This account can write to nobody in this archive for 7 days."
        assert "The moderators of this archive" in await refused(stage.mara.runs("/feedback", story="The Lamp"))
        listed = message(await stage.mo.clicks("All blocks"))
        assert f"<@{stage.mara.id}>, since <t:" in listed.text
        assert ", until <t:" in listed.text
        assert "sender blocked for 7 days" in message(await stage.mo.runs("/desk ledger")).text
    async with stage.bot():
        said = message(await stage.mo.chooses(f"Account {stage.mara.id}", message=listed))
        assert said.text == "This account can write here again."
        form(await stage.mara.runs("/feedback", story="The Lamp"))


async def test_whoever_wrote_a_letter_is_blocked_for_some_days(stage: Stage) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Rude.")
        page = message(await stage.mo.runs("/desk blocks"))
        assert "Nobody." in page.text
        form(await presses(stage.mo, "v1:desk-block:1", on=page))
        assert "no number of days" in await refused(stage.mo.submits(Reason="Rude.", Days="soon"))
        form(await presses(stage.mo, "v1:desk-block:1", on=page))
        said = message(await stage.mo.submits(Reason="Rude.", Days="1"))
        assert said.text == "Whoever wrote letter 1 can write to nobody in this archive for 1 day."
        listed = message(await stage.mo.runs("/desk blocks"))
        assert "Whoever wrote letter 1, since" in listed.text
        assert str(stage.mara.id) not in repr(listed.raw)


async def test_blocks_are_for_moderators(stage: Stage) -> None:
    other = stage.sandbox.guild("Elsewhere")
    there = other.channel("hall")
    other.welcome(stage.jon.user, MANAGE_GUILD)
    async with stage.bot():
        assert NOT_YOURS in await refused(
            stage.jon.runs("/desk block", account=stage.mara, reason="Mine.", channel=there)
        )
        assert NOT_YOURS in await refused(stage.jon.runs("/desk blocks", channel=there))
        page = message(await stage.mara.runs("/archive"))
        assert NOT_YOURS in await refused(presses(stage.mara, "v1:desk-blocks", on=page))
        assert NOT_YOURS in await refused(presses(stage.mara, "v1:let-back", 1, on=page))
        form(await stage.mara.runs("/feedback", story="The Lamp"))
