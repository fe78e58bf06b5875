"""Refusals, told as scenes: always an answer, never a live link, and what was typed comes back."""

from typing import Literal

import pytest

from bot.domain.models import Rating
from bot.ui import catalogue
from tests.discord.stage import Stage, form, message
from tests.library import add, edition

CALLBACK = r"^/interactions/\d+/[^/]+/callback$"
LINK = "[free nitro](https://evil.example)"


async def _letters(stage: Stage) -> int:
    return await stage.database.reader.value("SELECT count(*) FROM letters")


async def test_however_much_is_typed_there_is_an_answer(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        for line, option, what in (
            ("/read", "story", "story"),
            ("/feedback", "story", "story"),
            ("/series", "name", "series"),
        ):
            for typed in ("x" * 2_700, "*" * 2_700, "🕯" * 2_000):
                answer = message(await stage.mara.runs(line, {option: typed}))
                assert answer.content.startswith(f"No {what} here is called “"), line
                assert "with /stories." in answer.content, "what to do is still read"


async def test_a_title_of_any_length_is_refused_in_a_sentence(stage: Stage) -> None:
    story = await add(stage.database, edition("[" * 2_500, rating=Rating.NC_17))
    async with stage.bot():
        answer = message(await stage.mara.runs("/read", story=f"#{story}"))
        assert "is rated NC-17 and opens only in an age-restricted channel" in answer.text
        part = message(await stage.mara.runs("/read", story=f"#{story}", part=2, channel=stage.dark))
        assert "is not divided into parts; leave the option “part” out" in part.text


async def test_names_in_a_refusal_are_no_markdown(stage: Stage) -> None:
    story = await add(stage.database, edition(LINK, rating=Rating.NC_17))
    async with stage.bot():
        for typed in (LINK, "<@1> **bold**", "https://evil.example"):
            shown = message(await stage.mara.runs("/read", story=typed))
            assert "No story here" in shown.text or "is rated" in shown.text
            for live in ("](", "**bold", "https://"):
                assert live not in shown.content
            assert "<@1>" not in shown.content.replace(r"\<@1>", "")
        assert "free nitro" in message(await stage.mara.runs("/read", story=f"#{story}")).content


async def test_a_bug_has_a_reference_and_no_markdown(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "listing", None)
    async with stage.bot():
        answer = message(await stage.mara.runs("/stories"))
        assert answer.text.startswith("Something broke on our side; please tell the moderators the reference ")
        assert "*" not in answer.text


async def test_a_letter_comes_back_however_long_the_refusal(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        await stage.mara.runs("/feedback", story="The Lamp")
        async with stage.database.write() as db:
            await db.run("UPDATE stories SET rating = :rating, title = :title", rating=Rating.R, title="*" * 2_500)
        answer = message(await stage.mara.submits(Comments="My long letter."))
        assert "opens only in an age-restricted channel" in answer.content
        assert "My long letter." in answer.text


async def test_name_and_address_come_back_too(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        await stage.mara.runs("/feedback", story="The Lamp")
        typed = {"Name": "M. *Ara*", "Email": "nowhere", "Comments": "*" * 4_000}
        answer = message(await stage.mara.submits(typed))
        assert answer.ephemeral
        assert r"M. \*Ara\*" in answer.text
        assert answer.attachments[0]["size"] == len("Name:\nM. *Ara*\n\nEmail:\nnowhere\n\nComments:\n") + 4_000
        await stage.mara.runs("/feedback", story="The Lamp")
        answer = message(await stage.mara.submits(Name="", Email="mara@example.org", Comments=" "))
        assert answer.content == "The letter has no comments in it; write something under “Comments” and send it again."
        assert "mara@example.org" in answer.text


@pytest.mark.parametrize("forged", ["v9:letter:1:0", "v1:sonnet:1", "v1:letter", "v1:letter:1"])
async def test_a_form_of_another_version_gives_its_text_back(stage: Stage, forged: str) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        modal = form(await stage.mara.runs("/feedback", story="The Lamp"))
        modal.raw["custom_id"] = forged
        answer = message(await stage.mara.submits(Email="mara@example.org", Comments="My long letter."))
        assert answer.content == (
            "This button or form belongs to another version of Talebearer and leads nowhere now; start again with"
            " /archive."
        )
        assert "mara@example.org" in answer.text
        assert "My long letter." in answer.text
    assert await _letters(stage) == 0


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_stored_letter_never_reads_as_lost(stage: Stage, moment: Literal["before", "after"]) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        await stage.mara.runs("/feedback", story="The Lamp")
        stage.sandbox.fail("POST", CALLBACK, moment=moment, reset=True)
        answered = stage.expects("POST", CALLBACK, times=2)
        receipt = message(await stage.mara.submits(Comments="Lovely."))
        assert "Thank you: your letter is kept" in receipt.text
        await answered
        assert [shown.text for shown in stage.mara.sees() if "Something broke" in shown.text] == []
    assert await _letters(stage) == 1


async def test_a_command_of_another_version(stage: Stage) -> None:
    async with stage.bot() as bot:
        bot.tree.remove_command("archive")
        answer = message(await stage.mara.runs("/archive"))
        assert answer.text.startswith("This command belongs to another version of Talebearer; reload Discord")
