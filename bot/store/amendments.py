"""This room keeps what a person said of a story's fields: it stands over what any file says."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from bot.domain.fields import Field, Texts
from bot.store.sqlite import Reader, Writer


async def of_stories(db: Reader, story_ids: Iterable[int]) -> dict[int, Texts]:
    """The fields that were amended, by story."""
    rows = await db.all(
        "SELECT story_id, field, value FROM amendments WHERE story_id IN (SELECT value FROM json_each(:ids))",
        ids=json.dumps(list(story_ids)),
    )
    found: dict[int, Texts] = defaultdict(dict)
    for row in rows:
        found[row["story_id"]][Field(row["field"])] = row["value"]
    return dict(found)


async def put(db: Writer, archive_id: int, story_id: int, texts: Mapping[Field, str]) -> None:
    await db.many(
        "INSERT INTO amendments (story_id, field, archive_id, value) VALUES (:story, :field, :archive, :value)"
        " ON CONFLICT (story_id, field) DO UPDATE SET value = excluded.value",
        [{"story": story_id, "field": field, "archive": archive_id, "value": value} for field, value in texts.items()],
    )
