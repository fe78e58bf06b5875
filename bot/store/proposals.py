"""This room keeps what somebody typed into a story's fields until it is saved, for a day."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from bot.domain.fields import Field, Texts
from bot.store.sqlite import Reader, Row, Writer

KEPT = 86_400.0
"""Seconds."""


class Proposal(NamedTuple):
    """Other values for some fields of a story, and what stood there when they were typed (None: nobody knows)."""

    id: int
    archive_id: int
    story_id: int
    user_id: int
    form: int
    seen: dict[Field, str | None]
    typed: Texts
    saved_at: float | None


async def add(
    db: Writer,
    archive_id: int,
    story_id: int,
    user_id: int,
    form: int,
    seen: Mapping[Field, str | None],
    typed: Mapping[Field, str],
    now: float,
) -> int:
    return await db.insert(
        "INSERT INTO proposals (archive_id, story_id, user_id, form, seen, typed, made_at)"
        " VALUES (:archive, :story, :user, :form, :seen, :typed, :now)",
        archive=archive_id,
        story=story_id,
        user=user_id,
        form=form,
        seen=json.dumps(seen, ensure_ascii=False),
        typed=json.dumps(typed, ensure_ascii=False),
        now=now,
    )


async def get(db: Reader, archive_id: int, proposal_id: int) -> Proposal | None:
    row = await db.one(
        "SELECT id, archive_id, story_id, user_id, form, seen, typed, saved_at FROM proposals"
        " WHERE archive_id = :archive AND id = :id",
        archive=archive_id,
        id=proposal_id,
    )
    return None if row is None else _proposal(row)


async def archive_of(db: Reader, proposal_id: int, user_id: int) -> int | None:
    """The archive of what this account typed."""
    return await db.value(
        "SELECT archive_id FROM proposals WHERE id = :id AND user_id = :user", id=proposal_id, user=user_id
    )


def _proposal(row: Row) -> Proposal:
    seen = {Field(name): text for name, text in json.loads(row["seen"]).items()}
    typed = {Field(name): text for name, text in json.loads(row["typed"]).items()}
    return Proposal._make(row)._replace(seen=seen, typed=typed)


async def saved(db: Writer, proposal_id: int, now: float) -> None:
    await db.run("UPDATE proposals SET saved_at = :now WHERE id = :id", id=proposal_id, now=now)


async def prune(db: Writer, now: float) -> int:
    return await db.run("DELETE FROM proposals WHERE made_at < :since", since=now - KEPT)
