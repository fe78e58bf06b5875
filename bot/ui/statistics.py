"""This room draws what an archive holds, and what readers do with it."""

import discord

from bot.domain.models import Standing
from bot.services.statistics import Plotted
from bot.ui.cards import LAMP, Card, many

PICTURE = "archive.png"
STATES = {
    Standing.PUBLISHED: "Published",
    Standing.WITHHELD: "For review",
    Standing.HIDDEN: "Hidden",
    Standing.WITHDRAWN: "Withdrawn by their authors",
    Standing.REMOVED: "Taken back with their import",
}


def plotted(made: Plotted) -> Card:
    held = made.holdings
    embed = discord.Embed(title="This archive in figures", colour=LAMP)
    authors, series = many(held.authors, "author"), many(held.series, "series", "series")
    rows = [f"{name}: {held.stories[state]:,}" for state, name in STATES.items() if held.stories.get(state)]
    embed.description = "\n".join((
        f"{many(held.words, 'word')} by {authors}, {series}.",
        *rows,
        "No figure below stands for fewer than five readers; who does not want to be counted is in none.",
    ))  # fmt: skip
    embed.set_image(url=f"attachment://{PICTURE}")
    return Card([embed], attachment=(PICTURE, made.picture), alt=made.told)
