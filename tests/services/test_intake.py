"""Import: what goes in, what changes, what is refused."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.models import Link, LinkKind, Rating
from bot.formats import prose
from bot.services.intake import Intake, Status, refusal, report
from bot.services.reading import Reading
from bot.store import stories
from bot.store.database import Database
from tests.library import HALL
from tests.pages import page
from tests.shared import shared

SEED = "stories/000_86b04798ceb08aa6.txt"
NOW = 1_000.0


@pytest.fixture
def intake(database: Database) -> Intake:
    return Intake(database)


async def test_the_page_that_the_project_was_asked_to_serve(database: Database, intake: Intake) -> None:
    content = shared(SEED).read_bytes()
    [entry] = await intake.settled([await intake.take("seed.txt", content, NOW)])
    row = entry.as_json()
    text = row.pop("description")
    assert text.startswith("Spike rescues Willow")
    accounting = row.pop("accounting")
    assert accounting["bytes"] == len(content) == sum(size for kind, size in accounting.items() if kind != "bytes")
    assert accounting["unclassified"] == 0
    assert row.pop("words") > 700
    assert row.pop("pages") == 2
    assert row == {
        "path": "seed.txt",
        "status": "added",
        "title": "Not So Alone",
        "series": "Changing Hearts",
        "author": "Ruby",
        "rating": "PG-13",
        "rating_raw": "PG-13",
        "spoilers": ["Wild at Heart", "The Initiative"],
        "disclaimer": "Joss owns all.",
        "links": [{"kind": "sequel", "target": "Letting Go", "resolved": False}],
        "scene_breaks": 1,
        "warnings": [],
        "error": None,
    }
    [(_, markup)] = await stories.part_texts(database.reader, 1)
    blocks = prose.from_markup(markup)
    shown = prose.to_markup(blocks)
    assert shown.startswith("Willow smiled")
    assert shown.endswith('"Not so alone."')
    for furniture in ("The End", "Tell the author", "Comments:", "Return to"):
        assert furniture not in shown
    assert await database.reader.value("SELECT content FROM originals") == content


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_the_sequel_finds_its_story_whichever_comes_first(intake: Intake, order: tuple[int, int]) -> None:
    pages = [shared(SEED).read_bytes(), page("Letting Go", "Ruby").encode()]
    for number in order:
        await intake.take(f"{number}.txt", pages[number], NOW)
    again = await intake.take("0.txt", pages[0], NOW)
    assert again.status is Status.UNCHANGED
    assert (await intake.settled([again]))[0].links == [(Link(LinkKind.SEQUEL, "Letting Go"), True)]


async def test_links_are_reported_as_they_stand_after_the_last_page(intake: Intake) -> None:
    sequel = page("After", description="A sequel to Before.").encode()
    entries = [await intake.take("a.txt", sequel, NOW), await intake.take("b.txt", page("Before").encode(), NOW)]
    rows = [entry.as_json() for entry in await intake.settled([*entries, refusal("c.txt", "it is empty")])]
    assert rows[0]["links"] == [{"kind": "sequel", "target": "Before", "resolved": True}]
    assert [row["links"] for row in rows[1:]] == [[], None]


async def test_a_page_is_reported_with_its_own_links(intake: Intake) -> None:
    target = await intake.take("before.txt", page("Before").encode(), NOW)
    first = await intake.take("a.txt", page("After", description="A sequel to Before.").encode(), NOW)
    second = await intake.take("a.txt", page("After", description="A sequel to Never.").encode(), NOW)
    _, *rows = await intake.settled([target, first, second])
    assert [row.status for row in rows] == [Status.ADDED, Status.UPDATED]
    assert [row.links for row in rows] == [
        [(Link(LinkKind.SEQUEL, "Before"), False)],  # the edition that is shown does not name it
        [(Link(LinkKind.SEQUEL, "Never"), False)],
    ]


async def test_importing_again_changes_nothing(database: Database, intake: Intake) -> None:
    content = page().encode()
    await intake.take("lamp.txt", content, NOW)
    before = await _everything(database)
    for path in ("lamp.txt", "elsewhere/copy.txt"):
        assert (await intake.take(path, content, NOW + 5)).status is Status.UNCHANGED
    assert await _everything(database) == before


async def _everything(database: Database) -> list[tuple[object, ...]]:
    return [
        tuple(row)
        for table in ("stories", "parts", "pages", "originals", "authors", "links")
        for row in await database.reader.all(f"SELECT * FROM {table}")  # pyright: ignore[reportArgumentType]
    ]


async def test_an_edited_page_updates_its_story_and_keeps_places(database: Database, intake: Intake) -> None:
    paragraphs = [f"Paragraph {number} is about the lamp. " * 12 for number in range(60)]
    await intake.take("lamp.txt", page(paragraphs=paragraphs).encode(), NOW)
    reading = Reading(database, lambda: NOW)
    before = await reading.turn(HALL, 1, 4)
    await reading.flush()
    longer = [*(f"A new beginning, {number}. " * 30 for number in range(20)), *paragraphs]
    entry = await intake.take("lamp.txt", page(paragraphs=longer, rating="R").encode(), NOW + 5)
    assert entry.status is Status.UPDATED
    audience = replace(HALL, age_restricted=True)
    after = await Reading(database, lambda: NOW).open(audience, 1)
    assert after.number > before.number
    assert after.rating is Rating.R
    first_words = before.text.split(".")[0]
    assert first_words in after.text


async def test_an_edited_title_is_still_the_same_story(database: Database, intake: Intake) -> None:
    paragraphs = [f"Paragraph {number}." for number in range(10)]
    await intake.take("lamp.txt", page("The Lmap", paragraphs=paragraphs).encode(), NOW)
    assert (
        await intake.take("lamp.txt", page("The Lamp", paragraphs=paragraphs).encode(), NOW)
    ).status is Status.UPDATED
    assert [story.title for story in await stories.after(database.reader, HALL, None, 9)] == ["The Lamp"]


async def test_an_edited_page_from_elsewhere_is_still_the_same_story(database: Database, intake: Intake) -> None:
    paragraphs = [f"Paragraph {number}." for number in range(10)]
    await intake.take("lamp.txt", page(paragraphs=paragraphs).encode(), NOW)
    entry = await intake.take("other/THE LAMP.txt", page("THE LAMP", paragraphs=paragraphs[2:]).encode(), NOW)
    assert entry.status is Status.UPDATED
    assert await database.reader.value("SELECT title FROM stories") == "THE LAMP"
    assert await database.reader.value("SELECT count(*) FROM stories") == 1


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        (["One.", "* * *", "Two."], ["Three.", "* * *", "Four."], Status.ADDED),
        (["To Mara.", "One.", "* * *", "Two."], ["To Mara.", "Three.", "* * *", "Four."], Status.ADDED),
        (["To Mara.", *"abc"], ["To Mara.", "x"], Status.ADDED),
        (["To Mara.", "One."], ["To Mara.", "One.", *"abcdef"], Status.UPDATED),  # it goes on
        (["One."], ["One.", "Two."], Status.UPDATED),
        (["One.", "Two."], ["Two."], Status.UPDATED),
        ([*"abcdef"], [*"abcxyz"], Status.UPDATED),
        ([*"abcdef"], [*"abuxyz"], Status.ADDED),
    ],
)
async def test_what_is_an_edition_of_a_story_of_that_name(
    intake: Intake, old: list[str], new: list[str], status: Status
) -> None:
    await intake.take("a.txt", page("Untitled", paragraphs=old).encode(), NOW)
    assert (await intake.take("b.txt", page("Untitled", paragraphs=new).encode(), NOW)).status is status


async def test_another_story_of_that_name_is_another_story(database: Database, intake: Intake) -> None:
    await intake.take("a.txt", page("Untitled", paragraphs=["One.", "Two."]).encode(), NOW)
    entry = await intake.take("b.txt", page("Untitled", paragraphs=["Three.", "Four."]).encode(), NOW)
    assert entry.status is Status.ADDED
    assert await database.reader.value("SELECT count(*) FROM stories") == 2


async def test_another_story_in_the_same_file_is_another_story(database: Database, intake: Intake) -> None:
    await intake.take("upload.txt", page("One", paragraphs=["One.", "Two."]).encode(), NOW)
    assert (await intake.take("upload.txt", page("Two", paragraphs=["x.", "y."]).encode(), NOW)).status is Status.ADDED


async def test_back_to_an_earlier_edition(database: Database, intake: Intake) -> None:
    for rating in ("PG", "R", "PG"):
        entry = await intake.take("lamp.txt", page(rating=rating).encode(), NOW)
        assert entry.status in (Status.ADDED, Status.UPDATED), rating
    assert await database.reader.value("SELECT rating FROM stories") == Rating.PG
    assert await database.reader.value("SELECT count(*) FROM originals") == 2


async def test_an_old_and_a_new_edition_side_by_side(database: Database, intake: Intake) -> None:
    old, new = page(rating="PG").encode(), page(rating="R").encode()
    folder = {"lamp-copy.txt": old, "lamp-old.txt": old, "lamp.txt": new}
    first = [(await intake.take(path, content, NOW)).status for path, content in folder.items()]
    assert first == [Status.ADDED, Status.UNCHANGED, Status.UPDATED]
    before = await _everything(database)
    for path, content in folder.items():
        assert (await intake.take(path, content, NOW + 5)).status is Status.UNCHANGED, path
    assert await _everything(database) == before


async def test_the_file_that_is_shown_goes_back_to_an_edition_kept_beside_it(
    database: Database, intake: Intake
) -> None:
    old, new = page(rating="PG").encode(), page(rating="R").encode()
    for path, content in (("lamp-old.txt", old), ("lamp.txt", new)):
        await intake.take(path, content, NOW)
    assert (await intake.take("lamp.txt", old, NOW)).status is Status.UPDATED
    assert await database.reader.value("SELECT rating FROM stories") == Rating.PG
    for path in ("lamp-old.txt", "lamp.txt"):
        assert (await intake.take(path, old, NOW)).status is Status.UNCHANGED


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (b"  \n\n \t\n", "it is empty"),
        (b"\x00\x01\x02" * 50, "it is binary"),
        (b"PK\x03\x04\x14\x00\x00\x00" * 9, "it is binary"),
        (page().split("\n\n\n", 1)[1].encode(), "it has no title"),
        (page(paragraphs=[]).encode(), "it has no text"),
    ],
)
async def test_what_is_no_story_is_refused_in_a_sentence(
    database: Database, intake: Intake, content: bytes, reason: str
) -> None:
    entry = await intake.take("dir/odd.txt", content, NOW)
    assert entry.status is Status.REFUSED
    assert entry.error is not None
    assert entry.error.startswith(f"dir/odd.txt was not imported: {reason}")
    assert await _everything(database) == []


async def test_the_report_adds_up(intake: Intake) -> None:
    good, bad = page().encode(), b""
    entries = [await intake.take(f"{number}.txt", content, NOW) for number, content in enumerate([good, bad, good])]
    totals = report(entries)
    assert {key: totals[key] for key in ("added", "updated", "unchanged", "refused")} == {
        "added": 1, "updated": 0, "unchanged": 1, "refused": 1,
    }  # fmt: skip
    assert all(set(row) == set(totals["stories"][0]) for row in totals["stories"])


async def test_emphasis_reaches_the_page(database: Database, intake: Intake) -> None:
    await intake.take("lamp.txt", page(paragraphs=["He said it was *not* a 2*3 lamp_post."]).encode(), NOW)
    leaf = await stories.leaf(database.reader, 1, 1)
    assert leaf is not None
    assert leaf.text == r"He said it was *not* a 2\*3 lamp\_post."


async def test_the_samples_are_what_the_readme_says(intake: Intake) -> None:
    folder = Path(__file__).parent.parent.parent / "data" / "samples"
    entries = [await intake.take(path.name, path.read_bytes(), NOW) for path in sorted(folder.iterdir())]
    made = [entry.edition for entry in entries if entry.edition]
    assert len(made) == len(entries) >= 8
    assert {entry.status for entry in entries} == {Status.ADDED}
    manuscripts = [edition.manuscript for edition in made]
    assert {story.rating for story in manuscripts} == set(Rating) - {Rating.UNRATED}
    assert len({story.author for story in manuscripts}) == 3
    assert len({story.series for story in manuscripts} - {None}) == 2
    assert all(edition.words >= 600 for edition in made)
    long = [edition for edition in made if edition.words >= 12_000]
    assert [len(edition.markup) for edition in long] == [3]
    settled = await intake.settled(entries)
    assert sorted(resolved for entry in settled for _, resolved in entry.links) == [False, True]
    assert not [warning for story in manuscripts for warning in story.warnings]
    assert all(entry.as_json()["accounting"]["unclassified"] == 0 for entry in entries)
