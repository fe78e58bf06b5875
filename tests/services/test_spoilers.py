"""What readers have seen, lists that moderators make, and which stories stay folded."""

from dataclasses import replace

import pytest

from bot.domain.desk_refusals import ListRefused
from bot.domain.errors import Gone, NoSuchEpisode
from bot.domain.people import Actor
from bot.domain.refusals import NotYourDesk
from bot.domain.shelf import Mark
from bot.services.acting import Acting
from bot.services.episodes import Episodes
from bot.services.reading import Reading
from bot.services.spoilers import Spoilers
from bot.store import ledger, shelf, stories
from bot.store.database import Database
from tests.library import HALL, add, edition

MO = Actor(300, 1, 9, True, frozenset(), False)
JON = Actor(301, 1, 9, False, frozenset(), False)
SHOW = "Welcome\nThe Gift\nFinale"
OTHER = replace(HALL, reader=101)


class Rooms:
    """Both services over one database, and interactions that are all different."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.reading = Reading(database, lambda: 5.0)
        self.spoilers = Spoilers(database, self.reading.flush)
        self.episodes = Episodes(Acting(database, 9, clock=lambda: 5.0))
        self._interaction = 0

    async def list(self, name: str, text: str, actor: Actor = MO) -> str:
        self._interaction += 1
        return await self.episodes.save(actor, name, text, self._interaction)

    async def tale(self, *spoilers: str, fandom: tuple[str, ...] = ()) -> int:
        made = edition(f"Tale of {spoilers} {fandom}")
        return await add(
            self.database, replace(made, manuscript=replace(made.manuscript, spoilers=spoilers, fandom=fandom))
        )

    async def folded(self, story_id: int) -> bool:
        story = await stories.get(self.database.reader, story_id)
        assert story is not None
        return await self.spoilers.spoil(HALL, story)


@pytest.fixture
def rooms(database: Database) -> Rooms:
    return Rooms(database)


async def test_what_is_in_no_list_stays_folded(rooms: Rooms) -> None:
    assert not await rooms.folded(await rooms.tale())
    tale = await rooms.tale("The Gift")
    assert await rooms.folded(tale)
    await rooms.list("Lanterns", SHOW)
    assert await rooms.folded(tale), "nobody has seen what they did not say"


async def test_what_was_seen_is_not_folded_and_what_follows_is(rooms: Rooms) -> None:
    await rooms.list("Lanterns", SHOW)
    gift, finale = await rooms.tale("The gift"), await rooms.tale("Welcome", "Finale")
    await rooms.spoilers.see(HALL, 1, "the gifts")
    assert [row.seen for row in (await rooms.spoilers.seen(HALL)).rows] == ["The Gift"]
    assert not await rooms.folded(gift)
    assert await rooms.folded(finale)
    await rooms.spoilers.see(HALL, 1, "Finale")
    assert not await rooms.folded(finale)
    await rooms.spoilers.see(HALL, 1, " ")
    assert await rooms.folded(gift)
    assert [row.seen for row in (await rooms.spoilers.seen(OTHER)).rows] == [""]


async def test_the_list_of_its_fandom_alone_counts(rooms: Rooms) -> None:
    """Two shows have an episode called Finale: having seen one says nothing of the other."""
    await rooms.list("Lanterns", SHOW)
    await rooms.list("Harbours", "Ebb\nFlood\nFinale")
    await rooms.spoilers.see(HALL, 1, "Finale")
    assert await rooms.folded(await rooms.tale("Finale", fandom=("harbours",)))
    assert not await rooms.folded(await rooms.tale("Finale", fandom=("Lanterns",)))
    assert not await rooms.folded(await rooms.tale("Finale", fandom=("Something Else",)))


async def test_a_story_that_was_read_to_its_end_spoils_nothing(rooms: Rooms) -> None:
    """Old notes name the stories that come before: "Spoilers -- The Wick Trimmer"."""
    first = await add(rooms.database, edition("The Wick Trimmer", pages=3))
    later = await rooms.tale("The Wick-Trimmer")
    assert await rooms.folded(later)
    await rooms.reading.turn(HALL, first, 2)
    assert await rooms.folded(later), "begun is not finished"
    await rooms.reading.turn(OTHER, first, 3)
    assert await rooms.folded(later), "somebody else finished it"
    await rooms.reading.turn(HALL, first, 3)
    assert not await rooms.folded(later), "what is not written yet counts"
    assert await rooms.folded(await rooms.tale("The Wick Trimmer", "Another"))


async def test_a_story_that_its_reader_calls_finished_spoils_nothing(rooms: Rooms) -> None:
    first = await add(rooms.database, edition("The Wick Trimmer", pages=3))
    later = await rooms.tale("The Wick Trimmer")
    async with rooms.database.write() as db:
        await shelf.mark(db, HALL.reader, first, Mark.FINISHED, 5.0)
    assert not await rooms.folded(later)


async def test_a_list_that_is_mended_keeps_what_was_seen(rooms: Rooms) -> None:
    await rooms.list("Lanterns", SHOW)
    await rooms.spoilers.see(HALL, 1, "The Gift")
    await rooms.list("LANTERNS", "Pilot\nWelcome\nThe Gifts\nFinale")
    assert not await rooms.folded(await rooms.tale("Pilot"))
    assert not await rooms.folded(await rooms.tale("The Gifts"))
    assert await rooms.folded(await rooms.tale("Finale"))
    assert await rooms.episodes.text(MO, "lanterns") == "Pilot\nWelcome\nThe Gifts\nFinale"


async def test_what_is_no_episode_is_refused_with_the_nearest(rooms: Rooms) -> None:
    await rooms.list("Lanterns", SHOW)
    with pytest.raises(
        NoSuchEpisode, match="“Lanterns” has no episode called “Welcomed home”; the nearest is “Welcome”"
    ):
        await rooms.spoilers.see(HALL, 1, "Welcomed home")
    with pytest.raises(Gone, match="This list is no longer in the archive"):
        await rooms.spoilers.see(HALL, 2, "Welcome")


async def test_lists_are_for_moderators_of_their_archive(rooms: Rooms) -> None:
    with pytest.raises(NotYourDesk):
        await rooms.list("Lanterns", SHOW, JON)
    with pytest.raises(NotYourDesk):
        await rooms.episodes.text(JON, "Lanterns")
    await rooms.list("Lanterns", SHOW)
    elsewhere = replace(HALL, archive=replace(HALL.archive, id=2))
    assert (await rooms.spoilers.seen(elsewhere)).rows == []
    with pytest.raises(Gone):
        await rooms.spoilers.list_of(elsewhere, 1)


async def test_each_change_stands_on_record_once(rooms: Rooms) -> None:
    for _ in range(2):
        await rooms.episodes.save(MO, "Lanterns", SHOW, 1)
    await rooms.list("Lanterns", SHOW)
    said = await rooms.episodes.save(MO, "Lanterns", "\n", 77)
    assert said == "There is no list called Lanterns any more; stories that spoil it stay folded."
    entries = await ledger.entries(rooms.database.reader, 1, before=99, limit=9)
    assert [entry.act for entry in entries] == ["episodes listed"] * 2
    assert [change.present for entry in entries for change in entry.values] == [None, SHOW]
    assert (await rooms.spoilers.seen(HALL)).total == 0


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [("  ", SHOW, "it has no name"), ("Lanterns", "x" * 151, "is longer than 150 characters; shorten it")],
)
async def test_lists_that_are_not_taken(rooms: Rooms, name: str, text: str, why: str) -> None:
    with pytest.raises(ListRefused, match=why):
        await rooms.list(name, text)


async def test_a_hundred_lists_are_all_there_can_be_and_are_paged(rooms: Rooms) -> None:
    for number in range(100):
        await rooms.list(f"Show {number:02}", SHOW)
    with pytest.raises(ListRefused, match="there are 100 lists"):
        await rooms.list("One more", SHOW)
    await rooms.list("Show 07", "Another")
    page = await rooms.spoilers.seen(HALL, 45)
    assert (page.start, page.total, page.rows[0].name, len(page.rows)) == (40, 100, "Show 40", 20)
    assert (await rooms.spoilers.seen(HALL, 10_000)).start == 80
