"""An author's own shelf and figures, told as scenes."""

import pytest

from bot.domain.models import Place
from bot.sandbox import Message
from bot.store import readers
from tests.discord.stage import Stage, message, presses, refused
from tests.library import add, edition


@pytest.fixture
async def story(stage: Stage) -> int:
    story = await add(stage.database, edition("The Lamp", "Ruby", pages=3))
    await stage.link("Ruby", stage.ruby)
    async with stage.database.write() as db:
        await readers.keep_places(db, [Place(person, story, 0, 1, 0, "a", 9.0) for person in range(1, 8)])
    return story


async def _of_ruby(stage: Stage) -> Message:
    return message(await stage.ruby.runs("/pen stories"))


async def test_an_author_looks_through_their_stories(stage: Stage, story: int) -> None:
    await add(stage.database, edition("The Wick", "Ruby"))
    async with stage.database.write() as db:
        await db.run("UPDATE stories SET state = 'withheld', state_reason = 'it was imported for review' WHERE id = 2")
    async with stage.bot():
        listed = await _of_ruby(stage)
        assert listed.ephemeral
        assert "The Lamp** — by Ruby\npublished · 9 words, 1 part" in listed.text
        assert "waits for a moderator · 3 words, 1 part: it was imported for review" in listed.text
    async with stage.bot():
        one = message(await stage.ruby.chooses("The Lamp", message=listed))
        assert one.buttons == ["Readers", "Edit…", "Withdraw…", "Your stories"]
        plotted = message(await stage.ruby.clicks("Readers", message=one))
        assert plotted.ephemeral
        assert "No figure stands for fewer than five readers" in plotted.text
        [picture] = plotted.attachments
        assert picture["filename"] == "readers.png"
        assert "New readers: 1 Jan 1970 7." in picture["description"]
        asked = message(await stage.ruby.clicks("Withdraw…", message=one))
        assert asked.buttons == ["Withdraw it for good"]


async def test_stats_are_asked_for_by_title(stage: Stage, story: int) -> None:
    async with stage.bot():
        offered = await stage.ruby.types("/pen stats", story="la")
        assert [choice.name for choice in offered] == ["The Lamp — by Ruby"]
        plotted = message(await stage.ruby.runs("/pen stats", story=offered[0].value))
        assert "New readers: 1 Jan 1970 7." in plotted.attachments[0]["description"]
        await add(stage.database, edition("The Lamp", "Isolde"))
        await stage.link("Isolde", stage.ruby)
        which = message(await stage.ruby.runs("/pen stats", story="the lamp"))
        assert "2 stories of yours are called so." in which.text
        chosen = message(await stage.ruby.chooses("The Lamp", message=which))
        assert chosen.attachments


@pytest.mark.parametrize("who", ["mara", "mo"])
async def test_nobody_else_learns_anything(stage: Stage, story: int, who: str) -> None:
    person = getattr(stage, who)
    async with stage.bot():
        listed = await _of_ruby(stage)
        assert "None stands under a name of yours." in message(await person.runs("/pen stories")).text
        assert "None of your stories is called" in await refused(person.runs("/pen stats", story="The Lamp"))
        for forged in ("figures:1", "take-back-ask:1", "figures:99"):
            said = await refused(presses(person, f"v1:{forged}", on=listed))
            assert said.startswith("No pen name of yours stands over this story"), forged
        for verb in ("work", "figures-of"):
            said = await refused(presses(person, f"v1:{verb}", story, on=listed))
            assert said.startswith("No pen name of yours stands over this story"), verb
        turned = message(await presses(person, "v1:works:0:2", on=listed))
        assert turned.ephemeral
        assert "The Lamp" not in turned.text


async def test_a_withdrawn_story_stays_in_the_list_as_a_stone(stage: Stage, story: int) -> None:
    async with stage.bot():
        one = message(await stage.ruby.chooses("The Lamp", message=await _of_ruby(stage)))
        asked = message(await stage.ruby.clicks("Withdraw…", message=one))
        await stage.ruby.clicks("Withdraw it for good", message=asked)
        listed = await _of_ruby(stage)
        assert "The Lamp** — by Ruby\nwithdrawn" in listed.text
        one = message(await stage.ruby.chooses("The Lamp", message=listed))
        assert one.buttons == ["Your stories"]
