"""This room keeps what an archive asks of those who write letters."""

from typing import NamedTuple

from bot.store.sqlite import Reader, Writer


class Rules(NamedTuple):
    """An archive's rules for letters; limits are per day."""

    nudges: bool
    hold_first: bool
    hold_anonymous: bool
    account_days: int
    member_days: int
    sender_limit: int
    author_limit: int
    archive_limit: int


async def of_archive(db: Reader, archive_id: int) -> Rules:
    row = await db.one(
        "SELECT nudges, hold_first, hold_anonymous, account_days, member_days, sender_limit, author_limit,"
        " archive_limit FROM archives WHERE id = :archive",
        archive=archive_id,
    )
    assert row is not None
    return Rules(*(bool(value) for value in row[:3]), *row[3:])


async def change(db: Writer, archive_id: int, rules: Rules) -> None:
    await db.run(
        "UPDATE archives SET nudges = :nudges, hold_first = :hold_first, hold_anonymous = :hold_anonymous,"
        " account_days = :account_days, member_days = :member_days, sender_limit = :sender_limit,"
        " author_limit = :author_limit, archive_limit = :archive_limit WHERE id = :archive",
        archive=archive_id,
        **rules._asdict(),
    )
