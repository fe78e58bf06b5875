"""This room makes catalogues for tests: many stories of which title, author, tags and numbers matter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.models import Rating, Standing
from bot.store.database import Database
from tests.library import add, edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A story of a catalogue, by what it can be listed, found and sorted by."""

    title: str = "The Lamp"
    author: str = "Ruby"
    series: str | None = None
    rating: Rating = Rating.PG
    tags: Sequence[str] = ()
    fandoms: Sequence[str] = ()
    status: str = ""
    language: str = ""
    summary: str = ""
    text: str = "It is lit."
    words: int = 3
    state: Standing = Standing.PUBLISHED
    archive_id: int = 1
    at: float = 1.0


async def shelve(database: Database, drawn: Drawn) -> int:
    """Adds a story; returns its number."""
    plain = edition(drawn.title, drawn.author, series=drawn.series, rating=drawn.rating)
    manuscript = replace(
        plain.manuscript,
        tags=tuple(drawn.tags),
        fandom=tuple(drawn.fandoms),
        status=drawn.status,
        language=drawn.language,
        description=drawn.summary,
    )
    made = replace(plain, manuscript=manuscript, markup=[drawn.text], words=drawn.words)
    return await add(database, made, archive_id=drawn.archive_id, now=drawn.at, state=drawn.state)


async def empty(database: Database) -> None:
    """Takes every story away, and what was counted and remembered of them."""
    async with database.write() as db:
        await db.run("DELETE FROM stories")
        await db.run("DELETE FROM story_names")
        await db.run("DELETE FROM authors")
        await db.run("DELETE FROM series")
        await db.run("DELETE FROM tombstones")
        await db.run("INSERT OR IGNORE INTO archives (id, name, guild_id) VALUES (2, 'Other', 9)")
