"""This room counts what readers did with a story, never who they are."""

import enum
from typing import LiteralString

from bot.domain.figures import Day
from bot.store.sqlite import Reader

RESTING = 14 * 86_400.0
"""Seconds after which a reader who did not go on counts as one who stopped."""


class What(enum.StrEnum):
    """What is counted by days."""

    READS = "reads"
    READERS = "readers"
    LIKES = "likes"
    LETTERS = "letters"


_PERSONS: dict[What, LiteralString] = {
    What.READS: "SELECT day, reads, readers FROM daily WHERE story_id = :id ORDER BY day",
    What.READERS: "SELECT day, readers, readers FROM daily WHERE story_id = :id ORDER BY day",
    What.LIKES: "SELECT day, likes, likes FROM daily WHERE story_id = :id ORDER BY day",
    What.LETTERS: "SELECT day, letters, writers FROM daily WHERE story_id = :id ORDER BY day",
}
"""Beside each value the persons who stand behind it for the first time: those can be added up."""


async def days(db: Reader, story_id: int, what: What) -> list[Day]:
    return [Day(*row) for row in await db.all(_PERSONS[what], id=story_id)]


async def stopped(db: Reader, story_id: int, now: float) -> list[int]:
    """How many readers stopped in each part; who is near, has come to the end or is not to be counted is not in it."""
    rows = await db.all(
        "SELECT p.part, count(*) AS readers FROM places p WHERE p.story_id = :id AND p.read_at < :before"
        " AND (p.part, p.paragraph, p.within) < (SELECT part, paragraph, within FROM pages WHERE story_id = :id"
        "  ORDER BY number DESC LIMIT 1)"
        " AND NOT EXISTS (SELECT 1 FROM marks m WHERE m.story_id = :id AND m.reader_id = p.reader_id"
        "  AND m.mark = 'finished')"
        " AND NOT EXISTS (SELECT 1 FROM reader_settings r WHERE r.reader_id = p.reader_id AND NOT r.counted)"
        " AND NOT EXISTS (SELECT 1 FROM story_authors sa JOIN authors a ON a.id = sa.author_id"
        "  WHERE sa.story_id = :id AND a.user_id = p.reader_id)"
        " GROUP BY p.part",
        id=story_id,
        before=now - RESTING,
    )
    parts = await db.value("SELECT parts FROM stories WHERE id = :id", id=story_id)
    found = {row["part"]: row["readers"] for row in rows}
    return [found.get(part, 0) for part in range(parts)]
