"""Closed direct messages, told as scenes: what could not be brought is announced, shown and handed over."""

import pytest

from bot.sandbox import Message, Person, Unanswered
from tests.discord.stage import Stage, form, message, post, posted, writes
from tests.library import add, edition

TOLD = "Something waits for you\nIt could not be brought to you by direct message. /letters shows it as well."


@pytest.fixture
async def story(stage: Stage) -> int:
    story = await add(stage.database, edition("The Lamp", "Ruby", pages=2))
    await stage.link("Ruby", stage.ruby)
    return story


async def _announced(person: Person, stage: Stage) -> Message:
    await person.until(lambda: any(seen.text == TOLD for seen in person.sees(stage.hall)))
    return next(seen for seen in person.sees(stage.hall) if seen.text == TOLD)


async def _answered(stage: Stage) -> None:
    """Mara has written and takes no direct messages when Ruby answers."""
    await writes(stage.mara, "The Lamp", "Lovely.")
    letter = await posted(stage.ruby)
    stage.mara.closes_dms()
    refused = stage.expects("POST", r"^/channels/\d+/messages$")
    form(await stage.ruby.clicks("Reply", message=letter))
    await stage.ruby.submits(Answer="Thank you, whoever you are.")
    assert (await refused).status == 403
    while await stage.database.reader.value("SELECT closed_at FROM doors WHERE closed_at IS NOT NULL") is None:
        await stage.jon.runs("/archive")


async def test_an_answer_that_was_not_shown_goes_on_waiting(stage: Stage, story: int) -> None:
    async with stage.bot():
        await _answered(stage)
        await stage.mara.runs("/archive")
        shown = message(await stage.mara.clicks("Show me", message=await _announced(stage.mara, stage)))
        stage.sandbox.fail("POST", "/callback$", code=10062, times=3)
        with pytest.raises(Unanswered):
            await stage.mara.chooses("Ruby answered", message=shown)
        states = [row["state"] for row in await stage.database.reader.all("SELECT state FROM outbox ORDER BY id")]
        assert states == ["delivered", "waiting"]
        stage.sandbox.backend.faults.clear()
        answer = message(await stage.mara.chooses("Ruby answered", message=shown))
        assert "Thank you, whoever you are." in answer.text


async def test_a_reader_with_closed_dms_reads_the_answer_here(stage: Stage, story: int) -> None:
    async with stage.bot():
        await _answered(stage)
        await stage.mara.runs("/archive")
        announced = await _announced(stage.mara, stage)
        assert announced.ephemeral
        shown = message(await stage.mara.clicks("Show me", message=announced))
        assert "1 answer to letters of yours." in shown.text
        assert "Try my DMs again" in shown.buttons
        answer = message(await stage.mara.chooses("Ruby answered", message=shown))
        assert "Thank you, whoever you are." in answer.text
        assert answer.buttons == ["Reply", "End the conversation", "Report", "Open the story"]
        while await stage.database.reader.value("SELECT count(*) FROM outbox WHERE state = 'waiting'"):
            await stage.jon.runs("/archive")  # it counts as brought once it stands there, a moment later
        assert "Nothing waits for you." in message(await stage.mara.clicks("Show me", message=announced)).text
    assert post(stage.mara) == []


async def test_letters_lead_to_what_waits(stage: Stage, story: int) -> None:
    async with stage.bot():
        await _answered(stage)
        page = message(await stage.mara.runs("/letters"))
        assert "1 answer to letters of yours." in message(await stage.mara.clicks("What waits for you")).text
        assert "What waits for you" not in message(await stage.jon.runs("/letters")).buttons
        assert page.ephemeral


async def test_a_claimant_with_closed_dms_is_asked_in_the_server(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", "Ruby"))
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "A secret.")
        stage.ruby.closes_dms()
        await stage.ruby.runs("/pen claim", name="Ruby")
        await stage.mo.runs("/desk claims")
        await stage.mo.chooses("Ruby")
        await stage.mo.clicks("Agree")
        question = message(await stage.ruby.runs("/pen claim", name="Ruby"))
        assert question.ephemeral
        assert question.text == "Are you Ruby?\n1 letter is waiting for **Ruby**. If that is you, take them."
        assert "Ruby is you now" in message(await stage.ruby.clicks("Take them", message=question)).text
        inbox = message(await stage.ruby.runs("/pen inbox"))
        assert "A secret." in inbox.text


async def test_moderators_see_messages_that_could_not_go(stage: Stage, story: int) -> None:
    async with stage.bot():
        await stage.jon.runs("/pen claim", name="Ruby")
        await stage.mo.runs("/desk claims")
        await stage.mo.chooses("Ruby")
        await stage.mo.clicks("Agree")
        await posted(stage.jon)
        while await stage.database.reader.value("SELECT state FROM outbox WHERE notice_id IS NOT NULL") != "delivered":
            await stage.jon.runs("/archive")
        async with stage.database.write() as db:
            await db.run("UPDATE outbox SET state = 'parked', problem = '400' WHERE notice_id IS NOT NULL")
        listed = message(await stage.mo.runs("/desk letters"))
        listed = message(await stage.mo.clicks("Letters that cannot go out", message=listed))
        assert f"“Are you Ruby?” for <@{stage.jon.id}>: 400" in listed.text
        said = message(await stage.mo.clicks("Try those messages again", message=listed))
        assert said.text == "1 message is tried again."
        await posted(stage.jon, 2)
