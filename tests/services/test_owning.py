"""Authors edit the headers of what is theirs, and of nothing else; what would open a story wider is for moderators."""

from itertools import count

import pytest

from bot.domain.desk_refusals import ChangedMeanwhile, MilderRating, ProposalGone
from bot.domain.errors import Gone
from bot.domain.fields import Field
from bot.domain.models import Rating
from bot.domain.refusals import NotYourStory
from bot.services.acting import Acting
from bot.services.intake.editing import Editing
from bot.services.intake.owning import OwnEditing, Owning
from bot.store import claims, headers, intake, ledger, withdrawals
from bot.store.database import Database
from bot.store.ledger import Entry
from tests.library import add, edition, open_archive
from tests.services.company import MO, SERVER

RUBY, JON = 21, 22
NUMBERS = count(1)


@pytest.fixture
async def story(database: Database) -> int:
    story = await add(database, edition("The Lamp", "Ruby", rating=Rating.R))
    await add(database, edition("The Well", "Jon"))
    async with database.write() as db:
        await claims.link(db, 1, RUBY, 1.0)
        await claims.link(db, 2, JON, 1.0)
    return story


@pytest.fixture
def own(database: Database) -> OwnEditing:
    return OwnEditing(Owning(database, None))


async def _propose(own: OwnEditing, user: int, story: int, **typed: str) -> int:
    """Types into the form that has these fields; returns the proposal's number."""
    actor = await own.author(user, story)
    given = {Field(name): text for name, text in typed.items()}
    form = 1 if Field.CAUTIONS in given else 0
    blank = await own.blank(actor, story, form)
    return (await own.propose(actor, story, form, blank.digest, {**blank.held, **given})).proposal.id


async def _save(own: OwnEditing, user: int, proposal: int) -> str:
    return await own.save(await own.proposer(user, proposal), proposal, next(NUMBERS))


async def _entries(database: Database, archive: int = 1) -> list[Entry]:
    return await ledger.entries(database.reader, archive, before=999, limit=9)


async def test_an_author_edits_and_it_is_on_record(database: Database, own: OwnEditing, story: int) -> None:
    said = await _save(own, RUBY, await _propose(own, RUBY, story, title="A Lamp", series="Lights"))
    assert said == "The Lamp is saved: title, series as you typed it."
    [entry] = await _entries(database)
    assert (entry.act, entry.actor_id, entry.story_id) == ("edited by its author", RUBY, story)
    assert {change.field: change.former for change in entry.values} == {"title": "The Lamp", "series": ""}
    undone = await Editing(Acting(database, SERVER)).undo(MO, entry.id, next(NUMBERS))
    assert undone.startswith("A Lamp is as it was before"), "moderators take it back as they do their own"


async def test_another_s_story_is_not_to_be_edited(database: Database, own: OwnEditing, story: int) -> None:
    proposal = await _propose(own, RUBY, story, title="A Lamp")
    actor = await own.author(RUBY, story)
    with pytest.raises(NotYourStory):
        await own.author(JON, story)
    with pytest.raises(ProposalGone):
        await own.proposer(JON, proposal)
    for attempt in (
        own.story(actor._replace(user=JON), story),
        own.blank(actor._replace(user=JON), story, 0),
        own.propose(actor._replace(user=JON), story, 0, 0, {Field.TITLE: "Mine"}),
    ):
        with pytest.raises(NotYourStory):
            await attempt
    with pytest.raises(ProposalGone):
        await own.save(actor._replace(user=JON), proposal, next(NUMBERS))
    assert await _entries(database) == []


async def test_a_name_that_changed_hands_meanwhile_saves_nothing(
    database: Database, own: OwnEditing, story: int
) -> None:
    proposal = await _propose(own, RUBY, story, title="A Lamp")
    async with database.write() as db:
        await db.run("UPDATE authors SET user_id = :other WHERE id = 1", other=JON)
    with pytest.raises(NotYourStory):
        await _save(own, RUBY, proposal)
    assert await _entries(database) == []


async def test_under_whose_name_it_stands_is_for_moderators(database: Database, own: OwnEditing, story: int) -> None:
    blank = await own.blank(await own.author(RUBY, story), story, 0)
    assert Field.AUTHORS not in blank.held
    proposal = await _propose(own, RUBY, story, title="A Lamp", authors="Jon")
    await _save(own, RUBY, proposal)
    found = await headers.read(database.reader, 1, story)
    assert found is not None
    assert (found.title, found.authors) == ("A Lamp", ("Ruby",))


async def test_a_milder_rating_is_for_moderators_and_a_stricter_one_is_not(
    database: Database, own: OwnEditing, story: int
) -> None:
    with pytest.raises(MilderRating):
        await _propose(own, RUBY, story, rating="PG")
    proposal = await _propose(own, RUBY, story, rating="NC-17")
    await _save(own, RUBY, proposal)
    with pytest.raises(MilderRating):
        await _propose(own, RUBY, story, rating="R")
    async with database.write() as db:
        await db.run("UPDATE stories SET rating = 2, rating_raw = 'PG-13' WHERE id = :id", id=story)
    milder = await _propose(own, RUBY, story, rating="R")
    async with database.write() as db:
        await db.run("UPDATE stories SET rating = 5, rating_raw = '' WHERE id = :id", id=story)
    with pytest.raises((MilderRating, ChangedMeanwhile)):
        await _save(own, RUBY, milder)
    assert await database.reader.value("SELECT rating FROM stories WHERE id = :id", id=story) == 5


async def test_what_a_moderator_has_to_see_first_waits(database: Database, own: OwnEditing, story: int) -> None:
    said = await _save(own, RUBY, await _propose(own, RUBY, story, cautions="Underage"))
    assert "It waits for a moderator now, because it is rated R and its header says “Underage”." in said
    states = await intake.states(database.reader, [story])
    assert states[story][0] == "withheld"
    assert [entry.act for entry in await _entries(database)] == ["withheld", "edited by its author"]


async def test_it_reaches_an_archive_elsewhere(database: Database, own: OwnEditing, story: int) -> None:
    other = await open_archive(database, SERVER + 1)
    there = await add(database, edition("The Quay", "Ruby"), archive_id=other)
    async with database.write() as db:
        await db.run("UPDATE authors SET user_id = :ruby WHERE archive_id = :other", ruby=RUBY, other=other)
    await _save(own, RUBY, await _propose(own, RUBY, there, title="The Pier"))
    assert [entry.act for entry in await _entries(database, other)] == ["edited by its author"]
    assert await _entries(database) == []


async def test_of_what_was_withdrawn_nothing_is_left_to_edit(database: Database, own: OwnEditing, story: int) -> None:
    async with database.write() as db:
        await withdrawals.purge(db, story)
        await db.run("UPDATE stories SET state = 'withdrawn' WHERE id = :id", id=story)
    with pytest.raises((Gone, NotYourStory)):
        await own.story(await own.author(RUBY, story), story)
