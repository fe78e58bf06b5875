"""This room speaks in channels of servers: what Discord's answers mean for an announcement is decided here."""

import asyncio
import time

import aiohttp
import discord

from bot.domain.pacing import Pace
from bot.services.announcing import CannotCry, Cried, News
from bot.ui import announcements, replies


class DiscordCrier:
    """Says what is new, in turn with everything else that is not an answer to a person."""

    def __init__(self, client: discord.Client, pace: Pace) -> None:
        self._client = client
        self._pace = pace

    async def _turn(self) -> None:
        await asyncio.sleep(self._pace.request(time.monotonic()))

    async def is_restricted(self, channel_id: int) -> bool:
        """A thread is as its parent is (docs.discord.com, Threads: NSFW)."""
        channel = await self._channel(channel_id)
        if isinstance(channel, discord.Thread):
            channel = await self._channel(channel.parent_id)
        return bool(getattr(channel, "nsfw", False))

    async def _channel(self, channel_id: int) -> object:
        await self._turn()
        try:
            return await self._client.fetch_channel(channel_id)
        except (discord.NotFound, discord.Forbidden, discord.InvalidData) as error:
            raise CannotCry(f"the channel {channel_id} is not there, or the bot may not see it") from error

    async def cry(self, channel_id: int, news: News, nonce: str) -> Cried:
        await self._turn()
        channel = self._client.get_partial_messageable(channel_id)
        try:
            await replies.message(channel, announcements.news(news), nonce, role=news.role_id, pings=news.pings)
        except (discord.NotFound, discord.Forbidden) as error:
            raise CannotCry(f"the bot may not write in the channel {channel_id}") from error
        except (discord.DiscordServerError, aiohttp.ClientError, OSError, TimeoutError):
            return Cried.UNKNOWN
        except discord.HTTPException:
            return Cried.LATER
        return Cried.DONE
