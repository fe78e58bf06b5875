"""This room reads what the database counts as it changes: nothing here looks at a story."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.access import Audience
from bot.domain.models import Rating
from bot.store.sqlite import Reader


class Counts(NamedTuple):
    """What an audience can see of an archive."""

    stories: int
    openable: int
    authors: int
    series: int


async def counts(db: Reader, audience: Audience) -> Counts:
    row = await db.one(
        "SELECT (SELECT coalesce(sum(stories), 0) FROM tallies"
        "  WHERE archive_id = :archive AND kind = 'story' AND rating <= :lists),"
        " (SELECT coalesce(sum(stories), 0) FROM tallies"
        "  WHERE archive_id = :archive AND kind = 'story' AND rating <= :opens),"
        " (SELECT coalesce(sum(things), 0) FROM presences"
        "  WHERE archive_id = :archive AND kind = 'author' AND rating <= :lists),"
        " (SELECT coalesce(sum(things), 0) FROM presences"
        "  WHERE archive_id = :archive AND kind = 'series' AND rating <= :lists)",
        archive=audience.archive.id,
        lists=audience.lists,
        opens=audience.opens,
    )
    assert row is not None
    return Counts(*row)


async def stories(db: Reader, archive_id: int, kind: str, keys: Sequence[int | str], ratings: Sequence[Rating]) -> int:
    """How many published stories of these ratings have each key, added up."""
    return await db.value(
        "SELECT coalesce(sum(stories), 0) FROM tallies WHERE archive_id = :archive AND kind = :kind"
        " AND key IN (SELECT value FROM json_each(:keys)) AND rating IN (SELECT value FROM json_each(:ratings))",
        archive=archive_id,
        kind=kind,
        keys=json.dumps(list(keys)),
        ratings=json.dumps([int(rating) for rating in ratings]),
    )
