"""This room counts what came too late: Discord gives an answer three seconds."""

import logging

from discord.utils import snowflake_time

log = logging.getLogger(__name__)

IN_TIME = 3.0
"""Seconds in which an interaction has to be answered (docs.discord.com, Interactions: Responding)."""


class Punctuality:
    """How many interactions were too old to be answered when they were read, and how many answers came too late."""

    def __init__(self) -> None:
        self.read_late = 0
        self.answered_late = 0

    def read(self, interaction_id: int, now: float) -> None:
        """An interaction was read; its age is by Discord's clock, which stands in its id, and ours."""
        age = now - snowflake_time(interaction_id).timestamp()
        if age > IN_TIME:
            self.read_late += 1
            log.warning("Interaction %s was %.1f seconds old when it was read", interaction_id, age)

    def too_late(self, interaction_id: int) -> None:
        """Discord knows the interaction no more, and nobody sees the answer."""
        self.answered_late += 1
        log.warning("The answer to interaction %s came too late", interaction_id)
