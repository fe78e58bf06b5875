"""This room draws a story by lot, at the same cost however large the archive is."""

import json
from collections.abc import Sequence

from bot.domain.access import Audience
from bot.domain.models import Rating
from bot.store.sqlite import Reader
from bot.store.stories import OPEN, gate


async def bounds(db: Reader, audience: Audience) -> tuple[int, int] | None:
    """The lowest and the highest number of a story that opens here; None where none does."""
    row = await db.one(
        "SELECT"
        " min((SELECT id FROM stories WHERE archive_id = :archive AND rating = r.value ORDER BY id LIMIT 1)),"
        " max((SELECT id FROM stories WHERE archive_id = :archive AND rating = r.value ORDER BY id DESC LIMIT 1))"
        " FROM json_each(:ratings) r",
        archive=audience.archive.id,
        ratings=_ratings(audience),
    )
    return None if row is None or row[0] is None else (row[0], row[1])


async def drawn(db: Reader, audience: Audience, numbers: Sequence[int]) -> int | None:
    """The first of these numbers that is a story which opens here."""
    return await db.value(
        f"SELECT s.id FROM json_each(:numbers) n JOIN stories s ON s.id = n.value WHERE{OPEN} ORDER BY n.key LIMIT 1",
        numbers=json.dumps(list(numbers)),
        **gate(audience),
    )


async def next_after(db: Reader, audience: Audience, number: int) -> int | None:
    """The story that opens here and has this number or the next higher one: one step in the index for each rating."""
    return await db.value(
        "SELECT min((SELECT id FROM stories WHERE archive_id = :archive AND rating = r.value AND id >= :number"
        " ORDER BY id LIMIT 1)) FROM json_each(:ratings) r",
        archive=audience.archive.id,
        number=number,
        ratings=_ratings(audience),
    )


def _ratings(audience: Audience) -> str:
    return json.dumps([rating for rating in Rating if rating <= audience.opens])
