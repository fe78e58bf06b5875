"""This room is the words that the archive's stories have."""

from typing import NamedTuple

from bot.store.sqlite import Seeker

END = "\U0010ffff"


class Known(NamedTuple):
    """Words of the archive, the frequent ones first; not `finished`: there may be others."""

    words: list[str]
    finished: bool


async def beginning(seeker: Seeker, start: str, limit: int, seconds: float) -> Known:
    """Words that begin so, as the index writes them, as far as they are found in time."""
    found = await seeker.rows(
        "SELECT term, doc FROM story_terms WHERE term >= :start AND term < :start || :end",
        seconds,
        start=start,
        end=END,
    )
    ranked = sorted(found.rows, key=lambda row: row["doc"], reverse=True)
    return Known([row["term"] for row in ranked[:limit]], found.finished and len(ranked) <= limit)
