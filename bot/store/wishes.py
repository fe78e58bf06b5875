"""This room keeps whether, when and how an author wants letters: in general, and for single stories."""

from typing import NamedTuple

from bot.domain.delivery import Wish, joins_at
from bot.store.sqlite import Reader, Writer


class Wishes(NamedTuple):
    """What an author wishes, in general (`story_id` None) or for a story."""

    story_id: int | None
    letters: Wish
    away_until: float | None = None
    nudge_channel_id: int | None = None

    def joins_at(self, now: float) -> float | None:
        return joins_at(self.letters, self.away_until, now)


async def of_author(db: Reader, author_id: int) -> list[Wishes]:
    """The general wish first, then the exceptions."""
    rows = await db.all(
        "SELECT story_id, letters, away_until, nudge_channel_id FROM wishes WHERE author_id = :author"
        " ORDER BY story_id IS NOT NULL, story_id",
        author=author_id,
    )
    found = [Wishes(row[0], Wish(row[1]), row[2], row[3]) for row in rows]
    return found if found and found[0].story_id is None else [Wishes(None, Wish.ON), *found]


async def holding(db: Reader, author_id: int, story_id: int | None) -> Wishes:
    """What holds for a letter about a story: its exception, or the general wish; away counts for both."""
    general, *exceptions = await of_author(db, author_id)
    for exception in exceptions:
        if exception.story_id == story_id:
            return exception._replace(away_until=exception.away_until or general.away_until)
    return general


async def wish(db: Writer, author_id: int, wished: Wishes) -> None:
    """Writes a wish down; what waits is placed anew by `outbox.place_waiting`."""
    await db.run(
        "INSERT INTO wishes (archive_id, author_id, story_id, letters, away_until, nudge_channel_id)"
        " SELECT archive_id, id, :story_id, :letters, :away_until, :nudge_channel_id FROM authors WHERE id = :author"
        " ON CONFLICT (author_id, coalesce(story_id, 0)) DO UPDATE SET letters = :letters, away_until = :away_until,"
        " nudge_channel_id = :nudge_channel_id",
        author=author_id,
        **wished._asdict(),
    )


async def forget_exception(db: Writer, author_id: int, story_id: int) -> None:
    """The general wish holds for this story again."""
    await db.run("DELETE FROM wishes WHERE author_id = :author AND story_id = :story", author=author_id, story=story_id)
