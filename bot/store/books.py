"""This room takes stories out of the archive as they are bound: with all of their header and text."""

import json
from typing import NamedTuple

from bot.domain.access import Audience
from bot.domain.models import Story
from bot.store.sqlite import Reader
from bot.store.stories import OPEN, STORY, gate, part_texts, story_of


class Manuscript(NamedTuple):
    """A story to be bound; its text is markup."""

    story: Story
    authors: tuple[str, ...]
    language: str
    written: str
    notes: tuple[tuple[str, str], ...]  # (before or after, text)
    parts: list[tuple[str, str]]


async def manuscript(db: Reader, audience: Audience, story_id: int) -> Manuscript | None:
    """A story that opens here at this very moment; None where it does not."""
    row = await db.one(f"{STORY} WHERE{OPEN} AND s.id = :id", id=story_id, **gate(audience))
    more = await db.one("SELECT language, written, notes FROM stories WHERE id = :id", id=story_id)
    if row is None or more is None:
        return None
    authors = await db.all(
        "SELECT a.name FROM story_authors w JOIN authors a ON a.id = w.author_id"
        " WHERE w.story_id = :id ORDER BY w.position",
        id=story_id,
    )
    story = story_of(dict(row))
    return Manuscript(
        story,
        tuple(author["name"] for author in authors) or (story.author,),
        more["language"],
        more["written"],
        tuple((moment, text) for moment, text in json.loads(more["notes"])),
        await part_texts(db, story_id),
    )
