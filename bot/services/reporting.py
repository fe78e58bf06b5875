"""This room brings a story, as a reader met it, before the moderators."""

import time
from collections.abc import Callable

from bot.domain.access import Audience, admit
from bot.domain.errors import Gone
from bot.domain.models import Leaf
from bot.domain.refusals import NoReason, TooManyReports
from bot.store import effects, reports, stories
from bot.store.database import Database, Writer

OPEN = 25
"""Reports of stories by one reader that moderators have not settled yet."""


class Reporting:
    """What readers report; moderators learn what they say, never who they are."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    async def report(self, audience: Audience, leaf: Leaf, reason: str, interaction_id: int) -> str:
        """Files a report about a page; what is said of the same story again is added to it.

        Raises:
            NoReason: nothing was said against it.
            TooManyReports: the reader waits for the moderators' word on 25 others.
        """

        async def act(db: Writer) -> str:
            story = await stories.get(db, leaf.story_id)
            if story is None:
                raise Gone
            admit(story, audience)
            if not reason.strip():
                raise NoReason
            reported = await reports.reported_by(db, story.archive_id, audience.reader)
            if story.id not in reported and len(reported) >= OPEN:
                raise TooManyReports(OPEN)
            await reports.file_story(db, story.id, leaf.stored_number, audience.reader, reason.strip(), self._clock())
            return "The moderators see the story now, with what you said about it; you will be told what they decide."

        async with self._database.write() as db:
            return await effects.once(db, interaction_id, self._clock(), lambda: act(db))
