"""A file that was sent in: under whose name it comes, who is told, and what becomes of the name."""

import json

import pytest

from bot.domain.access import Audience
from bot.domain.refusals import NameTaken, NoPenToSubmit, NothingSent, TooManySent
from bot.services.submitting import WAITING, Submitting
from bot.services.upkeep import Upkeep
from bot.store import authors, submissions, uploads
from bot.store.ages import KEPT
from bot.store.database import Database
from tests.library import HOME, add, edition, open_archive

RUBY, JON = 11, 22
NOW = 1_000_000.0
TOLD = {"pieces": [[0, 0]], "title": "The Lamp", "authors": ["Somebody Else"]}


def _service(database: Database, now: float = NOW) -> Submitting:
    return Submitting(database, clock=lambda: now)


def _audience(user: int) -> Audience:
    return Audience(HOME, user)


async def _named(database: Database, name: str, user: int | None) -> None:
    async with database.write() as db:
        await db.run("UPDATE authors SET user_id = :user WHERE name = :name", user=user, name=name)


@pytest.fixture
async def service(database: Database) -> Submitting:
    await add(database, edition("The Wick", "Ruby"))
    await _named(database, "Ruby", RUBY)
    return _service(database)


async def _sent(service: Submitting, interaction: int = 1, *, user: int = RUBY, name: str = "") -> str:
    return await service.submit(_audience(user), name, "lamp.txt", b"The Lamp", interaction)


async def _read(database: Database, upload: int = 1) -> None:
    """What a moderator's look at an upload leaves: its stories, named after whoever sent it."""
    async with database.write() as db:
        await uploads.told(db, upload, {}, [(TOLD, False)])
        await submissions.name_works(db, upload)


async def _notices(database: Database) -> list[tuple[int, str]]:
    rows = await database.reader.all("SELECT user_id, content FROM notices ORDER BY id")
    return [(row["user_id"], json.loads(row["content"])["text"]) for row in rows]


async def test_it_lies_at_the_desk_unread_and_in_nobody_s_way(service: Submitting, database: Database) -> None:
    await _sent(service)
    [upload] = await uploads.newest(database.reader, 1, before=9, limit=9)
    assert (upload.user_id, upload.files, upload.works) == (RUBY, ["lamp.txt"], 0)
    assert upload.problem == "An author sent it in, as by Ruby, and nobody has read it yet."
    assert await database.reader.value("SELECT count(*) FROM stories") == 1


async def test_the_same_press_sends_once(service: Submitting, database: Database) -> None:
    assert await _sent(service) == await _sent(service)
    assert await database.reader.value("SELECT count(*) FROM submissions") == 1


@pytest.mark.parametrize(
    ("user", "name", "known"),
    [(RUBY, "", "Ruby"), (RUBY, " ruby ", "Ruby"), (RUBY, "Garnet", "Garnet"), (JON, "Opal", "Opal")],
)
async def test_the_name_it_comes_under(service: Submitting, user: int, name: str, known: str) -> None:
    assert await service.check(_audience(user), name) == known


@pytest.mark.parametrize(
    ("user", "name", "refusal"),
    [(JON, "", NoPenToSubmit), (RUBY, "…", NoPenToSubmit), (JON, "RUBY", NameTaken), (RUBY, "Nobody Yet", NameTaken)],
)
async def test_names_that_are_none_or_another_s(
    service: Submitting, database: Database, user: int, name: str, refusal: type[Exception]
) -> None:
    await add(database, edition("The Rope", "Nobody Yet"))
    with pytest.raises(refusal):
        await _sent(service, user=user, name=name)
    assert await database.reader.value("SELECT count(*) FROM uploads") == 0


async def test_a_name_of_another_archive_is_no_name_here(service: Submitting, database: Database) -> None:
    archive = await open_archive(database, 41)
    await add(database, edition("The Well", "Jade"), archive_id=archive)
    await _named(database, "Jade", JON)
    with pytest.raises(NoPenToSubmit):
        await service.check(_audience(JON), "")


async def test_whatever_the_file_says_the_sender_s_name_stands_over_it(service: Submitting, database: Database) -> None:
    await _sent(service, name="Garnet")
    await _read(database)
    [work] = await uploads.works(database.reader, 1, after=0, limit=9)
    assert work.fixes == {"authors": "Garnet"}


async def test_an_upload_of_a_moderator_s_is_left_as_it_is(database: Database) -> None:
    async with database.write() as db:
        await uploads.add(db, 1, 4, [("a.txt", b"a")], NOW)
        await uploads.told(db, 1, {}, [(TOLD, False)])
        await submissions.name_works(db, 1)
        await submissions.take(db, 1, [], NOW)
        await submissions.drop(db, 1, "Too short.", NOW)
    [work] = await uploads.works(database.reader, 1, after=0, limit=9)
    assert work.fixes == {}
    assert await _notices(database) == []


async def test_the_author_is_told_once_what_was_decided(service: Submitting, database: Database) -> None:
    for number in (1, 2):
        await _sent(service, number)
    async with database.write() as db:
        for _ in range(2):
            await submissions.take(db, 1, [1], NOW)
            await submissions.drop(db, 2, "Too short.", NOW)
    (one, taken), (two, dropped) = await _notices(database)
    assert (one, two) == (RUBY, RUBY)
    assert "is in the archive now" in taken
    assert dropped.endswith("was not taken. The reason the moderators gave: Too short.")
    assert await service.waiting(RUBY) == []


async def _owner(database: Database, name: str) -> int | None:
    author = await authors.named(database.reader, 1, name)
    assert author is not None
    return author.user_id


async def test_a_new_name_becomes_the_sender_s_when_it_comes_in(service: Submitting, database: Database) -> None:
    await _sent(service, user=JON, name="Opal")
    story = await add(database, edition("The Lamp", "Opal"))
    async with database.write() as db:
        await submissions.take(db, 1, [story], NOW)
    assert await _owner(database, "Opal") == JON


async def test_a_name_that_others_stories_came_under_meanwhile_is_not_given_away(
    service: Submitting, database: Database
) -> None:
    await _sent(service, user=JON, name="Opal")
    story, _ = await add(database, edition("The Lamp", "Opal")), await add(database, edition("Another", "Opal"))
    async with database.write() as db:
        await submissions.take(db, 1, [story], NOW)
    assert await _owner(database, "Opal") is None, "that is for a claim"


async def test_a_name_that_somebody_took_meanwhile_stays_theirs(service: Submitting, database: Database) -> None:
    await _sent(service, user=JON, name="Opal")
    story = await add(database, edition("The Lamp", "Opal"))
    await _named(database, "Opal", RUBY)
    async with database.write() as db:
        await submissions.take(db, 1, [story], NOW)
    assert await _owner(database, "Opal") == RUBY


async def test_it_is_taken_back_with_its_file_by_its_sender_alone(service: Submitting, database: Database) -> None:
    await _sent(service)
    with pytest.raises(NothingSent):
        await service.take_back(JON, 1, 2)
    said = await service.take_back(RUBY, 1, 3)
    assert await service.take_back(RUBY, 1, 3) == said, "the same press"
    assert await database.reader.value("SELECT count(*) FROM upload_files") == 0
    with pytest.raises(NothingSent):
        await service.take_back(RUBY, 1, 4)


async def test_what_is_being_imported_cannot_be_taken_back(service: Submitting, database: Database) -> None:
    await _sent(service)
    async with database.write() as db:
        await db.run("UPDATE uploads SET state = 'taken'")
    with pytest.raises(NothingSent):
        await service.take_back(RUBY, 1, 2)
    assert await database.reader.value("SELECT count(*) FROM upload_files") == 1


async def test_an_account_has_three_before_the_moderators(service: Submitting) -> None:
    for number in range(WAITING):
        await _sent(service, number + 1)
    with pytest.raises(TooManySent, match="3 files of yours wait"):
        await _sent(service, 99)
    await service.take_back(RUBY, 1, 100)
    assert "waits for the moderators" in await _sent(service, 101)


async def test_a_waiting_file_outlives_upkeep_and_a_decided_one_is_forgotten(
    service: Submitting, database: Database
) -> None:
    await _sent(service)
    await Upkeep(database, clock=lambda: NOW + 2 * KEPT).round()
    assert len(await service.waiting(RUBY)) == 1
    assert await database.reader.value("SELECT count(*) FROM upload_files") == 1
    async with database.write() as db:
        await submissions.drop(db, 1, "Too short.", NOW)
    await Upkeep(database, clock=lambda: NOW + KEPT - 1).round()
    assert await database.reader.value("SELECT count(*) FROM submissions") == 1
    await Upkeep(database, clock=lambda: NOW + KEPT + 1).round()
    assert await database.reader.value("SELECT count(*) FROM submissions") == 0
