"""Which story a document is of, which story a link names, whose account a pen name has."""

from dataclasses import replace

import pytest

from bot.domain.models import Link, LinkKind
from bot.store import claims, intake, letters, stories
from bot.store.authors import named
from bot.store.database import Database
from bot.store.intake import Candidate, Edition, Original
from bot.store.letters import NewLetter
from tests.library import HALL, add, edition, open_archive

AFTER_HOME = Link(LinkKind.SEQUEL, "Home")
RUBY = 900000000000000001


async def _replace(
    database: Database, story_id: int, made: Edition, *, path: str = "new", digest: bytes = b"2"
) -> None:
    async with database.write() as db:
        await intake.replace(db, 1, story_id, made, Original(path, b"new", digest), now=2.0)


def _renamed(made: Edition, **fields: str) -> Edition:
    return made._replace(manuscript=replace(made.manuscript, **fields))  # pyright: ignore[reportArgumentType]


async def _candidates(database: Database, made: Edition, path: str, digest: bytes = b"") -> list[Candidate]:
    return await intake.candidates(database.reader, 1, made.manuscript, Original(path, b"", digest))


async def test_a_story_answers_to_its_name_and_to_its_path(database: Database) -> None:
    await open_archive(database, guild_id=9)
    await add(database, edition("The Lamp"), archive_id=2)
    lamp = await add(database, edition("The Lamp"))
    await add(database, edition("The Lamp", "Mara"))
    dawn = await add(database, edition("Dawn"))
    asked = edition("the LAMP", "RUBY")
    assert await _candidates(database, asked, "/elsewhere") == [Candidate(lamp, certain=False, kept=False)]
    assert await _candidates(database, asked, "/1/Dawn") == [
        Candidate(lamp, certain=False, kept=False),
        Candidate(dawn, certain=False, kept=False),
    ]
    assert Candidate(lamp, certain=True, kept=False) in await _candidates(database, asked, "/1/The Lamp")
    for path in ("/elsewhere", "/2/The Lamp"):
        assert await _candidates(database, edition("Dusk"), path) == []


async def test_what_both_name_and_path_agree_on_comes_first(database: Database) -> None:
    first = await add(database, edition("Untitled"))
    second = await add(database, edition("Untitled", pages=2))
    await _replace(database, second, edition("Untitled"), path="b.txt")
    found = await _candidates(database, edition("Untitled"), "b.txt")
    assert found == [Candidate(second, certain=True, kept=False), Candidate(first, certain=False, kept=False)]


@pytest.mark.parametrize(
    ("path", "kept"),
    [("old.txt", True), ("copy.txt", True), ("new.txt", False)],
)
async def test_an_edition_kept_beside_the_one_that_is_shown(database: Database, path: str, kept: bool) -> None:
    lamp = await add(database, edition("The Lamp"))
    for name in ("old.txt", "new.txt"):
        await _replace(database, lamp, edition("The Lamp"), path=name, digest=name.encode())
    [candidate] = await _candidates(database, edition("The Lamp"), path, b"old.txt")
    assert candidate.kept is kept


async def test_an_edition_of_the_file_that_is_shown_is_not_kept_beside_it(database: Database) -> None:
    lamp = await add(database, edition("The Lamp"))
    for digest in (b"1", b"2"):
        await _replace(database, lamp, edition("The Lamp"), path="lamp.txt", digest=digest)
    [candidate] = await _candidates(database, edition("The Lamp"), "./lamp.txt", b"1")
    assert not candidate.kept


async def _targets(database: Database, story_id: int) -> list[int | None]:
    return [target for _, target in await stories.links(database.reader, story_id)]


async def test_a_link_between_two_of_a_name_resolves_when_one_is_renamed(database: Database) -> None:
    first, second = edition("Home"), edition("Home", pages=2)
    home, other = await add(database, first), await add(database, second)
    after = await add(database, edition("After", links=[AFTER_HOME]))
    assert await _targets(database, after) == [None]
    await _replace(database, other, _renamed(second, title="House"))
    assert await _targets(database, after) == [home]
    await _replace(database, home, _renamed(first, title="Hut"))
    assert await _targets(database, after) == [None]
    await _replace(database, other, second)
    assert await _targets(database, after) == [other]


async def test_a_link_resolves_again_when_one_of_two_goes_to_another_author(database: Database) -> None:
    second = edition("Home", pages=2)
    home, other = await add(database, edition("Home")), await add(database, second)
    after = await add(database, edition("After", links=[AFTER_HOME]))
    await _replace(database, other, _renamed(second, author="Mara"))
    assert await _targets(database, after) == [home]


async def test_a_corrected_spelling_of_author_and_series_shows(database: Database) -> None:
    made = edition("The Lamp", "RUBY", series="CHANGING HEARTS")
    lamp = await add(database, made)
    other = await add(database, edition("Dawn", "RUBY", series="CHANGING HEARTS"))
    await _replace(database, lamp, _renamed(made, author="Ruby", series="Changing Hearts"))
    for story_id in (lamp, other):
        story = await stories.get(database.reader, story_id)
        assert story is not None
        assert (story.author, story.series) == ("Ruby", "Changing Hearts")
    assert await database.reader.value("SELECT count(*) FROM authors") == 1


async def _account(database: Database, name: str) -> int | None:
    author = await named(database.reader, 1, name)
    assert author is not None
    return author.user_id


async def _link(database: Database, name: str, user_id: int) -> int:
    author = await named(database.reader, 1, name)
    assert author is not None
    async with database.write() as db:
        return await claims.link(db, author.id, user_id, 1.0)


async def _write(database: Database, story_id: int) -> None:
    letter = NewLetter(story_id, HALL.reader, "Mara", "", "Lovely.", page=1, interaction_id=story_id)
    async with database.write() as db:
        await letters.store(db, letter, 1.0)


async def _states(database: Database) -> list[str]:
    return [row["state"] for row in await database.reader.all("SELECT state FROM outbox ORDER BY letter_id")]


async def test_the_account_follows_a_pen_name_with_its_last_story(database: Database) -> None:
    made = [edition("The Lamp", "Rubi"), edition("Dawn", "Rubi")]
    added = [await add(database, one) for one in made]
    await _link(database, "Rubi", RUBY)
    await _replace(database, added[0], _renamed(made[0], author="Ruby"))
    assert await _account(database, "Ruby") is None, "Rubi has a story left and may be somebody else"
    await _write(database, added[0])
    assert await _states(database) == ["waiting"]
    await _replace(database, added[1], _renamed(made[1], author="Ruby"))
    assert await _account(database, "Ruby") == RUBY
    assert await _states(database) == ["ready"]


async def test_letters_follow_a_pen_name_with_its_last_story(database: Database) -> None:
    made = edition("The Lamp", "Rubi")
    lamp = await add(database, made)
    await _write(database, lamp)
    await _replace(database, lamp, _renamed(made, author="Ruby"))
    assert await _states(database) == ["waiting"]
    assert await _link(database, "Ruby", RUBY) == 1


async def test_an_account_of_its_own_stays(database: Database) -> None:
    made = edition("The Lamp", "Ruby")
    lamp = await add(database, made)
    await add(database, edition("Dawn", "Mara"))
    await _write(database, lamp)
    await _link(database, "Mara", 7)
    await _replace(database, lamp, _renamed(made, author="Mara"))
    assert await _account(database, "Mara") == 7
    assert await _states(database) == ["waiting"], "written to Ruby, not to Mara"
    assert await _link(database, "Ruby", RUBY) == 1


async def test_an_edition_under_the_same_name_keeps_the_account(database: Database) -> None:
    made = edition("The Lamp")
    lamp = await add(database, made)
    await _link(database, "Ruby", RUBY)
    await _replace(database, lamp, _renamed(made, author="RUBY", title="Lamp"))
    assert await _account(database, "Ruby") == RUBY
