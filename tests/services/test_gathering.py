"""Files are found, opened and read: in several processes, however they change meanwhile, until somebody stops it."""

import asyncio
import os
import threading
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.domain.errors import ArchiveError
from bot.formats.boxes import Aside, Member
from bot.services.intake import Intake, Options, gathering, stage
from bot.services.intake.binding import Bound
from bot.services.intake.files import File, found, opened
from bot.services.intake.gathering import Gatherer, Stopped
from bot.services.intake.preparing import Done, Job, Refusal, prepare
from bot.services.intake.shelving import ALONE, SHARED, Shelver, Writing, batches
from bot.store.database import Database, is_served, open_database, sole_server
from bot.store.sqlite import Writer
from tests.imports import fill
from tests.pages import page, tale


def quiet(_what: str, _done: int, _total: int) -> None:
    pass


def test_files_are_found_once_and_in_order(tmp_path: Path) -> None:
    fill(tmp_path, {"b.txt": "", "a/c.txt": "", ".git/x": "", "a/.hidden": ""})
    roots = [tmp_path / "b.txt", tmp_path]
    assert [str(file.path.relative_to(tmp_path)) for file in found(roots)] == ["b.txt", "a/c.txt"]


def box(path: Path, names: list[str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, page(name, paragraphs=tale(name)))
    return path


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    path = box(tmp_path / "box.zip", ["a.txt", "b.txt", "c.txt"])
    told = opened(File(path, path))
    assert isinstance(next(told), Member)
    os.utime(path, ns=(1, 1))
    [changed] = told
    assert changed == Aside(f"{path}/b.txt", "it changed while it was read; import it again")


def test_a_file_that_is_gone_when_its_turn_comes(tmp_path: Path) -> None:
    [gone] = opened(File(tmp_path, tmp_path / "a.txt"))
    assert isinstance(gone, Aside)
    assert gone.reason == "there is no such file; check the path"


@pytest.mark.timeout(60)
def test_several_processes_read_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "WORTH", 1)
    monkeypatch.setattr(gathering, "BATCH", 2_000)
    fill(
        tmp_path / "a",
        {f"{n}.txt": page(f"Story {n}", paragraphs=tale(f"heron {n}")) for n in range(9)} | {"x.txt": ""},
    )
    told: list[tuple[list[object], list[Refusal], list[bytes]]] = []
    for jobs in (1, 2):
        with stage() as staged:
            made = Gatherer(staged, jobs, quiet).gather(found([tmp_path / "a"]))
            summaries: list[object] = [(each.piece, each.title, list(each.prints)) for each in made.summaries]
            told.append((summaries, made.refusals, [staged.content(number) for number in range(9)]))
    assert told[0] == told[1]
    assert len(told[0][0]) == 9
    assert [refusal.reason for refusal in told[0][1]] == ["it is empty"]


def _status(_jobs: object) -> Iterator[int]:
    yield 3


def test_a_process_that_dies_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "WORTH", 1)
    monkeypatch.setattr(gathering, "prepare_all", os._exit)
    monkeypatch.setattr(gathering, "_batches", _status)
    fill(tmp_path / "a", {"a.txt": page()})
    with stage() as staged, pytest.raises(ArchiveError, match=r"died, most likely for want of memory; .* --jobs 1"):
        Gatherer(staged, 2, quiet).gather(found([tmp_path / "a"]))


def test_a_fault_of_ours_keeps_one_document_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_job: Job) -> None:
        raise KeyError("oops")

    monkeypatch.setattr("bot.services.intake.preparing.read", fails)
    refusal = prepare(Job(1, "a.txt", b"x"))
    assert refusal == Refusal(1, "a.txt", "Talebearer failed at it (KeyError); please report that", 1)


def test_lines_that_repeat_over_works_are_furniture(tmp_path: Path) -> None:
    motto = "Remember to sign the guestbook of the Harbour before you go home tonight, dear friends of ours!"
    pages = {f"{n}.txt": page(f"Story {n}", paragraphs=[*tale(f"heron {n}"), motto]) for n in range(4)}
    fill(tmp_path / "a", pages)
    with stage() as staged:
        Gatherer(staged, 1, quiet).gather(found([tmp_path / "a"]))
        for number in range(4):
            prepared = staged.prepared(number)
            assert motto in prepared.furniture
            assert motto not in prepared.texts[0][0].markup


def test_it_stops_when_it_is_told(tmp_path: Path) -> None:
    fill(tmp_path / "a", {"a.txt": page()})
    with stage() as staged:
        gatherer = Gatherer(staged, 1, quiet)
        gatherer.stop()
        with pytest.raises(Stopped):
            gatherer.gather(found([tmp_path / "a"]))


async def test_an_import_that_is_cancelled_leaves_nothing(database: Database, tmp_path: Path) -> None:
    fill(tmp_path / "a", {f"{n}.txt": page(f"Story {n}", paragraphs=tale(f"heron {n}")) for n in range(50)})
    reading = threading.Event()
    with stage() as staged:

        def told(_what: str, _done: int, _total: int) -> None:
            reading.set()

        options = Options(jobs=1, progress=told)
        importing = asyncio.create_task(Intake(database).take([tmp_path / "a"], staged, 1.0, options))
        await asyncio.to_thread(reading.wait)
        importing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await importing
    assert await database.reader.value("SELECT count(*) FROM runs") == 0


async def test_progress_is_told(database: Database, tmp_path: Path) -> None:
    fill(tmp_path / "a", {f"{n}.txt": page(f"Story {n}", paragraphs=tale(f"heron {n}")) for n in range(3)})
    told: list[tuple[str, int, int]] = []
    with stage() as staged:
        options = Options(jobs=1, progress=lambda what, done, total: told.append((what, done, total)))
        await Intake(database).take([tmp_path / "a"], staged, 1.0, options)
    reading = [(done, total) for what, done, total in told if what == "Reading"]
    assert reading[-1][0] == reading[-1][1] == sum(file.stat().st_size for file in (tmp_path / "a").iterdir())
    assert [(done, total) for what, done, total in told if what == "Storing"][-1] == (3, 3)


def test_a_transaction_holds_few_stories() -> None:
    sizes = [300_000] * 4 + [1] * 25 + [5_000_000, 1]
    made = list(batches(sizes, lambda size: size, lambda: SHARED))
    assert [size for batch in made for size in batch] == sizes
    assert all(len(batch) <= 10 for batch in made)
    assert all(sum(batch) <= 1_000_000 or len(batch) == 1 for batch in made)
    assert max(map(len, batches(sizes, lambda size: size, lambda: ALONE))) > 10


async def test_the_lock_stays_free_as_long_as_it_was_held(database: Database) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    shared = True
    writing = Writing(database, lambda: shared, sleep)
    held = asyncio.Event()
    async with writing.write() as db:
        await db.run("UPDATE archives SET name = name")
        asyncio.get_running_loop().call_later(0.05, held.set)
        await held.wait()
    shared = False
    async with writing.write() as db:
        await db.run("UPDATE archives SET name = name")
    assert len(slept) == 1
    assert slept[0] >= 0.05


async def test_work_in_one_trip_leaves_the_lock_as_free(database: Database) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def count(db: Writer) -> float:
        began = time.perf_counter()
        await db.value(
            "WITH RECURSIVE n(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n LIMIT 5000) SELECT sum(n) FROM n"
        )
        return time.perf_counter() - began

    shared = True
    writing = Writing(database, lambda: shared, sleep)
    took = await writing.transact(count)
    shared = False
    await writing.transact(count)
    assert len(slept) == 1
    assert slept[0] >= took


async def test_who_serves_a_database_is_known(database_path: Path) -> None:
    async with open_database(database_path):
        assert not is_served(database_path)
        with sole_server(database_path):
            assert is_served(database_path)
        assert not is_served(database_path)


async def test_an_import_beside_a_bot_writes_ten_at_a_time(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "a", {f"{n:02}.txt": page(f"Story {n}", paragraphs=tale(f"heron {n}")) for n in range(25)})
    written: list[int] = []
    shelve = Shelver.shelve

    async def counted(shelver: Shelver, works: Sequence[Bound]) -> None:
        written.append(len(works))
        await shelve(shelver, works)

    monkeypatch.setattr(Shelver, "shelve", counted)
    with stage() as staged:
        await Intake(database).take([tmp_path / "a"], staged, 1.0, Options(jobs=1))
    assert written == [10, 10, 5]


def test_what_comes_back_of_a_document_is_small() -> None:
    text = page(paragraphs=tale("heron", 400))
    done = prepare(Job(1, "a.txt", text.encode()))
    assert isinstance(done, Done)
    assert done.job.data == b""
    assert len(done.content) < len(text) / 4
