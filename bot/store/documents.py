"""This room keeps documents as they came, byte for byte, and what each of their bytes is."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import orjson

from bot.domain.documents import Contact, ContactKind, DocumentKind, Range
from bot.store.packing import unpack, unpack_ranges
from bot.store.sqlite import Reader, Value, Writer


class NewDocument(NamedTuple):
    """A document ready to be kept; content and ranges are packed."""

    id: int
    path: str
    digest: bytes
    size: int
    kind: DocumentKind
    content: bytes
    ranges: bytes
    contacts: Sequence[Contact]
    repairs: Sequence[str]
    warnings: Sequence[str]


class Kept(NamedTuple):
    """A document as it is kept."""

    path: str
    kind: DocumentKind
    content: bytes
    ranges: list[Range]


async def known(db: Reader, archive_id: int, documents: Iterable[tuple[str, bytes]]) -> dict[tuple[str, bytes], int]:
    """The ids of those documents, by path and digest, that are here already."""
    asked = [[path, digest.hex()] for path, digest in documents]
    rows = await db.all(
        "SELECT d.id, d.path, d.digest FROM json_each(:asked) asked CROSS JOIN documents d"
        " ON d.archive_id = :archive AND d.path = asked.value ->> 0 AND d.digest = unhexed(asked.value ->> 1)",
        archive=archive_id,
        asked=json.dumps(asked),
    )
    return {(row["path"], row["digest"]): row["id"] for row in rows}


async def add_documents(db: Writer, archive_id: int, new: Sequence[NewDocument]) -> None:
    await db.many(
        "INSERT INTO documents (id, archive_id, path, digest, size, kind, content, ranges, contacts, repairs, warnings)"
        " VALUES (:id, :archive, :path, :digest, :size, :kind, :content, :ranges, :contacts, :repairs, :warnings)",
        [{**_columns(each), "archive": archive_id} for each in new],
    )


def _columns(document: NewDocument) -> dict[str, Value]:
    lists = ("contacts", "repairs", "warnings")
    return {
        **document._asdict(),
        **{name: orjson.dumps(getattr(document, name), default=tuple).decode() for name in lists},
    }


async def seen(db: Writer, run_id: int, document_ids: Iterable[int]) -> None:
    """Remembers that a run brought these documents, were they new or not."""
    await db.run(
        "INSERT INTO document_runs (run_id, document_id) SELECT :run, value FROM json_each(:ids) WHERE true"
        " ON CONFLICT DO NOTHING",
        run=run_id,
        ids=json.dumps(list(document_ids)),
    )


async def kept(db: Reader, document_id: int) -> Kept:
    row = await db.one("SELECT path, kind, content, ranges FROM documents WHERE id = :id", id=document_id)
    assert row is not None
    return Kept(row["path"], DocumentKind(row["kind"]), unpack(row["content"]), unpack_ranges(row["ranges"]))


async def places(db: Reader, document_ids: Iterable[int]) -> dict[int, tuple[str, bytes]]:
    """The path and digest of each."""
    rows = await db.all(
        "SELECT id, path, digest FROM documents WHERE id IN (SELECT value FROM json_each(:ids))",
        ids=json.dumps(list(document_ids)),
    )
    return {row["id"]: (row["path"], row["digest"]) for row in rows}


async def contacts(db: Reader, story_id: int) -> list[Contact]:
    """Ways to the author of a story that its documents tell: for moderators alone."""
    rows = await db.all(
        "SELECT DISTINCT d.contacts FROM editions e JOIN edition_documents m ON m.edition_id = e.id"
        " JOIN documents d ON d.id = m.document_id WHERE e.story_id = :id AND d.contacts <> '[]'",
        id=story_id,
    )
    found = (Contact(ContactKind(kind), value, line) for row in rows for kind, value, line in json.loads(row[0]))
    return list(dict.fromkeys(found))


async def forget(db: Writer, run_id: int) -> int:
    """Removes the documents of a run that nothing is made of any more, and the other pages that it alone brought."""
    return await db.run(
        "DELETE FROM documents WHERE id IN (SELECT document_id FROM document_runs WHERE run_id = :run)"
        " AND NOT EXISTS (SELECT 1 FROM edition_documents e WHERE e.document_id = documents.id)"
        " AND (kind = 'story' OR NOT EXISTS"
        "  (SELECT 1 FROM document_runs r WHERE r.document_id = documents.id AND r.run_id <> :run))",
        run=run_id,
    )
