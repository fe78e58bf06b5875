"""Calls that must not pass the type checker; `test_types.py` asks it. Each wrong line names the rule it breaks."""

from bot.domain.pacing import Limits, Pace
from bot.services.postman import Clocks, Postman
from bot.store import claims, memory, tallies
from bot.store.database import Database
from bot.ui.mail import DRAW
from tests.library import HALL


async def sql_put_together_at_run_time(database: Database, name: str) -> None:
    await database.reader.all(f"SELECT * FROM stories WHERE title = '{name}'")  # wrong: reportArgumentType
    async with database.write() as db:
        await db.run("DELETE FROM " + name)  # wrong: reportArgumentType


async def a_write_outside_a_transaction(database: Database) -> None:
    await memory.remember(database.reader, "key", "value")  # wrong: reportArgumentType
    await claims.link(database.reader, 1, 2, now=3.0)  # wrong: reportArgumentType
    await database.reader.run("DELETE FROM memory")  # wrong: reportAttributeAccessIssue


async def somebody_who_is_no_audience(database: Database) -> None:
    await tallies.counts(database.reader, HALL.archive)  # wrong: reportArgumentType


async def a_courier_that_cannot_find(database: Database) -> None:
    Postman(database, object(), DRAW, Pace(Limits()), Clocks())  # wrong: reportArgumentType
