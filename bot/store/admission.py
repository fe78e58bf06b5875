"""This room gathers what decides whether a letter is taken."""

from bot.domain.admission import DAY, Facts, Limits
from bot.store import blocks, letters, rules, wishes
from bot.store.sqlite import Reader


async def facts(db: Reader, author_id: int, story_id: int | None, sender_id: int, now: float) -> Facts:
    """What is known of a sender who wants to write to an author, about a story or in a conversation about it."""
    author = await db.one("SELECT archive_id, name FROM authors WHERE id = :id", id=author_id)
    assert author is not None
    wished = await wishes.holding(db, author_id, story_id)
    counts = await letters.counts(db, author["archive_id"], sender_id, author_id, now - DAY)
    title = await db.value("SELECT title FROM stories WHERE id = :id", id=wished.story_id)
    return Facts(
        author["name"],
        title or "",
        await blocks.blocker(db, author["archive_id"], author_id, sender_id, now),
        wished.letters,
        wished.away_until if wished.away_until is not None and wished.away_until > now else None,
        *counts,
        await _limits(db, author["archive_id"]),
    )


async def _limits(db: Reader, archive_id: int) -> Limits:
    asked = await rules.of_archive(db, archive_id)
    return Limits(asked.account_days, asked.member_days, asked.sender_limit, asked.author_limit, asked.archive_limit)
