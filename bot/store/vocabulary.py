"""This room is the words that the archive's stories have."""

from bot.store.sqlite import Seeker


async def like(seeker: Seeker, beginning: str, seconds: float) -> list[str]:
    """Words that begin so, as the index writes them, as far as they are found in time; the frequent ones first."""
    found = await seeker.rows(
        "SELECT term FROM (SELECT term, doc FROM story_terms WHERE term >= :start AND term < :start || :end)"
        " ORDER BY doc DESC LIMIT 5000",
        seconds,
        start=beginning,
        end="\U0010ffff",
    )
    return [row["term"] for row in found.rows]
