"""This room reads everything that is kept about an account."""

from collections.abc import Mapping
from typing import LiteralString

from bot.store.sqlite import Reader, Value

Section = list[dict[str, Value]]
"""Rows of one table, by the names of their columns."""

MINE: LiteralString = "SELECT id FROM authors WHERE user_id = :user"

_SECTIONS: Mapping[str, LiteralString] = {
    "places": (
        "SELECT s.title, p.story_id, p.part, p.paragraph, p.within, p.anchor, p.read_at, p.hidden"
        " FROM places p JOIN stories s ON s.id = p.story_id WHERE p.reader_id = :user ORDER BY p.read_at"
    ),
    "bookmarks": (
        "SELECT s.title, b.story_id, b.part, b.paragraph, b.within, b.anchor, b.note, b.made_at, b.hidden"
        " FROM bookmarks b JOIN stories s ON s.id = b.story_id WHERE b.reader_id = :user ORDER BY b.id"
    ),
    "marks": (
        "SELECT s.title, m.story_id, m.mark, m.made_at, m.hidden"
        " FROM marks m JOIN stories s ON s.id = m.story_id WHERE m.reader_id = :user ORDER BY m.made_at"
    ),
    "reader_settings": (
        "SELECT page_length, plain, shared, counted, new_parts, new_stories, spoiled, told FROM reader_settings"
        " WHERE reader_id = :user"
    ),
    "seen": (
        "SELECT l.name, s.list_id, s.line FROM seen s JOIN episode_lists l ON l.id = s.list_id"
        " WHERE s.reader_id = :user ORDER BY s.list_id"
    ),
    "follows": "SELECT kind, subject_id, made_at FROM follows WHERE reader_id = :user ORDER BY id",
    "tidings": (
        "SELECT s.title, t.story_id, t.parts, t.due_at, t.notice_key FROM tidings t JOIN stories s ON s.id = t.story_id"
        " WHERE t.reader_id = :user ORDER BY t.id"
    ),
    "letters": (
        "SELECT l.id, l.kind, l.direction, l.story_id, l.title, l.author, l.part, l.page, l.quote, l.sender_name,"
        " l.email, l.email_until, l.email_withheld, l.comments, l.stored_at, o.state FROM letters l"
        " JOIN outbox o ON o.letter_id = l.id WHERE l.writer_id = :user ORDER BY l.id"
    ),
    "letters to you": (
        "SELECT l.id, l.kind, l.title, l.author, l.quote, iif(l.direction = 'to_author', l.sender_name, l.author)"
        " AS sender_name, iif(l.email_withheld, '', l.email) AS email, l.comments, l.stored_at FROM letters l"
        " JOIN outbox o ON o.letter_id = l.id JOIN conversations c ON c.id = l.conversation_id"
        " WHERE o.state NOT IN ('held', 'declined', 'withdrawn') AND"
        f" (l.direction = 'to_author' AND l.author_id IN ({MINE}) OR l.direction = 'to_reader' AND c.reader_id = :user)"
        " ORDER BY l.id"
    ),
    "conversations": (
        "SELECT c.id, a.name AS author, c.began_at, c.ended_at, c.ended_by FROM conversations c"
        " JOIN authors a ON a.id = c.author_id WHERE c.reader_id = :user ORDER BY c.id"
    ),
    "lines": "SELECT archive_id, due_at FROM lines WHERE reader_id = :user ORDER BY id",
    "notices": "SELECT key, content, stored_at FROM notices WHERE user_id = :user ORDER BY id",
    "parcels": (
        "SELECT id, state, channel_id, message_id, first_try_at, payload FROM parcels WHERE user_id = :user ORDER BY id"
    ),
    "doors": (
        "SELECT channel_id, opened_at, closed_at, announced_at, nudged_at, knocked_at FROM doors WHERE user_id = :user"
    ),
    "authors": "SELECT id, archive_id, name, linked_at, choice FROM authors WHERE user_id = :user ORDER BY id",
    "stories": (
        "SELECT s.id, s.title, s.state, s.words, s.added_at FROM stories s WHERE s.id IN"
        f" (SELECT story_id FROM story_authors WHERE author_id IN ({MINE})) ORDER BY s.id"
    ),
    "wishes": (
        "SELECT story_id, letters, away_until, nudge_channel_id FROM wishes"
        f" WHERE author_id IN ({MINE}) ORDER BY id"
    ),
    "blocks": (
        "SELECT 'by you' AS block, b.letter_id, b.blocked_at, b.until FROM blocks b"
        f" WHERE b.author_id IN ({MINE})"
        " UNION ALL SELECT 'of you', NULL, b.blocked_at, b.until FROM blocks b WHERE b.user_id = :user"
    ),
    "reports": (
        "SELECT letter_id, story_id, page, reason, reported_at, settled_at FROM reports"
        " WHERE reporter_id = :user ORDER BY id"
    ),
    "claims": (
        "SELECT a.name, c.proof, c.state, c.asked_at, c.decided_at, c.answered_at FROM claims c"
        " JOIN authors a ON a.id = c.author_id WHERE c.user_id = :user ORDER BY c.id"
    ),
    "drafts": (
        "SELECT story_id, letter_id, page, about, quote, name, email, comments, kept_at FROM drafts"
        " WHERE user_id = :user ORDER BY id"
    ),
    "submissions": (
        "SELECT name, file, state, submitted_at, decided_at FROM submissions WHERE user_id = :user ORDER BY id"
    ),
    "proposals": (
        "SELECT story_id, form, seen, typed, made_at, saved_at FROM proposals WHERE user_id = :user ORDER BY id"
    ),
    "uploads": "SELECT id, state, sent_at, told, problem FROM uploads WHERE user_id = :user ORDER BY id",
    "upload_files": (
        "SELECT f.upload_id, f.name FROM upload_files f JOIN uploads u ON u.id = f.upload_id WHERE u.user_id = :user"
        " ORDER BY f.upload_id, f.position"
    ),
    "ledger": (
        "SELECT e.id, e.at, e.act, p.role, coalesce(r.reason, '') AS reason FROM ledger_persons p"
        " JOIN ledger e ON e.id = p.ledger_id LEFT JOIN reasons r ON r.ledger_id = e.id"
        " WHERE p.user_id = :user ORDER BY e.id"
    ),
}  # fmt: skip


async def held(db: Reader, user_id: int) -> dict[str, Section]:
    """Everything that is kept about an account, by tables; who blocked it is not told, nor who reported it."""
    return {name: [dict(row) for row in await db.all(sql, user=user_id)] for name, sql in _SECTIONS.items()}
