"""This room remembers what lists people asked for, so that their buttons need carry a number alone."""

from bot.store.sqlite import Reader, Writer


async def number(db: Reader, archive_id: int, text: str) -> int | None:
    return await db.value(
        "SELECT id FROM listings WHERE archive_id = :archive AND text = :text", archive=archive_id, text=text
    )


async def keep(db: Writer, archive_id: int, text: str) -> int:
    """Stores a list once; returns its number."""
    await db.run(
        "INSERT INTO listings (archive_id, text) VALUES (:archive, :text) ON CONFLICT DO NOTHING",
        archive=archive_id,
        text=text,
    )
    kept = await number(db, archive_id, text)
    assert kept is not None
    return kept


async def text(db: Reader, archive_id: int, listing_id: int) -> str | None:
    """What a list is of, where it is one of this archive's."""
    return await db.value(
        "SELECT text FROM listings WHERE id = :id AND archive_id = :archive", id=listing_id, archive=archive_id
    )
