"""This room gathers what decides whether a letter is taken."""

from typing import NamedTuple

from bot.domain.admission import DAY, Blocker, Facts, Limits
from bot.domain.delivery import Wish
from bot.store import letters, rules
from bot.store.rules import Rules
from bot.store.sqlite import Reader, Row


class Known(NamedTuple):
    """What decides whether a letter is taken, and what its archive asks besides."""

    facts: Facts
    rules: Rules


async def known(
    db: Reader, author_id: int, story_id: int | None, sender_id: int, now: float, comments: str = ""
) -> Known:
    """What is known of a sender who wants to write to an author, about a story or in a conversation about it.

    `comments`: what they want to say; the author has it already where they were sent these very words.
    """
    row = await db.one(
        "SELECT a.archive_id, a.name, coalesce(one.letters, every.letters, 'on') AS wish,"
        " coalesce(one.away_until, every.away_until) AS away_until, iif(one.id IS NULL, '', s.title) AS title,"
        " (SELECT iif(b.author_id IS NULL, 'archive', 'author') FROM blocks b WHERE b.user_id = :sender"
        " AND b.archive_id = a.archive_id AND (b.author_id = a.id OR b.author_id IS NULL)"
        " AND (b.until IS NULL OR b.until > :now) ORDER BY b.author_id IS NOT NULL LIMIT 1) AS blocked,"
        # The plus keeps SQLite from looking through all that the author got.
        " EXISTS (SELECT 1 FROM letters l JOIN outbox o ON o.letter_id = l.id WHERE l.writer_id = :sender"
        " AND l.archive_id = a.archive_id AND l.direction = 'to_author' AND l.stored_at > :since"
        " AND +l.author_id = a.id AND l.comments = :comments AND o.state <> 'withdrawn') AS said_before,"
        " r.nudges, r.hold_first, r.hold_anonymous, r.account_days, r.member_days, r.sender_limit, r.author_limit,"
        " r.archive_limit FROM authors a JOIN archives r ON r.id = a.archive_id"
        " LEFT JOIN wishes every ON every.author_id = a.id AND coalesce(every.story_id, 0) = 0"
        " LEFT JOIN wishes one ON one.author_id = a.id AND coalesce(one.story_id, 0) = :story"
        " LEFT JOIN stories s ON s.id = one.story_id WHERE a.id = :author",
        author=author_id,
        story=story_id,
        sender=sender_id,
        now=now,
        since=now - DAY,
        comments=comments,
    )
    assert row is not None
    asked = rules.of_row(row)
    counts = await letters.counts(db, row["archive_id"], sender_id, author_id, now - DAY, asked)
    return Known(_facts(row, counts, asked, now), asked)


def _facts(row: Row, counts: letters.Counts, asked: Rules, now: float) -> Facts:
    away_until = row["away_until"]
    return Facts(
        row["name"],
        row["title"],
        row["blocked"] and Blocker(row["blocked"]),
        Wish(row["wish"]),
        away_until if away_until is not None and away_until > now else None,
        *counts,
        Limits(asked.account_days, asked.member_days, asked.sender_limit, asked.author_limit, asked.archive_limit),
        said_before=bool(row["said_before"]),
    )
