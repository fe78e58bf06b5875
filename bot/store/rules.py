"""This room keeps what an archive asks of those who write letters."""

from typing import Any, NamedTuple

from bot.store.sqlite import Reader, Row, Writer


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
    return of_row(row)


def of_row(row: Row) -> Rules:
    """The rules in a row that has a column for each."""
    found: dict[str, Any] = {name: row[name] for name in Rules._fields}
    return Rules(**found | {name: bool(found[name]) for name in ("nudges", "hold_first", "hold_anonymous")})


async def change(db: Writer, archive_id: int, rules: Rules) -> None:
    await db.run(
        "UPDATE archives SET nudges = :nudges, hold_first = :hold_first, hold_anonymous = :hold_anonymous,"
        " account_days = :account_days, member_days = :member_days, sender_limit = :sender_limit,"
        " author_limit = :author_limit, archive_limit = :archive_limit WHERE id = :archive",
        archive=archive_id,
        **rules._asdict(),
    )
