"""This room counts what came too late: Discord gives an answer three seconds."""

import logging

from discord.utils import snowflake_time

from bot.domain.tally import Tally

log = logging.getLogger(__name__)

IN_TIME = 3.0
"""Seconds in which an interaction has to be answered (docs.discord.com, Interactions: Responding)."""


class Punctuality:
    """Which interactions were too old to be answered when they were read, and which answers came too late."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally

    def read(self, interaction_id: int, now: float) -> None:
        """An interaction was read; its age is by Discord's clock, which stands in its id, and ours."""
        age = now - snowflake_time(interaction_id).timestamp()
        if age > IN_TIME:
            self._tally.read_late += 1
            log.warning("Interaction %s was %.1f seconds old when it was read", interaction_id, age)

    def too_late(self, interaction_id: int) -> None:
        """Discord knows the interaction no more, and nobody sees the answer."""
        self._tally.answered_late += 1
        log.warning("The answer to interaction %s came too late", interaction_id)
