"""This room makes people out of an interaction: who asks, writes or acts, of which archive, in what kind of place."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable

import aiohttp
import discord

from bot.domain.access import Audience
from bot.domain.people import Actor, Sender
from bot.services.library import Library
from bot.ui.controls import Interaction

REMEMBERED = 1_000
"""Parent channels of threads that are remembered."""
MEMORY = 60.0
"""Seconds for which they are: a moderator who changes a channel wants it to count soon."""
PATIENCE = 1.5
"""Seconds to wait for Discord: the asker has three in all."""

UNREADABLE = "the channel that this thread belongs to cannot be read"


class Audiences:
    """Asks Discord's payload first, its cache second, and REST once where neither knows."""

    def __init__(self, client: discord.Client, library: Library, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._library = library
        self._clock = clock
        self._parents: OrderedDict[int, tuple[bool | None, float]] = OrderedDict()

    async def of(self, interaction: Interaction) -> Audience:
        archive = await self._library.archive(interaction.guild_id)
        restricted, doubt = await self._restricted(interaction)
        return Audience(archive, interaction.user.id, restricted, doubt)

    async def sender(self, interaction: Interaction) -> Sender:
        """Whoever asks, as somebody who writes a letter."""
        user = interaction.user
        joined = user.joined_at if isinstance(user, discord.Member) else None
        return Sender(await self.of(interaction), user.created_at.timestamp(), joined and joined.timestamp())

    async def actor(self, interaction: Interaction) -> Actor:
        """Whoever asks, as somebody who may look after the archive; what Discord hides in its menus is no check."""
        user = interaction.user
        return Actor(
            user.id,
            (await self._library.archive(interaction.guild_id)).id,
            interaction.guild_id,
            interaction.guild_id is not None and interaction.permissions.manage_guild,
            _roles(user),
            user.id in self._owners(),
        )

    def _owners(self) -> set[int]:
        application = self._client.application
        if application is None:
            return set()
        if application.team is None:
            return {application.owner.id}
        accepted = discord.TeamMembershipState.accepted
        return {member.id for member in application.team.members if member.membership_state is accepted}

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
        restricted = await self._remembered(thread.parent_id)
        return bool(restricted), "" if restricted is not None else UNREADABLE

    async def _remembered(self, channel_id: int) -> bool | None:
        """Whether a channel is age-restricted, None where nobody could say; asked once a minute at most."""
        known, at = self._parents.get(channel_id, (None, -MEMORY))
        if self._clock() - at >= MEMORY:
            known = await self._ask(channel_id)
            self._parents[channel_id] = (known, self._clock())
            self._parents.move_to_end(channel_id)
            if len(self._parents) > REMEMBERED:
                self._parents.popitem(last=False)
        return known

    async def _ask(self, channel_id: int) -> bool | None:
        try:
            async with asyncio.timeout(PATIENCE):
                channel = await self._client.fetch_channel(channel_id)
        except (discord.DiscordException, aiohttp.ClientError, OSError):
            return None
        return bool(getattr(channel, "nsfw", False))


def _roles(user: discord.User | discord.Member) -> frozenset[int]:
    """`Member.roles` asks the server's cache, which is empty after a session was resumed."""
    return frozenset(user._roles) if isinstance(user, discord.Member) else frozenset()  # noqa: SLF001
