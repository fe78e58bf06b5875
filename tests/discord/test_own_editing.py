"""/pen edit, told as scenes: from an author's shelf to a form, a look at it, and saved; closed to everybody else."""

import pytest

from tests.discord.stage import Stage, form, message, presses, refused
from tests.library import add, edition, replace


@pytest.fixture(autouse=True)
async def story(stage: Stage) -> int:
    story = await add(stage.database, edition("The Lamp", "Ruby"))
    await stage.link("Ruby", stage.ruby)
    return story


@pytest.mark.parametrize("place", ["hall", "dm"])
async def test_an_author_comes_from_their_stories_to_a_form(stage: Stage, place: str) -> None:
    where = stage.hall if place == "hall" else "dm"
    async with stage.bot():
        await stage.ruby.runs("/pen stories", channel=where)
        opened = message(await stage.ruby.chooses("The Lamp"))
        header = message(await stage.ruby.clicks("Edit…", message=opened))
        assert "**Title** The Lamp" in header.text
        modal = form(await stage.ruby.clicks("Title and author…", message=header))
        assert [field.label for field in modal.fields] == ["Title", "Series", "Place in the series", "Rating"]
        preview = message(await stage.ruby.submits(Title="A Lamp"))
        assert "**Title** ~~The Lamp~~\n→ A Lamp" in preview.text
    async with stage.bot():
        said = message(await stage.ruby.clicks("Save", message=preview)).text
        assert said == "The Lamp is saved: title as you typed it."
        assert "A Lamp" in message(await stage.mara.runs("/read", story="A Lamp", channel=stage.hall)).text
        assert "edited by its author" in message(await stage.mo.runs("/desk ledger", channel=stage.hall)).text


async def test_the_command_offers_one_s_own(stage: Stage) -> None:
    await add(stage.database, edition("The Well", "Jon"))
    async with stage.bot():
        assert [each.name for each in await stage.ruby.types("/pen edit", story="the")] == ["The Lamp — by Ruby"]
        assert "**Title** The Lamp" in message(await stage.ruby.runs("/pen edit", story="#1")).text
        assert "The Well" in await refused(stage.ruby.runs("/pen edit", story="The Well"))
        await add(stage.database, edition("The Lamp", "Ruby"))
        several = message(await stage.ruby.runs("/pen edit", story="The Lamp"))
        assert several.options == ["The Lamp", "The Lamp"]
        assert "Edit…" in message(await presses(stage.ruby, "v1:work", 3, on=several)).buttons


async def test_what_somebody_else_changed_meanwhile_is_shown(stage: Stage) -> None:
    async with stage.bot():
        await stage.ruby.runs("/pen edit", story="The Lamp")
        form(await stage.ruby.clicks("Title and author…"))
        preview = message(await stage.ruby.submits(Title="A Lamp"))
        await replace(stage.database, 1, edition("The Wick", "Ruby"))
        collided = message(await stage.ruby.clicks("Save", message=preview))
        assert "**Title** was changed meanwhile." in collided.text
        modal = form(await stage.ruby.clicks("Type again…", message=collided))
        assert modal.field("Title").value == "A Lamp", "what was typed is not lost"
        said = message(await stage.ruby.clicks("Save mine all the same", message=collided))
        assert said.text == "The Wick is saved: title as you typed it."


async def test_nobody_else_edits_it_by_this_door(stage: Stage) -> None:
    async with stage.bot():
        await stage.ruby.runs("/pen edit", story="The Lamp")
        form(await stage.ruby.clicks("Title and author…"))
        await stage.ruby.submits(Title="A Lamp")
        for person in (stage.jon, stage.mo):
            page = message(await person.runs("/archive", channel=stage.hall))
            for custom_id in ("own-of:1", "own-form:1:0"):
                assert "No pen name of yours" in await refused(presses(person, f"v1:{custom_id}", on=page))
            for custom_id in ("own-again:1", "own-save:1", "own-over:1"):
                assert "not kept any more" in await refused(presses(person, f"v1:{custom_id}", on=page))
            modal = form(await person.runs("/feedback", story="The Lamp"))
            modal.raw["custom_id"] = "v1:own-edited:1:0:0"
            assert "No pen name of yours" in message(await person.submits(Comments="x")).text
    assert await stage.database.reader.value("SELECT count(*) FROM ledger") == 0
    assert await stage.database.reader.value("SELECT title FROM stories") == "The Lamp"
