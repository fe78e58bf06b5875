"""This room draws what lies at somebody's door because Discord let no direct message through."""

from collections.abc import Sequence

import discord

from bot.formats.markdown import shorten
from bot.services.doorstep import Doorstep
from bot.store.notices import Notice
from bot.ui.cards import LAMP, TITLE_LIMIT, Card, label, many, shown
from bot.ui.controls import Control, board, button, menu, option

TEXT_LIMIT = 4_000


def announced() -> Card:
    embed = discord.Embed(title="Something waits for you", colour=LAMP)
    embed.description = "It could not be brought to you by direct message. /letters shows it as well."
    return Card([embed], board([button("Show me", "doorstep", style=discord.ButtonStyle.primary)]))


def found(at_door: Doorstep) -> Card:
    """All of it, each to be opened from a menu."""
    embed = discord.Embed(title="What waits for you", colour=LAMP)
    embed.description = "\n".join(_told(at_door)) or "Nothing waits for you."
    return Card([embed], board(*_menus(at_door), way(at_door)))


def _told(at_door: Doorstep) -> list[str]:
    told: list[str] = []
    if at_door.notices:
        told.append(f"{many(len(at_door.notices), 'message')} from the archive.")
    if at_door.answers:
        told.append(f"{many(len(at_door.answers), 'answer')} to letters of yours.")
    if at_door.inbox:
        told.append(f"{many(at_door.inbox, 'letter')} to you: /pen inbox shows them.")
    if told and at_door.closed:
        told.append(
            "Discord lets no direct message through to you. Allow direct messages from this server's members, and press"
            " *Try my DMs again*."
        )
    return told


def _menus(at_door: Doorstep) -> Sequence[Sequence[Control]]:
    notices = [option(label(notice.title), notice.id) for notice in at_door.notices]
    answers = [
        option(label(f"{letter.author} answered"), letter.letter_id, label(letter.title)) for letter in at_door.answers
    ]
    menus = [("Read a message…", "notice", notices), ("Read an answer…", "fetch", answers)]
    return [[menu(prompt, verb, options=options)] for prompt, verb, options in menus if options]


def way(at_door: Doorstep) -> Sequence[Control]:
    """How it may come by direct message after all."""
    return [button("Try my DMs again", "knock", style=discord.ButtonStyle.primary)] if at_door.closed else []


def notice(notice: Notice) -> Card:
    """A notice as the direct message would have shown it."""
    embed = discord.Embed(title=shown(notice.title, TITLE_LIMIT), description=shorten(notice.text, TEXT_LIMIT))
    embed.colour = LAMP
    return Card([embed], board([_button(each) for each in notice.buttons]))


def _button(drawn: Sequence[str | int]) -> Control:
    name, verb, *numbers = drawn
    return button(label(str(name)), str(verb), *map(int, numbers))
