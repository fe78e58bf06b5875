"""/desk ledger, told as scenes: searched, opened, undone, taken along, and closed to others."""

import json

import pytest

from bot.sandbox import Person
from bot.sandbox.permissions import MANAGE_GUILD
from bot.store import ledger
from bot.store.ledger import Act, Change
from tests.discord.stage import Stage, message, presses, refused
from tests.discord.test_downloads import content
from tests.library import add, edition, open_archive

NOT_YOURS = "Only the moderators of the archive that is read here can do this"


@pytest.fixture
def ida(stage: Stage) -> Person:
    return stage.sandbox.person("ida", guild=stage.guild, permissions=MANAGE_GUILD)


@pytest.fixture
async def lamp(stage: Stage, ida: Person) -> int:
    story = await add(stage.database, edition("The Lamp", "Ruby"))
    async with stage.database.write() as db:
        values = [Change("title", "The Wick", "The Lamp")]
        await ledger.record(db, Act(1, "edited", stage.mo.id, "A slip.", story_id=story, values=values), 1.0)
        blocked = Act(1, "sender blocked", ida.id, "Rude, *very*.", letter_id=None, user_id=stage.mara.id)
        await ledger.record(db, blocked, 2.0)
    return story


async def test_the_record_is_searched_by_words_person_and_story(stage: Stage, lamp: int, ida: Person) -> None:
    async with stage.bot():
        everything = message(await stage.mo.runs("/desk ledger"))
        assert everything.options == ["2. sender blocked", "1. edited"]
        assert r"Rude, \*very\*." in everything.text
        assert str(stage.mara.id) not in repr(everything.raw)
        assert message(await stage.mo.runs("/desk ledger", words="RUDE")).options == ["2. sender blocked"]
        assert message(await stage.mo.runs("/desk ledger", moderator=stage.mo)).options == ["1. edited"]
        assert message(await stage.mo.runs("/desk ledger", story="The Lamp")).options == ["1. edited"]
        nothing = message(await stage.mo.runs("/desk ledger", words="@everyone _x_"))
        assert "Nothing of that is on record." in nothing.text


async def test_an_entry_is_opened_and_undone(stage: Stage, lamp: int) -> None:
    async with stage.bot():
        await stage.mo.runs("/desk ledger")
        entry = message(await stage.mo.chooses("1. edited"))
        assert "Title\n~~The Wick~~\n→ The Lamp" in entry.text
        assert message(await stage.mo.clicks("Undo", message=entry)).text == "The Lamp is as it was before: title."
        assert "The Wick" in message(await stage.mara.runs("/read", story="The Wick")).text
        listed = message(await stage.mo.runs("/desk ledger"))
        assert "edit undone" in listed.text
        assert "· undone" in listed.text
        opened = message(await stage.mo.chooses("1. edited", message=listed))
        assert "Undo" not in opened.buttons
        assert message(await stage.mo.clicks("On record", message=opened)).options[0] == "3. edit undone"


async def test_what_was_erased_says_so_and_the_act_stays(stage: Stage, lamp: int) -> None:
    async with stage.database.write() as db:
        await ledger.erase_story(db, lamp, 86_400.0)
        await ledger.erase_person(db, stage.mo.id, 86_400.0)
    async with stage.bot():
        await stage.mo.runs("/desk ledger")
        entry = message(await stage.mo.chooses("1. edited"))
        assert "edited, by somebody\n*erased on <t:86400:D>*" in entry.text
        assert "Title\n*erased*" in entry.text
        assert "Undo" not in entry.buttons


async def test_pages_keep_to_what_was_searched_for_after_a_restart(stage: Stage, lamp: int) -> None:
    async with stage.database.write() as db:
        for number in range(20):
            await ledger.record(db, Act(1, "hidden" if number % 2 else "restored", stage.mo.id, "Fog."), 3.0)
    async with stage.bot():
        page = message(await stage.mo.runs("/desk ledger", words="restored"))
    async with stage.bot():
        older = message(await stage.mo.clicks("Older", message=page))
        assert {option.split(". ")[1] for option in [*page.options, *older.options]} == {"restored"}
        assert len(page.options) + len(older.options) == 10
        assert message(await stage.mo.clicks("Newest", message=older)).options == page.options


async def test_all_of_it_is_a_file_without_those_it_was_about(stage: Stage, lamp: int) -> None:
    async with stage.bot():
        await stage.mo.runs("/desk ledger")
        told = await content(message(await stage.mo.clicks("All of it as a file")))
    lines = [json.loads(line) for line in told.splitlines()]
    assert [(line["act"], line["actor_id"], line["reason"]) for line in lines] == [
        ("edited", stage.mo.id, "A slip."), ("sender blocked", lines[1]["actor_id"], "Rude, *very*."),
    ]  # fmt: skip
    assert lines[0]["values"] == [{"field": "title", "former": "The Wick", "present": "The Lamp"}]
    assert str(stage.mara.id) not in told.decode()


FORGED = ("ledger:0", "ledger:0:0:0:0", "ledger-file")


async def test_nothing_of_it_answers_to_others(stage: Stage, lamp: int) -> None:
    async with stage.bot():
        for person in (stage.jon, stage.ruby):
            page = message(await person.runs("/archive"))
            for custom_id in FORGED:
                assert (await refused(presses(person, f"v1:{custom_id}", on=page))).startswith(NOT_YOURS), custom_id
            assert (await refused(presses(person, "v1:ledger-entry", 1, on=page))).startswith(NOT_YOURS)


async def test_another_servers_moderator_reaches_none_of_it(stage: Stage, lamp: int) -> None:
    other = stage.sandbox.guild("Elsewhere")
    there = other.channel("hall")
    other.welcome(stage.jon.user, MANAGE_GUILD)
    await open_archive(stage.database, other.id)
    async with stage.bot():
        await stage.mo.runs("/desk ledger", words="rude")
        page = message(await stage.jon.runs("/desk ledger", channel=there))
        assert page.text.startswith("On record\nNothing of that")
        assert "has no entry 1" in await refused(presses(stage.jon, "v1:ledger-entry", 1, on=page))
        forged = message(await presses(stage.jon, "v1:ledger:0:0:1:1", on=page))
        assert "rude" not in forged.text
        assert forged.options == []
        assert "No story here" in await refused(stage.jon.runs("/desk ledger", story="#1", channel=there))
