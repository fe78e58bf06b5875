"""An author sends a story in, told as scenes: it waits at the desk, comes in under their name, and they are told."""

from typing import Any

import pytest

from bot.sandbox import Message
from bot.services.submitting import WAITING
from bot.store.ledger import erase_person
from bot.store.uploads import KEPT, prune
from tests.discord.stage import Stage, form, message, posted, presses, refused
from tests.discord.test_uploads import ended, titles
from tests.library import add, edition
from tests.pages import page, tale

LAMP = page("The Lamp", author="Somebody Else", paragraphs=tale("lamp")).encode()


async def _sends(stage: Stage, name: str = "", content: bytes = LAMP, file: str = "lamp.txt") -> Message:
    options: dict[str, Any] = {"file": (file, content)} | ({"name": name} if name else {})
    shown = await stage.ruby.runs("/pen submit", options)
    await stage.ruby.until(lambda: "thinking" not in stage.ruby.screen.text and bool(stage.ruby.screen.text))
    assert isinstance(shown, Message)
    return stage.ruby.screen


async def _opened(stage: Stage) -> Message:
    """The submission at the desk, once a moderator had it read."""
    await stage.mo.runs("/desk import")
    await stage.mo.chooses("Upload 1")
    assert "An author sent it in, as by" in stage.mo.screen.text
    await stage.mo.clicks("Read it again")
    await stage.mo.until(lambda: "waits for your word" in stage.mo.screen.text)
    return stage.mo.screen


@pytest.fixture
async def ruby(stage: Stage) -> None:
    await add(stage.database, edition("The Wick", "Ruby"))
    await stage.link("Ruby", stage.ruby)


async def test_a_story_comes_in_under_the_name_of_whoever_sent_it(stage: Stage, ruby: None) -> None:
    async with stage.bot():
        said = await _sends(stage)
        assert said.ephemeral
        assert said.text.startswith("lamp.txt waits for the moderators, as a story by Ruby.")
        assert await titles(stage) == ["The Wick"], "nothing comes in by itself"
        waiting = message(await stage.ruby.runs("/pen submit"))
        assert waiting.buttons == ["Take back lamp.txt"]
        await _opened(stage)
        await stage.mo.clicks("Import 1")
        await ended(stage.mo, "is imported")
        assert "is in the archive now" in (await posted(stage.ruby)).text
        listed = message(await stage.ruby.runs("/pen stories"))
        assert "The Lamp** — by Ruby" in listed.text
        assert "Nothing of yours waits." in message(await stage.ruby.runs("/pen submit")).text
    assert await stage.database.reader.value("SELECT count(*) FROM authors WHERE name = 'Somebody Else'") == 0


async def test_a_new_name_becomes_its_author_s(stage: Stage) -> None:
    async with stage.bot():
        assert "A story needs a pen name" in (await refused(stage.ruby.runs("/pen submit", {"file": ("a.txt", LAMP)})))
        assert "as a story by Garnet" in (await _sends(stage, "Garnet")).text
        await _opened(stage)
        await stage.mo.clicks("Import 1")
        await ended(stage.mo, "is imported")
        assert "The Lamp** — by Garnet" in message(await stage.ruby.runs("/pen stories")).text


async def test_a_name_that_somebody_has_is_theirs(stage: Stage) -> None:
    await add(stage.database, edition("The Well", "Jon"))
    await stage.link("Jon", stage.jon)
    await add(stage.database, edition("The Rope", "Nobody Yet"))
    async with stage.bot():
        for name in ("Jon", "jon", "Nobody Yet"):
            said = await refused(stage.ruby.runs("/pen submit", {"file": ("a.txt", LAMP), "name": name}))
            assert said.startswith("Somebody in this archive writes as"), name
    assert await stage.database.reader.value("SELECT count(*) FROM uploads") == 0


async def test_what_is_dropped_is_told(stage: Stage, ruby: None) -> None:
    async with stage.bot():
        await _sends(stage)
        await _opened(stage)
        asked = form(await stage.mo.clicks("Drop it…"))
        assert "Stories that stay out: 1." in str(asked.raw)
        await stage.mo.submits(Reason="It is a *recipe*.")
        told = (await posted(stage.ruby)).text
        assert r"was not taken. The reason the moderators gave: It is a \*recipe\*." in told
        ledger = message(await stage.mo.runs("/desk ledger")).text
        assert "upload 1 dropped" in ledger
        assert "recipe" in ledger
        async with stage.database.write() as db:
            await erase_person(db, stage.ruby.id, 2.0)
        assert "recipe" not in message(await stage.mo.runs("/desk ledger")).text, "what was said of her goes with her"
        assert await titles(stage) == ["The Wick"]


async def test_what_came_in_and_was_taken_back_is_told(stage: Stage, ruby: None) -> None:
    async with stage.bot():
        await _sends(stage)
        await _opened(stage)
        await stage.mo.clicks("Import 1")
        await ended(stage.mo, "is imported")
        assert "is in the archive now" in (await posted(stage.ruby)).text
        page_ = message(await stage.mo.runs("/desk import"))
        form(await presses(stage.mo, "v1:undo-run:1", on=page_))
        await stage.mo.submits(Reason="Not by Ruby after all.")
        told = (await posted(stage.ruby, 2)).text
        assert "is out of the archive again, because its import was taken back." in told
        assert await titles(stage) == ["The Wick"]


async def test_an_author_takes_it_back_and_nobody_else_does(stage: Stage, ruby: None) -> None:
    async with stage.bot():
        await _sends(stage)
        waiting = message(await stage.ruby.runs("/pen submit"))
        for person in (stage.mara, stage.mo):
            assert "none of yours" in await refused(presses(person, "v1:unsubmit:1", on=waiting))
            assert "Nothing of yours waits." in message(await person.runs("/pen submit")).text
    async with stage.bot():
        said = message(await stage.ruby.clicks("Take back lamp.txt", message=waiting))
        assert said.text == "It is taken back; nothing of it is left here."
        assert "none of yours" in await refused(stage.ruby.clicks("Take back lamp.txt", message=waiting))
    assert await stage.database.reader.value("SELECT count(*) FROM upload_files") == 0


async def test_three_wait_at_a_time(stage: Stage, ruby: None) -> None:
    async with stage.bot():
        for number in range(WAITING):
            await _sends(stage, file=f"{number}.txt")
        said = await refused(stage.ruby.runs("/pen submit", {"file": ("more.txt", LAMP)}))
        assert said.startswith("3 files of yours wait for the moderators already")


async def test_it_waits_as_long_as_moderators_take(stage: Stage, ruby: None) -> None:
    async with stage.bot():
        await _sends(stage)
    async with stage.database.write() as db:
        assert await prune(db, 10 * KEPT + 4e9) == 0
        await db.run("UPDATE submissions SET state = 'dropped'")
        assert await prune(db, 10 * KEPT + 4e9) == 1
