"""This room draws what a channel is told of new stories, and where moderators say so."""

import discord

from bot.services.announcing import News
from bot.store.announcements import Wish
from bot.ui.cards import DESCRIPTION_LIMIT, LAMP, TITLE_LIMIT, Card, choices, fitting, many, row, shown
from bot.ui.controls import board, button

ROOM = 200
"""Units kept for the line that tells how many more there are."""


def news(told: News) -> Card:
    """New stories with a menu that opens them, for whoever presses it alone."""
    title = f"New in {told.audience.archive.name}: {many(told.total, 'story', 'stories')}"
    embed = discord.Embed(title=shown(title, TITLE_LIMIT), colour=LAMP)
    rows = fitting([row(story, told.audience) for story in told.named], "\n\n", DESCRIPTION_LIMIT - ROOM)
    left = told.total - len(rows)
    embed.description = "\n\n".join(
        [*rows, *([f"And {many(left, 'more', 'more')} in the Fiction Index."] * bool(left))]
    )
    menu = choices(told.named[: len(rows)], told.audience)
    return Card([embed], board(menu, [button("Fiction Index", "index", 0, 0), button("Main", "main")]))


def wish(wished: Wish) -> Card:
    embed = discord.Embed(title="New stories are announced", colour=LAMP)
    embed.description = _wish(wished)
    if wished.problem:
        embed.add_field(name="It stopped", value=f"{shown(wished.problem, 300)}. Choose a channel anew to go on.")
    off = [button("Announce nothing", "announce-off", style=discord.ButtonStyle.danger)]
    return Card([embed], board(off if wished.channel_id is not None else []))


def _wish(wished: Wish) -> str:
    if wished.channel_id is None:
        return "Nowhere. `/desk announcements` with a channel begins it; what is in the archive already is nothing new."
    told = [
        f"In <#{wished.channel_id}>, two minutes after the last new story, so that an import is one message.",
        "Only what opens in that channel is named: stories above the archive's limit in an age-restricted one alone.",
    ]
    if wished.role_id is not None:
        pings = "and is pinged" if wished.pings else "without being pinged"
        told.append(f"<@&{wished.role_id}> is named in it, {pings}. Let members give themselves that role.")
    return "\n".join(told)
