"""Parts that come alone, in a later run, join the story that was here before them; taking that run back parts them."""

from pathlib import Path

import pytest

from bot.domain.documents import Kind
from bot.services.intake import Intake
from bot.store import editions, stories
from bot.store.database import Database
from bot.store.editions import Relation
from tests.imports import Imported, take
from tests.library import HALL
from tests.pages import tale


def part(number: str, *, author: str = "Ruby", header: str = "", seed: str = "") -> str:
    """One part of a story as it stands in a file of its own."""
    paragraphs = "\n\n".join(tale(seed or f"heron {number}"))
    byline = f" -- by {author}" if author else ""
    return f"The Lamp (part {number}){byline}\n\nRating: PG\n{header}\n\n{paragraphs}\n\nThe End of part {number}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


async def begun(database: Database, folder: Path, *numbers: str) -> Imported:
    return await take(database, folder, {f"lamp{number}.txt": part(number) for number in numbers})


async def shown(database: Database) -> list[str]:
    return [title for title, _ in await stories.part_texts(database.reader, 1)]


async def everything(database: Database) -> list[tuple[object, ...]]:
    tables = ("stories", "parts", "pages", "editions", "edition_documents", "sketches", "story_authors")
    rows = [await database.reader.all(f"SELECT * FROM {table}") for table in tables]  # pyright: ignore[reportArgumentType]
    return [tuple(row) for found in rows for row in found]


@pytest.mark.parametrize("name", ["part3.txt", "next/part3.txt"])
async def test_a_later_part_goes_into_the_story_that_is_here(database: Database, folder: Path, name: str) -> None:
    await begun(database, folder, "1", "2")
    made = await take(database, folder, {name: part("3")})
    [row] = made.rows
    assert (row["status"], row["id"], [each["number"] for each in row["parts"]]) == ("updated", 1, ["1", "2", "3"])
    assert [each["path"] for each in row["parts"]] == [f"{folder}/{each}" for each in ("lamp1.txt", "lamp2.txt", name)]
    assert await shown(database) == ["Part 1", "Part 2", "Part 3"]
    assert f"Part 3 went into story 1 ({folder}/lamp1.txt), which was here already." in row["warnings"]
    [story] = await stories.newest(database.reader, HALL, 9)
    assert (story.parts, story.words) == (3, row["words"])


async def test_the_row_accounts_for_the_new_document_alone(database: Database, folder: Path) -> None:
    await begun(database, folder, "1", "2")
    [row] = (await take(database, folder, {"lamp3.txt": part("3")})).rows
    assert [each["path"] for each in row["documents"]] == [f"{folder}/lamp3.txt"]
    assert row["accounting"]["bytes"] == len(part("3")) == sum(row["accounting"][kind] for kind in Kind)


async def test_undo_takes_exactly_the_part_back(database: Database, folder: Path) -> None:
    await begun(database, folder, "1", "2")
    before, described = await everything(database), await stories.get(database.reader, 1)
    await take(database, folder, {"lamp3.txt": part("3")}, now=1_000.0)
    undone = await Intake(database).undo(2, 1_000.0)
    assert (undone.restored, undone.removed, undone.documents) == (["The Lamp"], [], 1)
    assert await everything(database) == before
    assert await stories.get(database.reader, 1) == described


async def test_a_part_between_two_goes_between_them_and_is_no_longer_missed(database: Database, folder: Path) -> None:
    [first] = (await begun(database, folder, "1", "3", "5")).rows
    assert first["missing_parts"] == ["2", "4"]
    [row] = (await take(database, folder, {"lamp2.txt": part("2")})).rows
    assert (row["missing_parts"], await shown(database)) == (["4"], ["Part 1", "Part 2", "Part 3", "Part 5"])
    assert [each for each in row["warnings"] if "missing" in each] == ["Part 4 is missing."]
    assert await database.reader.value("SELECT missing_parts FROM stories") == '["4"]'


async def test_the_parts_one_after_the_other_are_the_same_as_all_at_once(database: Database, folder: Path) -> None:
    for number in ("2", "1", "4", "3"):
        await begun(database, folder, number)
    [row] = (await begun(database, folder, "1", "2", "3", "4")).rows
    assert (row["status"], row["missing_parts"]) == ("unchanged", [])
    assert await shown(database) == ["Part 1", "Part 2", "Part 3", "Part 4"]


async def test_a_part_that_is_there_already_takes_nothing_away(database: Database, folder: Path) -> None:
    await begun(database, folder, "1", "2")
    before = await everything(database)
    for number in ("1", "2"):
        [row] = (await begun(database, folder, number)).rows
        assert (row["status"], row["id"]) == ("unchanged", 1)
    assert await everything(database) == before


async def test_of_several_the_new_ones_are_added_and_the_known_ones_left_out(database: Database, folder: Path) -> None:
    await begun(database, folder, "1", "2", "3")
    [row] = (await begun(database, folder, "3", "4", "5")).rows
    assert await shown(database) == [f"Part {number}" for number in range(1, 6)]
    assert f"Parts 4, 5 went into story 1 ({folder}/lamp1.txt), which was here already." in row["warnings"]


async def test_an_edited_part_replaces_its_former_text_alone(database: Database, folder: Path) -> None:
    await begun(database, folder, "1", "2", "3")
    [row] = (await take(database, folder, {"lamp2.txt": part("2", seed="stork")})).rows
    texts = [text for _, text in await stories.part_texts(database.reader, 1)]
    assert (row["status"], len(texts)) == ("updated", 3)
    assert ["stork" in text for text in texts] == [False, True, False]
    await Intake(database).undo(2, 2_000.0)
    assert "stork" not in "".join(text for _, text in await stories.part_texts(database.reader, 1))


async def test_another_text_under_a_known_number_is_a_story_of_its_own_and_said(
    database: Database, folder: Path
) -> None:
    await begun(database, folder, "1", "2")
    [row] = (await take(database, folder, {"other/lamp2.txt": part("2", seed="stork")})).rows
    assert (row["status"], row["id"]) == ("added", 2)
    assert any("has this title and author and another text" in each for each in row["warnings"])


@pytest.mark.parametrize(
    ("name", "author", "joins"),
    [
        ("lamp3.txt", "", True),
        ("elsewhere/lamp3.txt", "", False),
        ("lamp3.txt", "Opal", False),
        ("elsewhere/lamp3.txt", "Ruby & Opal", True),
    ],
)
async def test_a_part_is_of_the_same_author_or_of_the_same_folder_where_none_is_named(
    database: Database, folder: Path, name: str, author: str, *, joins: bool
) -> None:
    await begun(database, folder, "1", "2")
    [row] = (await take(database, folder, {name: part("3", author=author)})).rows
    assert row["status"] == ("updated" if joins else "added")


async def test_the_fields_of_the_part_are_added_with_the_line_they_stand_on(database: Database, folder: Path) -> None:
    await begun(database, folder, "1", "2")
    [row] = (await take(database, folder, {"lamp3.txt": part("3", header="Warnings: Storms\nSummary: It ends.")})).rows
    assert (row["cautions"], row["description"]) == (["Storms"], "It ends.")
    assert row["fields"]["description"] == {"line": 5, "confidence": 1.0, "path": f"{folder}/lamp3.txt"}
    assert "path" not in row["fields"]["title"]


async def test_a_story_without_a_number_begins_what_a_second_part_continues(database: Database, folder: Path) -> None:
    text = "\n\n".join(tale("egret"))
    await take(database, folder, {"lamp.txt": f"The Lamp -- by Ruby\n\nRating: PG\n\n\n{text}\n"})
    [row] = (await begun(database, folder, "2")).rows
    assert await shown(database) == ["Part 1", "Part 2"]
    assert f"{folder}/lamp.txt has no number and was taken for the first part." in row["warnings"]


async def test_chapters_of_one_file_are_continued_by_another(database: Database, folder: Path) -> None:
    chapters = "\n\n".join(f"Chapter {n}\n\n" + "\n\n".join(tale(f"egret {n}")) for n in (1, 2))
    await take(database, folder, {"lamp.txt": f"The Lamp -- by Ruby\n\nRating: PG\n\n\n{chapters}\n"})
    await begun(database, folder, "3")
    assert len(await shown(database)) == 3
    await begun(database, folder, "4")
    assert [title[-1] for title in await shown(database)] == ["1", "2", "3", "4"]
    found = [each for each in await editions.of_story(database.reader, 1) if each.relation is Relation.SHOWN]
    assert [made.parts for made in await editions.documents_of(database.reader, found[0].id)] == [2, 1, 1]


async def test_a_part_above_the_rating_of_the_others_closes_the_whole(database: Database, folder: Path) -> None:
    await begun(database, folder, "1", "2")
    [row] = (await take(database, folder, {"lamp3.txt": part("3").replace("Rating: PG", "Rating: NC-17")})).rows
    assert row["rating"] == "NC-17"
    assert "The parts have different ratings; the strictest, NC-17, was taken." in row["warnings"]
