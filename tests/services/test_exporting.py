"""An archive is taken out and brought back: equal content, nothing of persons, and nothing twice."""

import zipfile
from collections.abc import AsyncGenerator
from dataclasses import replace as changed
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.access import Archive, Audience
from bot.domain.desk_refusals import ExportRefused, ExportTooLarge
from bot.domain.exports import Exported
from bot.domain.fields import Field
from bot.domain.models import Link, LinkKind, Rating, Standing
from bot.domain.people import Actor
from bot.domain.refusals import NotYourDesk
from bot.services.acting import Acting
from bot.services.exporting import VOLUMES, Exporting, Volumes
from bot.services.intake import Intake
from bot.services.intake.linking import settle
from bot.services.intake.returning import is_export, ready
from bot.services.intake.shelving import Writing
from bot.store import amendments, consent, exports, intake, ledger, links
from bot.store.database import Database, open_database
from bot.store.intake import Shown
from bot.store.withdrawals import purge
from tests.exports import NOW, STORIES, brought_back, content, taken_out
from tests.imports import take
from tests.library import add, edition, open_archive
from tests.pages import page, tale
from tests.services.company import MO, SERVER
from tests.store.everything import plant


def quiet(_what: str, _done: int, _total: int) -> None:
    pass


HALL = Archive(1, "Story Archive", Rating.PG_13, directory_safe=False)


async def _fill(database: Database, archive_id: int, stories: list[Exported]) -> None:
    """Puts stories into an archive, with what their links mean."""
    async with database.write() as db:
        first = (await intake.numbers(db)).story
        for number, story in enumerate(stories, start=first):
            made = Shown(number, ready(story).edition, story.state, story.reason)
            await intake.show(db, archive_id, [made], NOW)
            await exports.complete(db, archive_id, number, story)
    numbers = list(range(first, first + len(stories)))
    keys = await links.titles(database.reader, numbers)
    await settle(Writing(database, lambda: False), database.reader, archive_id, numbers, keys)


async def _empty(database: Database) -> int:
    """One more archive, in which no rating asks for a second look."""
    count = await database.reader.value("SELECT count(*) FROM archives")
    archive = await open_archive(database, 1_000 + count)
    async with database.write() as db:
        await db.run("UPDATE archives SET rating_limit = 5 WHERE id = :id", id=archive)
    return archive


def _same(found: list[Exported]) -> list[Exported]:
    """By places instead of numbers, which are the archive's own."""
    places = {each.number: place for place, each in enumerate(found)}
    return [
        changed(each, number=place, leads=tuple(lead and places[lead] for lead in each.leads))
        for place, each in enumerate(found)
    ]


@given(st.lists(STORIES, min_size=1, max_size=4))
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_what_comes_back_is_what_was_taken_out(database: Database, stories: list[Exported]) -> None:
    """Headers, emphasis, parts, links, states, amendments and moments."""
    here, there = await _empty(database), await _empty(database)
    await _fill(database, here, stories)
    with TemporaryDirectory() as folder:
        target = Path(folder, "export.zip")
        assert (await taken_out(database, target, here)).stories == len(stories)
        returned = await brought_back(database, target, archive_id=there)
        assert (returned.added, returned.refused, returned.held) == (len(stories), [], [])
        assert _same(await content(database, there)) == _same(await content(database, here))
        assert (await brought_back(database, target, archive_id=there)).added == 0
    assert len(await content(database, there)) == len(stories)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncGenerator[Database]:
    async with open_database(tmp_path / "there.db") as database:
        yield database


async def _lamps(database: Database) -> tuple[int, int]:
    """Two stories of one title by two authors, and one that a moderator said is a sequel to the second of them."""
    for author in ("Ruby", "Jon"):
        await add(database, edition("The Lamp", author, series="Lights"))
    third = await add(database, edition("The Wick", "Isolde", links=[Link(LinkKind.SEQUEL, "The Lamp")]))
    async with database.write() as db:
        await exports.lead(db, third, [(Link(LinkKind.SEQUEL, "The Lamp"), 2)])
        await amendments.put(db, 1, 1, {Field.STATUS: "complete"})
    return 2, third


async def test_links_lead_where_they_led(database: Database, there: Database, tmp_path: Path) -> None:
    await _lamps(database)
    await add(there, edition("Something Else"))
    await taken_out(database, tmp_path / "out.zip")
    assert (await brought_back(there, tmp_path / "out.zip")).added == 3
    [_, ruby, jon, wick] = await content(there)
    assert (ruby.story.authors, jon.story.authors) == (("Ruby",), ("Jon",))
    assert wick.leads == (jon.number,)
    assert ruby.amended == {Field.STATUS: "complete"}


async def test_what_is_there_stays_as_it_is(database: Database, tmp_path: Path) -> None:
    await _lamps(database)
    await taken_out(database, tmp_path / "out.zip")
    async with database.write() as db:
        await db.run("UPDATE stories SET description = 'By another hand.' WHERE id = 1")
        await db.run("DELETE FROM stories WHERE id = 2")
    returned = await brought_back(database, tmp_path / "out.zip")
    assert (returned.added, returned.unchanged, returned.differ) == (1, 1, ["The Lamp"])
    assert [each.story.description for each in await content(database)] == ["By another hand.", "", ""]


async def test_what_comes_back_is_the_same_story_as_its_page(
    database: Database, there: Database, tmp_path: Path
) -> None:
    await take(database, tmp_path / "pages", {"lamp.txt": page("The Lamp", paragraphs=tale("heron"))})
    await taken_out(database, tmp_path / "out.zip")
    await brought_back(there, tmp_path / "out.zip")
    await taken_out(there, tmp_path / "second.zip")
    returned = await brought_back(database, tmp_path / "second.zip")
    assert (returned.added, returned.unchanged) == (0, 1)
    [row] = (await take(there, tmp_path / "pages", {"lamp.txt": page("The Lamp", paragraphs=tale("heron"))})).rows
    assert (row["status"], row["id"]) == ("unchanged", 1), "the page itself is known for the story that came back"


async def test_a_run_that_brought_an_export_back_is_undone(database: Database, there: Database, tmp_path: Path) -> None:
    await _lamps(database)
    await taken_out(database, tmp_path / "out.zip")
    returned = await brought_back(there, tmp_path / "out.zip")
    undone = await Intake(there).undo(returned.run_id, NOW)
    assert sorted(undone.removed) == ["The Lamp", "The Lamp", "The Wick"]
    for table in ("stories", "editions", "parts", "links", "amendments", "documents"):
        assert await there.reader.value(f"SELECT count(*) FROM {table}") == 0  # pyright: ignore[reportArgumentType]


async def test_what_was_withdrawn_is_not_in_it_and_does_not_come_back(database: Database, tmp_path: Path) -> None:
    await _lamps(database)
    await taken_out(database, tmp_path / "old.zip")
    [gone, *_] = await content(database)
    async with database.write() as db:
        await consent.bar(db, 1, "work", ["The Lamp"], list(ready(gone).edition.prints), NOW)
        await purge(db, 1)
    await taken_out(database, tmp_path / "new.zip")
    with zipfile.ZipFile(tmp_path / "new.zip") as new:
        assert not any("The Lamp, page 1." in new.read(name).decode("utf-8", "replace") for name in new.namelist()
                       if "000001" in name)  # fmt: skip
        assert "stories/000001.json" not in new.namelist()
    returned = await brought_back(database, tmp_path / "old.zip")
    assert returned.added == 0
    assert "do-not-import list" in returned.held[0]


async def test_nothing_of_persons_is_in_it(database: Database, tmp_path: Path) -> None:
    """What is planted about a person stands in every table that can hold it."""
    marks = await plant(database)
    async with database.write() as db:
        await db.run('UPDATE documents SET contacts = \'[["mail", "ruby@example.org", 1]]\'')
    await taken_out(database, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as taken:
        held = b"".join(_texts(taken))
    assert b"The Well" in held
    assert b"example.org" not in held
    planted = {str(mark) for found in marks.values() for mark in found if len(str(mark)) > 6}
    assert [mark for mark in planted if mark.encode() in held] == []


def _texts(taken: zipfile.ZipFile) -> list[bytes]:
    """All members, and those of the books."""
    found: list[bytes] = []
    for name in taken.namelist():
        if name.endswith(".epub"):
            with taken.open(name) as opened, zipfile.ZipFile(opened) as book:
                found += [book.read(member) for member in book.namelist()]
        else:
            found.append(taken.read(name))
    return found


async def test_volumes_keep_within_their_limit_and_each_comes_back(
    database: Database, there: Database, tmp_path: Path
) -> None:
    for number in range(12):
        await add(database, edition(f"Tale {number}", pages=20))
    limit = 20_000
    volumes = Volumes(tmp_path, HALL, NOW, limit)
    volumes.add(await content(database))
    volumes.close()
    assert len(volumes.files) > 2
    assert all(file.stat().st_size <= limit for file in volumes.files)
    assert (await brought_back(there, volumes.files[1])).added > 0
    returned = await brought_back(there, *volumes.files)
    assert returned.added + returned.unchanged == 12
    assert len(await content(there)) == 12


async def test_what_fits_into_no_file_is_counted(database: Database, tmp_path: Path) -> None:
    await add(database, edition("Endless"))
    without_book, nothing = Volumes(tmp_path, HALL, NOW, 4_000), Volumes(tmp_path, HALL, NOW, 1_500)
    for volumes in (without_book, nothing):
        volumes.add(await content(database))
        volumes.close()
    assert (without_book.stories, without_book.too_large) == (1, 0)
    assert (nothing.stories, nothing.too_large, nothing.files) == (0, 1, [])


def _audience(archive: Archive = HALL, *, dark: bool = False) -> Audience:
    return Audience(archive, MO.user, age_restricted=dark)


async def test_moderators_get_what_opens_where_they_ask(database: Database) -> None:
    await add(database, edition("The Lamp"))
    await add(database, edition("The Wick"), state=Standing.HIDDEN)
    await add(database, edition("Night", rating=Rating.NC_17))
    exporting = Exporting(Acting(database, SERVER, clock=lambda: NOW))
    safe = changed(HALL, directory_safe=True)
    for place, (audience, stories) in enumerate(
        [(_audience(), 2), (_audience(dark=True), 3), (_audience(safe, dark=True), 2)]
    ):
        async with exporting.made(MO, audience, 10_000_000, place, quiet) as made:
            assert (made.stories, made.closed) == (stories, 3 - stories)
            assert is_export(made.files[0])
        assert not made.files[0].exists()
    acts = await ledger.entries(database.reader, 1, before=99, limit=9)
    assert [each.act for each in acts] == ["exported, 2 stories", "exported, 3 stories", "exported, 2 stories"]


async def test_others_get_none_and_other_archives_nothing_of_it(database: Database) -> None:
    await add(database, edition("The Lamp"))
    exporting = Exporting(Acting(database, SERVER, clock=lambda: NOW))
    reader = MO._replace(manages=False)
    with pytest.raises(NotYourDesk):
        async with exporting.made(reader, _audience(), 10_000_000, 1, quiet):
            pass
    other = await open_archive(database, SERVER + 1)
    there = Actor(9, other, SERVER + 1, manages=True, roles=frozenset(), owns_bot=False)
    audience = _audience(changed(HALL, id=other))
    async with exporting.made(there, audience, 10_000_000, 2, quiet) as made:
        assert (made.stories, made.closed, list(made.files)) == (0, 0, [])


async def test_more_files_than_one_answer_takes_are_refused(database: Database) -> None:
    for number in range(VOLUMES + 2):
        await add(database, edition(f"Tale {number}", pages=30))
    exporting = Exporting(Acting(database, SERVER, clock=lambda: NOW))
    with pytest.raises(ExportTooLarge, match="talebearer export"):
        async with exporting.made(MO, _audience(), 8_000, 1, quiet):
            pass


def _zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


async def test_hostile_exports_break_nothing(database: Database, there: Database, tmp_path: Path) -> None:
    await _lamps(database)
    await taken_out(database, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as good:
        members = {name: good.read(name) for name in good.namelist() if name.endswith(".json")}
    members["stories/000001.json"] = b"[" * 100_000
    members["stories/../../escape.json"] = members["stories/000002.json"]
    members["stories/bomb.json"] = b" " * 3_000_000
    bad = _zip(tmp_path / "bad.zip", members)
    returned = await brought_back(there, bad)
    assert returned.added == 2
    assert [line.split(" was not")[0] for line in returned.refused] == ["stories/000001.json", "stories/bomb.json"]
    newer = _zip(tmp_path / "newer.zip", {"talebearer.json": b'{"format": "talebearer-export", "version": 9}'})
    with pytest.raises(ExportRefused, match="made by a newer Talebearer"):
        await brought_back(there, newer)
    other = _zip(
        tmp_path / "other.zip",
        {**members, "talebearer.json": members["talebearer.json"].replace(b"Story Archive", b"Elsewhere")},
    )
    with pytest.raises(ExportRefused, match="not of the same export"):
        await brought_back(there, tmp_path / "out.zip", other)
    assert not is_export(_zip(tmp_path / "plain.zip", {"a.txt": b"x"}))
    assert not is_export(tmp_path / "missing.zip")
