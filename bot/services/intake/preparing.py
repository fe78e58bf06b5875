"""This room reads one document in a process of its own, and makes it small enough to be sent back."""

import hashlib
import logging
import pickle
import signal
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.domain.documents import Contact, DocumentKind, Extent, Kind, Manuscript, PartLabel, RawField, Reading, Source
from bot.domain.errors import NoText, Unreadable
from bot.domain.models import Page, Part, SceneBreak
from bot.formats import pages, prose
from bot.formats.summary import Summary, summarise
from bot.store.packing import pack, pack_ranges

log = logging.getLogger(__name__)


class Job(NamedTuple):
    """A document to be read; `repeated` are edge lines that are furniture all over its folder."""

    number: int
    path: str
    data: bytes
    fields: tuple[RawField, ...] = ()
    group: str = ""
    order: int = 0
    structure: str = ""
    repeated: frozenset[int] = frozenset()


class Text(NamedTuple):
    """The text of a part as it is stored and shown."""

    markup: str
    pages: Sequence[Page]
    words: int
    scene_breaks: int


class Prepared(NamedTuple):
    """A document that was read. Its manuscripts have parts without blocks, whose texts stand beside them."""

    path: str
    digest: bytes
    size: int
    kind: DocumentKind
    part: PartLabel | None
    manuscripts: tuple[Manuscript, ...]
    texts: tuple[tuple[Text, ...], ...]  # of the parts of each manuscript
    extents: tuple[Extent, ...]  # of the manuscripts, where there are several
    ranges: bytes  # store.packing
    accounting: dict[str, int]
    contacts: tuple[Contact, ...]
    furniture: tuple[str, ...]
    repairs: tuple[str, ...]
    warnings: tuple[str, ...]


class Done(NamedTuple):
    """What comes back of a document: what is kept for the whole run, and what waits on disk."""

    number: int
    job: Job  # without its data
    size: int
    summaries: list[Summary]
    prepared: bytes  # pickled
    content: bytes  # packed


class Refusal(NamedTuple):
    """A document that cannot be read, and why, as a clause; `expected` where nothing is wrong with that."""

    number: int
    path: str
    reason: str
    size: int = 0
    expected: bool = False
    kind: Kind = Kind.MARKUP  # of all its bytes


def in_a_process() -> None:
    """Ctrl-C is for the process that has started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def prepare_all(jobs: Sequence[Job]) -> list[Done | Refusal]:
    return [prepare(job) for job in jobs]


def prepare(job: Job) -> Done | Refusal:
    """Reads a document; a fault of ours in one does not keep the others out."""
    try:
        reading = read(job)
    except Unreadable as reason:
        return Refusal(job.number, job.path, str(reason), len(job.data), expected=isinstance(reason, NoText))
    except Exception as error:
        log.exception("%s could not be read", job.path)
        reason = f"Talebearer failed at it ({type(error).__name__}); please report that"
        return Refusal(job.number, job.path, reason, len(job.data))
    prepared = _prepared(job, reading)
    words = [sum(text.words for text in texts) for texts in prepared.texts]
    return Done(
        job.number,
        job._replace(data=b""),
        len(job.data),
        summarise(job.number, job.path, reading, words, group=job.group, order=job.order),
        pickle.dumps(prepared, pickle.HIGHEST_PROTOCOL),
        pack(job.data),
    )


def read(job: Job) -> Reading:
    """A document as what it says.

    Raises:
        Unreadable: with a clause.
    """
    from bot.formats import manuscript, source  # where it is read, not where people are answered

    lines: Source = source.read(job.data)
    if job.fields:
        lines = replace(lines, fields=(*job.fields, *lines.fields))
    reading = manuscript.read(lines, name=job.path, repeated=job.repeated)
    if job.structure:
        fronts = tuple(replace(story, parts=()) for story in reading.manuscripts)
        reading = replace(reading, kind=DocumentKind.OTHER, manuscripts=fronts)
    return reading


def _prepared(job: Job, reading: Reading) -> Prepared:
    from bot.formats.manuscript import account

    counted = account(reading.ranges)
    return Prepared(
        path=job.path,
        digest=hashlib.sha256(job.data).digest(),
        size=len(job.data),
        kind=reading.kind,
        part=reading.part,
        manuscripts=tuple(map(without_text, reading.manuscripts)),
        texts=tuple(tuple(map(text_of, story.parts)) for story in reading.manuscripts),
        extents=reading.extents,
        ranges=pack_ranges(reading.ranges),
        accounting={"bytes": len(job.data), **{kind.value: counted.get(kind, 0) for kind in Kind}},
        contacts=reading.contacts,
        furniture=reading.furniture,
        repairs=reading.repairs,
        warnings=reading.warnings,
    )


def without_text(story: Manuscript) -> Manuscript:
    return replace(story, parts=tuple(Part(part.title, ()) for part in story.parts), evidence=dict(story.evidence))


def text_of(part: Part) -> Text:
    return Text(
        prose.to_markup(part.blocks),
        pages.cut([part]),
        prose.words(part.blocks),
        sum(isinstance(block, SceneBreak) for block in part.blocks),
    )
