"""/desk edit, told as scenes: forms for every field, a preview, and two moderators at once."""

import pytest

from bot.domain.models import Link, LinkKind
from bot.sandbox import Message, Person
from bot.sandbox.permissions import MANAGE_GUILD
from tests.discord.stage import Stage, form, message, presses, refused
from tests.library import add, edition, open_archive, replace

NOT_YOURS = "Only the moderators of the archive that is read here can do this"


@pytest.fixture
async def lamp(stage: Stage) -> int:
    return await add(stage.database, edition("The Lamp", "Ruby", series="Lights"))


@pytest.fixture
def ida(stage: Stage) -> Person:
    return stage.sandbox.person("ida", guild=stage.guild, permissions=MANAGE_GUILD)


async def typed(person: Person, number: str = "Title and author…", story: str = "The Lamp", **fields: str) -> Message:
    """The preview of what was typed into a form of /desk edit."""
    await person.runs("/desk edit", story=story)
    form(await person.clicks(number))
    return message(await person.submits(fields))


async def column(stage: Stage, name: str) -> str:
    row = await stage.database.reader.one("SELECT * FROM stories WHERE id = 1")
    assert row is not None
    return row[name]


async def test_a_field_is_typed_looked_at_and_saved(stage: Stage, lamp: int) -> None:
    async with stage.bot():
        shown = message(await stage.mo.runs("/desk edit", story="The Lamp"))
        assert "**Title** The Lamp" in shown.text
        assert "**Authors** Ruby" in shown.text
        modal = form(await stage.mo.clicks("Title and author…"))
        assert modal.field("Series").value == "Lights"
        preview = message(await stage.mo.submits(Title="A Lamp", Rating="PG-13 for fog"))
        assert "**Title** ~~The Lamp~~\n→ A Lamp" in preview.text
        assert "→ PG-13 for fog (counts as PG-13)" in preview.text
        assert "Authors" not in preview.text
        assert await column(stage, "title") == "The Lamp", "nothing is saved before that is said"
    async with stage.bot():
        said = message(await stage.mo.clicks("Save", message=preview)).text
        assert said == "The Lamp is saved: title, rating as you typed it."
        assert "A Lamp" in message(await stage.mara.runs("/read", story="A Lamp")).text
        assert [choice.name for choice in await stage.mara.types("/read", story="a la")] == ["A Lamp — by Ruby"]
        assert "edited" in message(await stage.mo.runs("/desk ledger")).text
        assert "is saved already" in await refused(stage.mo.clicks("Save", message=preview))


async def test_every_form_reaches_every_field(stage: Stage, lamp: int) -> None:
    given = {
        "Title and author…": {"authors": "Ruby\nJade", "series": "Lanterns", "series_number": "2"},
        "Summary and tags…": {"description": "Dark.", "fandom": "Sea", "tags": "fog\nangst", "cautions": "Dark",
                              "spoilers": "Home"},
        "Notes…": {"note_before": "Hello.", "note_after": "Bye.", "disclaimer": "Mine.", "status": "complete",
                   "language": "English"},
        "Date and links…": {"written": "2001-05", "links": "sequel: The Wick"},
    }  # fmt: skip
    wick = await add(stage.database, edition("The Wick", "Ruby"))
    async with stage.bot():
        for name, fields in given.items():
            await typed(stage.mo, name, **fields)
            await stage.mo.clicks("Save")
        shown = message(await stage.mo.runs("/desk edit", story="The Lamp")).text
        for fields in given.values():
            for value in fields.values():
                assert all(line in shown for line in value.splitlines()), value
        assert "Sequel to\nThe Wick" in message(await stage.mara.runs("/read", story="The Lamp")).text
        assert "Jade" in message(await stage.mara.runs("/stories")).text
    link = await stage.database.reader.one("SELECT target_id FROM links WHERE story_id = 1")
    assert link is not None
    assert link["target_id"] == wick


async def test_two_at_once_the_second_sees_both_and_loses_nothing(stage: Stage, lamp: int, ida: Person) -> None:
    async with stage.bot():
        await ida.runs("/desk edit", story="The Lamp")
        form(await ida.clicks("Title and author…"))
        await typed(stage.mo, Title="A Lamp")
        await stage.mo.clicks("Save")
        preview = message(await ida.submits(Title="Lamps", Rating="R"))
        assert "**Title** was changed meanwhile.\nIt was: The Lamp\nNow: A Lamp\nYours: Lamps" in preview.text
        assert f"by <@{stage.mo.id}>" in preview.text
        assert "Save" not in preview.buttons
        again = form(await ida.clicks("Type again…", message=preview))
        assert again.field("Title").value == "Lamps"
        preview = message(await ida.submits(Title="A Lamp"))
        await ida.clicks("Save", message=preview)
    assert (await column(stage, "title"), await column(stage, "rating_raw")) == ("A Lamp", "R")


async def test_what_another_saves_during_the_preview_is_not_saved_over(stage: Stage, lamp: int, ida: Person) -> None:
    async with stage.bot():
        hers = await typed(ida, Title="Lamps")
        await typed(stage.mo, Title="A Lamp")
        await stage.mo.clicks("Save")
        shown = message(await ida.clicks("Save", message=hers))
        assert "Now: A Lamp\nYours: Lamps" in shown.text
        assert await column(stage, "title") == "A Lamp"
        await ida.clicks("Save mine all the same", message=shown)
        assert await column(stage, "title") == "Lamps"
    values = await stage.database.reader.all("SELECT former, present FROM ledger_values ORDER BY ledger_id")
    assert [tuple(row) for row in values] == [("The Lamp", "A Lamp"), ("A Lamp", "Lamps")]


async def test_two_who_change_different_fields_both_get_their_way(stage: Stage, lamp: int, ida: Person) -> None:
    async with stage.bot():
        await ida.runs("/desk edit", story="The Lamp")
        form(await ida.clicks("Title and author…"))
        await typed(stage.mo, Title="A Lamp")
        await stage.mo.clicks("Save")
        preview = message(await ida.submits(Rating="R"))
        assert "Title" not in preview.text.split("as it would be")[1]
        await ida.clicks("Save", message=preview)
    assert (await column(stage, "title"), await column(stage, "rating_raw")) == ("A Lamp", "R")


async def test_what_an_import_changed_meanwhile_is_not_saved_over(stage: Stage, lamp: int) -> None:
    async with stage.bot():
        await stage.mo.runs("/desk edit", story="The Lamp")
        form(await stage.mo.clicks("Title and author…"))
        await replace(stage.database, lamp, edition("The Lamps", "Ruby"))
        preview = message(await stage.mo.submits(Title="A Lamp"))
        assert "Now: The Lamps\nYours: A Lamp" in preview.text
        assert await column(stage, "title") == "The Lamps"


async def test_what_cannot_be_comes_back_as_it_was_typed(stage: Stage, lamp: int) -> None:
    async with stage.bot():
        said = await typed(stage.mo, "Date and links…", links="cousin: The Wick")
        assert "Links must say what it is" in said.text
        assert "cousin: The Wick" in said.text
    assert await stage.database.reader.value("SELECT count(*) FROM proposals") == 0


async def test_an_edit_is_undone_while_it_stands(stage: Stage, lamp: int) -> None:
    async with stage.bot():
        await typed(stage.mo, Title="A Lamp", Rating="R")
        await stage.mo.clicks("Save")
        page = message(await stage.mo.runs("/desk ledger"))
        said = message(await presses(stage.mo, "v1:edit-undo:1", on=page)).text
        assert said == "A Lamp is as it was before: rating, title."
        assert (await column(stage, "title"), await column(stage, "rating_raw")) == ("The Lamp", "PG")
        assert "cannot be undone" in await refused(presses(stage.mo, "v1:edit-undo:1", on=page))
        await typed(stage.mo, Title="Lamps")
        await stage.mo.clicks("Save")
        await typed(stage.mo, story="Lamps", Title="Lanterns")
        await stage.mo.clicks("Save")
        assert "Somebody changed" in await refused(presses(stage.mo, "v1:edit-undo:3", on=page))
        await presses(stage.mo, "v1:edit-undo:4", on=page)
        await presses(stage.mo, "v1:edit-undo:3", on=page)
    assert await column(stage, "title") == "The Lamp"


async def test_links_to_a_title_that_changed_follow_it(stage: Stage, lamp: int) -> None:
    await add(stage.database, edition("The Wick", "Ruby", links=[Link(LinkKind.SEQUEL, "Lamps")]))
    async with stage.bot():
        await typed(stage.mo, Title="Lamps")
        await stage.mo.clicks("Save")
    assert await stage.database.reader.value("SELECT target_id FROM links") == lamp


async def test_nothing_of_it_answers_to_others(stage: Stage, lamp: int) -> None:
    async with stage.bot():
        await typed(stage.mo, Title="A Lamp")
        page = message(await stage.jon.runs("/archive"))
        for custom_id in ("edit-of:1", "edit-form:1:0", "edit-again:1", "edit-save:1", "edit-over:1", "edit-undo:1"):
            assert (await refused(presses(stage.jon, f"v1:{custom_id}", on=page))).startswith(NOT_YOURS), custom_id
        modal = form(await stage.jon.runs("/feedback", story="The Lamp"))
        modal.raw["custom_id"] = "v1:edited:1:0:1"
        assert (await refused(stage.jon.submits(Comments="x"))).startswith(NOT_YOURS)
    assert await column(stage, "title") == "The Lamp"


async def test_nobody_saves_what_another_typed(stage: Stage, lamp: int, ida: Person) -> None:
    async with stage.bot():
        await typed(stage.mo, Title="A Lamp")
        page = message(await ida.runs("/archive"))
        assert "not kept any more" in await refused(presses(ida, "v1:edit-save:1", on=page))


async def test_another_servers_moderator_reaches_none_of_it(stage: Stage, lamp: int) -> None:
    other = stage.sandbox.guild("Elsewhere")
    there = other.channel("hall")
    other.welcome(stage.jon.user, MANAGE_GUILD)
    archive = await open_archive(stage.database, other.id)
    await add(stage.database, edition("Elsewhere's", "Jade"), archive_id=archive)
    async with stage.bot():
        await typed(stage.mo, Title="A Lamp")
        await stage.mo.clicks("Save")
        page = message(await stage.jon.runs("/desk edit", story="Elsewhere's", channel=there))
        for custom_id in ("edit-of:1", "edit-form:1:0"):
            assert "no longer in the archive" in await refused(presses(stage.jon, f"v1:{custom_id}", on=page))
        for custom_id in ("edit-again:1", "edit-save:1", "edit-over:1"):
            assert "not kept any more" in await refused(presses(stage.jon, f"v1:{custom_id}", on=page))
        assert "cannot be undone" in await refused(presses(stage.jon, "v1:edit-undo:1", on=page))
        form(await stage.jon.clicks("Title and author…", message=page)).raw["custom_id"] = "v1:edited:1:0:1"
        assert "no longer in the archive" in message(await stage.jon.submits(Title="Mine")).text
        assert "No story here is called" in await refused(stage.jon.runs("/desk edit", story="A Lamp", channel=there))
    assert await column(stage, "title") == "A Lamp"
