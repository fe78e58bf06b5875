"""This room is import: files in, stories added, updated or refused, and a report of every byte."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from bot.domain import names
from bot.domain.access import HOME
from bot.domain.models import LinkKind, Part
from bot.formats import prose
from bot.formats.assembly import Plan, plan
from bot.formats.consent import Barred
from bot.formats.likeness import prints, sketch
from bot.services.intake import rows
from bot.services.intake.barring import cuts
from bot.services.intake.binding import Binder, Bound
from bot.services.intake.files import File, Progress, found
from bot.services.intake.gathering import Gathered, Gatherer, Stopped
from bot.services.intake.judging import Status
from bot.services.intake.linking import settle
from bot.services.intake.returning import Returned, Returning, is_export
from bot.services.intake.shelving import Shelver, Terms, Writing, batches
from bot.services.intake.staging import Stage, stage
from bot.services.intake.undoing import Undoer, Undone, undo
from bot.store import consent, editions, intake, matching, runs, stories
from bot.store.database import Database, Writer

__all__ = ["Intake", "Options", "Outcome", "Returned", "Stage", "Status", "Stopped", "Undone", "is_export", "stage"]

REMEMBERED = 8 * 1024 * 1024
"""Bytes of the database that an import keeps in memory where nobody else writes: what one transaction changes."""
AT_ONCE = 100
"""Rows whose links are looked up together."""


def quiet(_what: str, _done: int, _total: int) -> None:
    """Hears nothing of how far an import is."""


async def unrecorded(_db: Writer, _run_id: int) -> None:
    """Leaves it to the caller what stands on record."""


def whole(work: Bound) -> Bound | None:
    """Takes every work as it was read."""
    return work


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How an import is run."""

    withhold: bool = False  # unpublished, for review
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)  # processes that read documents
    progress: Progress = quiet
    is_shared: Callable[[], bool] = lambda: True  # whether somebody else writes to the database now
    choose: Callable[[Bound], Bound | None] = whole  # what of a work comes in; None: nothing
    begun: Callable[[Writer, int], Awaitable[None]] = unrecorded  # told of the run in the transaction that begins it


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import came to; its rows wait on the stage."""

    run_id: int
    totals: dict[Status, int]
    documents: list[rows.Row]  # that are no stories


class Intake:
    """Imports files into one archive."""

    def __init__(self, database: Database, archive_id: int = HOME) -> None:
        self._database = database
        self._archive = archive_id

    async def take(self, paths: Sequence[Path], stage: Stage, now: float, options: Options | None = None) -> Outcome:
        """Imports files, and folders with all that is in them.

        Raises:
            ArchiveError: no more processes can be had to read documents.
        """
        return await self.take_files(found(paths), stage, now, options or Options())

    async def take_files(self, files: Sequence[File], stage: Stage, now: float, options: Options) -> Outcome:
        """Imports files that go by names of their own; the same files in the same order have the same pieces."""
        gathered = await self._gather(files, stage, options)
        made = await asyncio.to_thread(plan, gathered.summaries)
        writing = Writing(self._database, options.is_shared)
        if not writing.pace.shares:
            await self._database.remember(REMEMBERED)
        await self._print_older(writing)
        terms = await self._terms(writing, now, options)
        binder = Binder(stage, gathered.summaries)
        shelver = Shelver(writing, stage, terms, await asyncio.to_thread(cuts, made.works, binder, terms.barred))
        await self._shelve(shelver, binder, writing, stage, made, options)
        await settle(writing, self._database.reader, self._archive, shelver.touched, shelver.title_keys)
        async with writing.write() as db:
            await runs.finish(db, terms.run_id, now)
        return await self._outcome(terms.run_id, stage, gathered, made)

    async def bring_back(self, paths: Sequence[Path], now: float, options: Options) -> Returned:
        """Brings the files of one export back as a run.

        Raises:
            ExportRefused: one of them cannot be read, or is of another export.
        """
        writing = Writing(self._database, options.is_shared)
        await self._print_older(writing)
        terms = await self._terms(writing, now, options)
        first = (await intake.numbers(self._database.reader)).story
        return await Returning(self._database, terms, first, options.is_shared).take(paths, options.progress)

    async def _gather(self, files: Sequence[File], stage: Stage, options: Options) -> Gathered:
        """Reads everything in a thread, and stops it where the import is cancelled."""
        gatherer = Gatherer(stage, options.jobs, options.progress)
        work = asyncio.ensure_future(asyncio.to_thread(gatherer.gather, files))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            gatherer.stop()
            await asyncio.wait({work})
            work.exception()
            raise

    async def _terms(self, writing: Writing, now: float, options: Options) -> Terms:
        async with writing.write() as db:
            run_id = await runs.begin(db, self._archive, now)
            await options.begun(db, run_id)
            limit = await stories.rating_limit(db, self._archive)
            bars = await consent.bars(db, self._archive)
        authors = frozenset(names.key(name) for bar in bars if bar.kind == "author" for name in bar.names)
        works = tuple((bar.names[0], frozenset(bar.prints)) for bar in bars if bar.kind == "work")
        return Terms(self._archive, run_id, now, limit, Barred(authors, works), options.withhold)

    async def _print_older(self, writing: Writing) -> None:
        """Prints of stories that came before prints were kept."""
        reader = self._database.reader
        for edition_id in await matching.without_prints(reader, self._archive):
            story_id = await editions.story_of(reader, edition_id)
            texts = await stories.part_texts(reader, story_id)
            made = prints(Part(title, prose.from_markup(markup)) for title, markup in texts)
            async with writing.write() as db:
                await matching.keep_prints(db, self._archive, edition_id, made, sketch(made))

    async def _shelve(
        self, shelver: Shelver, binder: Binder, writing: Writing, stage: Stage, made: Plan, options: Options
    ) -> None:
        done = 0
        for works in batches(made.works, binder.size, lambda: writing.pace):
            bound = [chosen for work in works if (chosen := options.choose(binder.bind(work))) is not None]
            await shelver.shelve(bound)
            done += len(works)
            options.progress("Storing", done, len(made.works))
        for numbers in batches(made.structure, stage.size, lambda: writing.pace):
            await shelver.keep(numbers)

    async def _outcome(self, run_id: int, stage: Stage, gathered: Gathered, made: Plan) -> Outcome:
        others = {number: rows.document(stage.prepared(number), number) for number in made.structure}
        for refusal in gathered.refusals:
            if refusal.expected:
                others[refusal.number] = rows.aside(refusal)
            else:
                stage.add_row((refusal.number, 0), rows.refused(refusal.path, refusal.reason))
        totals = Counter(Status(row["status"]) for row in stage.rows())
        return Outcome(
            run_id,
            {status: totals[status] for status in Status},
            [others[number] for number in sorted(others)],
        )

    async def told(self, stage: Stage) -> AsyncGenerator[rows.Row]:
        """The rows of the report, with their links as they stand after the last document."""
        waiting = stage.rows()
        while some := list(islice(waiting, AT_ONCE)):
            ids: list[int] = sorted({row["id"] for row in some if row["id"] is not None})
            found = await stories.links_of(self._database.reader, ids)
            resolved = {
                (story, kind, names.key(target)) for story, kind, target, target_id in found if target_id is not None
            }
            for row in some:
                yield _with_links(row, resolved)

    async def undo(self, run_id: int, now: float, undoer: Undoer | None = None) -> Undone:
        """Takes a run back, as far as no later run has built upon it; without an undoer it is the operator who does.

        Raises:
            NoSuchRun: there is none, or it was taken back already.
        """
        writing = Writing(self._database, lambda: True)
        return await undo(writing, self._database.reader, self._archive, run_id, now, undoer)


def _with_links(row: rows.Row, resolved: Set[tuple[int, LinkKind, str]]) -> rows.Row:
    for link in row["links"] or ():
        link["resolved"] = (row["id"], LinkKind(link["kind"]), names.key(link["target"])) in resolved
    return row
