"""This room keeps every copy of a story that came in, and knows which one is shown."""

import enum
import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bot.domain.documents import Evidence, Manuscript, Moment, Note
from bot.domain.models import Link, LinkKind, Page, Part, Rating
from bot.store.packing import pack_json, pack_prints, unpack_json, unpack_prints
from bot.store.sqlite import Reader, Row, Value, Writer


class Relation(enum.StrEnum):
    """What an edition is to the one that is shown."""

    SHOWN = "shown"
    SAME = "same"
    EDITION = "edition"


class Made(NamedTuple):
    """A document that an edition is made of: which of its stories, and how many of the edition's parts."""

    document_id: int
    story: int
    parts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A whole story made ready. The parts of its manuscript have titles alone: their text is in `markup`."""

    manuscript: Manuscript
    markup: Sequence[str]
    pages: Sequence[Page]
    words: int
    scene_breaks: int = 0
    labels: Sequence[str] = ()  # of each part, "" where it has none
    missing: Sequence[str] = ()
    path: str = ""  # of its first document
    digest: bytes = b""  # over those of its documents
    prints: "array[int]" = field(default_factory=lambda: array("Q"))
    sketch: Sequence[int] = ()
    repairs: int = 0
    emphasis: int = 0
    documents: Sequence[Made] = ()


class Kept(NamedTuple):
    """An edition as it is listed."""

    id: int
    story_id: int
    run_id: int | None
    path: str
    relation: Relation
    words: int
    repairs: int
    emphasis: int
    added_at: float


class Snapshot(NamedTuple):
    """What is needed to show an edition again: the manuscript with titles of parts alone, and the rest of each part."""

    manuscript: Manuscript
    markup: list[str]
    labels: list[str]
    missing: list[str]


class NewEdition(NamedTuple):
    """An edition with its place."""

    id: int
    story_id: int
    run_id: int | None
    relation: Relation
    edition: Edition


async def add_editions(db: Writer, new: Sequence[NewEdition], now: float) -> None:
    await db.many(
        "INSERT INTO editions (id, story_id, run_id, path, digest, relation, words, repairs, emphasis, prints,"
        " snapshot, added_at) VALUES (:id, :story, :run, :path, :digest, :relation, :words, :repairs, :emphasis,"
        " :prints, :snapshot, :now)",
        [{**_columns(each), "now": now} for each in new],
    )
    await db.many(
        "INSERT INTO edition_documents (edition_id, position, document_id, story, parts)"
        " VALUES (:edition, :position, :document_id, :story, :parts)",
        [
            {"edition": each.id, "position": position, **made._asdict()}
            for each in new
            for position, made in enumerate(each.edition.documents)
        ],
    )


def _columns(new: NewEdition) -> dict[str, Value]:
    edition = new.edition
    return {
        "id": new.id,
        "story": new.story_id,
        "run": new.run_id,
        "path": edition.path,
        "digest": edition.digest,
        "relation": new.relation,
        "words": edition.words,
        "repairs": edition.repairs,
        "emphasis": edition.emphasis,
        "prints": pack_prints(edition.prints),
        "snapshot": snapshot(edition),
    }


async def relate(db: Writer, relations: Sequence[tuple[int, Relation]]) -> None:
    """Says of editions what they are now; those that are no longer shown come first, for one is shown at a time."""
    ordered = sorted(relations, key=lambda each: each[1] is Relation.SHOWN)
    await db.many(
        "UPDATE editions SET relation = :relation WHERE id = :id",
        [{"id": edition_id, "relation": relation} for edition_id, relation in ordered],
    )


async def of_story(db: Reader, story_id: int) -> list[Kept]:
    """The editions of a story, in the order they came; `talebearer edition` counts them from 1."""
    rows = await db.all(
        "SELECT id, story_id, run_id, path, relation, words, repairs, emphasis, added_at FROM editions"
        " WHERE story_id = :id ORDER BY id",
        id=story_id,
    )
    return [_kept(row) for row in rows]


def _kept(row: Row) -> Kept:
    return Kept._make(row)._replace(relation=Relation(row["relation"]))


async def story_of(db: Reader, edition_id: int) -> int:
    return await db.value("SELECT story_id FROM editions WHERE id = :id", id=edition_id)


async def digests(db: Reader, story_ids: Iterable[int]) -> dict[int, set[bytes]]:
    """Of all editions of some stories."""
    rows = await db.all(
        "SELECT story_id, digest FROM editions WHERE story_id IN (SELECT value FROM json_each(:ids))",
        ids=json.dumps(list(story_ids)),
    )
    found: dict[int, set[bytes]] = defaultdict(set)
    for row in rows:
        found[row["story_id"]].add(row["digest"])
    return found


async def load(db: Reader, edition_id: int) -> Edition | None:
    """An edition without its pages, which the caller cuts; None where no snapshot was kept of it."""
    row = await db.one(
        "SELECT path, digest, words, repairs, emphasis, prints, snapshot FROM editions WHERE id = :id", id=edition_id
    )
    assert row is not None
    if row["snapshot"] is None:
        return None
    restored = restore(row["snapshot"])
    return Edition(
        manuscript=restored.manuscript,
        markup=restored.markup,
        labels=restored.labels,
        missing=restored.missing,
        pages=(),
        words=row["words"],
        path=row["path"],
        digest=row["digest"],
        repairs=row["repairs"],
        emphasis=row["emphasis"],
        prints=unpack_prints(row["prints"] or b""),
        documents=await documents_of(db, edition_id),
    )


async def documents_of(db: Reader, edition_id: int) -> list[Made]:
    rows = await db.all(
        "SELECT document_id, story, parts FROM edition_documents WHERE edition_id = :id ORDER BY position",
        id=edition_id,
    )
    return [Made._make(row) for row in rows]


PLAIN = ("title", "rating_raw", "series_number", "description", "language", "written", "disclaimer", "status")
LISTS = ("authors", "spoilers", "cautions", "tags", "fandom", "warnings")


def snapshot(edition: Edition) -> bytes:
    """The whole of an edition but its pages."""
    story = edition.manuscript
    parts = zip(story.parts, edition.labels or [""] * len(story.parts), edition.markup, strict=True)
    return pack_json(
        {
            **{name: getattr(story, name) for name in (*PLAIN, *LISTS)},
            "series": story.series,
            "rating": story.rating.value,
            "notes": [[note.moment, note.text] for note in story.notes],
            "links": [[link.kind, link.target] for link in story.links],
            "evidence": {name: list(found) for name, found in story.evidence.items()},
            "missing": list(edition.missing),
            "parts": [[part.title, label, markup] for part, label, markup in parts],
        }
    )


def restore(packed: bytes) -> Snapshot:
    told: dict[str, Any] = unpack_json(packed)
    fields: dict[str, Any] = {name: told.get(name, "") for name in PLAIN}
    fields |= {name: tuple(told.get(name, ())) for name in LISTS}
    manuscript = Manuscript(
        **fields,
        series=told["series"],
        rating=Rating(told["rating"]),
        notes=tuple(Note(Moment(moment), text) for moment, text in told["notes"]),
        links=tuple(Link(LinkKind(kind), target) for kind, target in told["links"]),
        evidence={name: Evidence(*found) for name, found in told.get("evidence", {}).items()},
        parts=tuple(Part(title, ()) for title, _, _ in told["parts"]),
    )
    return Snapshot(
        manuscript,
        [markup for _, _, markup in told["parts"]],
        [label for _, label, _ in told["parts"]],
        told.get("missing", []),
    )
