"""This room measures how late the event loop is: whoever blocks it makes everybody wait."""

import asyncio
import logging

log = logging.getLogger(__name__)

EVERY = 0.5
"""Seconds between two looks."""
NOTABLE = 0.2
"""Seconds of delay that are worth a line in the log: a fifteenth of what an answer may take."""


class Lag:
    """The loop's delay: the last one seen and the longest, in seconds."""

    def __init__(self, notable: float = NOTABLE) -> None:
        self.last = 0.0
        self.longest = 0.0
        self._notable = notable

    def seen(self, delay: float) -> None:
        self.last = max(0.0, delay)
        self.longest = max(self.longest, self.last)
        if self.last >= self._notable:
            log.warning("The event loop was %.2f seconds late", self.last)

    async def watch(self, every: float = EVERY) -> None:
        """Measures until it is cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + every
            await asyncio.sleep(every)
            self.seen(loop.time() - due)
