"""This room takes a run of the importer back, as far as no later one has built upon it."""

from typing import NamedTuple, Protocol

from bot.domain.errors import ArchiveError, NoSuchRun
from bot.domain.models import Standing
from bot.services.intake.amending import amended
from bot.services.intake.linking import settle
from bot.services.intake.restoring import restored
from bot.services.intake.shelving import Writing
from bot.store import documents, editions, intake, ledger, links, runs, submissions
from bot.store.database import Database
from bot.store.editions import Edition, Relation
from bot.store.intake import Shown
from bot.store.runs import Act, Undoable
from bot.store.sqlite import Reader, Writer


class Undone(NamedTuple):
    """What became of a run that was taken back; the titles are those of the stories before."""

    run_id: int
    removed: list[str]
    restored: list[str]
    lessened: list[str]  # stories that lost an edition kept beside the shown one
    stay: list[tuple[str, int]]  # stories that a later run changed again, and that run
    documents: int

    @property
    def is_whole(self) -> bool:
        return not self.stay

    @property
    def counts(self) -> str:
        return f"{len(self.removed)} removed, {len(self.restored)} shown as before, {len(self.stay)} stay"


class Undoer(Protocol):
    """Who takes a run back; the transactions are those that do it."""

    async def begin(self, db: Writer, undone: Undone) -> None:
        """Before anything goes: what goes without a line on record, nobody could account for."""
        ...

    async def end(self, db: Writer, undone: Undone) -> None:
        """With the last that goes."""
        ...


class Operator:
    """Whoever runs the bot, on the command line."""

    def __init__(self, archive_id: int, now: float) -> None:
        self._archive = archive_id
        self._now = now

    async def begin(self, db: Writer, undone: Undone) -> None:
        await ledger.record(db, on_record(undone, self._archive, None), self._now)

    async def end(self, db: Writer, undone: Undone) -> None:
        """Nobody waits for an answer."""


def on_record(undone: Undone, archive_id: int, actor_id: int | None, reason: str = "") -> ledger.Act:
    act = f"run {undone.run_id} taken back: {undone.counts}"
    return ledger.Act(archive_id, act, actor_id, reason, run_id=undone.run_id)


async def undo(
    writing: Writing, reader: Reader, archive_id: int, run_id: int, now: float, undoer: Undoer | None = None
) -> Undone:
    """Removes what a run added and shows again what it replaced; letters and places of what stays, stay.

    One that was cut off is begun again and does what is left.
    """
    undoer = undoer or Operator(archive_id, now)
    async with writing.write() as db:
        await _check(db, archive_id, run_id)
        found = await runs.to_undo(db, run_id)
        free = [each for each in found if each.later_run is None]
        _check_kept(free, run_id)
        undone = _undone(run_id, found, free)
        await undoer.begin(db, undone)
    ids = [each.change.story_id for each in free]
    keys = await links.titles(reader, ids)
    for each in free:
        await _undo_one(writing, reader, archive_id, run_id, each, now)
    async with writing.write() as db:
        undone = undone._replace(documents=await documents.forget(db, run_id))
        if undone.is_whole:
            await runs.close(db, run_id, now)
            await submissions.undo(db, run_id, now)
        await undoer.end(db, undone)
    keys += await links.titles(reader, ids)
    await settle(writing, reader, archive_id, ids, keys)
    return undone


async def _check(db: Reader, archive_id: int, run_id: int) -> None:
    run = await runs.get(db, run_id)
    newest = await runs.newest(db, archive_id)
    if run is None or run.archive_id != archive_id:
        raise NoSuchRun(run_id, "is not known", newest)
    if run.undone_at is not None:
        raise NoSuchRun(run_id, "was taken back already", newest)


def _check_kept(free: list[Undoable], run_id: int) -> None:
    """Before anything goes: a run that cannot be taken back whole is not begun with."""
    for each in free:
        if each.change.act is Act.UPDATED and each.change.former_edition_id is None:
            raise ArchiveError(f"The former edition of “{each.title}” is no longer kept; run {run_id} stays as it is.")


def _undone(run_id: int, found: list[Undoable], free: list[Undoable]) -> Undone:
    return Undone(
        run_id,
        _titles(free, Act.ADDED),
        _titles(free, Act.UPDATED),
        _titles(free, Act.KEPT),
        [(each.title, each.later_run) for each in found if each.later_run is not None],
        documents=0,
    )


def _titles(found: list[Undoable], act: Act) -> list[str]:
    return [each.title for each in found if each.change.act is act]


async def _undo_one(writing: Writing, reader: Reader, archive_id: int, run_id: int, each: Undoable, now: float) -> None:
    change = each.change
    former: Edition | None = None
    if change.act is Act.UPDATED:
        assert change.former_edition_id is not None
        former = await restored(reader, change.former_edition_id)
    async with writing.write() as db:
        match change.act:
            case Act.ADDED:
                await intake.remove(db, change.story_id, f"run {run_id} was taken back")
            case Act.UPDATED:
                assert former is not None
                assert change.former_edition_id is not None
                state = change.former_state or Standing.PUBLISHED
                await _show_again(db, archive_id, change.story_id, change.former_edition_id, former, state, now)
            case Act.KEPT:
                pass
        await runs.drop_editions(db, run_id, change.story_id)
        await runs.undone(db, run_id, [change.story_id])


async def _show_again(
    db: Writer, archive_id: int, story_id: int, edition_id: int, edition: Edition, state: Standing, now: float
) -> None:
    shown = [each for each in await editions.of_story(db, story_id) if each.relation is Relation.SHOWN]
    await editions.relate(db, [*((each.id, Relation.EDITION) for each in shown), (edition_id, Relation.SHOWN)])
    [(_, reason, _)] = (await intake.states(db, [story_id])).values()
    shown = [Shown(story_id, edition, state, reason, is_new=False)]
    await intake.show(db, archive_id, await amended(db, shown), now)


async def show_edition(
    database: Database, archive_id: int, story_id: int, edition_id: int, now: float, done: ledger.Act
) -> None:
    """Shows another edition of a story and puts that on record; letters, places and the story's id stay."""
    edition = await restored(database.reader, edition_id)
    writing = Writing(database, lambda: False)
    keys = await links.titles(database.reader, [story_id])
    async with writing.write() as db:
        [(state, _, _)] = (await intake.states(db, [story_id])).values()
        await _show_again(db, archive_id, story_id, edition_id, edition, state, now)
        await ledger.record(db, done, now)
    keys += await links.titles(database.reader, [story_id])
    await settle(writing, database.reader, archive_id, [story_id], keys)
