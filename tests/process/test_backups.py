"""Copies of the database, made by hand and by the bot, and brought back."""

import asyncio
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.backups import OLDEST, Rotation, restore
from bot.domain.errors import ArchiveError
from bot.store.database import Database, Migration, open_database
from tests.library import add, edition
from tests.local import local_discord
from tests.pages import page
from tests.process.running import serving, talebearer

NOON = datetime(2001, 5, 1, 12, tzinfo=UTC).timestamp()
DAY = 86_400.0


async def _import(folder: Path, *titles: str) -> None:
    for title in titles:
        (folder / f"{title}.txt").write_text(page(title, paragraphs=(f"It was dark about the {title}.",)), "utf-8")
        done = await talebearer(folder, "import", f"{title}.txt")
        assert done.status == 0, done.errors


def _titles(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as database:
        return [title for (title,) in database.execute("SELECT title FROM stories ORDER BY title")]


def _aside(folder: Path) -> Path:
    (aside,) = folder.glob("archive.db.replaced-*")
    return aside


async def test_a_copy_is_brought_back_and_what_was_there_is_kept(tmp_path: Path) -> None:
    await _import(tmp_path, "Lamp")
    await talebearer(tmp_path, "backup", "copy.db")
    await _import(tmp_path, "Well")
    done = await talebearer(tmp_path, "restore", "copy.db")
    assert done.status == 0, done.errors
    assert done.output.startswith(f"Restored copy.db as {tmp_path / 'archive.db'}: 1 stories. What was there before")
    assert _titles(tmp_path / "archive.db") == ["Lamp"]
    assert _titles(_aside(tmp_path)) == ["Lamp", "Well"]
    again = await talebearer(tmp_path, "import", "Lamp.txt")
    assert "1 unchanged" in again.output


async def test_a_copy_is_brought_back_where_there_is_nothing(tmp_path: Path) -> None:
    await _import(tmp_path, "Lamp")
    await talebearer(tmp_path, "backup", "copy.db")
    elsewhere = tmp_path / "new" / "archive.db"
    done = await talebearer(tmp_path, "restore", "copy.db", DATABASE_URL=f"sqlite:///{elsewhere}")
    assert done.output.endswith("1 stories.\n")
    assert _titles(elsewhere) == ["Lamp"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "There is no file copy.db to restore; check its name."),
        (b"", "copy.db is no copy of an archive (no such table: stories);"),
        (b"not a database, by far" * 99, "copy.db is no copy of an archive (file is not a database);"),
    ],
)
async def test_what_is_no_copy_is_refused_and_nothing_is_touched(
    tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    await _import(tmp_path, "Lamp")
    if content is not None:
        (tmp_path / "copy.db").write_bytes(content)
    done = await talebearer(tmp_path, "restore", "copy.db")
    assert (done.status, done.output) == (2, "")
    assert done.errors.startswith(sentence)
    assert _titles(tmp_path / "archive.db") == ["Lamp"]


async def test_a_damaged_copy_is_refused(tmp_path: Path) -> None:
    await _import(tmp_path, "Lamp")
    await talebearer(tmp_path, "backup", "copy.db")
    content = bytearray((tmp_path / "copy.db").read_bytes())
    content[8_192:-4_096] = b"\xff" * (len(content) - 12_288)
    (tmp_path / "copy.db").write_bytes(content)
    done = await talebearer(tmp_path, "restore", "copy.db")
    assert done.status == 2
    assert "copy.db is" in done.errors
    assert _titles(tmp_path / "archive.db") == ["Lamp"]


async def test_nothing_is_brought_back_under_a_running_bot(tmp_path: Path) -> None:
    await _import(tmp_path, "Lamp")
    await talebearer(tmp_path, "backup", "copy.db")
    async with local_discord() as sandbox, serving(tmp_path, sandbox):
        done = await talebearer(tmp_path, "restore", "copy.db")
    assert done.status == 2
    assert "Another Talebearer serves" in done.errors


async def test_the_bot_copies_by_itself(tmp_path: Path) -> None:
    await _import(tmp_path, "Lamp")
    async with local_discord() as sandbox, serving(tmp_path, sandbox) as bot:
        assert bot.stderr is not None
        while b"Copied the database to" not in await asyncio.wait_for(bot.stderr.readline(), 20):
            pass
    (made,) = (tmp_path / "backups").glob("archive-*.db")
    assert _titles(made) == ["Lamp"]


async def test_no_copies_where_none_are_wanted(tmp_path: Path) -> None:
    async with local_discord() as sandbox, serving(tmp_path, sandbox, BACKUP_HOURS="0") as bot:
        bot.terminate()
        await bot.wait()
    assert not (tmp_path / "backups").exists()


class Hours:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


async def test_the_newest_few_are_kept_and_nobody_s_own_file_is_touched(database: Database, tmp_path: Path) -> None:
    folder, clock = tmp_path / "copies", Hours()
    rotation = Rotation(database, folder, DAY, 3, clock)
    assert rotation.next_due() == 0.0
    folder.mkdir()
    (folder / "archive-mine.db").write_bytes(b"mine")
    for day in range(5):
        clock.now = NOON + day * DAY
        made = await rotation.turn()
        assert made.name == f"archive-2001-05-0{1 + day}T120000Z.db"
        assert rotation.next_due() == clock.now + DAY
    assert sorted(file.name for file in folder.iterdir()) == [
        "archive-2001-05-03T120000Z.db", "archive-2001-05-04T120000Z.db", "archive-2001-05-05T120000Z.db",
        "archive-mine.db",
    ]  # fmt: skip


async def test_no_copy_is_older_than_a_month_but_the_last(database: Database, tmp_path: Path) -> None:
    clock = Hours()
    rotation = Rotation(database, tmp_path / "copies", DAY, 100, clock)
    old = await rotation.turn()
    clock.now = NOON + OLDEST + 1
    new = await rotation.turn()
    assert (old.exists(), new.exists()) == (False, True)


async def test_copies_taken_under_load_restore_sound_and_whole(database: Database, tmp_path: Path) -> None:
    clock = Hours()
    rotation = Rotation(database, tmp_path / "copies", DAY, 100, clock)
    stopped = asyncio.Event()

    async def write() -> int:
        count = 0
        while not stopped.is_set():
            count += 1
            await add(database, edition(f"Tale {count}", pages=5))
        return count

    writing = asyncio.create_task(write())
    sizes: list[int] = []
    for turn in range(5):
        clock.now = NOON + turn * DAY
        copy = await rotation.turn()
        elsewhere = tmp_path / f"restored-{turn}.db"
        assert await restore(elsewhere, copy) == 0
        with closing(sqlite3.connect(elsewhere)) as made:
            assert made.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            [(stories, pages)] = made.execute("SELECT (SELECT count(*) FROM stories), (SELECT count(*) FROM pages)")
            assert pages == 5 * stories, "a story is in a copy whole, or not at all"
            sizes.append(stories)
    stopped.set()
    assert sizes == sorted(sizes)
    assert await writing >= sizes[-1] > 0


def _copies(folder: Path) -> dict[str, int]:
    """Their names and sizes in bytes, the unfinished among them."""
    return {file.name: file.stat().st_size for file in folder.glob("archive-*")}


async def test_a_bot_that_stops_does_not_wait_for_its_copy(database: Database, tmp_path: Path) -> None:
    """SQLite copies for ever where the other end was closed meanwhile, and the process never ended."""
    async with database.write() as db:
        await db.run("CREATE TABLE ballast AS SELECT zeroblob(60000000) AS weight")
    folder = tmp_path / "copies"
    copying = asyncio.create_task(Rotation(database, folder, DAY, 3, Hours()).run())
    while not any(_copies(folder).values()):  # noqa: ASYNC110
        await asyncio.sleep(0)
    copying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await copying
    [(name, size)] = _copies(folder).items()
    assert name.endswith(".part")
    assert size < 60_000_000


async def test_what_a_killed_bot_had_begun_to_copy_is_tidied_away(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "archive-2001-04-30T120000Z.db.part").write_bytes(b"half")
    made = await Rotation(database, folder, DAY, 3, Hours()).turn()
    assert list(_copies(folder)) == [made.name]


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in the place of a file is refused otherwise there")
async def test_a_folder_that_cannot_be_made_is_said(database: Database, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    rotation = Rotation(database, tmp_path / "file" / "copies", DAY, 3, Hours())
    with pytest.raises(ArchiveError, match="give the bot the right to write beside"):
        await rotation.turn()


async def test_a_migration_copies_first_and_once(database_path: Path) -> None:
    first = Migration(1, "first", "CREATE TABLE a (x);\n")
    second = Migration(2, "second", "ALTER TABLE a ADD COLUMN y;\n")
    async with open_database(database_path, [first]) as database, database.write() as db:
        await db.run("INSERT INTO a VALUES ('old')")
    copy = database_path.with_name("archive.db.before-step-2")
    assert not copy.exists()
    for _ in range(2):
        async with open_database(database_path, [first, second]):
            pass
    with closing(sqlite3.connect(copy)) as before:
        assert before.execute("SELECT * FROM a").fetchall() == [("old",)]
