"""This room takes out of the bot, in a process of its own, what keeps letters safe: the checker has to notice."""

import asyncio
import inspect
import secrets
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import LiteralString, TypeVar

import discord

from bot.store import lines, parcels
from bot.store.sqlite import Database, Row, Value, Write, Writer, _OneByOne
from bot.ui import replies
from bot.ui.cards import Card

LATE = 0.25
"""Seconds: of a storm's few, most then pass in the middle of some letter."""
T = TypeVar("T")


def without_nonce() -> None:
    """Every try is a message of its own to Discord."""
    send = replies.message

    async def message(channel: discord.abc.Messageable, card: Card, _nonce: str) -> discord.Message:
        return await send(channel, card, secrets.token_hex(12))

    replies.message = message


def without_lease() -> None:
    """Whoever takes a parcel has it for ever: a process that dies takes it along."""

    async def release(_db: Writer, _now: float) -> None:
        return

    parcels.release = release
    parcels.LEASE = 1e9


FENCE = " AND attempt = :attempt AND state = 'leased'"


def without_fence() -> None:
    """Whoever comes back last is right."""
    read = Writer.all
    assert FENCE in inspect.getsource(parcels.settle)

    async def unfenced(self: Writer, sql: LiteralString, **parameters: Value) -> list[Row]:
        return await read(self, sql.replace(FENCE, ""), **parameters)

    Writer.all = unfenced


def without_transaction() -> None:
    """Every statement is on the disk as soon as it is made, whatever becomes of the next; of a letter's the last comes
    late, so that whatever ends the process finds the time to come before it."""
    wake = lines.wake

    async def wake_late(db: Writer, line_id: int, now: float) -> None:
        await asyncio.sleep(LATE)
        await wake(db, line_id, now)

    lines.wake = wake_late

    @asynccontextmanager
    async def write(self: Database) -> AsyncGenerator[Writer]:
        async with self._lock:
            yield Writer(_OneByOne(self._writer))

    async def transact(self: Database, work: Write[T]) -> T:
        async with write(self) as db:
            return await work(db)

    Database.write, Database.transact = write, transact


MUTANTS: dict[str, Callable[[], None]] = {
    "nonce": without_nonce,
    "lease": without_lease,
    "fence": without_fence,
    "transaction": without_transaction,
}
