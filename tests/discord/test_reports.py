"""What was reported, told as scenes: seen with its context, acted upon, answered; and closed to others."""

import pytest

from bot.domain.models import Rating
from bot.sandbox import Message
from bot.store import reports
from tests.discord.stage import Stage, form, message, posted, presses, refused
from tests.library import add, edition

NOT_YOURS = "Only the moderators of the archive that is read here can do this"


@pytest.fixture
async def story(stage: Stage) -> int:
    story = await add(stage.database, edition("The Lamp", "Ruby", pages=2, rating=Rating.NC_17))
    async with stage.database.write() as db:
        await reports.file_story(db, story, 2, stage.mara.id, "@everyone *copied*.", 1.0)
    return story


async def _opened(stage: Stage) -> Message:
    await stage.mo.runs("/desk reports")
    return message(await stage.mo.chooses("The Lamp"))


async def test_a_reported_story_is_dismissed_with_a_word_to_its_reporter(stage: Stage, story: int) -> None:
    async with stage.bot():
        report = await _opened(stage)
    async with stage.bot():
        form(await stage.mo.clicks("Dismiss…", message=report))
        said = message(await stage.mo.submits({"What they are told": "It is *hers*."}))
        assert said.text == "Report 1 is dismissed, and whoever made it is told."
        told = await posted(stage.mara)
        assert "your report of the story **The Lamp**. They found nothing to be done about it." in told.text
        assert r"They say: It is \*hers\*." in told.text
        ledger = message(await stage.mo.runs("/desk ledger")).text
        assert "report 1 dismissed" in ledger
        assert str(stage.mara.id) not in ledger


async def test_a_report_leads_to_what_can_be_done(stage: Stage, story: int) -> None:
    async with stage.bot():
        report = await _opened(stage)
        assert r"@everyone \*copied\*." in report.text.replace("\u200b", "")
        assert "**The Lamp** by Ruby, NC-17, published. The report is about page 2." in report.text
        assert str(stage.mara.id) not in repr(report.raw)
        assert "page 1." not in report.text, "of a mature story no text stands outside an age-restricted channel"
        assert "age-restricted" in await refused(stage.mo.clicks("Read it", message=report))
        form(await stage.mo.clicks("Hide…", message=report))
        await stage.mo.submits(Reason="Copied.")
        report = await _opened(stage)
        assert "hidden" in report.text
        assert "Hide…" not in report.buttons
        assert "Edit The Lamp" not in message(await stage.mo.clicks("Edit", message=report)).text
        report = await _opened(stage)
        form(await stage.mo.clicks("Something was done…", message=report))
        await stage.mo.submits({"What they are told": ""})
        told = await posted(stage.mara)
        assert told.text.endswith("They did something about it.")


async def test_what_is_settled_by_one_is_told_to_the_other(stage: Stage, story: int) -> None:
    async with stage.bot():
        report = await _opened(stage)
        form(await stage.mo.clicks("Dismiss…", message=report))
        await presses(stage.mo, "v1:settle:1", on=report)
        said = await refused(stage.mo.submits({"What they are told": "All this typed in vain."}))
        assert "This report is settled" in said
        assert "Nothing is reported." in message(await stage.mo.runs("/desk reports")).text


async def test_reports_are_for_moderators(stage: Stage, story: int) -> None:
    async with stage.bot():
        page = message(await stage.mara.runs("/archive"))
        for custom_id in ("reports:0", "settle:1", "answer-report:1:0", "answer-report:1:1"):
            assert NOT_YOURS in await refused(presses(stage.mara, f"v1:{custom_id}", on=page))
        assert NOT_YOURS in await refused(presses(stage.mara, "v1:reported", 1, on=page))
    assert await stage.database.reader.value("SELECT count(*) FROM reports WHERE settled_at IS NULL") == 1
