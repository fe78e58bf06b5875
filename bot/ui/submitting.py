"""This room draws what an author sent in and waits."""

from collections.abc import Sequence

import discord

from bot.store.submissions import Submission
from bot.ui.cards import LAMP, Card, label, shown
from bot.ui.controls import board, button


def waiting(found: Sequence[Submission]) -> Card:
    embed = discord.Embed(title="What you sent in", colour=LAMP)
    if not found:
        embed.description = "Nothing of yours waits. `/pen submit` with a file lays it before the moderators."
        return Card([embed])
    embed.description = "\n".join(
        f"**{shown(each.file, 100)}**, as by {shown(each.name, 60)}, since <t:{int(each.submitted_at)}:f>"
        for each in found
    )
    buttons = [button(label(f"Take back {each.file}"), "unsubmit", each.id) for each in found]
    return Card([embed], board(buttons))
