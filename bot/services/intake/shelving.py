"""This room writes what was read into the archive, a few stories at a time, so that nobody waits for it."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, TypeVar

from bot.domain import names
from bot.domain.models import Rating, Standing
from bot.formats.consent import Barred
from bot.services.intake import barring, rows
from bot.services.intake.amending import amended
from bot.services.intake.barring import Cuts
from bot.services.intake.binding import Bound, Copy, with_documents
from bot.services.intake.continuing import continued
from bot.services.intake.judging import Fate, Status, fate, standing
from bot.services.intake.preparing import Prepared
from bot.services.intake.staging import Stage
from bot.store import documents, editions, intake, links, matching, runs
from bot.store.database import Database
from bot.store.documents import NewDocument
from bot.store.editions import NewEdition, Relation
from bot.store.intake import Numbers, Shown
from bot.store.runs import Act, Change
from bot.store.sqlite import Write, Writer

T = TypeVar("T")


class Pace(NamedTuple):
    """How much is written at once; where somebody else writes too, the lock stays free as long as it was held."""

    stories: int
    size: int  # bytes of documents
    shares: bool


SHARED = Pace(10, 1_000_000, shares=True)
ALONE = Pace(60, 1_000_000, shares=False)  # the index of words is written in large pieces
Sleep = Callable[[float], Awaitable[None]]


class Writing:
    """Transactions of an import, with the pauses that others need."""

    def __init__(self, database: Database, is_shared: Callable[[], bool], sleep: Sleep = asyncio.sleep) -> None:
        self._database = database
        self._is_shared = is_shared
        self._sleep = sleep

    @property
    def pace(self) -> Pace:
        return SHARED if self._is_shared() else ALONE

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[Writer]:
        began = time.perf_counter()
        async with self._database.write() as db:
            waited = time.perf_counter() - began
            yield db
        if self.pace.shares:
            await self._sleep(time.perf_counter() - began - waited)

    async def transact(self, work: Write[T]) -> T:
        """One transaction like `write`, of work that waits for nothing but the database, and is done once."""
        began = 0.0

        async def timed(db: Writer) -> T:
            nonlocal began
            began = time.perf_counter()
            return await work(db)

        result = await self._database.alone(timed)
        if self.pace.shares:
            await self._sleep(time.perf_counter() - began)
        return result


@dataclass(frozen=True, slots=True)
class Terms:
    """Under what terms a run takes stories in."""

    archive_id: int
    run_id: int
    now: float
    limit: Rating
    barred: Barred
    withhold: bool


@dataclass(slots=True)
class Shelf:
    """What one transaction is to write."""

    numbers: Numbers
    seen: list[int] = field(default_factory=list[int])  # documents that this run brought, new or not
    new_documents: list[NewDocument] = field(default_factory=list[NewDocument])
    new_editions: list[NewEdition] = field(default_factory=list[NewEdition])
    relations: list[tuple[int, Relation]] = field(default_factory=list[tuple[int, Relation]])
    shown: list[Shown] = field(default_factory=list[Shown])
    changes: list[Change] = field(default_factory=list[Change])

    def story_id(self) -> int:
        self.numbers = self.numbers._replace(story=self.numbers.story + 1)
        return self.numbers.story - 1

    def edition_id(self) -> int:
        self.numbers = self.numbers._replace(edition=self.numbers.edition + 1)
        return self.numbers.edition - 1

    def document_id(self) -> int:
        self.numbers = self.numbers._replace(document=self.numbers.document + 1)
        return self.numbers.document - 1


class Shelver:
    """Puts the works of one run on the shelves."""

    def __init__(self, writing: Writing, stage: Stage, terms: Terms, cut: Cuts) -> None:
        self._writing = writing
        self._stage = stage
        self._terms = terms
        self._cut = cut
        self._ids: dict[int, int] = {}  # of documents, by their numbers
        self.touched: dict[int, None] = {}  # stories that came or changed
        self.title_keys: set[str] = set()  # their titles, former ones too

    async def shelve(self, works: Sequence[Bound]) -> None:
        """Writes some works and their rows of the report."""
        allowed = [work for bound in works if (work := self._allowed(bound)) is not None]
        if not allowed:
            return
        for bound, each, state, reason in await self._writing.transact(partial(self._shelve, works=allowed)):
            self._report(bound, rows.story(bound, each, state, reason))

    async def _shelve(self, db: Writer, works: Sequence[Bound]) -> list[tuple[Bound, Fate, str, str]]:
        fates = await self._fates(db, works)
        shelf = Shelf(await intake.numbers(db))
        await self._keep(db, shelf, {number: each for bound in works for number, each in bound.documents.items()})
        judged = await self._judge(db, shelf, fates)
        await self._write(db, shelf)
        return judged

    async def keep(self, numbers: Sequence[int]) -> None:
        """Writes documents that are no stories."""
        await self._writing.transact(partial(self._keep_others, numbers=numbers))

    async def _keep_others(self, db: Writer, numbers: Sequence[int]) -> None:
        shelf = Shelf(await intake.numbers(db))
        await self._keep(db, shelf, {number: self._stage.prepared(number) for number in numbers})
        await documents.add_documents(db, self._terms.archive_id, shelf.new_documents)
        await documents.seen(db, self._terms.run_id, shelf.seen)

    def _report(self, bound: Bound, row: rows.Row) -> None:
        first = min(bound.shown.pieces)
        self._stage.add_row((first.document, first.story), row)

    def _allowed(self, bound: Bound) -> Bound | None:
        """A work without the copies that must not come in; None where nothing is left of it."""
        copies: list[Copy] = []
        for copy in bound.copies:
            reason = barring.reason(copy, self._terms.barred)
            if reason is None:
                copies.append(copy)
            else:
                first = copy.pieces[0]
                self._stage.add_row((first.document, first.story), rows.held(copy.edition, reason))
        return Bound(bound.work, tuple(copies)) if copies else None

    async def _fates(self, db: Writer, works: Sequence[Bound]) -> list[tuple[Bound, Fate]]:
        """What becomes of each; one that only continues a story that is here becomes the whole of it."""
        wanted = [
            matching.wanted(bound.shown.edition, (document.path for document in bound.shown.documents))
            for bound in works
        ]
        found = await matching.candidates(db, self._terms.archive_id, wanted)
        taken = set(self.touched)
        fates: list[tuple[Bound, Fate]] = []
        for bound, candidates in zip(works, found, strict=True):
            joined = await continued(db, bound.shown, candidates, taken)
            whole = bound if joined is None else Bound(bound.work, (joined.copy, *bound.copies[1:]))
            made = fate(bound.shown, candidates, taken) if joined is None else joined.fate
            fates.append((whole, made))
            if made.status is Status.UPDATED and made.story_id is not None:
                taken.add(made.story_id)
        return fates

    async def _keep(self, db: Writer, shelf: Shelf, prepared: Mapping[int, Prepared]) -> None:
        """Gives documents their ids; those that are not here yet are put on the shelf."""
        cut = {number: self._without(number, each) for number, each in prepared.items() if number in self._cut}
        kept = {number: cut[number][0] if number in cut else each for number, each in prepared.items()}
        known = await documents.known(db, self._terms.archive_id, [(each.path, each.digest) for each in kept.values()])
        for number, document in kept.items():
            key = document.path, document.digest
            if key not in known:
                known[key] = shelf.document_id()
                packed = cut[number][1] if number in cut else self._stage.packed(number)
                shelf.new_documents.append(_new(known[key], document, packed))
            self._ids[number] = known[key]
            shelf.seen.append(known[key])

    def _without(self, number: int, document: Prepared) -> tuple[Prepared, bytes]:
        return barring.without(document, self._stage.packed(number), self._cut[number])

    async def _judge(
        self, db: Writer, shelf: Shelf, pairs: Sequence[tuple[Bound, Fate]]
    ) -> list[tuple[Bound, Fate, str, str]]:
        """Puts what is to be written on the shelf; returns what is to be reported."""
        known = [each.story_id for _, each in pairs if each.story_id is not None]
        states = await intake.states(db, known)
        here = await editions.digests(db, known)
        self.title_keys.update(await links.titles(db, known))
        judged: list[tuple[Bound, Fate, str, str]] = []
        for bound, made in pairs:
            former = states.get(made.story_id or 0)
            story = bound.shown.edition.manuscript
            state, reason = standing(story, self._terms.limit, former, withhold=self._terms.withhold)
            if made.status is Status.UNCHANGED and former is not None:
                state, reason, _ = former
            final = made._replace(story_id=made.story_id or shelf.story_id())
            self._place(shelf, bound, final, (state, reason), former, here)
            judged.append((bound, final, state, reason))
        return judged

    def _place(
        self,
        shelf: Shelf,
        bound: Bound,
        made: Fate,
        state: tuple[Standing, str],
        former: tuple[Standing, str, str] | None,
        here: Mapping[int, set[bytes]],
    ) -> None:
        story_id = made.story_id
        assert story_id is not None
        if made.is_spare:
            return
        digests = here.get(story_id, set[bytes]())
        added = [copy for copy in bound.copies if copy.edition.digest not in digests]
        is_shown = made.status in (Status.ADDED, Status.UPDATED)
        if is_shown:
            self._show(shelf, bound.shown, made, state, is_new=former is None)
            added = [copy for copy in added if copy is not bound.shown]
        for copy in added:
            relation = Relation.EDITION if copy.relation is Relation.SHOWN else copy.relation
            shelf.new_editions.append(self._edition(shelf, copy, story_id, relation))
        if is_shown or added:
            act = Act(made.status.value) if is_shown else Act.KEPT
            shelf.changes.append(Change(story_id, act, made.former, former[0] if former else None))
        if is_shown:
            self.touched[story_id] = None
            self.title_keys.add(names.key(bound.shown.edition.manuscript.title))

    def _show(self, shelf: Shelf, copy: Copy, made: Fate, state: tuple[Standing, str], *, is_new: bool) -> None:
        assert made.story_id is not None
        if made.former is not None:
            shelf.relations.append((made.former, Relation.EDITION))
        if made.edition_id is not None:
            shelf.relations.append((made.edition_id, Relation.SHOWN))
        else:
            shelf.new_editions.append(self._edition(shelf, copy, made.story_id, Relation.SHOWN))
        shelf.shown.append(Shown(made.story_id, copy.edition, *state, is_new=is_new))

    def _edition(self, shelf: Shelf, copy: Copy, story_id: int, relation: Relation) -> NewEdition:
        made = with_documents(copy, self._ids)
        return NewEdition(shelf.edition_id(), story_id, self._terms.run_id, relation, made)

    async def _write(self, db: Writer, shelf: Shelf) -> None:
        terms = self._terms
        await documents.add_documents(db, terms.archive_id, shelf.new_documents)
        await documents.seen(db, terms.run_id, shelf.seen)
        await editions.relate(db, shelf.relations)
        await intake.show(db, terms.archive_id, await amended(db, shelf.shown), terms.now)
        await editions.add_editions(db, shelf.new_editions, terms.now)
        await runs.record(db, terms.run_id, shelf.changes)


def _new(document_id: int, prepared: Prepared, content: bytes) -> NewDocument:
    return NewDocument(
        document_id,
        prepared.path,
        prepared.digest,
        prepared.size,
        prepared.kind,
        content,
        prepared.ranges,
        prepared.contacts,
        prepared.repairs,
        prepared.warnings,
    )


def batches(items: Iterable[T], size: Callable[[T], int], pace: Callable[[], Pace]) -> Iterator[list[T]]:
    """As many as one transaction may hold."""
    batch: list[T] = []
    held = 0
    limits = pace()
    for item in items:
        weight = size(item)
        if batch and (len(batch) >= limits.stories or held + weight > limits.size):
            yield batch
            batch, held, limits = [], 0, pace()
        batch.append(item)
        held += weight
    if batch:
        yield batch
