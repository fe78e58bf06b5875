"""This room shows how far long work is, in the answer that announced it, and what came of it."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress

import aiohttp
import discord

from bot.ui.cards import Card
from bot.ui.controls import Interaction

log = logging.getLogger(__name__)

EVERY = 2.0
"""Seconds between two edits of an answer: more would be told to wait."""

Draw = Callable[[str, int, int], Card]


class Progress:
    """One answer that is edited as work goes on; whatever Discord says to that, the work goes on."""

    def __init__(self, interaction: Interaction, draw: Draw) -> None:
        self._interaction = interaction
        self._draw = draw
        self._loop = asyncio.get_running_loop()
        self._heard = asyncio.Event()
        self._said = ("", 0, 0)

    def hear(self, what: str, done: int, total: int) -> None:
        """Hears how far the work is, from whatever thread it runs in."""
        self._loop.call_soon_threadsafe(self._hear, what, done, total)

    def _hear(self, what: str, done: int, total: int) -> None:
        self._said = what, done, total
        self._heard.set()

    async def tell(self) -> None:
        """Edits the answer while the work goes on."""
        while True:
            await self._heard.wait()
            self._heard.clear()
            await self.show(self._draw(*self._said))
            await asyncio.sleep(EVERY)

    async def show(self, card: Card) -> bool:
        """Shows a card in place of the answer; False where that does not take edits any more, after 15 minutes."""
        try:
            await self._interaction.edit_original_response(embeds=list(card.embeds), view=card.controls)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as trouble:
            log.info("An answer could not be edited: %s", trouble)
            return False
        return True


@asynccontextmanager
async def progress(interaction: Interaction, draw: Draw) -> AsyncGenerator[Progress]:
    """Tells how far the work in the block is."""
    shown = Progress(interaction, draw)
    telling = asyncio.create_task(shown.tell())
    try:
        yield shown
    finally:
        telling.cancel()
        with suppress(asyncio.CancelledError):
            await telling
