"""This room carries letters over Discord: what its answers mean for a letter is all decided here."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import aiohttp
import discord

from bot.domain.delivery import Delivered, Later, Never, Outcome, Refused, Unknown
from bot.store.letters import Parcel
from bot.ui import cards, replies
from bot.ui.controls import control_id

log = logging.getLogger(__name__)

# docs.discord.com, Opcodes and Status Codes: JSON Error Codes
UNKNOWN_CHANNEL = 10003
CANNOT_BE_MESSAGED = {50007, 50278}
TEXT_REFUSED = {20009, 200000, 240000}
OPENING_TOO_FAST = 40003
FLAGGED = 20026
OPENING_PAUSE = 600.0
FLAGGED_PAUSE = 86_400.0

NO_ANSWER = (discord.DiscordServerError, aiohttp.ClientError, OSError, TimeoutError, asyncio.TimeoutError)


class DiscordCourier:
    """Sends a letter as a direct message."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def deliver(self, parcel: Parcel) -> Outcome:
        try:
            channel = await self._channel(parcel.user_id, parcel.channel_id)
        except discord.HTTPException as error:
            return refusal(error)
        except NO_ANSWER as error:
            return Later(f"opening the DM got no answer: {type(error).__name__}")
        return await self._send(channel, parcel)

    async def find(self, parcel: Parcel) -> Outcome:
        """Looks through the DM for the letter's mark, and sends the letter where it is not there."""
        try:
            channel = await self._channel(parcel.user_id, parcel.channel_id)
            since = datetime.fromtimestamp(parcel.first_try_at, UTC) - timedelta(minutes=1)
            async for message in channel.history(after=since, limit=None):
                if _bears(message, control_id("mail", parcel.letter_id, parcel.story_id)):
                    return Delivered(channel.id, message.id)
        except discord.HTTPException as error:
            return refusal(error)
        except NO_ANSWER as error:
            return Unknown(f"reading the DM got no answer: {type(error).__name__}")
        return await self._send(channel, parcel)

    async def _channel(self, user_id: int, known: int | None) -> discord.PartialMessageable:
        """The DM channel; one that is known costs no request.

        Asked by REST: `create_dm` would answer with a channel that discord.py remembers and Discord does not.
        """
        channel_id = known or int((await self._client.http.start_private_message(user_id))["id"])
        return self._client.get_partial_messageable(channel_id, type=discord.ChannelType.private)

    async def _send(self, channel: discord.PartialMessageable, parcel: Parcel) -> Outcome:
        try:
            message = await replies.message(channel, cards.letter(parcel), parcel.nonce)
        except discord.NotFound as error:
            if error.code == UNKNOWN_CHANNEL and parcel.channel_id is not None:
                return await self.deliver(parcel._replace(channel_id=None))
            return refusal(error)
        except NO_ANSWER as error:
            return Unknown(f"no answer: {type(error).__name__}")
        except discord.HTTPException as error:
            return refusal(error)
        return Delivered(channel.id, message.id)


def refusal(error: discord.HTTPException) -> Outcome:
    """What an error code of Discord's means for a letter."""
    reason = f"Discord answered {error.status} (code {error.code})"
    match error.code:
        case code if code in CANNOT_BE_MESSAGED:
            return Never(reason)
        case code if code in TEXT_REFUSED:
            return Refused(reason)
        case 40003:
            return Later(reason, OPENING_PAUSE)
        case 20026:
            log.critical("Discord has flagged this bot (code 20026): no DM can be opened; see its developer portal.")
            return Later(reason, FLAGGED_PAUSE)
        case _ if isinstance(error, discord.DiscordServerError) or error.status == 429:
            return Later(reason)
        case _:
            log.error("A letter is parked: %s: %s", reason, error.text)
            return Refused(reason)


def _bears(message: discord.Message, mark: str) -> bool:
    return any(
        getattr(item, "custom_id", None) == mark
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for item in row.children
    )
