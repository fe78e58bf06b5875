"""/desk import, told as scenes: files are read on trial, each story gets a word, and a run is taken back."""

import asyncio
import io
import zipfile
from pathlib import Path

import pytest

from bot.sandbox import Message, Person
from bot.sandbox.permissions import MANAGE_GUILD
from bot.services.intake import uploads as rooms
from tests.discord.stage import Stage, form, message, presses, refused
from tests.exports import taken_out
from tests.library import add, edition, open_archive
from tests.pages import page, tale

LAMP = page("The Lamp", author="Ruby", paragraphs=tale("lamp"))
WICK = page("The Wick", author="Jade", paragraphs=tale("wick"))
NOT_YOURS = "Only the moderators of the archive that is read here can do this"


def packed(**pages: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, text in pages.items():
            made.writestr(f"{name}.txt", text)
    return file.getvalue()


async def sent(stage: Stage, *files: tuple[str, bytes], person: Person | None = None) -> Message:
    """What /desk import shows of files, once they are read."""
    options = {f"file{number}" if number > 1 else "file": file for number, file in enumerate(files, start=1)}
    who = person or stage.mo
    await who.runs("/desk import", options)
    await who.until(lambda: "Reading" not in who.screen.text and bool(who.screen.options or who.screen.buttons))
    return who.screen


async def ended(person: Person, words: str) -> Message:
    """The answer in which long work ends."""
    await person.until(lambda: words in person.screen.text)
    return person.screen


async def titles(stage: Stage) -> list[str]:
    rows = await stage.database.reader.all("SELECT title FROM stories WHERE state = 'published' ORDER BY title")
    return [row["title"] for row in rows]


async def test_the_export_of_an_archive_is_for_the_operator(stage: Stage, tmp_path: Path) -> None:
    """Its books would come in as other stories, without what only the export tells."""
    await add(stage.database, edition("The Lamp", "Ruby"))
    await taken_out(stage.database, tmp_path / "out.zip")
    async with stage.bot():
        await stage.mo.runs("/desk import", {"file": ("out.zip", (tmp_path / "out.zip").read_bytes())})
        said = (await ended(stage.mo, "export of an archive")).text
        assert "“out.zip” was not taken because it is the export of an archive; whoever runs the bot brings" in said
        assert "could not be read" in message(await stage.mo.runs("/desk import")).text
    assert await titles(stage) == ["The Lamp"]


async def test_files_are_read_on_trial_and_come_in_at_a_word(stage: Stage) -> None:
    async with stage.bot():
        shown = await sent(stage, ("lamp.txt", LAMP.encode()), ("more.zip", packed(wick=WICK)))
        assert shown.ephemeral
        assert "Upload 1 waits for your word" in shown.text
        assert "**2 of 2 stories would come in**" in shown.text
        assert await titles(stage) == []
        assert await stage.database.reader.value("SELECT count(*) FROM runs") == 0
        await stage.mo.clicks("Import 2", message=shown)
        assert "2 added" in (await ended(stage.mo, "is imported")).text
        assert await titles(stage) == ["The Lamp", "The Wick"]
        assert "The Lamp" in message(await stage.mara.runs("/read", story="The Lamp")).text
        paths = await stage.database.reader.all("SELECT path FROM documents ORDER BY path")
        assert [row["path"] for row in paths] == ["lamp.txt", "more.zip/wick.txt"]
        assert "upload 1 imported: 2 added" in message(await stage.mo.runs("/desk ledger")).text


async def test_each_story_shows_its_fields_and_can_be_skipped_or_fixed(stage: Stage) -> None:
    async with stage.bot():
        await sent(stage, ("more.zip", packed(lamp=LAMP, wick=WICK)))
        story = message(await stage.mo.chooses("1. The Lamp"))
        assert "**title** The Lamp" in story.text
        assert "sure, line" in story.text
        assert "bytes** bytes" in story.text
        assert "Take it after all" in message(await stage.mo.clicks("Skip it", message=story)).buttons
        await stage.mo.clicks("Take it after all")
        await stage.mo.clicks("Next")
        modal = form(await stage.mo.clicks("Fix…"))
        assert modal.field("Title").value == "The Wick"
        fixed = message(await stage.mo.submits({"Title": "The Wicks", "Rating": "R", "Series": "Lights"}))
        assert "Fixed by hand" in fixed.text
        listed = message(await stage.mo.clicks("All stories", message=fixed))
        assert "The Wicks" in listed.text
        await stage.mo.chooses("1. The Lamp", message=listed)
        await stage.mo.clicks("Skip it")
        listed = message(await stage.mo.clicks("All stories"))
        assert "**1 of 2 stories would come in**" in listed.text
        await stage.mo.clicks("Import 1", message=listed)
        await ended(stage.mo, "1 added")
    assert await titles(stage) == ["The Wicks"]
    row = await stage.database.reader.one("SELECT rating_raw, series_id FROM stories")
    assert row is not None
    assert tuple(row) == ("R", 1)
    values = await stage.database.reader.all("SELECT field, former, present FROM ledger_values ORDER BY field")
    assert [tuple(row) for row in values] == [
        ("rating", "PG", "R"), ("series", "", "Lights"), ("title", "The Wick", "The Wicks"),
    ]  # fmt: skip


async def test_what_was_fixed_stands_over_a_later_file(stage: Stage) -> None:
    async with stage.bot():
        await sent(stage, ("lamp.txt", LAMP.encode()))
        await stage.mo.chooses("1. The Lamp")
        await stage.mo.clicks("Fix…")
        fixed = message(await stage.mo.submits({"Title": "A Lamp"}))
        await stage.mo.clicks("Import 1", message=message(await stage.mo.clicks("All stories", message=fixed)))
        await ended(stage.mo, "1 added")
        shown = await sent(stage, ("lamp.txt", LAMP.replace("The End", "And so it went on.\n\nThe End").encode()))
        assert "1 updated" in shown.text
        await stage.mo.clicks("Import 1", message=shown)
        await ended(stage.mo, "1 updated")
    assert await titles(stage) == ["A Lamp"]


async def test_a_run_says_in_numbers_what_goes_and_is_taken_back(stage: Stage) -> None:
    async with stage.bot():
        await stage.mo.clicks("Import 1", message=await sent(stage, ("lamp.txt", LAMP.encode())))
        await ended(stage.mo, "is imported")
        await stage.mara.runs("/read", story="The Lamp")
        listed = message(await stage.mo.runs("/desk import"))
        assert "**1** is imported: lamp.txt" in listed.text
        run = message(await stage.mo.chooses("Run 1", message=listed))
        assert "Stories that go: 1; that are shown as before: 0" in run.text
        form(await stage.mo.clicks("Take it back…", message=run))
        await stage.mo.submits(Reason="It was the *wrong* folder.")
        await ended(stage.mo, "Run 1 is taken back: 1 removed")
        assert r"It was the \*wrong\* folder." in message(await stage.mo.runs("/desk ledger")).text
        assert await titles(stage) == []
        assert "taken back" in message(await stage.mo.runs("/desk import")).text
        assert "Run 1 was taken back already" in await refused(stage.mo.clicks("Take it back…", message=run))
    assert await stage.database.reader.value("SELECT count(*) FROM ledger WHERE act LIKE 'run 1 taken back%'") == 1


async def test_an_upload_waits_through_a_restart(stage: Stage) -> None:
    async with stage.bot():
        shown = await sent(stage, ("lamp.txt", LAMP.encode()))
    async with stage.bot():
        await stage.mo.clicks("Import for review", message=shown)
        await ended(stage.mo, "is imported")
        assert await titles(stage) == []
        assert await stage.database.reader.value("SELECT state FROM stories") == "withheld"
        said = await refused(stage.mo.clicks("Import 1", message=shown))
        assert "was imported or dropped already" in said


async def test_an_import_that_died_with_its_process_waits_for_a_word_again(stage: Stage) -> None:
    async with stage.bot():
        shown = await sent(stage, ("lamp.txt", LAMP.encode()))
    async with stage.database.write() as db:
        await db.run("UPDATE uploads SET state = 'taken'")
    async with stage.bot():
        await stage.mo.clicks("Import 1", message=shown)
        await ended(stage.mo, "is imported")
    assert await titles(stage) == ["The Lamp"]


async def test_two_moderators_who_press_at_once_import_once(stage: Stage) -> None:
    ida = stage.sandbox.person("ida", guild=stage.guild, permissions=MANAGE_GUILD)
    async with stage.bot():
        shown = await sent(stage, ("lamp.txt", LAMP.encode()))
        hers = message(await ida.runs("/desk import"))
        hers = message(await ida.chooses("Upload 1", message=hers))
        await asyncio.gather(stage.mo.clicks("Import 1", message=shown), ida.clicks("Import 1", message=hers))
        await asyncio.gather(*(ended(who, "ported") for who in (stage.mo, ida)))
    assert await stage.database.reader.value("SELECT count(*) FROM runs") == 1
    assert await titles(stage) == ["The Lamp"]


async def test_a_dropped_upload_leaves_nothing(stage: Stage) -> None:
    async with stage.bot():
        shown = await sent(stage, ("lamp.txt", LAMP.encode()))
        form(await stage.mo.clicks("Drop it…", message=shown))
        assert "needs a reason" in message(await stage.mo.submits(Reason=" ")).text
        assert await stage.database.reader.value("SELECT state FROM uploads") == "read"
        form(await stage.mo.clicks("Drop it…", message=shown))
        assert "nothing of it is in the archive" in message(await stage.mo.submits(Reason="Spam.")).text
        assert "dropped already" in await refused(stage.mo.clicks("Drop it…", message=shown))
        assert "dropped already" in await refused(stage.mo.clicks("Import 1", message=shown))
    assert await stage.database.reader.value("SELECT sum(length(content)) FROM upload_files") == 0


async def test_what_cannot_come_in_is_told(stage: Stage) -> None:
    async with stage.bot():
        shown = await sent(stage, ("noise.bin", bytes(range(256)) * 40), ("lamp.txt", LAMP.encode()))
        assert "Cannot come in: 1" in shown.text
        assert "**1 of 1 story would come in**" in shown.text


async def test_a_file_that_is_too_large_is_not_even_fetched(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.ui.attachments.LARGEST", 10)
    async with stage.bot():
        await stage.mo.runs("/desk import", file=("lamp.txt", LAMP.encode()))
        assert "was not taken because a file may hold" in (await ended(stage.mo, "not taken")).text
    assert await stage.database.reader.value("SELECT count(*) FROM uploads") == 0


FORGED = (
    "upload:1:0:0", "upload-read:1", "upload-next:1:1", "upload-skip:1:1:1", "upload-fix:1:1:0", "upload-drop:1",
    "upload-take:1:0", "upload-take:1:1", "runs:0", "run:1", "undo-run:1",
)  # fmt: skip
CHOICES = ("open-upload", "open-run", "upload-work:1")


async def test_nothing_of_it_answers_to_others(stage: Stage) -> None:
    async with stage.bot():
        await stage.mo.clicks("Import 1", message=await sent(stage, ("lamp.txt", LAMP.encode())))
        await ended(stage.mo, "is imported")
        page_ = message(await stage.jon.runs("/archive"))
        for custom_id in FORGED:
            assert (await refused(presses(stage.jon, f"v1:{custom_id}", on=page_))).startswith(NOT_YOURS), custom_id
        for verb in CHOICES:
            assert (await refused(presses(stage.jon, f"v1:{verb}", 1, on=page_))).startswith(NOT_YOURS), verb
    assert await titles(stage) == ["The Lamp"]


async def test_another_servers_moderator_reaches_none_of_it(stage: Stage) -> None:
    other = stage.sandbox.guild("Elsewhere")
    there = other.channel("hall")
    other.welcome(stage.jon.user, MANAGE_GUILD)
    await open_archive(stage.database, other.id)
    async with stage.bot():
        await sent(stage, ("lamp.txt", LAMP.encode()))
        page_ = message(await stage.jon.runs("/desk import", channel=there))
        assert "lamp.txt" not in page_.text
        for custom_id in FORGED[:8]:
            said = await refused(presses(stage.jon, f"v1:{custom_id}", on=page_))
            assert "is not of this archive" in said, custom_id
        for custom_id in ("run:1", "undo-run:1"):
            assert "none of this archive's" in await refused(presses(stage.jon, f"v1:{custom_id}", on=page_))


def test_names_of_files_lead_nowhere() -> None:
    given = ["../../etc/passwd", "a\x00b.txt", "a\\b.txt", "b.txt", "..", ""]
    assert rooms.names(given) == ["passwd", "ab.txt", "b.txt", "b.txt (2)", "file", "file (2)"]
