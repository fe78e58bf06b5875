"""This room carries messages over Discord: what its answers mean for a letter is all decided here."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import aiohttp
import discord
from discord.http import Route

from bot.domain.delivery import (
    Absent,
    Delivered,
    Later,
    Mistaken,
    Moved,
    Never,
    NotYet,
    Outcome,
    Refused,
    Unknown,
    in_doubt,
)
from bot.domain.pacing import Pace
from bot.services.postman import WHEN_FLAGGED, expires
from bot.store.corrections import Correction
from bot.store.parcels import Parcel
from bot.ui import mail, replies

log = logging.getLogger(__name__)

# docs.discord.com, Opcodes and Status Codes: JSON Error Codes
UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
CANNOT_BE_MESSAGED = {50007, 50278}
TEXT_REFUSED = {20009, 200000, 240000}
OPENED_TOO_FAST = 40003
FLAGGED = 20026
TOO_MANY_EDITS = 30046

MESSAGE = "/channels/{channel_id}/messages/{message_id}"

SKEW = 86_400.0
"""Seconds by which our clock may be ahead of Discord's when a message is looked for."""
PAGE = 100
PAGES = 10
"""Pages of a DM that are looked through for a message."""
BANNED = 60.0
"""Seconds without any request where a 429 does not say how long (docs.discord.com, Rate Limits)."""

NO_ANSWER = (discord.DiscordServerError, aiohttp.ClientError, OSError, TimeoutError)
UNREACHABLE = 5.0
"""Seconds without any message once a connection was refused, unless Discord is heard of before."""
BAD_REQUEST, TOO_MANY_REQUESTS = 400, 429


async def in_time(*_request: object) -> None:
    """Asked before every request: one whose lease may be over must not go out."""
    if time.monotonic() >= expires.get():
        raise TimeoutError("its time is over")


class DiscordCourier:
    """Sends direct messages, in turn with everything else that is not an answer to a person."""

    def __init__(self, client: discord.Client, pace: Pace, clock: Callable[[], float] = time.time) -> None:
        self._client = client
        self._pace = pace
        self._clock = clock

    async def _turn(self) -> None:
        await asyncio.sleep(self._pace.request(time.monotonic()))

    async def open(self, user_id: int) -> int | Outcome:
        """Asked by REST: `create_dm` would answer with a channel that discord.py remembers and Discord does not."""
        await self._turn()
        try:
            return int((await self._client.http.start_private_message(user_id))["id"])
        except aiohttp.ClientConnectorError as error:
            return self._out(error)
        except NO_ANSWER as error:
            return Later(f"opening the DM got no answer: {type(error).__name__}", silent=True)
        except discord.RateLimited as error:
            return _limited(error)
        except discord.HTTPException as error:
            return self._not_opened(error)

    def _not_opened(self, error: discord.HTTPException) -> Outcome:
        if error.code not in (OPENED_TOO_FAST, FLAGGED):
            return self._refusal(error)
        self._pace.refuse_opening(self._clock(), flagged=error.code == FLAGGED)
        log.critical("%s: %s", _reason(error), _ADVICE[error.code])
        return NotYet(_reason(error))

    async def deliver(self, parcel: Parcel, channel_id: int) -> Outcome:
        await self._turn()
        try:
            card = mail.card(parcel.payload, parcel.emails)
            message = await replies.message(self._channel(channel_id), card, parcel.nonce)
        except aiohttp.ClientConnectorError as error:
            return self._out(error)
        except NO_ANSWER as error:
            return Unknown(f"no answer: {type(error).__name__}", silent=True)
        except discord.RateLimited as error:
            return _limited(error)
        except discord.HTTPException as error:
            return Moved(_reason(error)) if error.code == UNKNOWN_CHANNEL else self._refusal(error)
        return Delivered(channel_id, message.id)

    def _out(self, error: aiohttp.ClientConnectorError) -> NotYet:
        """Nothing else needs to find out for itself that Discord cannot be reached."""
        self._pace.cannot_reach(self._clock() + UNREACHABLE)
        return NotYet(f"Discord cannot be reached: {type(error).__name__}")

    def _channel(self, channel_id: int) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(channel_id, type=discord.ChannelType.private)

    async def find(self, parcel: Parcel, channel_id: int) -> Outcome:
        """Absent only where the whole time since the first try was looked through."""
        since = discord.utils.time_snowflake(datetime.fromtimestamp(parcel.first_try_at - SKEW, UTC))
        try:
            return await self._looked_for(parcel.mark, channel_id, since)
        except aiohttp.ClientConnectorError as error:
            return in_doubt(self._out(error))
        except discord.RateLimited as error:
            return in_doubt(_limited(error))
        except (discord.HTTPException, *NO_ANSWER) as error:
            moved = isinstance(error, discord.HTTPException) and error.code == UNKNOWN_CHANNEL
            reason = f"the DM could not be looked through: {type(error).__name__}"
            return Unknown(reason, moved=moved, silent=isinstance(error, NO_ANSWER))

    async def _looked_for(self, mark: str, channel_id: int, since: int) -> Outcome:
        before = None
        for _ in range(PAGES):
            await self._turn()
            page = await self._client.http.logs_from(channel_id, PAGE, before=before)
            for message in page:
                if mail.bears(message, mark):
                    return Delivered(channel_id, int(message["id"]))
            if len(page) < PAGE or int(page[-1]["id"]) < since:
                return Absent()
            before = int(page[-1]["id"])
        return Unknown(f"not among the newest {PAGE * PAGES} messages of the DM")

    async def correct(self, correction: Correction, payload: str, emails: Mapping[int, str]) -> Outcome:
        """Edits or deletes a message of ours. Absent: it is there no more; Refused: it can be edited no more;
        NotYet: Discord is out."""
        await self._turn()
        try:
            if correction.act == "delete":
                await self._client.http.request(_message("DELETE", correction))
            else:
                await self._client.http.request(_message("PATCH", correction), json=mail.body(payload, emails))
        except aiohttp.ClientConnectorError as error:
            return self._out(error)
        except NO_ANSWER as error:
            return NotYet(f"no answer: {type(error).__name__}")
        except discord.RateLimited as error:  # a limit that lasts is that of too many edits
            return Refused(_limited(error).reason)
        except discord.HTTPException as error:
            return self._not_corrected(error)
        return Delivered(correction.channel_id, correction.message_id)

    def _not_corrected(self, error: discord.HTTPException) -> Outcome:
        if error.code in (UNKNOWN_CHANNEL, UNKNOWN_MESSAGE):
            return Absent()
        if error.code == TOO_MANY_EDITS:
            return Refused(_reason(error))
        return self._refusal(error)

    async def nudge(self, channel_id: int, author: str) -> None:
        await self._turn()
        try:
            await self._client.get_partial_messageable(channel_id).send(mail.nudge(author))
        except (discord.HTTPException, discord.RateLimited, *NO_ANSWER) as error:
            log.warning("Nobody could be nudged in channel %s: %s", channel_id, error)

    def _refusal(self, error: discord.HTTPException) -> Outcome:
        """A 429 that discord.py did not wait for itself is Cloudflare's, and means every request."""
        if error.status != TOO_MANY_REQUESTS:
            return refusal(error)
        pause = float(error.response.headers.get("Retry-After") or BANNED)
        self._pace.keep_quiet(self._clock() + pause)
        return Later(_reason(error), pause)


_ADVICE = {
    OPENED_TOO_FAST: "no new DM is opened for ten minutes; those that are open go on.",
    FLAGGED: f"Discord has flagged this bot: {WHEN_FLAGGED}",
}


def refusal(error: discord.HTTPException) -> Outcome:
    """What an answer of Discord's means for a message: nothing but its text or our mistake ends its way."""
    if error.code in CANNOT_BE_MESSAGED:
        return Never(_reason(error))
    if error.code in TEXT_REFUSED:
        return Refused(f"{_reason(error)}: {error.text}")
    if error.status == BAD_REQUEST:
        log.error("Discord does not take what we send; this is a bug: %s", error.text)
        return Mistaken(f"{_reason(error)}: {error.text}")
    return Later(_reason(error))


def _message(method: str, correction: Correction) -> Route:
    return Route(method, MESSAGE, channel_id=correction.channel_id, message_id=correction.message_id)


def _limited(error: discord.RateLimited) -> Later:
    """A limit that lasts too long for discord.py to wait for it."""
    return Later(f"Discord wants a pause of {error.retry_after:.0f} seconds", error.retry_after)


def _reason(error: discord.HTTPException) -> str:
    return f"Discord answered {error.status} (code {error.code})"
