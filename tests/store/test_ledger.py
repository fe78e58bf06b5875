"""The record: what is found in it, and what stays of an entry when persons, reasons and values are erased."""

import pytest

from bot.store import ledger
from bot.store.database import Database
from bot.store.ledger import Act, Change, Entry, Wanted
from tests.library import add, edition

MO, IDA, MARA = 10, 11, 12
ALL = 1 << 60


@pytest.fixture
async def story(database: Database) -> int:
    story = await add(database, edition("The Lamp"))
    async with database.write() as db:
        values = [Change("title", "The Wick", "The Lamp")]
        await ledger.record(db, Act(1, "edited", MO, "A slip.", story_id=story, values=values), 1.0)
        await ledger.record(db, Act(1, "sender blocked", IDA, "Rude to Mo.", user_id=MARA), 2.0)
        await ledger.record(db, Act(1, "undone", IDA, story_id=story, undoes_id=1), 3.0)
    return story


async def _found(database: Database, wanted: Wanted = Wanted(), before: int = ALL) -> list[Entry]:  # noqa: B008
    return await ledger.entries(database.reader, 1, before=before, limit=10, wanted=wanted)


async def test_the_newest_come_first_and_say_what_became_of_them(database: Database, story: int) -> None:
    undone, blocked, edited = await _found(database)
    assert (edited.act, edited.actor_id, edited.reason, edited.title) == ("edited", MO, "A slip.", "The Lamp")
    assert edited.values == (Change("title", "The Wick", "The Lamp"),)
    assert (edited.undone_by, undone.undoes_id) == (undone.id, edited.id)
    assert (blocked.user_id, blocked.erased_at) == (MARA, None)
    assert [entry.id for entry in await _found(database, before=3)] == [2, 1]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted(words="RUDE"), [2]), (Wanted(words="lamp"), [3, 1]), (Wanted(actor_id=IDA), [3, 2]),
        (Wanted(actor_id=IDA, story_id=1), [3]), (Wanted(words="nothing"), []), (Wanted(words="%"), []),
    ],
)  # fmt: skip
async def test_entries_are_found_by_words_person_and_story(
    database: Database, story: int, wanted: Wanted, ids: list[int]
) -> None:
    assert [entry.id for entry in await _found(database, wanted)] == ids


async def test_what_the_operator_did_is_told_from_what_somebody_forgotten_did(database: Database, story: int) -> None:
    async with database.write() as db:
        await ledger.record(db, Act(1, "published", None, "Reviewed.", story_id=story), 4.0)
        await ledger.erase_person(db, MO, 9.0)
    operator, *others = await _found(database)
    assert (operator.by_operator, operator.actor_id, operator.erased_at) == (True, None, None)
    assert [entry.by_operator for entry in others] == [False, False, False]


async def test_a_forgotten_person_leaves_the_acts(database: Database, story: int) -> None:
    async with database.write() as db:
        assert await ledger.erase_person(db, MO, 9.0) == 1
        await ledger.erase_person(db, MARA, 9.0)
    undone, blocked, edited = await _found(database)
    assert (edited.act, edited.actor_id, edited.reason, edited.erased_at) == ("edited", None, "", 9.0)
    assert (blocked.actor_id, blocked.user_id, blocked.reason, blocked.erased_at) == (IDA, None, "", 9.0)
    assert (undone.actor_id, undone.erased_at) == (IDA, None)
    dump = [tuple(row) for row in await database.reader.all("SELECT user_id FROM ledger_persons")]
    assert (MO,) not in dump


async def test_a_withdrawn_story_leaves_the_names_of_fields(database: Database, story: int) -> None:
    async with database.write() as db:
        await ledger.erase_story(db, story, 9.0)
    _, blocked, edited = await _found(database)
    assert edited.values == (Change("title", None, None),)
    assert (edited.reason, edited.erased_at, edited.actor_id) == ("", 9.0, MO)
    assert blocked.reason == "Rude to Mo."


async def test_another_archives_entry_is_not_there(database: Database, story: int) -> None:
    assert await ledger.get(database.reader, 2, 1) is None
    found = await ledger.get(database.reader, 1, 1)
    assert found is not None
    assert found.act == "edited"
