"""A copy that is brought back forgets again, before anybody sees it."""

import asyncio
import json
import logging
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from pathlib import Path

import pytest

from bot.backups import copy, restore
from bot.domain.errors import ArchiveError
from bot.domain.forgetting import Forgetting, Subject, from_line, to_line
from bot.forgotten import forgetter
from bot.services import forgetting
from bot.services.forgetting import DONE, among_copies, beside
from bot.services.withdrawal import Withdrawals
from bot.store import forgettings, memory
from bot.store.database import Database, open_database
from tests.imports import take
from tests.pages import page, tale

RUBY = 11
LAMP = page("The Lamp", "Ruby", paragraphs=tale("heron"))


@pytest.fixture
async def story(database: Database, tmp_path: Path) -> int:
    [row] = (await take(database, tmp_path / "a", {"lamp.txt": LAMP})).rows
    async with database.write() as db:
        await db.run("UPDATE authors SET user_id = :user", user=RUBY)
    return row["id"]


@pytest.fixture
async def older(database: Database, story: int, tmp_path: Path) -> Path:
    """A copy from before the story was withdrawn."""
    folder = tmp_path / "backups"
    folder.mkdir()
    await copy(database, folder / "older.db")
    await Withdrawals(database, clock=lambda: 9.0).withdraw(RUBY, story, 1)
    await forgetter(database).round()
    return folder / "older.db"


@pytest.fixture
async def opened(older: Path) -> AsyncGenerator[Database]:
    """The copy itself, put in the place of the database by hand."""
    async with open_database(older) as database:
        yield database


async def _left(database: Database) -> int:
    return await database.reader.value("SELECT count(*) FROM pages")


async def test_the_list_stands_beside_the_database_and_among_its_copies(database: Database, older: Path) -> None:
    for file in (beside(database.path), among_copies(database.path)):
        [line] = file.read_text("utf-8").splitlines()
        made = from_line(line)
        assert (made.kind, made.archive_id, made.told["title"], made.at) == (Subject.STORY, 1, "The Lamp", 9.0)
        assert "heron" not in line


async def test_a_copy_that_is_restored_forgets_again(
    database: Database, older: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `talebearer restore` does, where the database it replaces is there."""
    await database.write_back()
    await restore(tmp_path / "archive.db", older)
    assert "1 things that were forgotten after it was made are forgotten again." in capsys.readouterr().out
    async with open_database(tmp_path / "archive.db") as restored:
        assert await _left(restored) == 0
        assert await restored.reader.value("SELECT count(*) FROM barred") == 1
        assert (await take(restored, tmp_path / "b", {"lamp.txt": LAMP})).statuses == ["held"]
    assert b"heron" not in (tmp_path / "archive.db").read_bytes()


async def test_who_reads_is_not_waited_for_and_the_log_is_emptied_afterwards(
    database: Database, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import reads for minutes: the bot starts beside it, and what was forgotten leaves the log later."""
    log = database.path.with_name(f"{database.path.name}-wal")
    monkeypatch.setattr(forgetting, "RETRY", 0.01)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM stories").fetchall()
        async with database.write() as db:
            await db.run("UPDATE stories SET title = 'The Wick'")
        forgets = forgetter(database)
        await forgets.again()
        assert log.stat().st_size > 0
        assert await database.reader.value("SELECT title FROM stories") == "The Wick"
    running = asyncio.create_task(forgets.run())
    async with asyncio.timeout(20):
        while log.stat().st_size:  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.01)
    running.cancel()


async def test_where_the_machine_was_lost_the_list_among_the_copies_does(older: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "new" / "archive.db"
    await restore(elsewhere, older)
    async with open_database(elsewhere) as restored:
        assert await _left(restored) == 0
    assert beside(elsewhere).exists()


async def test_a_copy_that_was_put_there_by_hand_forgets_before_it_serves(
    opened: Database, older: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert await _left(opened) > 0
    beside(older).write_bytes(among_copies(older.parent.parent / "archive.db").read_bytes())
    with caplog.at_level(logging.INFO):
        assert await forgetter(opened).again() == 1
    assert await _left(opened) == 0
    assert "Forgot 1 things again" in caplog.text
    assert await forgetter(opened).again() == 0, "once is enough"


async def test_a_story_that_came_under_its_number_since_stays(database: Database, older: Path, tmp_path: Path) -> None:
    """A copy from before the story came learns to refuse it, and harms none that has its number."""
    async with open_database(tmp_path / "early.db") as early:
        other = page("The Well", "Jon", paragraphs=tale("stork"))
        [row] = (await take(early, tmp_path / "b", {"well.txt": other})).rows
        assert row["id"] == 1
        beside(early.path).write_bytes(beside(database.path).read_bytes())
        assert await forgetter(early).again() == 1
        assert await _left(early) > 0
        assert (await take(early, tmp_path / "c", {"lamp.txt": LAMP})).statuses == ["held"]


async def test_a_list_of_an_archive_that_is_not_there_harms_nothing(database: Database, tmp_path: Path) -> None:
    told: dict[str, object] = {"story": 1, "title": "The Lamp", "digests": [], "prints": ""}
    made = Forgetting("story 9:1:1.000000", Subject.STORY, 9, told, 1.0)
    beside(database.path).write_text(f"{to_line(made)}\n", "utf-8")
    await forgetter(database).again()
    assert await forgettings.everything(database.reader) == []


@pytest.mark.parametrize("line", ["once upon a time", "{}", json.dumps({"key": "a", "kind": "nobody"}), "[]"])
async def test_a_damaged_list_is_said_and_nothing_is_served(database: Database, line: str) -> None:
    beside(database.path).write_text(line, "utf-8")
    with pytest.raises(ArchiveError, match="is damaged, and what was forgotten is not known without it"):
        await forgetter(database).again()


async def test_what_a_crash_left_undone_is_done_at_the_next_start(database: Database, story: int) -> None:
    await Withdrawals(database, clock=lambda: 9.0).withdraw(RUBY, story, 1)
    assert not beside(database.path).exists()
    await forgetter(database).again()
    assert beside(database.path).exists()
    [made] = await forgettings.everything(database.reader)
    assert await memory.recall(database.reader, DONE) == repr(made.at)
