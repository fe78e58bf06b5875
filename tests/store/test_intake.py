"""Which story a link names, whose account a pen name has, what is left of a story that is taken out."""

from dataclasses import replace as changed

from bot.domain.models import Link, LinkKind, Standing
from bot.store import claims, intake, letters, stories
from bot.store.authors import named
from bot.store.database import Database
from bot.store.editions import Edition
from bot.store.intake import Shown
from bot.store.letters import NewLetter
from tests.library import HALL, add, edition, replace

AFTER_HOME = Link(LinkKind.SEQUEL, "Home")
RUBY = 900000000000000001


def _renamed(made: Edition, *, title: str = "", author: str = "", series: str = "") -> Edition:
    story = made.manuscript
    authors = (author,) if author else story.authors
    renamed = changed(story, title=title or story.title, authors=authors, series=series or story.series)
    return changed(made, manuscript=renamed)


async def _targets(database: Database, story_id: int) -> list[int | None]:
    return [target for _, target in await stories.links(database.reader, story_id)]


async def test_a_link_between_two_of_a_name_resolves_when_one_is_renamed(database: Database) -> None:
    first, second = edition("Home"), edition("Home", pages=2)
    home, other = await add(database, first), await add(database, second)
    after = await add(database, edition("After", links=[AFTER_HOME]))
    assert await _targets(database, after) == [None]
    await replace(database, other, _renamed(second, title="House"))
    assert await _targets(database, after) == [home]
    await replace(database, home, _renamed(first, title="Hut"))
    assert await _targets(database, after) == [None]
    await replace(database, other, second)
    assert await _targets(database, after) == [other]


async def test_a_link_resolves_again_when_one_of_two_goes_to_another_author(database: Database) -> None:
    second = edition("Home", pages=2)
    home, other = await add(database, edition("Home")), await add(database, second)
    after = await add(database, edition("After", links=[AFTER_HOME]))
    await replace(database, other, _renamed(second, author="Mara"))
    assert await _targets(database, after) == [home]


async def test_a_corrected_spelling_of_author_and_series_shows(database: Database) -> None:
    made = edition("The Lamp", "RUBY", series="CHANGING HEARTS")
    lamp = await add(database, made)
    other = await add(database, edition("Dawn", "RUBY", series="CHANGING HEARTS"))
    await replace(database, lamp, _renamed(made, author="Ruby", series="Changing Hearts"))
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
    await replace(database, added[0], _renamed(made[0], author="Ruby"))
    assert await _account(database, "Ruby") is None, "Rubi has a story left and may be somebody else"
    await _write(database, added[0])
    assert await _states(database) == ["waiting"]
    await replace(database, added[1], _renamed(made[1], author="Ruby"))
    assert await _account(database, "Ruby") == RUBY
    assert await _states(database) == ["ready"]


async def test_letters_follow_a_pen_name_with_its_last_story(database: Database) -> None:
    made = edition("The Lamp", "Rubi")
    lamp = await add(database, made)
    await _write(database, lamp)
    await replace(database, lamp, _renamed(made, author="Ruby"))
    assert await _states(database) == ["waiting"]
    assert await _link(database, "Ruby", RUBY) == 1


async def test_an_account_of_its_own_stays(database: Database) -> None:
    made = edition("The Lamp", "Ruby")
    lamp = await add(database, made)
    await add(database, edition("Dawn", "Mara"))
    await _write(database, lamp)
    await _link(database, "Mara", 7)
    await replace(database, lamp, _renamed(made, author="Mara"))
    assert await _account(database, "Mara") == 7
    assert await _states(database) == ["waiting"], "written to Ruby, not to Mara"
    assert await _link(database, "Ruby", RUBY) == 1


async def test_an_edition_under_the_same_name_keeps_the_account(database: Database) -> None:
    made = edition("The Lamp")
    lamp = await add(database, made)
    await _link(database, "Ruby", RUBY)
    await replace(database, lamp, _renamed(made, author="RUBY", title="Lamp"))
    assert await _account(database, "Ruby") == RUBY


async def test_the_index_of_words_is_written_in_one_piece(database: Database) -> None:
    made = [edition(f"Tale {number}") for number in range(40)]
    async with database.write() as db:
        first = (await intake.numbers(db)).story
        shown = [Shown(first + number, each, Standing.PUBLISHED) for number, each in enumerate(made)]
        await intake.show(db, 1, shown, 1.0)
    assert await database.reader.value("SELECT count(DISTINCT segid) FROM story_words_idx") == 1
    found = await database.reader.all("SELECT rowid AS id FROM story_words WHERE story_words MATCH 'title : tale'")
    assert {row["id"] for row in found} == {each.story_id for each in shown}
