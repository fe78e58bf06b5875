"""This room is what an archive holds and what readers do with all of it, for its moderators."""

import asyncio
from typing import NamedTuple

from bot.domain.figures import TITLES, What
from bot.domain.people import Actor
from bot.formats.panels import picture, timeline, told
from bot.services.acting import Acting
from bot.store import figures
from bot.store.figures import Holdings


class Plotted(NamedTuple):
    """What is there, and what readers did with it: as a picture, and the same in words."""

    holdings: Holdings
    picture: bytes
    told: str


class Statistics:
    """Figures of a whole archive; none stands for fewer than five readers."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def plot(self, actor: Actor) -> Plotted:
        """Counts of what is there, and reads, new readers, likes and letters over time."""
        db = await self._acting.reading(actor)
        held = await figures.holdings(db, actor.archive_id)
        days = {what: await figures.days_of_archive(db, actor.archive_id, what) for what in What}
        panels = [timeline(TITLES[what], found) for what, found in days.items()]
        return Plotted(held, await asyncio.to_thread(picture, panels), told(panels))
