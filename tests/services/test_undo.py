"""A run of the importer is taken back as a whole: what it added goes, what it replaced is shown again."""

from pathlib import Path

import pytest

from bot.domain.errors import NoSuchRun
from bot.domain.models import Place, Standing
from bot.services.intake import Intake
from bot.services.intake.undoing import Undone
from bot.store import documents, letters, readers, stories
from bot.store.database import Database
from bot.store.letters import NewLetter
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
