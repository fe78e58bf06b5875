"""This room is autocomplete: what may be meant while it is still being typed."""

import logging
from collections.abc import Awaitable, Sequence

from discord import app_commands

from bot.domain.errors import ArchiveError
from bot.domain.search import Field
from bot.formats.markdown import shorten
from bot.services.claims import Claims
from bot.services.library import Library
from bot.store.works import Mine
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction

log = logging.getLogger(__name__)

Choice = app_commands.Choice[str]

CHOICE_LIMIT = 100
"""Units of a choice's name, and of its value (docs.discord.com, Application Command Option Choice)."""


async def stories(interaction: Interaction, typed: str, audiences: Audiences, library: Library) -> list[Choice]:
    """Stories that open here; what the command gets of one is its number."""

    async def found() -> list[Choice]:
        suggested = await library.suggest(await audiences.of(interaction), typed)
        return [_choice(f"{story.title} — by {story.author}", f"#{story.id}") for story in suggested]

    return await _guarded(found())


async def names(
    interaction: Interaction, typed: str, field: Field, audiences: Audiences, library: Library
) -> list[Choice]:
    """Authors, series, tags or others with a story to list here, by their names."""

    async def found() -> list[Choice]:
        suggested = await library.suggest_names(await audiences.of(interaction), field, typed)
        return [_choice(each.name, each.name) for each in suggested]

    return await _guarded(found())


async def authors(interaction: Interaction, typed: str, audiences: Audiences, claims: Claims) -> list[Choice]:
    """Pen names of the archive that is read here."""

    async def found() -> list[Choice]:
        suggested = await claims.suggest(await audiences.of(interaction), typed)
        return [_choice(name, name) for name in suggested]

    return await _guarded(found())


async def at_desk(found: Awaitable[Sequence[tuple[str, int]]]) -> list[Choice]:
    """Things of the desk by what they are called; what the command gets of one is its number."""

    async def made() -> list[Choice]:
        return [_choice(name, f"#{number}") for name, number in await found]

    return await _guarded(made())


async def own(found: Awaitable[Sequence[Mine]]) -> list[Choice]:
    """An author's own stories; what the command gets of one is its number."""

    async def choices() -> list[Choice]:
        return [_choice(f"{story.title} — by {story.author}", f"#{story.id}") for story in await found]

    return await _guarded(choices())


def _choice(name: str, value: str) -> Choice:
    return Choice(name=shorten(name, CHOICE_LIMIT), value=shorten(value, CHOICE_LIMIT))


async def _guarded(work: Awaitable[list[Choice]]) -> list[Choice]:
    """What was found; where that failed, nothing, and the bug is logged: nobody reads a sentence here."""
    try:
        return await work
    except Exception as error:
        if not isinstance(error, ArchiveError):
            log.exception("Autocomplete failed")
        return []
