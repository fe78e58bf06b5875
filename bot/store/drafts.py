"""This room keeps what was typed into a form that was refused, for a day."""

from typing import NamedTuple

from bot.store.sqlite import Reader, Writer

KEPT = 86_400.0
"""Seconds."""


class NewDraft(NamedTuple):
    """A refused form; of `story_id` and `letter_id` (the letter it answers) one is given."""

    archive_id: int
    user_id: int
    story_id: int | None
    letter_id: int | None
    page: int | None
    about: str
    quote: str
    name: str
    email: str
    comments: str
    interaction_id: int


class Draft(NamedTuple):
    """A refused form that can be opened again."""

    id: int
    archive_id: int
    user_id: int
    story_id: int | None
    letter_id: int | None
    page: int | None
    about: str
    quote: str
    name: str
    email: str
    comments: str


async def keep(db: Writer, draft: NewDraft, now: float) -> int:
    """Keeps a draft; the same form sent twice is one. Returns its id."""
    await db.run(
        "INSERT INTO drafts (archive_id, user_id, story_id, letter_id, page, about, quote, name, email, comments,"
        " interaction_id, kept_at) VALUES (:archive_id, :user_id, :story_id, :letter_id, :page, :about, :quote, :name,"
        " :email, :comments, :interaction_id, :now) ON CONFLICT (interaction_id) DO NOTHING",
        now=now,
        **draft._asdict(),
    )
    return await db.value("SELECT id FROM drafts WHERE interaction_id = :id", id=draft.interaction_id)


async def get(db: Reader, draft_id: int, user_id: int, now: float) -> Draft | None:
    """The draft, for whoever typed it alone, as long as it is kept."""
    row = await db.one(
        "SELECT id, archive_id, user_id, story_id, letter_id, page, about, quote, name, email, comments FROM drafts"
        " WHERE id = :id AND user_id = :user AND kept_at >= :since",
        id=draft_id,
        user=user_id,
        since=now - KEPT,
    )
    return None if row is None else Draft(**dict(row))


async def discard(db: Writer, draft_id: int, user_id: int) -> None:
    """What was kept is sent."""
    await db.run("DELETE FROM drafts WHERE id = :id AND user_id = :user", id=draft_id, user=user_id)


async def prune(db: Writer, now: float) -> int:
    return await db.run("DELETE FROM drafts WHERE kept_at < :before", before=now - KEPT)
