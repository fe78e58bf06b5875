"""This room fills the index of all words; triggers keep what stories' own rows say of themselves."""

import json
from collections.abc import Iterable

from bot.store.sqlite import Writer


async def fill(db: Writer, texts: Iterable[tuple[int, str]]) -> None:
    """Indexes stories by their numbers and texts; what else they are found by must be stored already."""
    stored = dict(texts)
    heads = await db.all(
        "SELECT id, title, author, series, tags, summary FROM story_heads"
        " WHERE id IN (SELECT value FROM json_each(:ids))",
        ids=json.dumps(list(stored)),
    )
    # In one step, INSERT … SELECT, the index would write out what it has gathered ahead of every row.
    await db.many(
        "INSERT INTO story_words (rowid, title, author, series, tags, summary, text)"
        " VALUES (:id, :title, :author, :series, :tags, :summary, :text)",
        [{**dict(head), "text": stored[head["id"]]} for head in heads],
    )


async def tagged(db: Writer, story_id: int) -> None:
    """Takes over the tags of a story, after they were changed."""
    await db.run(
        "UPDATE story_words SET tags = (SELECT tags FROM story_heads WHERE id = :id) WHERE rowid = :id", id=story_id
    )
