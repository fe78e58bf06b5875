"""Letters, told as scenes: from the form to the author."""

import asyncio

import pytest

from bot.domain.delivery import State
from bot.domain.models import Rating
from bot.store import letters
from bot.ui import replies
from tests.discord.stage import Stage, form, message
from tests.library import add, edition


@pytest.fixture
async def story(stage: Stage) -> int:
    return await add(stage.database, edition("The Lamp", "Ruby", pages=2))


async def _states(stage: Stage) -> list[State]:
    rows = await stage.database.reader.all("SELECT letter_id FROM outbox ORDER BY id")
    return [(await letters.receipt(stage.database.reader, row["letter_id"])).state for row in rows]


async def test_a_letter_from_the_last_page_reaches_the_author(stage: Stage, story: int) -> None:
    await stage.link("Ruby", stage.ruby)
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        await stage.mara.clicks("Last")
        modal = form(await stage.mara.clicks("Tell the author what you think"))
        assert modal.title == "A letter to Ruby"
        described = {field.label: (field.description, field.value, field.required) for field in modal.fields}
        assert described == {
            "Name": ("Empty it to stay anonymous.", "Mara", False),
            "Email": ("Optional. Only Ruby will see it.", "", False),
            "Comments": ("", "", True),
            "About": ("", ["story"], True),
            "Passage": ("Copied from page 2, if the letter is about a passage.", "", False),
        }
        receipt = message(await stage.mara.submits(Email="mara@example.org", Comments="Lovely *lamp*, @everyone!"))
        assert receipt.ephemeral
        assert "Thank you: your letter is kept" in receipt.text
        assert "on its way to Ruby" in receipt.text
        assert stage.jon.sees(stage.hall) == []
        letter = await stage.ruby.receives()
        assert "A letter about “The Lamp”" in letter.text
        assert r"Lovely \*lamp\*" in letter.text
        assert letter.mentions == []
        for line in ("Mara", "mara@example.org", "page 2"):
            assert line in letter.text
        opened = message(await stage.ruby.clicks("Open the story", message=letter))
        assert "The Lamp, page 1." in opened.text
        assert opened.ephemeral
        assert "A letter about" in stage.ruby.dms[0].text
    assert await _states(stage) == [State.DELIVERED]


async def test_an_emptied_name_is_anonymous_and_no_email_shows_none(stage: Stage, story: int) -> None:
    await stage.link("Ruby", stage.ruby)
    async with stage.bot():
        form(await stage.mara.runs("/feedback", story="The Lamp"))
        await stage.mara.submits(Name="", Comments="Hm.")
        letter = await stage.ruby.receives()
        assert "Anonymous" in letter.text
        assert "Mara" not in letter.text
        assert "Email" not in letter.text
        assert "page" not in letter.text


async def test_a_letter_waits_for_a_link_made_by_another_process(stage: Stage, story: int) -> None:
    async with stage.bot():
        await stage.mara.runs("/feedback", story="The Lamp")
        receipt = message(await stage.mara.submits(Comments="Lovely."))
        assert "it waits until they claim their name" in receipt.text
        await stage.link("RUBY", stage.ruby)
        assert "Lovely." in (await stage.ruby.receives()).text


async def test_what_was_typed_comes_back_with_a_refusal(stage: Stage, story: int) -> None:
    async with stage.bot():
        await stage.mara.runs("/feedback", story="The Lamp")
        answer = message(await stage.mara.submits(Email="nowhere", Comments="My long letter."))
        assert "“nowhere” is not an e-mail address; correct it or leave the field empty" in answer.text
        assert "My long letter." in answer.text
        await stage.mara.runs("/feedback", story="The Lamp")
        answer = message(await stage.mara.submits(Comments="   \n "))
        assert answer.text.startswith("The letter has no comments in it")
    assert await _states(stage) == []


async def test_a_story_that_vanished_meanwhile_gives_the_letter_back(stage: Stage, story: int) -> None:
    async with stage.bot():
        await stage.mara.runs("/feedback", story="The Lamp")
        async with stage.database.write() as db:
            await db.run("UPDATE stories SET rating = :rating", rating=Rating.R)
        answer = message(await stage.mara.submits(Comments="My long letter."))
        assert "opens only in an age-restricted channel" in answer.text
        assert "My long letter." in answer.text
    assert await _states(stage) == []


async def test_a_form_opened_before_a_restart_is_taken_after_it(stage: Stage, story: int) -> None:
    await stage.link("Ruby", stage.ruby)
    async with stage.bot():
        await stage.mara.runs("/feedback", story="The Lamp")
    async with stage.bot():
        assert "your letter is kept" in message(await stage.mara.submits(Comments="Still here.")).text
        assert "Still here." in (await stage.ruby.receives()).text


async def test_the_same_form_twice_is_one_letter(stage: Stage, story: int) -> None:
    await stage.link("Ruby", stage.ruby)
    async with stage.bot():
        await stage.mara.runs("/feedback", story="The Lamp")
        await stage.mara.submits(Comments="Once.")
        stage.sandbox.replay()
        await stage.mara.runs("/feedback", story="The Lamp")
        await stage.mara.submits(Comments="Twice.")
        assert "Twice." in (await stage.ruby.receives(2)).text
    assert len(await _states(stage)) == 2
    assert len(stage.ruby.dms) == 2


async def test_a_letter_as_long_as_a_form_takes_arrives_whole(stage: Stage, story: int) -> None:
    await stage.link("Ruby", stage.ruby)
    comments = "".join(f"{number:04} `*`*`*`*" for number in range(300))
    async with stage.bot():
        await stage.mara.runs("/feedback", story="The Lamp")
        await stage.mara.submits(Comments=comments)
        await stage.ruby.receives(2)
        brought = "".join(embed["description"] for letter in stage.ruby.dms for embed in letter.embeds)
    told = "Discord trims an embed's text: the blank at which a letter is cut is not seen"
    assert brought.replace("\\", "").replace(" ", "") == comments.replace(" ", ""), told
    assert await _states(stage) == [State.DELIVERED]


async def test_a_letter_that_waits_for_the_writer_is_thought_about(
    stage: Stage, story: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import that holds the database for long does not make a stored letter look lost."""
    monkeypatch.setattr(replies, "HURRY", 0.05)
    async with stage.bot():
        await stage.mara.runs("/feedback", story="The Lamp")
        thinking = stage.expects("POST", r"/callback$")
        async with stage.database.write():
            submitting = asyncio.create_task(stage.mara.submits(Comments="Lovely."))
            assert (await thinking).request["type"] == 5
        receipt = message(await submitting)
        assert "your letter is kept" in receipt.text
        assert receipt.ephemeral
    assert await _states(stage) == [State.WAITING]
