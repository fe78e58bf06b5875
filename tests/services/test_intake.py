"""Import: what goes in, what changes, what is kept beside it, what is refused."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.models import Rating
from bot.formats import prose
from bot.services.reading import Reading
from bot.store import documents, editions, stories
from bot.store.database import Database
from bot.tryout import samples
from tests.imports import Imported, take, take_paths
from tests.library import HALL
from tests.pages import page, tale
from tests.shared import shared

SEED = "stories/000_86b04798ceb08aa6.txt"
LONG = tale("heron")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


async def test_the_page_that_the_project_was_asked_to_serve(database: Database) -> None:
    seed = shared(SEED)
    [row] = (await take_paths(database, [seed])).rows
    content = seed.read_bytes()
    accounting = row["accounting"]
    assert accounting["bytes"] == len(content) == sum(size for kind, size in accounting.items() if kind != "bytes")
    assert accounting["unclassified"] == 0
    assert row["description"].startswith("Spike rescues Willow")
    assert (row["words"] > 700, row["pages"]) == (True, 2)
    expected = {
        "status": "added", "title": "Not So Alone", "series": "Changing Hearts", "author": "Ruby", "rating": "PG-13",
        "rating_raw": "PG-13", "spoilers": ["Wild at Heart", "The Initiative"], "disclaimer": "Joss owns all.",
        "links": [{"kind": "sequel", "target": "Letting Go", "resolved": False}], "scene_breaks": 1, "warnings": [],
        "error": None, "authors": ["Ruby"], "missing_parts": [], "duplicates": [], "repairs": [],
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    assert [part["number"] for part in row["parts"]] == ["1"]
    assert set(row["fields"]) >= {"title", "author", "authors", "series", "rating", "rating_raw", "description"}
    assert all(found["line"] >= 1 and 0 < found["confidence"] <= 1 for found in row["fields"].values())
    [(_, markup)] = await stories.part_texts(database.reader, 1)
    shown = prose.to_markup(prose.from_markup(markup))
    assert shown.startswith("Willow smiled")
    assert shown.endswith('"Not so alone."')
    for furniture in ("The End", "Tell the author", "Comments:", "Return to"):
        assert furniture not in shown
    assert (await documents.kept(database.reader, 1)).content == content


async def test_ranges_rebuild_every_document(database: Database, folder: Path) -> None:
    pages = {"a.txt": page("A"), "b.txt": page("B", paragraphs=LONG)}
    await take(database, folder, pages)
    for document_id in (1, 2):
        kept = await documents.kept(database.reader, document_id)
        assert b"".join(kept.content[start:end] for start, end, _ in kept.ranges) == kept.content
        assert kept.content.decode() in pages.values()


async def test_links_are_reported_as_they_stand_after_the_last_page(database: Database, folder: Path) -> None:
    made = await take(
        database,
        folder,
        {
            "a.txt": page("After", description="A sequel to Before."),
            "b.txt": page("Before", paragraphs=LONG),
            "c.txt": "",
        },
    )
    assert made.rows[0]["links"] == [{"kind": "sequel", "target": "Before", "resolved": True}]
    assert [row["links"] for row in made.rows[1:]] == [[], None]


@pytest.mark.parametrize("first", ["Before", "After"])
async def test_the_sequel_finds_its_story_whichever_run_it_comes_in(
    database: Database, folder: Path, first: str
) -> None:
    pages = {"After": page("After", description="A sequel to Before."), "Before": page("Before", paragraphs=LONG)}
    for title in (first, *(pages.keys() - {first})):
        await take(database, folder, {f"{title}.txt": pages[title]})
    again = await take(database, folder, {"After.txt": pages["After"]})
    assert again.statuses == ["unchanged"]
    assert again.rows[0]["links"][0]["resolved"]


async def test_importing_again_changes_nothing(database: Database, folder: Path) -> None:
    pages = {"lamp.txt": page(paragraphs=LONG), "copy/lamp.txt": page(paragraphs=LONG), "dawn.txt": page("Dawn")}
    first = await take(database, folder, pages)
    before = await _everything(database)
    again = await take(database, folder, pages, now=5_000.0)
    assert (first.statuses, again.statuses) == (["added", "added"], ["unchanged", "unchanged"])
    assert await _everything(database) == before


TABLES = ("stories", "parts", "pages", "documents", "editions", "edition_documents", "authors", "links", "sketches")


async def _everything(database: Database) -> list[tuple[object, ...]]:
    return [
        tuple(row)
        for table in TABLES
        for row in await database.reader.all(f"SELECT * FROM {table}")  # pyright: ignore[reportArgumentType]
    ]


async def test_an_edited_page_updates_its_story_and_keeps_places(database: Database, folder: Path) -> None:
    paragraphs = [f"Paragraph {number} is about the lamp. " * 12 for number in range(60)]
    await take(database, folder, {"lamp.txt": page(paragraphs=paragraphs)})
    reading = Reading(database, lambda: 1.0)
    before = await reading.turn(HALL, 1, 4)
    await reading.flush()
    longer = [*(f"A new beginning, {number}. " * 30 for number in range(20)), *paragraphs]
    made = await take(database, folder, {"lamp.txt": page(paragraphs=longer, rating="R")})
    assert (made.statuses, made.rows[0]["id"]) == (["updated"], 1)
    after = await Reading(database, lambda: 1.0).open(replace(HALL, age_restricted=True), 1)
    assert after.number > before.number
    assert after.rating is Rating.R
    assert before.text.split(".")[0] in after.text


async def test_an_edited_title_is_still_the_same_story(database: Database, folder: Path) -> None:
    await take(database, folder, {"lamp.txt": page("The Lmap", paragraphs=LONG)})
    assert (await take(database, folder, {"lamp.txt": page("The Lamp", paragraphs=LONG)})).statuses == ["updated"]
    assert [story.title for story in await stories.newest(database.reader, HALL, 9)] == ["The Lamp"]


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        (LONG, [*LONG, "And it went on, for a good while longer."], "updated"),  # the better copy is shown
        (LONG, LONG[2:], "unchanged"),  # the lesser is kept beside it
        (LONG, [*LONG[:10], *tale("stork")[10:]], "added"),
        (["One thing happened on that day."], ["Another thing happened the next."], "added"),
    ],
)
async def test_a_copy_in_another_file(
    database: Database, folder: Path, old: list[str], new: list[str], status: str
) -> None:
    await take(database, folder, {"a.txt": page("Untitled", paragraphs=old)})
    made = await take(database, folder, {"b.txt": page("Untitled", paragraphs=new)})
    assert made.statuses == [status]
    assert made.rows[0]["id"] == (2 if status == "added" else 1)
    if status == "added":
        assert "nothing was merged" in made.rows[0]["warnings"][-1]
    else:
        assert len(await editions.of_story(database.reader, 1)) == 2


async def test_another_story_in_the_same_file_is_another_story(database: Database, folder: Path) -> None:
    await take(database, folder, {"upload.txt": page("One", paragraphs=["One thing happened on that day."])})
    made = await take(database, folder, {"upload.txt": page("Two", paragraphs=["Quite another came about then."])})
    assert made.statuses == ["added"]


async def test_back_to_an_earlier_edition(database: Database, folder: Path) -> None:
    for rating in ("PG", "R", "PG"):
        made = await take(database, folder, {"lamp.txt": page(rating=rating)})
    assert made.statuses == ["updated"]  # pyright: ignore[reportPossiblyUnbound]
    assert await database.reader.value("SELECT rating FROM stories") == Rating.PG
    assert await database.reader.value("SELECT count(*) FROM editions") == 2


async def test_the_best_copy_is_shown_and_the_others_are_named(database: Database, folder: Path) -> None:
    pages = {
        "old/lamp.txt": page(paragraphs=LONG[:19]),
        "lamp.txt": page(paragraphs=LONG),
        "mirror/lamp.txt": page(paragraphs=LONG),
    }
    [row] = (await take(database, folder, pages)).rows
    assert row["path"] == f"{folder}/lamp.txt"
    assert {(each["path"], each["relation"]) for each in row["duplicates"]} == {
        (f"{folder}/mirror/lamp.txt", "same"),
        (f"{folder}/old/lamp.txt", "edition"),
    }
    kept = await editions.of_story(database.reader, 1)
    assert sorted(each.relation for each in kept) == ["edition", "same", "shown"]
    assert await database.reader.value("SELECT count(*) FROM documents") == 3


async def test_parts_in_several_files_are_one_story(database: Database, folder: Path) -> None:
    pages = {f"lamp{n}.txt": page(f"The Lamp (part {n} of 4)", paragraphs=tale(f"heron {n}")) for n in (1, 2, 4)}
    [row] = (await take(database, folder, pages)).rows
    assert [part["number"] for part in row["parts"]] == ["1", "2", "4"]
    assert [part["path"] for part in row["parts"]] == [f"{folder}/lamp{n}.txt" for n in (1, 2, 4)]
    assert row["missing_parts"] == ["3"]
    assert any("Part 3 is missing" in warning for warning in row["warnings"])
    assert [label["label"] for label in await database.reader.all("SELECT label FROM parts")] == ["1", "2", "4"]
    leaf = await stories.leaf(database.reader, 1, 3)
    assert leaf is not None
    assert (leaf.part, leaf.parts, len(leaf.part_starts)) == (2, 3, 3)
    assert row["accounting"]["bytes"] == sum(len(text.encode()) for text in pages.values())


async def test_several_authors_share_a_story(database: Database, folder: Path) -> None:
    [row] = (await take(database, folder, {"a.txt": page(author="Quill & Candle")})).rows
    assert row["authors"] == ["Quill", "Candle"]
    story = await stories.get(database.reader, 1)
    assert story is not None
    assert story.author == "Quill & Candle"
    names = await database.reader.all(
        "SELECT a.name FROM story_authors s JOIN authors a ON a.id = s.author_id ORDER BY s.position"
    )
    assert [name["name"] for name in names] == ["Quill", "Candle"]


async def test_what_is_stored_can_be_searched(database: Database, folder: Path) -> None:
    await take(database, folder, {"a.txt": page("A", paragraphs=["The heron came back."]), "b.txt": page("B")})
    found = "SELECT rowid AS story_id FROM story_words WHERE story_words MATCH 'HERON'"
    assert [row["story_id"] for row in await database.reader.all(found)] == [1]
    await take(database, folder, {"a.txt": page("A", paragraphs=["The stork came back."])})
    assert await database.reader.all(found) == []


async def test_a_zip_goes_in_like_a_folder(database: Database, tmp_path: Path) -> None:
    box = tmp_path / "box.zip"
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("x/a.txt", page("A"))
        archive.writestr("../slip.txt", page("Slip"))
    made = await take_paths(database, [box])
    assert sorted(made.statuses) == ["added", "refused"]
    assert made.row("A")["path"] == f"{box}/x/a.txt"
    [error] = [row["error"] for row in made.rows if row["error"]]
    assert "its name leads out of the archive" in error


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (b"  \n\n \t\n", "it is empty"),
        (b"\x00\x01\x02" * 50, "it is binary"),
        (b"PK\x03\x04\x14\x00\x00\x00" * 9, "it is a damaged or truncated zip archive"),
    ],
)
async def test_what_is_no_story_is_refused_in_a_sentence(
    database: Database, folder: Path, content: bytes, reason: str
) -> None:
    made = await take(database, folder, {"odd.txt": content})
    assert made.statuses == ["refused"]
    assert made.rows[0]["error"].startswith(f"{folder}/odd.txt was not imported: {reason}")
    assert await _everything(database) == []


async def test_the_report_adds_up(database: Database, folder: Path) -> None:
    made = await take(database, folder, {"0.txt": page("A"), "1.txt": "", "2.txt": page("B", paragraphs=LONG)})
    totals = {status.value: count for status, count in made.outcome.totals.items()}
    assert totals == {"added": 2, "updated": 0, "unchanged": 0, "held": 0, "refused": 1}
    assert all(set(row) - {"documents", "pieces"} == set(made.rows[1]) for row in made.rows)


async def test_the_samples_are_what_the_readme_says(database: Database) -> None:
    made = await take_paths(database, [samples()])
    assert set(made.statuses) == {"added"}
    assert len(made.rows) >= 8
    assert {row["rating"] for row in made.rows} == {rating.label for rating in Rating if rating is not Rating.UNRATED}
    assert len({row["author"] for row in made.rows}) == 3
    assert len({row["series"] for row in made.rows} - {None}) == 2
    assert all(row["words"] >= 600 for row in made.rows)
    assert [len(row["parts"]) for row in made.rows if row["words"] >= 12_000] == [3]
    assert sorted(link["resolved"] for row in made.rows for link in row["links"]) == [False, True]
    assert not [warning for row in made.rows for warning in row["warnings"]]
    assert all(row["accounting"]["unclassified"] == 0 for row in made.rows)


async def test_another_archive_is_another_archive(database: Database, folder: Path) -> None:
    async with database.write() as db:
        await db.run("INSERT INTO archives (id, name, guild_id) VALUES (2, 'Other', 9)")
    pages = {"lamp.txt": page(paragraphs=LONG)}
    for archive_id in (1, 2, 1):
        made: Imported = await take(database, folder, pages, archive_id=archive_id)
    assert made.statuses == ["unchanged"]  # pyright: ignore[reportPossiblyUnbound]
    assert await database.reader.value("SELECT count(DISTINCT archive_id) FROM stories") == 2
