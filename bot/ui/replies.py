"""This room speaks: the one place that answers an interaction, also when something went wrong."""

import asyncio
import io
import logging
import secrets
from collections.abc import Awaitable, Sequence
from types import SimpleNamespace
from typing import Any, TypeVar

import discord

from bot.domain.errors import ArchiveError
from bot.domain.refusals import DraftKept
from bot.ui import letters, manner, plain
from bot.ui.cards import Card, shown
from bot.ui.controls import Interaction, typed

log = logging.getLogger(__name__)

Result = TypeVar("Result")

ALREADY_ACKNOWLEDGED = 40060
UNKNOWN_INTERACTION = 10062
UNKNOWN_WEBHOOK, VOID_TOKEN = 10015, 50027
"""What Discord says to answers after 15 minutes (docs.discord.com, Opcodes and Status Codes: JSON Error Codes)."""
HURRY = 2.0
"""Seconds of the three that work may take before an answer (docs.discord.com, Interactions: Responding)."""
CONTENT_LIMIT = 2_000
"""Units of a message's content (docs.discord.com, Create Message)."""


async def answer(interaction: Interaction, card: Card, *, private: bool = True) -> None:
    """Answers with a new message, that only the asker sees unless `private` is off."""
    if interaction.response.is_done():
        await interaction.followup.send(**_fitting(interaction, card), ephemeral=private)
    else:
        await interaction.response.send_message(**_fitting(interaction, card), ephemeral=private)


async def say(interaction: Interaction, text: str) -> None:
    """Answers with a sentence that only the asker sees; the names in it are whatever people call things."""
    await _say(interaction, Card([]), shown(text, CONTENT_LIMIT))


async def follow(interaction: Interaction, text: str) -> None:
    """Says what came of work that was announced as going on."""
    await interaction.followup.send(shown(text, CONTENT_LIMIT), ephemeral=True)


async def turn(interaction: Interaction, card: Card) -> None:
    """Changes the message whose button was pressed; whoever presses somebody else's gets a private copy.

    A message of plain text never has embeds again: whoever wishes them gets a new one.
    """
    message, plainly = interaction.message, manner.of(interaction).plain
    if message is None or not is_theirs(interaction) or (message.flags.components_v2 and not plainly):
        await answer(interaction, card)
    elif plainly:
        await _change(interaction, content=None, embeds=[], attachments=[], view=plain.drawn(card))
    else:
        await _change(interaction, embeds=list(card.embeds), view=card.controls)


async def _change(interaction: Interaction, **changes: Any) -> None:  # noqa: ANN401
    if interaction.response.is_done():
        await interaction.edit_original_response(**changes)
    else:
        await interaction.response.edit_message(**changes)


def turns_privately(interaction: Interaction) -> bool:
    """Whether only the asker sees what `turn` shows."""
    message = interaction.message
    return message is None or message.flags.ephemeral or not is_theirs(interaction)


def is_theirs(interaction: Interaction) -> bool:
    """Whether the message whose button was pressed is the asker's own: nobody else's is ever changed by them."""
    message = interaction.message
    if message is None:
        return False
    asked = message.interaction_metadata
    return message.flags.ephemeral or (asked is not None and asked.user.id == interaction.user.id)


async def unhurried(
    interaction: Interaction, work: Awaitable[Result], *, turns: bool = False, shared: bool = False
) -> Result:
    """Awaits `work`; where it would miss Discord's three seconds, the asker is shown "thinking…" meanwhile.

    `turns`: what follows changes the message whose button was pressed, which just stays as it is until then.
    `shared`: what follows is for everybody, and so is what is shown meanwhile.
    """
    thinking: list[asyncio.Task[Any]] = []

    def think() -> None:
        shown = interaction.response.defer(ephemeral=not shared, thinking=not (turns and is_theirs(interaction)))
        thinking.append(asyncio.create_task(shown))

    # Most work is done long before: a timer costs less than a task that is waited for.
    timer = asyncio.get_running_loop().call_later(HURRY, think)
    try:
        return await work
    finally:
        timer.cancel()
        await asyncio.gather(*thinking)


async def hand_over(interaction: Interaction, cards: Sequence[Card]) -> bool:
    """Answers with several messages that only the asker sees, also where they were shown "thinking…".

    False where that took longer than Discord takes answers for: they need a message of their own.
    """
    try:
        for card in cards:
            await _say(interaction, card, "")
    except discord.HTTPException as refusal:
        if refusal.code not in (VOID_TOKEN, UNKNOWN_WEBHOOK):
            raise
        return False
    return True


async def refuse(interaction: Interaction, error: BaseException) -> None:
    """Says in one sentence why not; a bug gets a reference number, under which it is logged.

    What was typed into a form comes back with it: a form is gone once it was sent, unless it is kept as a draft.
    """
    if _nothing_to_say(error):
        log.warning("An interaction came too late or was answered already: %s", error)
        return
    draft = error.draft_id if isinstance(error, DraftKept) else None
    await assure(interaction, letters.given_back(typed(interaction), draft), sentence(error))


async def assure(interaction: Interaction, card: Card, text: str = "") -> None:
    """Tells the asker what must not be mistaken: a second time where the first failed; never raises.

    Once a letter is stored, an answer that fails must not read as if it were not.
    """
    for _ in range(2):
        try:
            await _say(interaction, card, text)
            break
        except Exception as trouble:
            log.warning("An answer did not reach its reader", exc_info=trouble)
            if _nothing_to_say(trouble):
                break


def sentence(error: BaseException) -> str:
    """What a person is told about an error; the names in it are whatever people call things, so all is escaped."""
    if isinstance(error, ArchiveError):
        return shown(str(error), CONTENT_LIMIT)
    reference = secrets.token_hex(4)
    log.error("Bug %s", reference, exc_info=error)
    return f"Something broke on our side; please tell the moderators the reference {reference} and try again."


async def _say(interaction: Interaction, card: Card, text: str) -> None:
    message = _fitting(interaction, card, text)
    if interaction.response.is_done():
        await interaction.followup.send(**message, ephemeral=True)
    else:
        await interaction.response.send_message(**message, ephemeral=True)


def _nothing_to_say(error: BaseException) -> bool:
    return isinstance(error, discord.HTTPException) and error.code in (
        ALREADY_ACKNOWLEDGED,
        UNKNOWN_INTERACTION,
    )


def _fitting(interaction: Interaction, card: Card, text: str = "") -> dict[str, Any]:
    """The message as whoever asks wishes it; a sentence alone is plain as it is."""
    if not manner.of(interaction).plain or not card.embeds:
        return {**_message(card), "content": text} if text else _message(card)
    message: dict[str, Any] = {"view": plain.drawn(card, text)}
    return message | _file(card)


def _message(card: Card) -> dict[str, Any]:
    message: dict[str, Any] = {"embeds": list(card.embeds)}
    if card.controls is not None:
        message["view"] = card.controls
    return message | _file(card)


def _file(card: Card) -> dict[str, Any]:
    if card.attachment is None:
        return {}
    name, content = card.attachment
    return {"file": discord.File(io.BytesIO(content), filename=name, description=card.alt or None)}


async def message(
    channel: discord.abc.Messageable, card: Card, nonce: str, *, role: int | None = None, pings: bool = False
) -> discord.Message:
    """Sends a card to a channel under a nonce: the same nonce twice within minutes is one message.

    A role may be named in it; nothing is ever pinged but that role, and only where `pings` is on.
    """
    # discord.py would write the role's id as a number; Discord's description wants text.
    pinged: Any = [SimpleNamespace(id=str(role))] if pings and role is not None else False
    named = discord.AllowedMentions(roles=pinged)
    text = None if role is None else f"<@&{role}>"
    return await channel.send(text, **_message(card), nonce=nonce, allowed_mentions=named)
