"""This room is import: a document in, a story added, updated or refused, and a report of every byte."""

import enum
import hashlib
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain import names
from bot.domain.access import HOME
from bot.domain.errors import Unreadable
from bot.domain.models import Block, Kind, Link, LinkKind, Manuscript, Paragraph
from bot.formats import manuscript as manuscripts
from bot.formats import pages, prose
from bot.store import intake, stories
from bot.store.database import Database, Reader
from bot.store.intake import Edition, Original

ALIKE = 0.5
"""Share of common paragraphs from which on two texts are editions of one story."""


class Status(enum.StrEnum):
    """What became of a document."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the report."""

    path: str
    status: Status
    edition: Edition | None = None
    story_id: int | None = None
    links: list[tuple[Link, bool]] = field(default_factory=list[tuple[Link, bool]])  # and whether it is resolved
    error: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The row as `talebearer import --json` prints it."""
        head: dict[str, Any] = {"path": self.path, "status": self.status.value}
        if self.edition is None:
            return {**head, **dict.fromkeys(_FIELDS), "warnings": [], "error": self.error}
        return {**head, **_described(self.edition), "links": _links(self.links), "error": self.error}


class Intake:
    """Reads documents and puts them into one archive."""

    def __init__(self, database: Database, archive_id: int = HOME) -> None:
        self._database = database
        self._archive = archive_id

    async def take(self, path: str, content: bytes, now: float) -> Entry:
        """Imports one document; what became of its links is asked of `settled`, after the last one."""
        try:
            edition = prepare(content)
        except Unreadable as reason:
            return refusal(path, str(reason))
        original = Original(path, content, hashlib.sha256(content).digest())
        async with self._database.write() as db:
            status, story_id = await self._fate(db, edition, original)
            if story_id is None:
                story_id = await intake.add(db, self._archive, edition, original, now)
            elif status is Status.UPDATED:
                await intake.replace(db, self._archive, story_id, edition, original, now)
        return Entry(path, status, edition, story_id)

    async def _fate(self, db: Reader, edition: Edition, original: Original) -> tuple[Status, int | None]:
        """What is to be done with a document, and the story it is an edition of."""
        story_id = await intake.current(db, self._archive, original.digest)
        if story_id is not None:
            return Status.UNCHANGED, story_id
        for candidate in await intake.candidates(db, self._archive, edition.manuscript, original):
            if candidate.kept:
                return Status.UNCHANGED, candidate.story_id
            if candidate.certain or await _alike(db, candidate.story_id, edition):
                return Status.UPDATED, candidate.story_id
        return Status.ADDED, None

    async def settled(self, entries: Sequence[Entry]) -> list[Entry]:
        """The rows with the links of their pages, which a later document may have resolved."""
        story_ids = {entry.story_id for entry in entries if entry.story_id is not None}
        links = await stories.links_of(self._database.reader, sorted(story_ids))
        resolved = {(story, kind, names.key(target)) for story, kind, target, found in links if found is not None}
        return [replace(entry, links=_judged(entry, resolved)) for entry in entries]


def prepare(content: bytes) -> Edition:
    """Reads a document and cuts its pages.

    Raises:
        Unreadable: it is empty, binary, or has no title or no text.
    """
    story = manuscripts.read(content)
    return Edition(
        story,
        [prose.to_markup(part.blocks) for part in story.parts],
        pages.cut(story.parts),
        sum(prose.words(part.blocks) for part in story.parts),
    )


def refusal(path: str, reason: str) -> Entry:
    """The row of a document that cannot be imported; `reason` is a clause."""
    return Entry(path, Status.REFUSED, error=f"{path} was not imported: {reason}.")


def report(entries: Iterable[Entry]) -> dict[str, Any]:
    """The object that `talebearer import --json` prints."""
    rows = list(entries)
    totals = {status.value: sum(row.status is status for row in rows) for status in Status}
    return {"stories": [row.as_json() for row in rows], **totals}


def _judged(entry: Entry, resolved: Set[tuple[int, LinkKind, str]]) -> list[tuple[Link, bool]]:
    if entry.edition is None or entry.story_id is None:
        return []
    links = entry.edition.manuscript.links
    return [(link, (entry.story_id, link.kind, names.key(link.target)) in resolved) for link in links]


async def _alike(db: Reader, story_id: int, edition: Edition) -> bool:
    """Whether two texts share enough; a single common paragraph, a dedication say, has to be much of both."""
    texts = await stories.part_texts(db, story_id)
    old = _digests(block for _, markup in texts for block in prose.from_markup(markup))
    new = _digests(block for part in edition.manuscript.parts for block in part.blocks)
    common = len(old & new)
    shorter, longer = sorted((len(old), len(new)))
    return common > 0 and common >= ALIKE * (shorter if common > 1 else longer)


def _digests(blocks: Iterable[Block]) -> set[str]:
    return {prose.digest(block) for block in blocks if isinstance(block, Paragraph)}


_FIELDS = (
    "title", "series", "author", "rating", "rating_raw", "description", "spoilers", "disclaimer", "links",
    "words", "pages", "scene_breaks", "accounting",
)  # fmt: skip


def _described(edition: Edition) -> dict[str, Any]:
    story = edition.manuscript
    return {
        "title": story.title,
        "series": story.series,
        "author": story.author,
        "rating": story.rating.label,
        "rating_raw": story.rating_raw,
        "description": story.description,
        "spoilers": list(story.spoilers),
        "disclaimer": story.disclaimer,
        "words": edition.words,
        "pages": len(edition.pages),
        "scene_breaks": story.scene_breaks,
        "accounting": _accounting(story),
        "warnings": list(story.warnings),
    }


def _accounting(story: Manuscript) -> dict[str, int]:
    size = story.ranges[-1].end if story.ranges else 0
    counted = manuscripts.account(story.ranges)
    return {"bytes": size, **{kind.value: counted.get(kind, 0) for kind in Kind}}


def _links(links: list[tuple[Link, bool]]) -> list[dict[str, Any]]:
    return [{"kind": link.kind.value, "target": link.target, "resolved": resolved} for link, resolved in links]
