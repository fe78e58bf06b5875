"""This room shows where in a story the words are that somebody looked for."""

import json
from collections.abc import Sequence

from bot.domain.search import BEGIN, END
from bot.store.lists import Sieve
from bot.store.sqlite import Seeker

PATIENCE = 0.02
"""Seconds: a page without some of its snippets is still a page."""


async def of(seeker: Seeker, sieve: Sieve, story_ids: Sequence[int]) -> dict[int, str]:
    """Markup around the hits of each story, from its text or else its summary; the caller names those that open."""
    if not sieve.has_words or not story_ids:
        return {}
    found = await seeker.rows(
        "SELECT rowid AS id, snippet(story_words, 5, :begin, :end, '…', 24) AS text,"
        " snippet(story_words, 4, :begin, :end, '…', 24) AS summary FROM story_words"
        " WHERE story_words MATCH :match AND rowid IN (SELECT value FROM json_each(:ids))",
        PATIENCE,
        begin=BEGIN,
        end=END,
        match=sieve.parameters["whole"],
        ids=json.dumps(list(story_ids)),
    )
    hits = {row["id"]: [row["text"], row["summary"]] for row in found.rows}
    return {story_id: text for story_id, texts in hits.items() for text in reversed(texts) if text and BEGIN in text}
