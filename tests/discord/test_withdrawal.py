"""A story goes, told as scenes: before everybody's eyes, and for nobody but its author."""

import pytest

from bot.sandbox import Message
from tests.discord.stage import Stage, message, presses, refused, writes
from tests.library import add, edition

GONE = "The author of this story withdrew it, and its text is no longer here; /stories shows what is."


@pytest.fixture
async def story(stage: Stage) -> int:
    story = await add(stage.database, edition("The Lamp", "Ruby", pages=3))
    await stage.link("Ruby", stage.ruby)
    return story


async def _asked(stage: Stage) -> Message:
    return message(await stage.ruby.runs("/pen withdraw", story="The Lamp"))


async def test_an_author_takes_a_story_back_and_open_pages_say_so(stage: Stage, story: int) -> None:
    async with stage.bot():
        await writes(stage.jon, "The Lamp", "Lovely.")
        page = message(await stage.mara.runs("/read", story="The Lamp"))
        shared = message(await stage.jon.runs("/read", story="The Lamp", share=True))
        asked = await _asked(stage)
        assert asked.ephemeral
        assert asked.buttons == ["Withdraw it for good"]
        assert "9 words on 3 pages, 1 edition and 0 imported documents" in asked.text
        assert "1 letter to you about it" in asked.text
        assert "It cannot be undone" in asked.text
        said = message(await stage.ruby.clicks("Withdraw it for good", message=asked))
        assert said.ephemeral
        assert "“The Lamp” is withdrawn: its text is gone" in said.text
        assert await refused(stage.mara.clicks("Next", message=page)) == GONE
        assert await refused(stage.mara.clicks("Next", message=shared)) == GONE
        assert "called “The Lamp”" in await refused(stage.mara.runs("/read", story="The Lamp"))
        again = await refused(stage.ruby.clicks("Withdraw it for good", message=asked))
        assert again == "“The Lamp” is withdrawn already; nothing of its text is left in the archive."
    async with stage.bot():
        assert await refused(stage.mara.clicks("Next", message=page)) == GONE, "after a restart too"
        assert "Lovely." in message(await stage.ruby.chooses("1. Jon", message=await _inbox(stage))).text


async def _inbox(stage: Stage) -> Message:
    return message(await stage.ruby.runs("/pen inbox"))


async def test_the_question_outlives_a_restart(stage: Stage, story: int) -> None:
    async with stage.bot():
        asked = await _asked(stage)
    async with stage.bot():
        said = message(await stage.ruby.clicks("Withdraw it for good", message=asked))
        assert "is withdrawn" in said.text


@pytest.mark.parametrize("who", ["mara", "mo"])
async def test_nobody_takes_another_s_story_back(stage: Stage, story: int, who: str) -> None:
    person = getattr(stage, who)
    async with stage.bot():
        asked = await _asked(stage)
        said = await refused(person.runs("/pen withdraw", story="The Lamp"))
        assert said.startswith("None of your stories is called “The Lamp”; /pen stories shows those that are yours.")
        for number in (story, 99):
            said = await refused(presses(person, f"v1:take-back:{number}", on=asked))
            assert said.startswith("No pen name of yours stands over this story")
        said = await refused(presses(person, "v1:take-back-which", story, on=asked))
        assert said.startswith("No pen name of yours stands over this story")
        assert await person.types("/pen withdraw", story="L") == []
    assert await stage.database.reader.value("SELECT count(*) FROM stories WHERE state = 'withdrawn'") == 0


async def test_of_two_of_one_title_the_author_chooses(stage: Stage, story: int) -> None:
    await add(stage.database, edition("The Lamp", "Isolde"))
    await stage.link("Isolde", stage.ruby)
    async with stage.bot():
        which = await _asked(stage)
        assert "2 stories of yours are called so." in which.text
        asked = message(await stage.ruby.chooses("The Lamp", message=which))
        assert "Withdraw The Lamp?" in asked.text


async def test_a_hidden_story_is_withdrawn_too_and_offered_by_name(stage: Stage, story: int) -> None:
    async with stage.database.write() as db:
        await db.run("UPDATE stories SET state = 'hidden'")
    async with stage.bot():
        offered = await stage.ruby.types("/pen withdraw", story="lam")
        assert [choice.name for choice in offered] == ["The Lamp — by Ruby"]
        asked = await _asked(stage)
        await stage.ruby.clicks("Withdraw it for good", message=asked)
    assert await stage.database.reader.value("SELECT state FROM stories") == "withdrawn"
