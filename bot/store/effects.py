"""This room remembers for a day what was done for an interaction: a replayed one is answered from here."""

from collections.abc import Awaitable, Callable

from bot.store.sqlite import Reader, Writer

KEPT = 86_400.0
"""Seconds; Discord replays what a session missed, and a session lives for minutes."""


async def recall(db: Reader, interaction_id: int) -> str | None:
    """What `record` stored; None where nothing was done yet. Asked in the transaction that does it."""
    return await db.value("SELECT answer FROM effects WHERE interaction_id = :id", id=interaction_id)


async def record(db: Writer, interaction_id: int, answer: str, now: float) -> None:
    """Stores what the person is answered, in the transaction that did it."""
    await db.run(
        "INSERT INTO effects (interaction_id, answer, stored_at) VALUES (:id, :answer, :now)",
        id=interaction_id,
        answer=answer,
        now=now,
    )


async def once(db: Writer, interaction_id: int, now: float, act: Callable[[], Awaitable[str]]) -> str:
    """Does what an interaction asks for, unless it was done before; returns what the person is answered."""
    answer = await recall(db, interaction_id)
    if answer is None:
        answer = await act()
        await record(db, interaction_id, answer, now)
    return answer


async def prune(db: Writer, now: float) -> int:
    return await db.run("DELETE FROM effects WHERE stored_at < :before", before=now - KEPT)
