"""What an author withdraws is gone to the last byte, and stays out."""

from pathlib import Path

import pytest

from bot.domain.models import Standing
from bot.domain.refusals import NoStoryOfYours, NotYourStory, WithdrawnAlready
from bot.forgotten import forgetter
from bot.services.withdrawal import Withdrawals
from bot.store import ledger, stories
from bot.store.database import Database
from bot.store.ledger import Act, Change
from tests.imports import take
from tests.library import HALL, add, edition
from tests.pages import page, tale

RUBY, MARA = 11, 22
SECRET = "quinquereme"
LAMP = page("The Lamp", "Ruby", paragraphs=[f"The {SECRET} came home.", *tale("heron")])


async def _named(database: Database, author: str = "Ruby", user: int = RUBY) -> None:
    async with database.write() as db:
        await db.run("UPDATE authors SET user_id = :user WHERE name = :name", user=user, name=author)


@pytest.fixture
async def story(database: Database, tmp_path: Path) -> int:
    made = await take(database, tmp_path / "a", {"lamp.txt": LAMP, "well.txt": page("The Well", "Jon")})
    await _named(database)
    return made.row("The Lamp")["id"]


def _service(database: Database) -> Withdrawals:
    return Withdrawals(database, clock=lambda: 5_000.0)


async def _bytes(database: Database) -> bytes:
    """Everything that is on disk beside the database, its log included."""
    await database.write_back()
    return b"".join(file.read_bytes() for file in sorted(database.path.parent.glob("archive.db*")))


async def test_no_byte_of_the_text_is_left_on_disk(database: Database, story: int) -> None:
    assert SECRET.encode() in await _bytes(database)
    await _service(database).withdraw(RUBY, story, 1)
    await forgetter(database).round()
    left = await _bytes(database)
    assert SECRET.encode() not in left.lower()
    assert b"heron" not in left
    assert b"The Lamp" in left, "the stone has a name"


@pytest.mark.parametrize(
    "table", ["editions", "edition_documents", "parts", "pages", "links", "story_tags", "sketches", "places", "marks"]
)
async def test_no_row_of_it_is_left(database: Database, story: int, table: str) -> None:
    async with database.write() as db:
        await db.run("INSERT INTO places VALUES (7, :id, 0, 0, 0, 'x', 1.0, 0)", id=story)
        await db.run("INSERT INTO marks VALUES (7, :id, 'liked', 1.0, 0)", id=story)
    await _service(database).withdraw(RUBY, story, 1)
    others = await database.reader.value("SELECT count(*) FROM stories WHERE state = 'published'")
    found = await database.reader.value(f"SELECT count(*) FROM {table}")  # pyright: ignore[reportArgumentType]
    assert (others, found) == (1, {"places": 0, "marks": 0, "links": 0, "story_tags": 0}.get(table, found))
    if table in ("editions", "edition_documents", "parts", "pages"):
        assert found == 1, "The Well alone"
    assert await database.reader.all("PRAGMA foreign_key_check") == []


async def test_a_stone_is_left_that_nothing_leads_to(database: Database, story: int) -> None:
    await _service(database).withdraw(RUBY, story, 1)
    stone = await stories.get(database.reader, story)
    assert stone is not None
    assert (stone.title, stone.state, stone.words, stone.description) == ("The Lamp", Standing.WITHDRAWN, 0, "")
    assert await stories.named(database.reader, HALL, "lamp", 9) == []
    assert await database.reader.value("SELECT count(*) FROM story_words WHERE story_words MATCH 'heron'") == 0


@pytest.mark.parametrize(
    "copy",
    [
        LAMP,
        page("Quite Another", "Nobody", paragraphs=tale("heron")[:16] + tale("stork")[16:]),
        (
            f"<html><head><title>Renamed</title></head><body><h1>Renamed</h1><h2>by Nobody</h2>"
            f"{''.join(f'<p>{text}</p>' for text in tale('heron'))}</body></html>"
        ),
    ],
)
async def test_no_import_brings_it_back(database: Database, story: int, tmp_path: Path, copy: str) -> None:
    await _service(database).withdraw(RUBY, story, 1)
    made = await take(database, tmp_path / "b", {"copy.html" if copy.startswith("<") else "copy.txt": copy})
    assert made.statuses == ["held"]
    assert "of its paragraphs are those of “The Lamp”, which is on the do-not-import list" in made.rows[0]["error"]
    assert await database.reader.value("SELECT count(*) FROM pages WHERE story_id <> 2") == 0 or story == 2


async def test_the_run_that_brought_it_can_be_undone_without_it(database: Database, story: int, tmp_path: Path) -> None:
    await _service(database).withdraw(RUBY, story, 1)
    async with database.write() as db:
        undone = await db.value("SELECT undone FROM changes WHERE story_id = :id", id=story)
    assert undone == 1


async def test_a_document_of_several_authors_is_emptied_and_the_others_stay(database: Database, tmp_path: Path) -> None:
    both = "\n".join(
        f"From keeper@example.org Mon Jan  1 00:00:0{number} 2001\nFrom: {author} <{author}@example.org>\n"
        f"Subject: {title} (1/1)\nDate: Mon, 1 Jan 2001 00:00:0{number} +0000\n\n{title}\nby {author}\n\n"
        + "\n\n".join(tale(seed)) + "\n\nThe End\n"
        for number, (title, author, seed) in enumerate((("The Lamp", "Ruby", "heron"), ("The Well", "Jon", "stork")))
    )  # fmt: skip
    made = await take(database, tmp_path / "a", {"both.mbox": both})
    assert len(made.rows) == 2
    await _named(database)
    service = _service(database)
    asked = await service.ask(RUBY, made.row("The Lamp")["id"])
    assert (asked.weight.documents, asked.weight.shared) in ((1, 1), (1, 0))
    await service.withdraw(RUBY, asked.story.id, 1)
    await forgetter(database).round()
    assert b"heron" not in await _bytes(database)
    leaf = await stories.leaf(database.reader, made.row("The Well")["id"], 1)
    assert leaf is not None
    assert "stork" in leaf.text


async def test_what_others_wrote_stays_without_the_passages_they_quote(database: Database, story: int) -> None:
    async with database.write() as db:
        await db.run("INSERT INTO conversations (archive_id, author_id, reader_id, began_at) VALUES (1, 1, 7, 1.0)")
        await db.run(
            "INSERT INTO letters (archive_id, conversation_id, direction, kind, author_id, story_id, title, author,"
            " quote, writer_id, sender_name, email, comments, interaction_id, stored_at) VALUES"
            " (1, 1, 'to_author', 'letter', 1, :id, 'The Lamp', 'Ruby', 'The heron saw', 7, '', '', 'Lovely.', 1, 1.0)",
            id=story,
        )
        await db.run(
            "INSERT INTO bookmarks (reader_id, story_id, part, paragraph, within, anchor, note, made_at)"
            " VALUES (7, :id, 0, 0, 0, 'x', 'my thought', 1.0), (7, :id, 0, 1, 0, 'y', '', 1.0)",
            id=story,
        )
    await _service(database).withdraw(RUBY, story, 1)
    row = await database.reader.one("SELECT title, quote, comments FROM letters")
    assert row is not None
    assert tuple(row) == ("The Lamp", "", "Lovely.")
    assert [row["note"] for row in await database.reader.all("SELECT note FROM bookmarks")] == ["my thought"]


async def test_it_is_the_author_s_alone(database: Database, story: int) -> None:
    service = _service(database)
    for user in (MARA, 0):
        with pytest.raises(NotYourStory):
            await service.ask(user, story)
        with pytest.raises(NotYourStory):
            await service.withdraw(user, story, 1)
        with pytest.raises(NoStoryOfYours):
            await service.find(user, "The Lamp")
    assert await service.suggest(MARA, "") == []
    assert [each.id for each in await service.suggest(RUBY, "lam")] == [story]
    assert await database.reader.value("SELECT count(*) FROM stories WHERE state = 'withdrawn'") == 0


async def test_twice_is_said(database: Database, story: int) -> None:
    service = _service(database)
    said = await service.withdraw(RUBY, story, 1)
    assert await service.withdraw(RUBY, story, 1) == said, "the same press"
    with pytest.raises(WithdrawnAlready, match="“The Lamp” is withdrawn already"):
        await service.withdraw(RUBY, story, 2)


async def test_one_of_several_authors_may_withdraw(database: Database) -> None:
    made = edition("Both")
    number = await add(database, made)
    await _named(database)
    async with database.write() as db:
        jon = await db.insert("INSERT INTO authors (archive_id, name, name_key, user_id) VALUES (1, 'Jon', 'jon', 33)")
        await db.run("INSERT INTO story_authors VALUES (:id, 1, :author)", id=number, author=jon)
    asked = await _service(database).ask(33, number)
    assert asked.weight.others == 1
    await _service(database).withdraw(33, number, 1)
    assert await database.reader.value("SELECT state FROM stories WHERE id = :id", id=number) == "withdrawn"


async def test_it_is_on_record(database: Database, story: int) -> None:
    async with database.write() as db:
        former = Act(1, "edited", 33, "A typo.", story_id=story, values=[Change("title", "The Lmap", "The Lamp")])
        await ledger.record(db, former, 4_000.0)
    await _service(database).withdraw(RUBY, story, 1)
    done, edited = await ledger.entries(database.reader, 1, before=99, limit=9)
    assert (done.act, done.actor_id, done.story_id, done.at) == ("story withdrawn", RUBY, story, 5_000.0)
    assert (edited.values, edited.reason, edited.erased_at) == ((Change("title", None, None),), "", 5_000.0)
