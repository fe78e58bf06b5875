"""New stories are announced once, together, and only where they open."""

import logging

import pytest

from bot.domain.models import Rating, Standing
from bot.domain.people import Actor
from bot.domain.refusals import NotYourDesk
from bot.services.acting import Acting
from bot.services.announcing import NAMED, Announcements, Announcer, CannotCry, Cried, News
from bot.store import announcements, ledger
from bot.store.announcements import LONGEST, QUIET, Wish
from bot.store.database import Database
from bot.store.withdrawals import purge
from tests.library import add, edition

HALL = 77
MO = Actor(4, 1, 50, manages=True, roles=frozenset(), owns_bot=False)


class Square:
    """A channel that hears what is said; `answer` is what becomes of it."""

    def __init__(self) -> None:
        self.heard: list[News] = []
        self.nonces: list[str] = []
        self.restricted = False
        self.answer: Cried | CannotCry = Cried.DONE

    async def is_restricted(self, channel_id: int) -> bool:
        assert channel_id == HALL
        return self.restricted

    async def cry(self, channel_id: int, news: News, nonce: str) -> Cried:
        assert channel_id == HALL
        if isinstance(self.answer, CannotCry):
            raise self.answer
        if self.answer is not Cried.LATER:
            self.heard.append(news)
            self.nonces.append(nonce)
        return self.answer


class Town:
    """An announcer with a clock that is set by hand."""

    def __init__(self, database: Database) -> None:
        self.now = 1_000.0
        self.square = Square()
        self.database = database
        self._announcer = Announcer(database, self.square, lambda: self.now)

    async def after(self, seconds: float) -> list[list[str]]:
        """What was announced in all, some seconds later."""
        await self._announcer.round()
        self.now += seconds
        await self._announcer.round()
        return [[story.title for story in news.named] for news in self.square.heard]


@pytest.fixture
async def town(database: Database) -> Town:
    await add(database, edition("Old"))
    async with database.write() as db:
        await announcements.change(db, 1, Wish(HALL))
    return Town(database)


async def test_what_was_there_before_is_nothing_new(town: Town) -> None:
    assert await town.after(LONGEST) == []


async def test_stories_that_come_together_are_announced_together_and_once(town: Town, database: Database) -> None:
    await add(database, edition("The Lamp"))
    await add(database, edition("The Wick"))
    assert await town.after(QUIET - 1) == []
    assert await town.after(1) == [["The Lamp", "The Wick"]]
    assert await town.after(LONGEST) == [["The Lamp", "The Wick"]]
    await add(database, edition("The Well"))
    assert (await town.after(QUIET))[1:] == [["The Well"]]
    assert len(set(town.square.nonces)) == 2


async def test_stories_that_keep_coming_do_not_put_it_off_for_ever(town: Town, database: Database) -> None:
    heard: list[list[str]] = []
    for number in range(int(LONGEST / 100) + 1):
        await add(database, edition(f"Tale {number}"))
        heard = await town.after(100)
    assert len(heard) == 1
    assert town.square.heard[0].total >= LONGEST / 100 - 1
    assert len(heard[0]) == NAMED


async def test_only_what_opens_in_the_channel_is_named_or_counted(town: Town, database: Database) -> None:
    await add(database, edition("Mild"))
    await add(database, edition("Wild", rating=Rating.NC_17))
    assert await town.after(QUIET) == [["Mild"]]
    assert town.square.heard[0].total == 1
    await add(database, edition("Wilder", rating=Rating.NC_17))
    assert len(await town.after(QUIET)) == 1, "nothing of it is said at all"
    town.square.restricted = True
    await add(database, edition("Wildest", rating=Rating.NC_17))
    assert (await town.after(QUIET))[1:] == [["Wildest"]]


async def test_a_story_that_waited_for_a_moderator_is_new_when_it_is_published(town: Town, database: Database) -> None:
    story = await add(database, edition("The Lamp"), state=Standing.WITHHELD)
    assert await town.after(QUIET) == []
    for state in ("published", "hidden", "published"):
        async with database.write() as db:
            await db.run("UPDATE stories SET state = :state WHERE id = :id", state=state, id=story)
    assert await town.after(QUIET) == [["The Lamp"]]
    async with database.write() as db:
        await db.run("UPDATE stories SET state = 'hidden' WHERE id = :id", id=story)
        await db.run("UPDATE stories SET state = 'published' WHERE id = :id", id=story)
    assert await town.after(QUIET) == [["The Lamp"]], "what was hidden and comes back is nothing new"


async def test_what_is_hidden_or_withdrawn_before_is_not_named(town: Town, database: Database) -> None:
    hidden, withdrawn = await add(database, edition("Hidden")), await add(database, edition("Withdrawn"))
    await add(database, edition("The Lamp"))
    async with database.write() as db:
        await db.run("UPDATE stories SET state = 'hidden' WHERE id = :id", id=hidden)
        await purge(db, withdrawn)
    assert await town.after(QUIET) == [["The Lamp"]]


async def test_what_surely_did_not_go_out_goes_out_later(town: Town, database: Database) -> None:
    town.square.answer = Cried.LATER
    await add(database, edition("The Lamp"))
    assert await town.after(QUIET) == []
    town.square.answer = Cried.DONE
    assert await town.after(QUIET) == [["The Lamp"]]


async def test_what_may_have_gone_out_does_not_go_out_twice(town: Town, database: Database) -> None:
    town.square.answer = Cried.UNKNOWN
    await add(database, edition("The Lamp"))
    assert await town.after(QUIET) == [["The Lamp"]]
    assert await town.after(LONGEST) == [["The Lamp"]]


async def test_a_channel_that_is_closed_stops_it_until_a_moderator_chooses_anew(
    town: Town, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    town.square.answer = CannotCry("the bot may not write there")
    await add(database, edition("The Lamp"))
    with caplog.at_level(logging.WARNING):
        await town.after(QUIET)
    assert "cannot announce new stories: the bot may not write there" in caplog.text
    assert (await announcements.wish(database.reader, 1)).problem == "the bot may not write there"
    town.square.answer = Cried.DONE
    assert await town.after(LONGEST) == []
    service = Announcements(Acting(database, home_server=50, clock=lambda: town.now))
    assert (await service.change(MO, Wish(HALL), 1)).problem == ""
    assert await town.after(LONGEST) == [["The Lamp"]], "what waited is not lost"


async def test_it_is_moderators_who_say_where_and_it_is_on_record(town: Town, database: Database) -> None:
    service = Announcements(Acting(database, home_server=50, clock=lambda: 9.0))
    for stranger in (MO._replace(manages=False), MO._replace(server=51)):
        with pytest.raises(NotYourDesk):
            await service.wish(stranger)
        with pytest.raises(NotYourDesk):
            await service.change(stranger, Wish(), 1)
    await service.change(MO, Wish(HALL, 88, pings=True), 2)
    await service.change(MO, Wish(HALL, 88, pings=True), 3)
    [entry] = await ledger.entries(database.reader, 1, before=99, limit=9)
    assert (entry.act, entry.actor_id) == ("announcements changed", MO.user)
    assert [tuple(change) for change in entry.values] == [
        ("announcement_pings", "0", "1"), ("announcement_role_id", None, "88"),
    ]  # fmt: skip


async def test_where_nothing_is_announced_nothing_waits(town: Town, database: Database) -> None:
    await add(database, edition("The Lamp"))
    async with database.write() as db:
        await announcements.change(db, 1, Wish())
    await add(database, edition("The Wick"))
    assert await town.after(LONGEST) == []
    assert await database.reader.value("SELECT count(*) FROM announcements") == 0
