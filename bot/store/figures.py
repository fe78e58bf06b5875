"""This room counts what readers did with a story, never who they are."""

from typing import LiteralString, NamedTuple

from bot.domain.figures import Day, What
from bot.store.sqlite import Reader

RESTING = 14 * 86_400.0
"""Seconds after which a reader who did not go on counts as one who stopped."""


_PERSONS: dict[What, LiteralString] = {
    What.READS: "SELECT day, reads, readers FROM daily WHERE story_id = :id ORDER BY day",
    What.READERS: "SELECT day, readers, readers FROM daily WHERE story_id = :id ORDER BY day",
    What.LIKES: "SELECT day, likes, likes FROM daily WHERE story_id = :id ORDER BY day",
    What.LETTERS: "SELECT day, letters, writers FROM daily WHERE story_id = :id ORDER BY day",
}
"""Beside each value the persons who stand behind it for the first time: those can be added up."""


async def days(db: Reader, story_id: int, what: What) -> list[Day]:
    return [Day(*row) for row in await db.all(_PERSONS[what], id=story_id)]


_OF_ARCHIVE: dict[What, LiteralString] = {
    What.READS: (
        "SELECT day, sum(reads), sum(newcomers) FROM daily WHERE archive_id = :archive GROUP BY day ORDER BY day"
    ),
    What.READERS: (
        "SELECT day, sum(newcomers), sum(newcomers) FROM daily WHERE archive_id = :archive GROUP BY day ORDER BY day"
    ),
    What.LIKES: (
        "SELECT day, count(*), sum(place = 1) FROM (SELECT CAST(m.made_at / 86400 AS INTEGER) AS day,"
        " row_number() OVER (PARTITION BY m.reader_id ORDER BY m.made_at) AS place FROM marks m"
        " JOIN stories s ON s.id = m.story_id WHERE s.archive_id = :archive AND m.mark = 'liked' AND NOT EXISTS"
        "  (SELECT 1 FROM reader_settings r WHERE r.reader_id = m.reader_id AND NOT r.counted))"
        " GROUP BY day ORDER BY day"
    ),
    What.LETTERS: (
        "SELECT day, count(*), sum(place = 1) FROM (SELECT CAST(l.stored_at / 86400 AS INTEGER) AS day,"
        " row_number() OVER (PARTITION BY l.writer_id ORDER BY l.stored_at) AS place FROM letters l"
        " WHERE l.archive_id = :archive AND l.direction = 'to_author' AND l.kind = 'letter' AND NOT EXISTS"
        "  (SELECT 1 FROM reader_settings r WHERE r.reader_id = l.writer_id AND NOT r.counted))"
        " GROUP BY day ORDER BY day"
    ),
}
"""Beside each value those of whom it is the first of its kind in the archive: a reader of five stories is one."""


async def days_of_archive(db: Reader, archive_id: int, what: What) -> list[Day]:
    return [Day(*row) for row in await db.all(_OF_ARCHIVE[what], archive=archive_id)]


class Holdings(NamedTuple):
    """What an archive holds."""

    stories: dict[str, int]  # by state
    words: int
    authors: int
    series: int


async def holdings(db: Reader, archive_id: int) -> Holdings:
    states = await db.all(
        "SELECT state, count(*), sum(words) FROM stories WHERE archive_id = :archive GROUP BY state", archive=archive_id
    )
    authors = await db.value(
        "SELECT count(*) FROM authors a WHERE a.archive_id = :archive"
        " AND EXISTS (SELECT 1 FROM story_authors sa WHERE sa.author_id = a.id)",
        archive=archive_id,
    )
    series = await db.value(
        "SELECT count(*) FROM series r WHERE r.archive_id = :archive"
        " AND EXISTS (SELECT 1 FROM stories s WHERE s.series_id = r.id)",
        archive=archive_id,
    )
    return Holdings({row[0]: row[1] for row in states}, sum(row[2] for row in states), authors, series)


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
