"""This room brings the stories of an export back into an archive as they were; what is there already stays as it is."""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from bot.domain import names
from bot.domain.desk_refusals import ExportRefused
from bot.domain.documents import DocumentKind, Kind, Range
from bot.domain.errors import Unreadable
from bot.domain.exports import Exported
from bot.domain.models import Link, Part, Standing
from bot.formats import exports as files
from bot.formats import prose
from bot.formats.boxes import MOST_MEMBERS, Aside, Box, Budget, Refused
from bot.formats.consent import held
from bot.formats.likeness import prints, sketch
from bot.services.intake.binding import paged
from bot.services.intake.files import Progress
from bot.services.intake.judging import standing
from bot.services.intake.linking import settle
from bot.services.intake.preparing import text_of
from bot.services.intake.shelving import Terms, Writing
from bot.store import documents, editions, exports, intake, links, runs
from bot.store.database import Database, Writer
from bot.store.documents import NewDocument
from bot.store.editions import Edition, Made, NewEdition, Relation
from bot.store.intake import Shown
from bot.store.packing import pack, pack_ranges
from bot.store.runs import Act, Change

AT_ONCE = 10
"""Stories that one transaction writes."""


class Ready(NamedTuple):
    """A story of an export, made ready to be shown; `content` is kept as the document that it came in."""

    exported: Exported
    edition: Edition
    content: bytes


@dataclass(slots=True)
class Returned:
    """What became of the stories of an export; sentences about those that did not come in."""

    run_id: int
    added: int = 0
    unchanged: int = 0
    differ: list[str] = field(default_factory=list[str])  # titles
    held: list[str] = field(default_factory=list[str])
    refused: list[str] = field(default_factory=list[str])


def is_export(path: Path) -> bool:
    """Whether a file is one by what it holds, whatever it is called."""
    try:
        with path.open("rb") as opened:
            return Box(opened, Budget()).named(files.MANIFEST) is not None
    except (OSError, ValueError, Refused):
        return False


@contextmanager
def _opened(path: Path) -> Generator[Box]:
    try:
        with path.open("rb") as opened:
            yield Box(opened, Budget())
    except (Refused, Unreadable, OSError) as reason:
        raise ExportRefused(path.name, str(reason)) from reason


def _whose(path: Path) -> tuple[str, str]:
    with _opened(path) as box:
        manifest = box.named(files.MANIFEST)
        return files.check(b"" if manifest is None else box.read(manifest))


def stories_of(path: Path) -> Iterator[Exported | Aside]:
    """The stories in one file of an export; what cannot be read is told as an Aside.

    Raises:
        ExportRefused: the file cannot be read here at all.
    """
    with _opened(path) as box:
        for info in islice(box, MOST_MEMBERS):
            if info.filename.startswith(files.FOLDER):
                yield _story(box, info.filename)


def _story(box: Box, name: str) -> Exported | Aside:
    info = box.named(name)
    assert info is not None
    try:
        return files.decode(box.read(info))
    except (Refused, Unreadable) as reason:
        return Aside(name, str(reason), info.file_size)


def ready(exported: Exported) -> Ready:
    """A story with its pages cut.

    Raises:
        Unreadable: it has no text to be read.
    """
    titles = [part.title for part in exported.story.parts]
    pairs = zip(titles, exported.parts, strict=True)
    parts = [Part(title, prose.from_markup(text.markup)) for title, text in pairs]
    texts = [text_of(part) for part in parts]
    pages = list(paged(texts))
    if not pages:
        raise Unreadable("it has no text")
    numbers, content = prints(parts), files.encode(exported)
    edition = Edition(
        manuscript=exported.story,
        markup=[text.markup for text in texts],
        pages=pages,
        words=sum(text.words for text in texts),
        scene_breaks=sum(text.scene_breaks for text in texts),
        labels=[text.label for text in exported.parts],
        missing=exported.missing,
        path=f"{files.FOLDER}{exported.number:06}.json",
        digest=hashlib.sha256(content).digest(),
        prints=numbers,
        sketch=sketch(numbers),
    )
    return Ready(exported, edition, content)


class Returning:
    """Brings exports back, all files of one together: links lead from one to another."""

    def __init__(self, database: Database, terms: Terms, first: int, is_shared: Callable[[], bool]) -> None:
        """`first`: the number from which on stories are new in this run."""
        self._reader = database.reader
        self._writing = Writing(database, is_shared)
        self._terms = terms
        self._first = first
        self._seen: set[int] = set()  # numbers in the export
        self._ids: dict[int, int] = {}  # of stories here, by their numbers in the export
        self._leads: dict[int, list[tuple[Link, int]]] = defaultdict(list)  # by stories here
        self._told = Returned(terms.run_id)

    async def take(self, paths: Sequence[Path], progress: Progress) -> Returned:
        """Brings in all files of one export.

        Raises:
            ExportRefused: one cannot be read, or is of another export.
        """
        await asyncio.to_thread(_check_together, paths)
        for place, path in enumerate(paths):
            waiting = stories_of(path)
            while (some := await asyncio.to_thread(self._next, waiting)) is not None:
                await self._writing.transact(partial(self._shelve, some=some))
            progress("Storing", place + 1, len(paths))
        await self._settle()
        async with self._writing.write() as db:
            await runs.finish(db, self._terms.run_id, self._terms.now)
        return self._told

    def _next(self, waiting: Iterator[Exported | Aside]) -> list[Ready] | None:
        """Some stories, ready; what cannot be read is noted. None where there are no more."""
        found = list(islice(waiting, AT_ONCE))
        return [made for each in found if (made := self._ready(each)) is not None] if found else None

    def _ready(self, each: Exported | Aside) -> Ready | None:
        if isinstance(each, Aside):
            return self._refuse(each.path, each.reason)
        try:
            return ready(each)
        except Unreadable as reason:
            return self._refuse(each.story.title, str(reason))

    def _refuse(self, name: str, why: str) -> None:
        self._told.refused.append(f"{name} was not imported: {why}.")

    async def _shelve(self, db: Writer, some: Sequence[Ready]) -> None:
        new = [each for each in some if await self._is_new(db, each)]
        free = await intake.numbers(db)
        numbered = list(enumerate(new, start=free.story))
        terms = self._terms
        shown = [Shown(story, each.edition, *self._standing(each.exported)) for story, each in numbered]
        await intake.show(db, terms.archive_id, shown, terms.now)
        ids = await self._keep(db, new, free.document)
        made = [
            NewEdition(free.edition + place, story, terms.run_id, Relation.SHOWN, _made(each.edition, ids[place]))
            for place, (story, each) in enumerate(numbered)
        ]
        await editions.add_editions(db, made, terms.now)
        await runs.record(db, terms.run_id, [Change(story, Act.ADDED) for story, _ in numbered])
        for story, each in numbered:
            await exports.complete(db, terms.archive_id, story, each.exported)
            self._came(story, each.exported)

    async def _keep(self, db: Writer, new: Sequence[Ready], free: int) -> list[int]:
        """The ids of the documents of stories, of which those that are not here yet are kept from number `free` on."""
        archive = self._terms.archive_id
        known = await documents.known(db, archive, [(each.edition.path, each.edition.digest) for each in new])
        added: list[NewDocument] = []
        for each in new:
            place = each.edition.path, each.edition.digest
            if place not in known:
                known[place] = free + len(added)
                added.append(_document(known[place], each))
        await documents.add_documents(db, archive, added)
        ids = [known[each.edition.path, each.edition.digest] for each in new]
        await documents.seen(db, self._terms.run_id, ids)
        return ids

    def _came(self, story: int, exported: Exported) -> None:
        self._told.added += 1
        self._ids[exported.number] = story
        named = zip(exported.story.links, exported.leads, strict=True)
        self._leads[story] = [(link, lead) for link, lead in named if lead is not None]

    def _standing(self, exported: Exported) -> tuple[Standing, str]:
        former = exported.state, exported.reason, exported.approved
        return standing(exported.story, self._terms.limit, former, withhold=self._terms.withhold)

    async def _is_new(self, db: Writer, each: Ready) -> bool:
        """Whether a story comes in; one whose title and authors are here is not brought in beside it."""
        exported, story = each.exported, each.exported.story
        if exported.number in self._seen:
            return False
        self._seen.add(exported.number)
        reason = held(story, each.edition.prints, self._terms.barred)
        if reason is not None:
            self._told.held.append(f"{story.title} was not imported: {reason}.")
            return False
        here = [
            found
            for number in await exports.namesakes(db, self._terms.archive_id, story.title, self._first)
            if (found := await exports.read(db, number)) is not None and _by_same(found, exported)
        ]
        same = next((found for found in here if found.content == exported.content), None)
        if same is not None:
            self._told.unchanged += 1
            self._ids[exported.number] = same.number
        elif here:
            self._told.differ.append(story.title)
            self._ids[exported.number] = here[0].number
        return not here

    async def _settle(self) -> None:
        """Finds out what links mean, and has them lead where they led."""
        new = sorted(self._leads)
        keys = await links.titles(self._reader, new)
        await settle(self._writing, self._reader, self._terms.archive_id, new, keys)
        for story, named in self._leads.items():
            leads = [(link, self._ids[lead]) for link, lead in named if lead in self._ids]
            if leads:
                await self._writing.transact(partial(exports.lead, story_id=story, leads=leads))


def _document(number: int, each: Ready) -> NewDocument:
    size = len(each.content)
    ranges = pack_ranges([Range(0, size, Kind.TEXT)])
    digest, path = each.edition.digest, each.edition.path
    return NewDocument(number, path, digest, size, DocumentKind.STORY, pack(each.content), ranges, (), (), ())


def _made(edition: Edition, document_id: int) -> Edition:
    return replace(edition, documents=[Made(document_id, 0, len(edition.markup))])


def _by_same(one: Exported, other: Exported) -> bool:
    return set(map(names.key, one.story.authors)) == set(map(names.key, other.story.authors))


def _check_together(paths: Sequence[Path]) -> None:
    first = _whose(paths[0])
    for path in paths:
        if _whose(path) != first:
            raise ExportRefused(path.name, f"it is not of the same export as {paths[0].name}; import it by itself")
