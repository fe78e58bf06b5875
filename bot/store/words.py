"""This room fills the index of all words; triggers keep what stories' own rows say of themselves."""

from collections.abc import Iterable

from bot.store.sqlite import Writer


async def fill(db: Writer, texts: Iterable[tuple[int, str]]) -> None:
    """Indexes stories by their numbers and texts; what else they are found by must be stored already."""
    await db.many(
        "INSERT INTO story_words (rowid, title, author, series, tags, summary, text)"
        " SELECT id, title, author, series, tags, summary, :text FROM story_heads WHERE id = :id",
        [{"id": story_id, "text": text} for story_id, text in texts],
    )


async def tagged(db: Writer, story_id: int) -> None:
    """Takes over the tags of a story, after they were changed."""
    await db.run(
        "UPDATE story_words SET tags = (SELECT tags FROM story_heads WHERE id = :id) WHERE rowid = :id", id=story_id
    )
