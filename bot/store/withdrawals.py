"""This room takes a story's text out for good, and leaves a stone that says so."""

import json
from typing import LiteralString, NamedTuple

from bot.domain.models import Standing
from bot.store import intake
from bot.store.packing import unpack_prints
from bot.store.sqlite import Reader, Writer

REASON = "its author withdrew it"


class Weight(NamedTuple):
    """What a story takes along when it goes, in numbers."""

    words: int
    pages: int
    editions: int
    documents: int
    shared: int  # of these, documents that hold stories of others too
    places: int  # of readers
    letters: int  # which stay
    others: int  # authors of it beside the one who asks


async def weigh(db: Reader, story_id: int) -> Weight:
    row = await db.one(
        "WITH used AS (SELECT DISTINCT m.document_id AS id FROM editions e"
        "  JOIN edition_documents m ON m.edition_id = e.id WHERE e.story_id = :id)"
        " SELECT s.words, s.pages, (SELECT count(*) FROM editions WHERE story_id = :id),"
        " (SELECT count(*) FROM used), (SELECT count(*) FROM used WHERE EXISTS"
        "  (SELECT 1 FROM edition_documents m JOIN editions e ON e.id = m.edition_id"
        "   WHERE m.document_id = used.id AND e.story_id <> :id)),"
        " (SELECT count(*) FROM places WHERE story_id = :id),"
        " (SELECT count(*) FROM letters WHERE story_id = :id AND direction = 'to_author'),"
        " max(0, (SELECT count(*) FROM story_authors WHERE story_id = :id) - 1)"
        " FROM stories s WHERE s.id = :id",
        id=story_id,
    )
    assert row is not None
    return Weight._make(row)


async def prints(db: Reader, story_id: int) -> list[int]:
    """Of the paragraphs of all its editions, as far as they were ever asked for."""
    rows = await db.all("SELECT prints FROM editions WHERE story_id = :id AND prints IS NOT NULL", id=story_id)
    return list(dict.fromkeys(number for row in rows for number in unpack_prints(row["prints"])))


async def digests(db: Reader, story_id: int) -> list[str]:
    """Of all its editions, in hexadecimal digits."""
    rows = await db.all("SELECT DISTINCT lower(hex(digest)) FROM editions WHERE story_id = :id", id=story_id)
    return [row[0] for row in rows]


async def with_digests(db: Reader, archive_id: int, found: list[str]) -> list[int]:
    """The stories of an archive that have an edition of one of these digests."""
    rows = await db.all(
        "SELECT DISTINCT s.id FROM json_each(:digests) asked CROSS JOIN editions e ON e.digest = unhexed(asked.value)"
        " CROSS JOIN stories s ON s.id = e.story_id WHERE s.archive_id = :archive ORDER BY s.id",
        archive=archive_id,
        digests=json.dumps(found),
    )
    return [row["id"] for row in rows]


async def has_archive(db: Reader, archive_id: int) -> bool:
    return await db.value("SELECT 1 FROM archives WHERE id = :id", id=archive_id) is not None


async def purge(db: Writer, story_id: int) -> None:
    """Takes away all that a story says; its number, its title and what others wrote about it stay.

    A document that holds stories of others too loses its bytes as a whole: which of them are whose is not known to
    the last one. The other stories stay as they are.
    """
    await _empty_shared(db, story_id)
    sole = await db.all(
        "SELECT DISTINCT m.document_id AS id FROM editions e JOIN edition_documents m ON m.edition_id = e.id"
        " WHERE e.story_id = :id AND NOT EXISTS (SELECT 1 FROM edition_documents o JOIN editions x"
        " ON x.id = o.edition_id WHERE o.document_id = m.document_id AND x.story_id <> :id)",
        id=story_id,
    )
    await intake.clear(db, story_id)
    for statement in _PURGE:
        await db.run(statement, id=story_id)
    await db.run(
        "DELETE FROM documents WHERE id IN (SELECT value FROM json_each(:ids))",
        ids=json.dumps([row["id"] for row in sole]),
    )
    await db.run(_STONE, id=story_id, state=Standing.WITHDRAWN, reason=REASON)


async def _empty_shared(db: Writer, story_id: int) -> None:
    await db.run(
        "UPDATE documents SET content = zstd(''), ranges = x'', size = 0, contacts = '[]', repairs = '[]',"
        " warnings = json_array('Its bytes were taken out: the author of a story in it withdrew that.')"
        " WHERE id IN (SELECT m.document_id FROM editions e JOIN edition_documents m ON m.edition_id = e.id"
        "  WHERE e.story_id = :id) AND EXISTS (SELECT 1 FROM edition_documents o JOIN editions x"
        "  ON x.id = o.edition_id WHERE o.document_id = documents.id AND x.story_id <> :id)",
        id=story_id,
    )


_PURGE: tuple[LiteralString, ...] = (
    "DELETE FROM editions WHERE story_id = :id",
    "UPDATE changes SET undone = 1, former_edition_id = NULL WHERE story_id = :id",  # there is nothing to bring back
    "DELETE FROM places WHERE story_id = :id",
    "DELETE FROM marks WHERE story_id = :id",
    "DELETE FROM daily WHERE story_id = :id",
    "DELETE FROM announcements WHERE story_id = :id",
    "DELETE FROM proposals WHERE story_id = :id",
    "DELETE FROM amendments WHERE story_id = :id",
    "DELETE FROM bookmarks WHERE story_id = :id AND note = ''",  # what a reader typed is the reader's
    "UPDATE letters SET quote = '' WHERE story_id = :id AND quote <> ''",
    "UPDATE drafts SET quote = '' WHERE story_id = :id AND quote <> ''",
    (
        "UPDATE links SET target_id = NULL, confidence = 0, candidates = '[]', why = 'its author withdrew it'"
        " WHERE target_id = :id"
    ),
)
_STONE: LiteralString = (
    "UPDATE stories SET state = :state, state_reason = :reason, state_note = '', authors = '',"
    " series_id = NULL, series_number = '',"
    " title_key = '', rating_raw = '', description = '', spoilers = '[]', cautions = '[]', note = '', notes = '[]',"
    " disclaimer = '', status = '', language = '', written = '', words = 0, parts = 0, pages = 0, part_starts = '[]',"
    " scene_breaks = 0, missing_parts = '[]', warnings = '[]', evidence = '{}', approved = '' WHERE id = :id"
)


async def begin_merge(db: Writer) -> None:
    """Starts to write the index of words anew, without those that are gone.

    FTS5 only notes that they are gone until it happens to merge the segments they stand in
    (sqlite.org/fts5.html, The 'merge' Command).
    """
    await db.run("INSERT INTO story_words (story_words, rank) VALUES ('merge', -:pages)", pages=MERGE_PAGES)


MERGE_PAGES = 500
"""Pages of the index that are written in one transaction: nobody who waits for the writer waits long."""


async def merge(db: Writer) -> bool:
    """Goes on with that; False once it is done."""
    before = await db.value("SELECT total_changes()")
    await db.run("INSERT INTO story_words (story_words, rank) VALUES ('merge', :pages)", pages=MERGE_PAGES)
    return await db.value("SELECT total_changes()") - before >= 2
