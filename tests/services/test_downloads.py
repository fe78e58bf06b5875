"""This room tests what is taken home, and what is not."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from typing import LiteralString

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.access import Audience, Sight, may_see
from bot.domain.errors import Gone, NoneOpens, NotFound, TooLarge, TooMature
from bot.domain.models import Link, LinkKind, Rating, Standing
from bot.domain.subjects import Kind
from bot.formats.books.binding import Binding
from bot.services import downloads
from bot.services.downloads import Downloads
from bot.services.subjects import Subjects
from bot.store import stories
from bot.store.database import Database
from bot.store.sqlite import Row, Value
from tests.library import DARK, HALL, HOME, add, edition, open_archive

LARGE = 10_000_000
TEXT = Binding.TEXT


async def text(service: Downloads, audience: Audience, kind: Kind, subject_id: int) -> str:
    made = await service.make(audience, kind, subject_id, TEXT, LARGE)
    return "".join(content.decode() for _, content in made.files)


async def test_a_story_is_taken_home_whole(database: Database) -> None:
    story = await add(database, edition("The Lamp", series="Lights", pages=3))
    made = await Downloads(database).make(HALL, Kind.STORY, story, TEXT, LARGE)
    assert [name for name, _ in made.files] == ["The-Lamp.txt"]
    told = made.files[0][1].decode()
    assert told.startswith("The Lamp -- by Ruby\n\nLights · PG · 9 words")
    assert all(f"The Lamp, page {number}." in told for number in (1, 2, 3))
    assert (made.words, made.stories, made.left_out) == (9, 1, [])


async def test_a_series_is_bound_in_the_order_of_reading(database: Database) -> None:
    sequel = [Link(LinkKind.SEQUEL, "The Wick")]
    await add(database, edition("The Flame", series="Lights", links=sequel))
    await add(database, edition("The Lamp", series="Lights"))
    await add(database, edition("The Wick", series="Lights"))
    await add(database, edition("Elsewhere"))
    service = Downloads(database)
    found = await Subjects(database).find(HALL, Kind.SERIES, "lights")
    told = await text(service, HALL, Kind.SERIES, found.id)
    assert told.startswith("Lights\n\n   1. The Wick\n   2. The Flame\n   3. The Lamp\n\n\n")
    assert "Elsewhere" not in told


async def test_an_author_has_what_they_wrote_with_others_too(database: Database) -> None:
    await add(database, edition("Alone", "Ruby"))
    await add(database, edition("Not Hers", "Jo"))
    both = await add(database, edition("Both", "Jo"))
    service = Downloads(database)
    ruby = await Subjects(database).find(HALL, Kind.AUTHOR, "ruby")
    async with database.write() as db:
        await db.run(
            "INSERT INTO story_authors (story_id, position, author_id) VALUES (:story, 1, :ruby)",
            story=both,
            ruby=ruby.id,
        )
    told = await text(service, HALL, Kind.AUTHOR, ruby.id)
    assert told.startswith("Stories by Ruby\n\n   1. Alone\n   2. Both\n")
    assert "Both -- by Jo & Ruby" in told


async def test_what_does_not_open_here_is_left_out_and_named(database: Database) -> None:
    await add(database, edition("Mild", series="Lights"))
    await add(database, edition("Dark", series="Lights", rating=Rating.NC_17))
    service = Downloads(database)
    series = (await Subjects(database).find(HALL, Kind.SERIES, "Lights")).id
    made = await service.make(HALL, Kind.SERIES, series, TEXT, LARGE)
    assert b"Dark" not in made.files[0][1]
    assert ([story.title for story in made.left_out], made.stories) == (["Dark"], 1)
    assert "Dark, page 1." in await text(service, DARK, Kind.SERIES, series)


async def test_where_nothing_opens_there_is_no_book(database: Database) -> None:
    dark = await add(database, edition("Dark", series="Nights", rating=Rating.NC_17))
    service = Downloads(database)
    with pytest.raises(TooMature):
        await service.make(HALL, Kind.STORY, dark, TEXT, LARGE)
    series = (await Subjects(database).find(HALL, Kind.SERIES, "Nights")).id
    with pytest.raises(NoneOpens, match="No story of “Nights” opens"):
        await service.make(HALL, Kind.SERIES, series, TEXT, LARGE)


@pytest.mark.parametrize("state", [state for state in Standing if state is not Standing.PUBLISHED])
async def test_what_is_not_published_is_not_there(database: Database, state: Standing) -> None:
    hidden = await add(database, edition("Hidden", "Jo", series="Nights"), state=state)
    service = Downloads(database)
    with pytest.raises(Gone):
        await service.make(HALL, Kind.STORY, hidden, TEXT, LARGE)
    for kind, name in ((Kind.SERIES, "Nights"), (Kind.AUTHOR, "Jo")):
        with pytest.raises(NotFound):
            await Subjects(database).find(HALL, kind, name)
        with pytest.raises(Gone):
            await service.make(HALL, kind, 1, TEXT, LARGE)


async def test_no_other_archive_is_reached(database: Database) -> None:
    theirs = await open_archive(database, 77)
    story = await add(database, edition("Foreign", "Ruby"), archive_id=theirs)
    await add(database, edition("Ours", "Ruby"))
    service = Downloads(database)
    ours = await Subjects(database).find(HALL, Kind.AUTHOR, "Ruby")
    assert "Foreign" not in await text(service, HALL, Kind.AUTHOR, ours.id)
    with pytest.raises(Gone):
        await service.make(HALL, Kind.STORY, story, TEXT, LARGE)
    with pytest.raises(Gone):
        await service.make(HALL, Kind.AUTHOR, ours.id - 1 or ours.id + 1, TEXT, LARGE)


@contextmanager
def hiding(database: Database, story: int) -> Generator[None]:
    """A moderator hides a story as soon as a list has been made that it is in."""
    reader, listing = database.reader, database.reader.all

    async def hide(sql: LiteralString, **parameters: Value) -> list[Row]:
        rows = await listing(sql, **parameters)
        if "iif(:series, s.series_place" in sql:
            async with database.write() as db:
                await db.run("UPDATE stories SET state = 'hidden' WHERE id = :id", id=story)
        return rows

    reader.all = hide
    try:
        yield
    finally:
        reader.all = listing


async def test_a_story_that_is_hidden_while_it_is_bound_is_in_no_book(database: Database) -> None:
    story = await add(database, edition("The Lamp"))
    service = Downloads(database)
    with hiding(database, story), pytest.raises(Gone):
        await service.make(HALL, Kind.STORY, story, TEXT, LARGE)


async def test_a_large_book_comes_in_volumes_and_too_large_a_one_not_at_all(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        await add(database, edition(f"Tale {number}", pages=400))
    service = Downloads(database)
    ruby = (await Subjects(database).find(HALL, Kind.AUTHOR, "Ruby")).id
    whole = len((await service.make(HALL, Kind.AUTHOR, ruby, TEXT, LARGE)).files[0][1])
    parted = await service.make(HALL, Kind.AUTHOR, ruby, TEXT, whole // 3 + 2_000)
    assert [name for name, _ in parted.files] == [f"Stories-by-Ruby-{number}-of-4.txt" for number in (1, 2, 3, 4)]
    for limit in (whole // 8 + 2_000, 200):
        with pytest.raises(TooLarge, match="one by one"):
            await service.make(HALL, Kind.AUTHOR, ruby, TEXT, limit)
    monkeypatch.setattr(downloads, "WORDS", 9_599)
    with pytest.raises(TooLarge):
        await service.make(HALL, Kind.AUTHOR, ruby, TEXT, LARGE)


async def test_a_misspelt_name_is_told_the_nearest(database: Database) -> None:
    await add(database, edition("The Lamp", "Ruby Vale"))
    with pytest.raises(NotFound, match="No author here is called “Rubi Wale”; the nearest is “Ruby Vale”"):
        await Subjects(database).find(HALL, Kind.AUTHOR, "Rubi Wale")
    with pytest.raises(NotFound, match="“ ”"):
        await Subjects(database).find(HALL, Kind.AUTHOR, " ")
    assert (await Subjects(database).find(HALL, Kind.AUTHOR, "ru")).name == "Ruby Vale"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=12)
@given(st.lists(st.tuples(st.sampled_from(Rating), st.sampled_from(Standing)), min_size=1, max_size=6))
async def test_what_is_in_a_book_is_what_opens(database: Database, drawn: list[tuple[Rating, Standing]]) -> None:
    archive = await database.reader.value("SELECT max(id) FROM archives") + 1
    await open_archive(database, archive)
    ids = [
        await add(
            database, edition(f"Tale {number}", f"Ruby {archive}", rating=rating), archive_id=archive, state=state
        )
        for number, (rating, state) in enumerate(drawn)
    ]
    service = Downloads(database)
    author = await database.reader.value("SELECT max(id) FROM authors")
    for audience in (replace(each, archive=replace(HOME, id=archive)) for each in (HALL, DARK)):
        opens: list[str] = []
        for story_id in ids:
            story = await stories.get(database.reader, story_id)
            if story is not None and may_see(story, audience) is Sight.OPEN:
                opens.append(story.title)
        try:
            told = await text(service, audience, Kind.AUTHOR, author)
        except (Gone, NoneOpens):
            assert not opens
            continue
        assert [f"Tale {n}" for n in range(len(ids)) if f"Tale {n}, page 1." in told] == opens
