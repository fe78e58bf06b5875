"""This room tests what followers are told, when, and what they are never told."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.access import Audience
from bot.domain.models import Rating, Standing
from bot.domain.settings import Notice
from bot.domain.subjects import Kind
from bot.services.follows import Follows
from bot.services.herald import Herald
from bot.services.settings import Preferences
from bot.store import doors, runs
from bot.store.database import Database
from tests.imports import take
from tests.library import HALL, HOME, add, edition, replace
from tests.pages import page, tale

DAY = 86_400.0
STRANGER = Audience(HOME, reader=200)


@dataclass(slots=True)
class Town:
    """An archive with somebody who follows Ruby, and the herald."""

    database: Database
    herald: Herald
    now: float = 10 * DAY + 1

    async def rounds(self, count: int = 2) -> None:
        for _ in range(count):
            await self.herald.round()

    async def told(self, reader: int = HALL.reader) -> list[str]:
        """The texts of the notices that go out or went out to a reader."""
        rows = await self.database.reader.all(
            "SELECT n.content FROM notices n JOIN outbox o ON o.notice_id = n.id"
            " WHERE n.user_id = :reader AND o.state <> 'withdrawn' ORDER BY n.id",
            reader=reader,
        )
        return [json.loads(row["content"])["text"] for row in rows]

    async def state(self, title: str, state: Standing) -> None:
        async with self.database.write() as db:
            await db.run("UPDATE stories SET state = :state WHERE title = :title", state=state, title=title)


Wish = Callable[[Notice, Notice], object]


@pytest.fixture
async def town(database: Database) -> Town:
    await add(database, edition("The First", "Ruby"))
    made = Town(database, Herald(database))
    made.herald = Herald(database, clock=lambda: made.now)
    await Follows(database).follow(HALL, Kind.AUTHOR, 1)
    return made


async def test_a_new_story_is_told_once_and_only_to_who_follows(town: Town) -> None:
    await add(town.database, edition("The *Lamp*", "Ruby"))
    await add(town.database, edition("Another's", "Jo"))
    await town.rounds(5)
    assert await town.told() == [r"- **The \*Lamp\*** by Ruby: a new story"]
    assert await town.told(200) == []


async def test_nothing_is_told_before_nothing_comes_after_it(town: Town) -> None:
    await add(town.database, edition("One", "Ruby"))
    await town.rounds(1)
    await add(town.database, edition("Two", "Ruby"))
    await town.rounds(1)
    assert await town.told() == []
    await town.rounds(1)
    assert len(await town.told()) == 1


async def test_five_hundred_stories_are_one_notice(town: Town) -> None:
    async with town.database.write() as db:
        run = await runs.begin(db, 1, town.now)
    for number in range(500):
        await add(town.database, edition(f"Tale {number:03}", "Ruby", series="Tales"))
    await Follows(town.database).follow(HALL, Kind.SERIES, 1)
    await town.rounds(3)
    assert await town.told() == [], "the run is not over yet"
    async with town.database.write() as db:
        await runs.finish(db, run, town.now)
    await town.rounds()
    (text,) = await town.told()
    assert text.startswith("- **Tale 000** by Ruby: a new story\n- **Tale 001**")
    assert text.endswith("… and 480 more: `/archive` shows the newest.")


async def test_a_run_that_died_holds_nothing_back_for_ever(town: Town) -> None:
    async with town.database.write() as db:
        await runs.begin(db, 1, town.now)
    await add(town.database, edition("The Lamp", "Ruby"))
    town.now += 3_601
    await town.rounds()
    assert len(await town.told()) == 1


async def test_new_parts_are_told_from_the_first_to_the_last(town: Town, tmp_path: Path) -> None:
    def told(parts: int) -> str:
        chapters = [line for n in range(1, parts + 1) for line in (f"Chapter {n}", *tale(f"chapter {n}", 6))]
        return page("The Long", "Ruby", paragraphs=chapters)

    await take(town.database, tmp_path / "a", {"long.txt": told(2)})
    story = await town.database.reader.value("SELECT id FROM stories WHERE title = 'The Long'")
    await Follows(town.database).follow(STRANGER, Kind.STORY, story)
    await town.rounds()
    assert await town.told(200) == [], "it was there before"
    await take(town.database, tmp_path / "a", {"long.txt": told(4)})
    await town.rounds()
    assert await town.told(200) == ["- **The Long** by Ruby: parts 3 to 4"]
    await take(town.database, tmp_path / "a", {"long.txt": told(5)})
    await town.rounds()
    assert (await town.told())[1:] == ["- **The Long** by Ruby: parts 3 to 4", "- **The Long** by Ruby: part 5"]


async def test_an_edit_that_adds_no_part_is_no_news(town: Town) -> None:
    await replace(town.database, 1, edition("The First", "Ruby", pages=9))
    await town.rounds(3)
    assert await town.told() == []


@pytest.mark.parametrize("rating", [Rating.R, Rating.NC_17, Rating.UNRATED])
async def test_of_what_opens_in_age_restricted_places_nothing_is_told(town: Town, rating: Rating) -> None:
    await add(town.database, edition("Dark", "Ruby", rating=rating))
    await town.rounds(3)
    assert await town.told() == []
    await add(town.database, edition("Mild", "Ruby", rating=Rating.PG_13))
    await town.rounds()
    assert await town.told() == ["- **Mild** by Ruby: a new story"]


async def test_what_a_moderator_publishes_is_news_and_what_they_restore_is_none(town: Town) -> None:
    await add(town.database, edition("Withheld", "Ruby"), state=Standing.WITHHELD)
    await town.rounds(3)
    assert await town.told() == []
    await town.state("Withheld", Standing.PUBLISHED)
    await town.rounds()
    assert await town.told() == ["- **Withheld** by Ruby: a new story"]
    await town.state("The First", Standing.HIDDEN)
    await town.state("The First", Standing.PUBLISHED)
    await town.rounds()
    assert len(await town.told()) == 1


@pytest.mark.parametrize("state", [Standing.HIDDEN, Standing.WITHDRAWN, Standing.REMOVED, Standing.WITHHELD])
@pytest.mark.parametrize("rounds", [0, 1, 2])
async def test_what_goes_before_it_is_on_its_way_is_not_told(town: Town, state: Standing, rounds: int) -> None:
    async with town.database.write() as db:
        await doors.closed(db, HALL.reader, town.now)  # so that a notice waits
    await add(town.database, edition("Oops", "Ruby"))
    await add(town.database, edition("Fine", "Ruby"))
    await town.rounds(rounds)
    await town.state("Oops", state)
    await town.rounds(3)
    assert await town.told() == ["- **Fine** by Ruby: a new story"]


async def test_what_is_hidden_before_it_was_told_is_told_when_it_is_back(town: Town) -> None:
    await add(town.database, edition("Oops", "Ruby"))
    await town.state("Oops", Standing.HIDDEN)
    await town.rounds(3)
    assert await town.told() == []
    await town.state("Oops", Standing.PUBLISHED)
    await town.rounds()
    assert len(await town.told()) == 1


async def test_what_is_on_its_way_is_not_told_again(town: Town) -> None:
    await add(town.database, edition("Oops", "Ruby"))
    await town.rounds()
    async with town.database.write() as db:
        await db.run("UPDATE outbox SET state = 'delivered'")
    await town.state("Oops", Standing.HIDDEN)
    await town.rounds(3)
    assert len(await town.told()) == 1
    assert await town.database.reader.value("SELECT count(*) FROM tidings") == 0


async def test_a_digest_comes_once_a_day_and_no_news_not_at_all(town: Town) -> None:
    preferences = Preferences(town.database)
    await preferences.change(HALL.reader, new_stories=Notice.DIGEST)
    await preferences.change(200, new_stories=Notice.NONE)
    await Follows(town.database).follow(STRANGER, Kind.AUTHOR, 1)
    for title in ("Morning", "Evening"):
        await add(town.database, edition(title, "Ruby"))
        await town.rounds()
        town.now += DAY / 3
    assert await town.told() == []
    town.now = 11 * DAY
    await town.rounds(1)
    assert await town.told() == ["- **Morning** by Ruby: a new story\n- **Evening** by Ruby: a new story"]
    assert await town.told(200) == []


async def test_whoever_wishes_no_more_news_gets_none_of_what_was_due(town: Town) -> None:
    preferences = Preferences(town.database)
    await preferences.change(HALL.reader, new_stories=Notice.DIGEST)
    await add(town.database, edition("The Lamp", "Ruby"))
    await town.rounds()
    await preferences.change(HALL.reader, new_stories=Notice.NONE)
    town.now = 11 * DAY
    await town.rounds()
    assert await town.told() == []
    assert await town.database.reader.value("SELECT count(*) FROM tidings") == 0


async def test_where_nobody_follows_nothing_is_kept(database: Database) -> None:
    await add(database, edition("The Lamp"))
    assert await database.reader.value("SELECT count(*) FROM news") == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15)
@given(st.lists(st.tuples(st.sampled_from(Rating), st.sampled_from(Standing)), min_size=1, max_size=6))
async def test_only_what_opens_in_a_direct_message_is_ever_told(
    town: Town, drawn: list[tuple[Rating, Standing]]
) -> None:
    first = await town.database.reader.value("SELECT max(id) FROM stories") + 1
    before = len(await town.told())
    for number, (rating, state) in enumerate(drawn, start=first):
        await add(town.database, edition(f"Tale {number}.", "Ruby", rating=rating))
        await town.state(f"Tale {number}.", state)
    await town.rounds()
    told = "\n".join((await town.told())[before:])
    for number, (rating, state) in enumerate(drawn, start=first):
        assert (f"Tale {number}." in told) == (state is Standing.PUBLISHED and rating <= HOME.rating_limit)
    async with town.database.write() as db:
        await db.run("DELETE FROM news")
