"""This room carries letters over Discord: what its answers mean for a letter is all decided here."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime

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
OPENING_REFUSED = {40003: 600.0, 20026: 86_400.0}
"""Too many DMs opened, the bot flagged: seconds for which none is opened. Channels that are known go on."""

SKEW = 86_400.0
"""Seconds by which our clock may be ahead of Discord's when a letter is looked for."""
LOOK_BACK = 1_000
"""Messages of a DM that are looked through for a letter."""

NO_ANSWER = (discord.DiscordServerError, aiohttp.ClientError, OSError, TimeoutError)


class DiscordCourier:
    """Sends a letter as a direct message."""

    def __init__(self, client: discord.Client, clock: Callable[[], float] = time.time) -> None:
        self._client = client
        self._clock = clock
        self._opens_again_at = 0.0

    async def deliver(self, parcel: Parcel) -> Outcome:
        try:
            channel = await self._channel(parcel)
        except discord.HTTPException as error:
            return self._not_opened(error)
        except NO_ANSWER as error:
            return Later(f"opening the DM got no answer: {type(error).__name__}")
        if channel is None:
            return Later("no DM can be opened for now", self._opens_again_at - self._clock())
        return await self._send(channel, parcel)

    async def find(self, parcel: Parcel) -> Outcome:
        try:
            channel = await self._channel(parcel)
            if channel is None:
                return Unknown("no DM can be opened for now", self._opens_again_at - self._clock())
            found = await self._message_of(channel, parcel)
        except discord.NotFound as error:
            if parcel.channel_id is None:
                return Unknown(_reason(error))
            return await self.find(parcel._replace(channel_id=None))
        except (discord.HTTPException, *NO_ANSWER) as error:
            return Unknown(f"the DM could not be looked through: {type(error).__name__}")
        return Delivered(channel.id, found) if found else await self._send(channel, parcel)

    async def _message_of(self, channel: discord.PartialMessageable, parcel: Parcel) -> int | None:
        """The id of the message that bears the letter's mark."""
        mark = control_id("mail", parcel.letter_id, parcel.story_id)
        since = datetime.fromtimestamp(parcel.first_try_at - SKEW, UTC)
        async for message in channel.history(limit=LOOK_BACK, after=since, oldest_first=False):
            if _bears(message, mark):
                return message.id
        return None

    async def _channel(self, parcel: Parcel) -> discord.PartialMessageable | None:
        """The DM channel; one that is known costs no request. None while none may be opened.

        Asked by REST: `create_dm` would answer with a channel that discord.py remembers and Discord does not.
        """
        channel_id = parcel.channel_id
        if channel_id is None:
            if self._clock() < self._opens_again_at:
                return None
            channel_id = int((await self._client.http.start_private_message(parcel.user_id))["id"])
        return self._client.get_partial_messageable(channel_id, type=discord.ChannelType.private)

    def _not_opened(self, error: discord.HTTPException) -> Outcome:
        pause = OPENING_REFUSED.get(error.code)
        if pause is None:
            return refusal(error)
        log.critical("%s: no DM is opened for %d minutes; see the bot's developer portal.", _reason(error), pause / 60)
        self._opens_again_at = self._clock() + pause
        return Later(_reason(error), pause)

    async def _send(self, channel: discord.PartialMessageable, parcel: Parcel) -> Outcome:
        try:
            message = await replies.message(channel, cards.letter(parcel), parcel.nonce)
        except NO_ANSWER as error:
            return Unknown(f"no answer: {type(error).__name__}")
        except discord.HTTPException as error:
            if error.code == UNKNOWN_CHANNEL and parcel.channel_id is not None:
                return await self.deliver(parcel._replace(channel_id=None))
            return refusal(error)
        return Delivered(channel.id, message.id)


def refusal(error: discord.HTTPException) -> Outcome:
    """What an answer of Discord's means for a letter: nothing but its text or our mistake parks it."""
    if error.code in CANNOT_BE_MESSAGED:
        return Never(_reason(error))
    if error.code in TEXT_REFUSED or error.status == 400:
        return Refused(f"{_reason(error)}: {error.text}")
    return Later(_reason(error))


def _reason(error: discord.HTTPException) -> str:
    return f"Discord answered {error.status} (code {error.code})"


def _bears(message: discord.Message, mark: str) -> bool:
    return any(
        getattr(item, "custom_id", None) == mark
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for item in row.children
    )
