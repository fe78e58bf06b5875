"""A run of the importer is taken back as a whole: what it added goes, what it replaced is shown again."""

import asyncio
from pathlib import Path

import pytest

from bot.domain.errors import ArchiveError, NoSuchRun
from bot.domain.models import Place, Standing
from bot.domain.people import Actor
from bot.domain.refusals import NoReason, NotYourDesk
from bot.importing import Wishes, import_pages, undo_run
from bot.services.acting import Acting
from bot.services.intake import Intake
from bot.services.intake.history import Runs
from bot.services.intake.undoing import Undone
from bot.store import documents, ledger, letters, readers, stories
from bot.store.database import Database, Reader, open_database
from bot.store.ledger import Entry
from bot.store.letters import NewLetter
from bot.ui import pen
from tests.imports import take
from tests.library import HALL
from tests.pages import page, tale

LAMP, DAWN = page("The Lamp", paragraphs=tale("heron")), page("Dawn", paragraphs=tale("stork"))
EDITED = page("The Lamp", paragraphs=[*tale("heron"), "And that was all that anybody ever knew of it."], rating="G")
KEPT = ("stories", "parts", "pages", "documents", "editions", "story_names", "story_words", "document_runs")


async def undo(database: Database, run_id: int) -> Undone:
    return await Intake(database).undo(run_id, 9_000.0)


async def counts(database: Database) -> dict[str, int]:
    return {
        table: await database.reader.value(f"SELECT count(*) FROM {table}")  # pyright: ignore[reportArgumentType]
        for table in KEPT
    }


async def write_about(database: Database, story_id: int) -> None:
    async with database.write() as db:
        letter = NewLetter(story_id, HALL.reader, "Mara", "", "Lovely.", page=1, interaction_id=story_id)
        await letters.store(db, letter, 1.0)
        await readers.keep_places(db, [Place(HALL.reader, story_id, 0, 3, 0, "x", 1.0)])


async def test_a_first_import_leaves_nothing(database: Database, tmp_path: Path) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP, "copy.txt": LAMP, "dawn.txt": DAWN})
    undone = await undo(database, 1)
    assert (sorted(undone.removed), undone.restored, undone.stay) == (["Dawn", "The Lamp"], [], [])
    assert set((await counts(database)).values()) == {0}
    assert await database.reader.all("PRAGMA foreign_key_check") == []


async def test_an_updated_story_gets_its_former_edition_and_keeps_letters_and_places(
    database: Database, tmp_path: Path
) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP})
    before = await counts(database)
    old = await stories.get(database.reader, 1)
    await write_about(database, 1)
    await take(database, tmp_path / "a", {"lamp.txt": EDITED, "dawn.txt": DAWN})
    undone = await undo(database, 2)
    assert (undone.removed, undone.restored) == (["Dawn"], ["The Lamp"])
    assert await stories.get(database.reader, 1) == old
    assert await counts(database) == before
    assert await database.reader.value("SELECT count(*) FROM places") == 1
    assert (await letters.receipt(database.reader, 1)).title == "The Lamp"
    [(_, text)] = await stories.part_texts(database.reader, 1)
    assert "anybody ever knew" not in text


async def test_letters_about_a_removed_story_stay_readable(database: Database, tmp_path: Path) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP})
    await write_about(database, 1)
    await undo(database, 1)
    assert await database.reader.value("SELECT comments FROM letters") == "Lovely."
    assert (await letters.receipt(database.reader, 1)).author == "Ruby"
    story = await stories.get(database.reader, 1)
    assert story is not None
    assert (story.state, story.pages, story.description) == (Standing.REMOVED, 0, "")
    assert await stories.newest(database.reader, HALL, 9) == []
    assert await database.reader.value("SELECT count(*) FROM documents") == 0
    assert await database.reader.value("SELECT count(*) FROM places") == 0


async def test_an_id_is_never_given_to_another_story(database: Database, tmp_path: Path) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP})
    await undo(database, 1)
    made = await take(database, tmp_path / "a", {"dawn.txt": DAWN})
    assert made.rows[0]["id"] == 2, "a button of the lamp must not open the dawn"


async def test_what_a_later_run_changed_again_stays_and_is_named(database: Database, tmp_path: Path) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP, "dawn.txt": DAWN})
    await take(database, tmp_path / "a", {"lamp.txt": EDITED})
    undone = await undo(database, 1)
    assert (undone.removed, undone.stay, undone.is_whole) == (["Dawn"], [("The Lamp", 2)], False)
    assert [story.title for story in await stories.newest(database.reader, HALL, 9)] == ["The Lamp"]
    assert (await undo(database, 2)).restored == ["The Lamp"]
    assert (await undo(database, 1)).removed == ["The Lamp"], "what stood in the way is gone"
    assert set((await counts(database)).values()) == {0}


async def test_an_edition_kept_beside_the_shown_one_goes(database: Database, tmp_path: Path) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": EDITED})
    await take(database, tmp_path / "b", {"old.txt": LAMP})
    assert await database.reader.value("SELECT count(*) FROM editions") == 2
    assert (await undo(database, 2)).lessened == ["The Lamp"]
    assert await database.reader.value("SELECT path FROM editions") == f"{tmp_path}/a/lamp.txt"


async def test_links_lose_what_is_gone(database: Database, tmp_path: Path) -> None:
    sequel = page("After", description="A sequel to The Lamp.", paragraphs=tale("egret"))
    await take(database, tmp_path / "a", {"after.txt": sequel})
    await take(database, tmp_path / "b", {"lamp.txt": LAMP})
    assert [found for _, found in await stories.links(database.reader, 1)] == [2]
    await undo(database, 2)
    assert [found for _, found in await stories.links(database.reader, 1)] == [None]
    why = await database.reader.value("SELECT why FROM links")
    assert why == "no story of that name is in the archive"


async def test_what_another_run_brought_too_stays(database: Database, tmp_path: Path) -> None:
    index = '<html><body><h1>Stories</h1><ul><li><a href="lamp.txt">The Lamp</a> by Ruby</li></ul></body></html>'
    await take(database, tmp_path / "a", {"index.html": index, "lamp.txt": LAMP})
    await take(database, tmp_path / "a", {"index.html": index, "dawn.txt": DAWN})
    await undo(database, 2)
    assert await database.reader.value("SELECT count(*) FROM documents") == 2
    kinds = await database.reader.all("SELECT kind FROM documents ORDER BY id")
    assert {row["kind"] for row in kinds} == {"story", "index"}
    assert (await documents.kept(database.reader, 1)).content in (index.encode(), LAMP.encode())


@pytest.mark.parametrize("run_id", [0, 7, -1])
async def test_a_run_that_is_not_there(database: Database, tmp_path: Path, run_id: int) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP})
    with pytest.raises(NoSuchRun, match=rf"Run {run_id} is not known; the newest is run 1\."):
        await undo(database, run_id)


async def test_a_run_is_taken_back_once(database: Database, tmp_path: Path) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP})
    await undo(database, 1)
    with pytest.raises(NoSuchRun, match=r"Run 1 was taken back already; there is none to take back\."):
        await undo(database, 1)


SERVER = 10
MO = Actor(9, HALL.archive.id, SERVER, manages=True, roles=frozenset(), owns_bot=False)
STRANGER = MO._replace(user=7, manages=False)
WHY = "It was the wrong folder."


def desk(database: Database) -> Runs:
    return Runs(Acting(database, SERVER, clock=lambda: 9_000.0))


async def on_record(database: Database) -> list[Entry]:
    return await ledger.entries(database.reader, HALL.archive.id, before=1_000, limit=9)


async def test_who_takes_a_run_back_is_on_record_once_however_often_the_press_comes(
    database: Database, tmp_path: Path
) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP, "dawn.txt": DAWN})
    runs = desk(database)
    answers = {
        *await asyncio.gather(*(runs.undo(MO, 1, WHY, 77) for _ in range(3))),
        await desk(database).undo(MO, 1, WHY, 77),
    }
    assert answers == {"Run 1 is taken back: 2 removed, 0 shown as before, 0 stay."}
    [entry] = await on_record(database)
    assert (entry.act, entry.actor_id, entry.run_id, entry.by_operator, entry.reason) == (
        "run 1 taken back: 2 removed, 0 shown as before, 0 stay", MO.user, 1, False, WHY,
    )  # fmt: skip
    with pytest.raises(NoReason):
        await runs.undo(MO, 1, " ", 79)
    with pytest.raises(NoSuchRun):
        await runs.undo(MO, 1, WHY, 78)
    assert len(await on_record(database)) == 1


async def test_nothing_goes_that_is_not_on_record(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP, "dawn.txt": DAWN})
    before = await counts(database)
    with monkeypatch.context() as broken:
        broken.setattr(ledger, "_persons", _full)
        with pytest.raises(OSError, match="disk"):
            await desk(database).undo(MO, 1, WHY, 77)
    assert (await counts(database), await on_record(database)) == (before, [])


async def test_what_is_cut_off_stands_on_record_and_is_finished_by_the_next_press(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP, "dawn.txt": DAWN})
    with monkeypatch.context() as broken:
        broken.setattr(documents, "forget", _full)
        with pytest.raises(OSError, match="disk"):
            await desk(database).undo(MO, 1, WHY, 77)
    assert [entry.actor_id for entry in await on_record(database)] == [MO.user]
    said = await desk(database).undo(MO, 1, WHY, 77)
    assert said == "Run 1 is taken back: 0 removed, 0 shown as before, 0 stay."
    assert set((await counts(database)).values()) == {0}


async def _full(*_given: object) -> None:
    raise OSError("the disk is full")


async def test_rights_are_asked_in_the_transaction_that_begins(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A role that is taken away between the question and the act counts for nothing."""
    await take(database, tmp_path / "a", {"lamp.txt": LAMP})
    before = await counts(database)
    with pytest.raises(NotYourDesk):
        await desk(database).undo(STRANGER, 1, WHY, 77)
    with monkeypatch.context() as late:
        late.setattr(Acting, "reading", _anybody)
        with pytest.raises(NotYourDesk):
            await desk(database).undo(STRANGER, 1, WHY, 77)
    assert (await counts(database), await on_record(database)) == (before, [])


async def _anybody(acting: Acting, _actor: Actor) -> Reader:
    return acting.database.reader


async def test_a_run_whose_former_edition_is_gone_loses_nothing(database: Database, tmp_path: Path) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP})
    await take(database, tmp_path / "a", {"lamp.txt": EDITED, "dawn.txt": DAWN})
    async with database.write() as db:
        await db.run("UPDATE changes SET former_edition_id = NULL WHERE act = 'updated'")
    before = await counts(database)
    with pytest.raises(ArchiveError, match="no longer kept; run 2 stays as it is"):
        await undo(database, 2)
    assert (await counts(database), await on_record(database)) == (before, [])


async def test_the_operators_acts_are_on_record_as_theirs(tmp_path: Path) -> None:
    (tmp_path / "lamp.txt").write_text(LAMP)
    file = tmp_path / "archive.db"
    assert await import_pages(file, [tmp_path / "lamp.txt"], Wishes(jobs=1)) == 0
    assert await import_pages(file, [tmp_path / "lamp.txt"], Wishes(jobs=1, dry_run=True)) == 0
    assert await undo_run(file, 1, dry_run=True) == 0
    assert await undo_run(file, 1, dry_run=False) == 0
    async with open_database(file) as database:
        entries = await on_record(database)
    assert [(entry.act, entry.run_id, entry.by_operator, entry.actor_id) for entry in entries] == [
        ("run 1 taken back: 1 removed, 0 shown as before, 0 stay", 1, True, None),
        ("import from the command line", 1, True, None),
    ]
    assert pen.entry(entries[0]).endswith("by whoever runs the bot")


async def test_somebody_who_is_forgotten_does_not_become_the_operator(database: Database, tmp_path: Path) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP})
    await desk(database).undo(MO, 1, WHY, 77)
    async with database.write() as db:
        await ledger.erase_person(db, MO.user, 9_001.0)
    [entry] = await on_record(database)
    assert (entry.actor_id, entry.by_operator) == (None, False)
    assert "by somebody" in pen.entry(entry)
