"""Editing by many at once, and the record as the whole truth about what people changed."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.desk_refusals import ChangedMeanwhile, NothingToUndo, StandsAlready
from bot.domain.fields import FORMS, Field
from bot.domain.models import Standing
from bot.domain.people import Actor
from bot.domain.refusals import NotYourDesk
from bot.formats import fields
from bot.services.acting import Acting
from bot.services.intake.editing import Editing
from bot.services.publishing import Publishing, Turn
from bot.store import headers, ledger, standings
from bot.store.database import Database
from bot.store.ledger import Change, Wanted
from tests.library import add, edition

SERVER = 77
NUMBERS = count(1)
NEWEST = 1 << 60


def moderator(user: int) -> Actor:
    return Actor(user, 1, SERVER, manages=True, roles=frozenset(), owns_bot=False)


MO, IDA = moderator(1), moderator(2)


@pytest.fixture
def acting(database: Database) -> Acting:
    return Acting(database, SERVER)


async def changed(editing: Editing, actor: Actor, story: int, field: Field, value: str) -> None:
    """Types a value into a form and saves it; where somebody was faster, looks at both and saves over it."""
    form = next(number for number, (_, held) in enumerate(FORMS) if field in held)
    blank = await editing.blank(actor, story, form)
    preview = await editing.propose(actor, story, form, blank.digest, {**blank.held, field: value})
    try:
        await editing.save(actor, preview.proposal.id, next(NUMBERS))
    except ChangedMeanwhile:
        await editing.preview(actor, preview.proposal.id)
        await editing.save(actor, preview.proposal.id, next(NUMBERS), over=True)


async def history(database: Database, story: int) -> list[Change]:
    """All changes of a story's fields, the oldest first."""
    wanted = Wanted(story_id=story)
    entries = await ledger.entries(database.reader, 1, before=NEWEST, limit=5_000, wanted=wanted)
    return [change for entry in reversed(entries) for change in entry.values]


async def now(database: Database, story: int) -> dict[str, str]:
    header = await headers.read(database.reader, 1, story)
    stood = await standings.get(database.reader, 1, story)
    assert header is not None
    assert stood is not None
    return {**fields.told(header), "state": stood.state}


@pytest.mark.timeout(300)
async def test_a_thousand_edits_at_once_lose_none(database: Database, acting: Acting) -> None:
    """Each is on record with what it found, and the next one found what it left: a chain without a gap."""
    editing = Editing(acting)
    stories = [await add(database, edition(f"Story {number}", "Ruby")) for number in range(5)]
    before = {story: await now(database, story) for story in stories}
    touched = (Field.SUMMARY, Field.DISCLAIMER)
    await asyncio.gather(
        *(
            changed(editing, actor, stories[number % 5], touched[number % 2], f"{actor.user} wrote {number}")
            for number in range(500)
            for actor in (MO, IDA)
        )
    )
    saved: set[str] = set()
    for story in stories:
        standing = before[story]
        for change in await history(database, story):
            assert change.former == standing[change.field]
            assert change.present is not None
            standing[change.field] = change.present
            saved.add(change.present)
        assert standing == await now(database, story)
    assert saved == {f"{user} wrote {number}" for number in range(500) for user in (1, 2)}


SIMPLE = (Field.TITLE, Field.SUMMARY, Field.SERIES, Field.NUMBER, Field.RATING, Field.TAGS, Field.LINKS, Field.BEFORE)
VALUES = {Field.LINKS: ("sequel: The Wick", "", "prequel: Home"), Field.TAGS: ("fog", "angst\nfog", "")}
ACTS = st.one_of(
    st.tuples(st.just("edit"), st.sampled_from(SIMPLE), st.integers(0, 2)),
    st.tuples(st.just("undo"), st.integers(0, 8), st.just(0)),
    st.tuples(st.sampled_from(list(Turn)), st.just(0), st.just(0)),
    st.tuples(st.just("erase"), st.just(0), st.just(0)),
)


async def _act(acting: Acting, story: int, what: tuple[str, str | int, int]) -> None:
    kind, which, number = what
    if kind == "edit":
        values = VALUES.get(Field(which), ("One", "Two", "PG"))
        await changed(Editing(acting), MO, story, Field(which), values[number])
    elif kind == "undo":
        assert isinstance(which, int)
        entries = await ledger.entries(acting.database.reader, 1, before=NEWEST, limit=9, wanted=Wanted(story_id=story))
        await Editing(acting).undo(MO, entries[which].id if which < len(entries) else 0, next(NUMBERS))
    elif kind == "erase":
        async with acting.database.write() as db:
            await ledger.erase_story(db, story, 9.0)
    else:
        await Publishing(acting).turn(IDA, story, Turn(kind), "Because.", next(NUMBERS))


@given(st.lists(ACTS, max_size=15))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_what_stands_is_the_fold_of_the_record(
    database: Database, acting: Acting, acts: Sequence[tuple[str, str | int, int]]
) -> None:
    """Of every field that anybody changed, also through undoing, hiding and restoring; of what was erased, its name."""
    story = await add(database, edition("The Lamp", "Ruby"), state=Standing.WITHHELD)
    for what in acts:
        with suppress(ChangedMeanwhile, NothingToUndo, StandsAlready):
            await _act(acting, story, what)
    changes = await history(database, story)
    folded = {change.field: change.present for change in changes if change.present is not None}
    standing = await now(database, story)
    assert {field: standing[field] for field in folded} == folded
    kept = await database.reader.all("SELECT field, value FROM amendments WHERE story_id = :id", id=story)
    amended = {row["field"]: row["value"] for row in kept}
    assert set(amended) == {change.field for change in changes} - {"state"}
    assert folded.items() <= {**amended, "state": standing["state"]}.items()


async def test_nobody_edits_without_the_right(database: Database, acting: Acting) -> None:
    story = await add(database, edition("The Lamp", "Ruby"))
    reader = MO._replace(manages=False)
    editing = Editing(acting)
    preview = await editing.propose(MO, story, 0, (await editing.blank(MO, story, 0)).digest, {Field.TITLE: "A Lamp"})
    with pytest.raises(NotYourDesk):
        await editing.save(reader, preview.proposal.id, next(NUMBERS))
    with pytest.raises(NotYourDesk):
        await editing.blank(reader, story, 0)


async def test_what_was_erased_cannot_be_undone(database: Database, acting: Acting) -> None:
    story = await add(database, edition("The Lamp", "Ruby"))
    await changed(Editing(acting), MO, story, Field.TITLE, "A Lamp")
    async with database.write() as db:
        await ledger.erase_story(db, story, 9.0)
    with pytest.raises(NothingToUndo, match="is erased"):
        await Editing(acting).undo(MO, 1, next(NUMBERS))
