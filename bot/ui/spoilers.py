"""This room draws what readers have seen, what is kept folded from them, and the forms for both."""

import discord

from bot.domain.episodes import EpisodeList
from bot.services.library import Shown
from bot.services.spoilers import ROWS, SeenView
from bot.ui import cards
from bot.ui.cards import LAMP, Card, label, shown
from bot.ui.controls import Control, board, button, menu, option

FOLDED = (
    "It may spoil what you have not seen",
    "What it spoils stands behind the bar above. Read that first, say in *What I have seen* how far you are, or go on.",
)
EMPTY = "There is no list of episodes yet: moderators make them with `/desk episodes`."


def folded(opening: Shown, part: int) -> Card:
    """The cover of a story that tells of what its reader has not seen; nothing of its text."""
    note = discord.Embed(colour=LAMP)
    note.add_field(name=FOLDED[0], value=FOLDED[1], inline=False)
    embed = cards.cover(opening, cards.EMBEDS_LIMIT - cards.size(note))
    anyway = button("Read it anyway", "unfold", opening.story.id, part, style=discord.ButtonStyle.primary)
    ways = [button("What I have seen", "seen", 0, 0), button("Fiction Index", "index", 0, 0), button("Main", "main")]
    return Card([embed, note], board([anyway, *ways]))


def seen(view: SeenView) -> Card:
    """The lists that there are, with how far the reader has seen each, for their eyes alone."""
    embed = discord.Embed(title="What you have seen", colour=LAMP)
    embed.description = "\n".join(map(_row, view.rows)) or EMPTY
    embed.set_footer(text=f"{view.total:,} in all · only you see this")
    options = [option(label(each.name), each.id, label(each.seen)) for each in view.rows]
    menus = [[menu("Say how far you have seen…", "seen-of", options=options)]] if options else []
    return Card([embed], board(*menus, [*_turns(view), button("Settings", "settings"), button("Main", "main")]))


def _row(each: EpisodeList) -> str:
    told = f"up to {shown(each.seen, 80)}" if each.seen else "not begun"
    return f"- **{shown(each.name, 80)}**: {told}"


def _turns(view: SeenView) -> list[Control]:
    if view.total <= ROWS:
        return []
    last = (view.total - 1) // ROWS * ROWS
    before, after = max(0, view.start - ROWS), min(last, view.start + ROWS)
    return [
        button("Previous", "seen", before, 1, disabled=view.start == 0),
        button("Next", "seen", after, 2, disabled=view.start >= last),
    ]
