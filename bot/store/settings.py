"""This room keeps what readers have chosen for themselves."""

from bot.domain.settings import Notice, PageLength, ReaderSettings
from bot.store.sqlite import Reader, Writer


async def of(db: Reader, reader_id: int) -> ReaderSettings:
    """What a reader has chosen, the defaults where that is nothing."""
    row = await db.one(
        "SELECT page_length, plain, shared, counted, new_parts, new_stories, spoiled, told FROM reader_settings"
        " WHERE reader_id = :reader",
        reader=reader_id,
    )
    if row is None:
        return ReaderSettings()
    return ReaderSettings(
        PageLength(row["page_length"]),
        bool(row["plain"]),
        bool(row["shared"]),
        bool(row["counted"]),
        Notice(row["new_parts"]),
        Notice(row["new_stories"]),
        bool(row["spoiled"]),
        bool(row["told"]),
    )


async def keep(db: Writer, reader_id: int, settings: ReaderSettings) -> None:
    await db.run(
        "INSERT INTO reader_settings (reader_id, page_length, plain, shared, counted, new_parts, new_stories, spoiled,"
        " told) VALUES (:reader_id, :page_length, :plain, :shared, :counted, :new_parts, :new_stories, :spoiled, :told)"
        " ON CONFLICT (reader_id) DO UPDATE SET page_length = :page_length, plain = :plain, shared = :shared,"
        " counted = :counted, new_parts = :new_parts, new_stories = :new_stories, spoiled = :spoiled, told = :told",
        reader_id=reader_id,
        **settings._asdict(),
    )
