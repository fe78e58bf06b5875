"""This room keeps what belongs to a reader: where they are in each story."""

from collections.abc import Iterable

from bot.domain.access import Audience
from bot.domain.models import Place
from bot.store.sqlite import Reader, Writer
from bot.store.stories import OPEN, gate


async def keep_places(db: Writer, places: Iterable[Place]) -> None:
    """Writes places, over older ones of the same reader in the same story."""
    await db.many(
        "INSERT INTO places (reader_id, story_id, part, paragraph, within, anchor, read_at)"
        " SELECT :reader_id, :story_id, :part, :paragraph, :within, :anchor, :read_at"
        " WHERE EXISTS (SELECT 1 FROM stories WHERE id = :story_id)"
        " ON CONFLICT (reader_id, story_id) DO UPDATE SET part = excluded.part, paragraph = excluded.paragraph,"
        " within = excluded.within, anchor = excluded.anchor, read_at = excluded.read_at, hidden = 0",
        [place._asdict() for place in places],
    )


async def place(db: Reader, reader_id: int, story_id: int) -> Place | None:
    row = await db.one(
        "SELECT reader_id, story_id, part, paragraph, within, anchor, read_at FROM places"
        " WHERE reader_id = :reader AND story_id = :story",
        reader=reader_id,
        story=story_id,
    )
    return None if row is None else Place(*row)


async def newest_place(db: Reader, audience: Audience) -> Place | None:
    """Where the reader was last, among the stories that open here."""
    row = await db.one(
        "SELECT p.reader_id, p.story_id, p.part, p.paragraph, p.within, p.anchor, p.read_at"
        " FROM places p JOIN stories s ON s.id = p.story_id"
        f" WHERE p.reader_id = :reader AND{OPEN} ORDER BY p.read_at DESC LIMIT 1",
        reader=audience.reader,
        **gate(audience),
    )
    return None if row is None else Place(*row)
