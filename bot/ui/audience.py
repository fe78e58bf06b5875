"""This room makes the audience out of an interaction: who asks, of which archive, in what kind of place."""

import time
from collections import OrderedDict
from collections.abc import Callable

import discord

from bot.domain.access import Audience
from bot.services.library import Library
from bot.ui.controls import Interaction

REMEMBERED = 1_000
"""Parent channels whose age restriction is remembered."""
MEMORY = 60.0
"""Seconds for which it is: a moderator who changes a channel wants it to count soon."""


class Audiences:
    """Asks Discord's payload first, its cache second, and REST once where neither knows."""

    def __init__(self, client: discord.Client, library: Library, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._library = library
        self._clock = clock
        self._parents: OrderedDict[int, tuple[bool, float]] = OrderedDict()

    async def of(self, interaction: Interaction) -> Audience:
        archive = await self._library.archive(interaction.guild_id)
        restricted, doubt = await self._restricted(interaction)
        return Audience(archive, interaction.user.id, restricted, doubt)

    async def _restricted(self, interaction: Interaction) -> tuple[bool, str]:
        """Whether the place is age-restricted, and why it counts as ordinary where that is not sure.

        A thread's payload never carries the flag: its parent has it.
        """
        channel = interaction.channel
        if isinstance(channel, discord.Thread):
            return await self._parent_restricted(channel)
        return bool(interaction.guild_id and getattr(channel, "nsfw", False)), ""

    async def _parent_restricted(self, thread: discord.Thread) -> tuple[bool, str]:
        if thread.parent is not None:
            return thread.parent.nsfw, ""
        known = self._parents.get(thread.parent_id)
        if known is not None and self._clock() - known[1] < MEMORY:
            return known[0], ""
        try:
            parent = await self._client.fetch_channel(thread.parent_id)
        except discord.HTTPException:
            return False, "the channel that this thread belongs to cannot be read"
        self._remember(parent.id, restricted := bool(getattr(parent, "nsfw", False)))
        return restricted, ""

    def _remember(self, channel_id: int, restricted: bool) -> None:
        self._parents[channel_id] = (restricted, self._clock())
        self._parents.move_to_end(channel_id)
        if len(self._parents) > REMEMBERED:
            self._parents.popitem(last=False)
