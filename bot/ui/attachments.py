"""This room fetches what was attached to a command, and never more of it than may be kept."""

from collections.abc import Sequence

import aiohttp
import discord

from bot.domain.desk_refusals import UploadRefused

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE
"""Bytes of one file; what Discord lets people send goes up to 500 MB."""
TOGETHER = 50 * MEGABYTE
PATIENCE = aiohttp.ClientTimeout(total=120)
CHUNK = 64 * 1024


async def fetched(attachments: Sequence[discord.Attachment]) -> list[tuple[str, bytes]]:
    """Names and contents of the files.

    Raises:
        UploadRefused: one is too large, or Discord does not hand it out.
    """
    room = TOGETHER
    for each in attachments:
        room -= each.size
        if each.size > LARGEST or room < 0:
            raise _too_large(each.filename)
    async with aiohttp.ClientSession(timeout=PATIENCE) as session:
        return [(each.filename, await _fetch(session, each)) for each in attachments]


async def _fetch(session: aiohttp.ClientSession, attachment: discord.Attachment) -> bytes:
    """What an address answers may be larger than Discord said of it: reading ends where that shows."""
    held = bytearray()
    try:
        async with session.get(attachment.url) as answer:
            answer.raise_for_status()
            async for chunk in answer.content.iter_chunked(CHUNK):
                held += chunk
                if len(held) > LARGEST:
                    raise _too_large(attachment.filename)
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        why = "Discord did not hand it out"
        raise UploadRefused(attachment.filename, why, "send the command with the file once more") from error
    return bytes(held)


def _too_large(name: str) -> UploadRefused:
    why = f"a file may hold {LARGEST // MEGABYTE} MB, and all of a command {TOGETHER // MEGABYTE} MB"
    return UploadRefused(name, why, "divide it, or have the operator import it with `talebearer import`")
