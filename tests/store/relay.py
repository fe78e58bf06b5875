"""This room is the relay's hand: letters stored, accounts tied, parcels claimed and settled, a line each."""

from collections.abc import Sequence

from bot.domain.delivery import Delivered, Never, Outcome, State, next_step
from bot.store import authors, claims, letters, lines, outbox, parcels
from bot.store.database import Database
from bot.store.letters import NewLetter
from bot.store.parcels import Parcel
from bot.ui.mail import DRAW

NOW = 1_000_000.0
RUBY = 900_000_000_000_000_001
MARA = 800_000_000_000_000_001


async def write(
    database: Database, story: int, interaction: int = 1, comments: str = "Lovely.", *, now: float = NOW, **more: object
) -> int:
    letter = NewLetter(story, MARA, "Mara", "", comments, 2, interaction)._replace(**more)  # pyright: ignore[reportArgumentType]
    async with database.write() as db:
        receipt = await letters.store(db, letter, now)
        assert receipt == await letters.receipt(db, receipt.letter_id)
        return receipt.letter_id


async def link(database: Database, name: str = "ruby", user_id: int = RUBY, now: float = NOW) -> int:
    author = await authors.named(database.reader, 1, name)
    assert author is not None
    async with database.write() as db:
        return await claims.link(db, author.id, user_id, now)


async def claim(database: Database, now: float = NOW, *, may_open: bool = True) -> Parcel | None:
    """The parcel that is due, as the postman finds it."""
    async with database.write() as db:
        await outbox.join_lines(db, now)
        while (line := await lines.due(db, now, may_open=may_open)) is not None:
            nonce = f"nonce {await db.value('SELECT coalesce(max(id), 0) + 1 FROM parcels')}"
            parcel = await parcels.claim(db, line, DRAW, nonce, now)
            if parcel is not None:
                return parcel
    return None


async def claimed(database: Database, now: float = NOW) -> Parcel:
    parcel = await claim(database, now)
    assert parcel is not None
    return parcel


async def settle(database: Database, parcel: Parcel, outcome: Outcome, now: float = NOW) -> bool:
    """Writes down what became of a try, and what it tells of the way."""
    async with database.write() as db:
        if not await parcels.settle(db, parcel, next_step(outcome, parcel.failures, now), now):
            return False
        if isinstance(outcome, Delivered):
            await parcels.delivered(db, parcel, outcome, now)
        elif isinstance(outcome, Never):
            await parcels.closed(db, parcel, now)
        return True


async def state(database: Database, letter: int) -> State:
    return (await letters.receipt(database.reader, letter)).state


async def states(database: Database, written: Sequence[int]) -> list[State]:
    return [await state(database, letter) for letter in written]


async def carried(database: Database, parcel: Parcel) -> list[int]:
    """The letters in a parcel."""
    rows = await database.reader.all(
        "SELECT o.letter_id FROM enclosures e JOIN outbox o ON o.id = e.item_id WHERE e.parcel_id = :id ORDER BY o.id",
        id=parcel.id,
    )
    return [row["letter_id"] for row in rows]
