"""This room keeps which messages must be brought up to date, so that a crash forgets none of them."""

from typing import NamedTuple

from bot.store.sqlite import Reader, Writer


class Correction(NamedTuple):
    """A message to edit or delete; `wanted` tells an older wish from a newer one."""

    parcel_id: int
    act: str
    wanted: int
    failures: int
    user_id: int
    channel_id: int
    message_id: int


async def want(db: Writer, letter_id: int, now: float) -> None:
    """Every message that brought the letter, or may have, is to show its e-mail address as the letter has it now."""
    await db.run(
        "INSERT INTO corrections (parcel_id, archive_id, act, due_at)"
        " SELECT p.id, p.archive_id, 'edit', iif(p.state = 'delivered', :now, NULL) FROM outbox o"
        " JOIN enclosures e ON e.item_id = o.id JOIN parcels p ON p.id = e.parcel_id"
        " WHERE o.letter_id = :id AND e.begins = 0"
        " ON CONFLICT (parcel_id) DO UPDATE SET wanted = wanted + 1, failures = 0, due_at = excluded.due_at",
        id=letter_id,
        now=now,
    )


async def stand_out(db: Reader, letter_id: int) -> bool:
    """Whether a message that brought the letter, or may have, is still to be brought up to date."""
    found = await db.value(
        "SELECT 1 FROM outbox o JOIN enclosures e ON e.item_id = o.id JOIN corrections c ON c.parcel_id = e.parcel_id"
        " WHERE o.letter_id = :id LIMIT 1",
        id=letter_id,
    )
    return found is not None


async def may_start(db: Writer, parcel_id: int, now: float) -> None:
    """The message has arrived: what was wanted meanwhile can be done."""
    await db.run("UPDATE corrections SET due_at = :now WHERE parcel_id = :id AND due_at IS NULL", id=parcel_id, now=now)


async def next_due(db: Reader) -> float | None:
    return await db.value("SELECT min(due_at) FROM corrections WHERE due_at IS NOT NULL")


async def claim(db: Writer, now: float, until: float) -> Correction | None:
    """The correction that is due, put off to `until` for everybody else."""
    row = await db.one(
        "SELECT c.parcel_id, c.act, c.wanted, c.failures, p.user_id, p.channel_id, p.message_id"
        " FROM corrections c JOIN parcels p ON p.id = c.parcel_id"
        " WHERE c.due_at <= :now AND p.message_id IS NOT NULL ORDER BY c.due_at LIMIT 1",
        now=now,
    )
    if row is None:
        return None
    await db.run("UPDATE corrections SET due_at = :until WHERE parcel_id = :id", id=row["parcel_id"], until=until)
    return Correction(**dict(row))


async def done(db: Writer, correction: Correction) -> None:
    await db.run(
        "DELETE FROM corrections WHERE parcel_id = :id AND wanted = :wanted",
        id=correction.parcel_id,
        wanted=correction.wanted,
    )


async def put_off(db: Writer, correction: Correction, due_at: float, *, counts: bool) -> None:
    await db.run(
        "UPDATE corrections SET failures = failures + :counts, due_at = :due WHERE parcel_id = :id",
        id=correction.parcel_id,
        due=due_at,
        counts=counts,
    )


async def replace(db: Writer, correction: Correction, now: float) -> None:
    """The message can be edited no more: it is to be deleted; what it brought goes out again only after that."""
    await db.run(
        "UPDATE corrections SET act = 'delete', failures = 0, due_at = :now WHERE parcel_id = :id",
        id=correction.parcel_id,
        now=now,
    )


async def deleted(db: Writer, correction: Correction, now: float) -> None:
    """The message is gone. Each letter that no other message shows a piece of goes out again; where there is another,
    that is deleted first."""
    line = await db.value("SELECT line_id FROM parcels WHERE id = :id", id=correction.parcel_id)
    items = await db.all("SELECT item_id FROM enclosures WHERE parcel_id = :id", id=correction.parcel_id)
    await db.run("DELETE FROM parcels WHERE id = :id", id=correction.parcel_id)
    for (item,) in items:
        await _delete_pieces(db, item, now)
        await db.run(
            "UPDATE outbox SET state = 'ready', sent = 0, failures = 0 WHERE id = :item"
            " AND state IN ('delivered', 'ready') AND NOT EXISTS (SELECT 1 FROM enclosures WHERE item_id = :item)",
            item=item,
        )
    await db.run("UPDATE lines SET due_at = coalesce(due_at, :now) WHERE id = :line", line=line, now=now)


async def _delete_pieces(db: Writer, item: int, now: float) -> None:
    await db.run(
        "INSERT INTO corrections (parcel_id, archive_id, act, due_at)"
        " SELECT p.id, p.archive_id, 'delete', iif(p.state = 'delivered', :now, NULL)"
        " FROM enclosures e JOIN parcels p ON p.id = e.parcel_id WHERE e.item_id = :item"
        " ON CONFLICT (parcel_id) DO UPDATE SET act = 'delete', failures = 0",
        item=item,
        now=now,
    )
