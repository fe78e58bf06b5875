"""This room draws an author's own shelf, and what readers did with a story."""

import discord

from bot.domain.models import Standing
from bot.services.works import Plotted, Shelf, is_there
from bot.store.works import Mine
from bot.ui.cards import LAMP, TITLE_LIMIT, Card, label, many, shown
from bot.ui.controls import Control, board, button, menu, option

PICTURE = "readers.png"
_STATES = {
    Standing.PUBLISHED: "published",
    Standing.WITHHELD: "waits for a moderator",
    Standing.HIDDEN: "hidden by a moderator",
    Standing.WITHDRAWN: "withdrawn",
    Standing.REMOVED: "taken back with its import",
}


def shelf(page: Shelf) -> Card:
    embed = discord.Embed(title="Your stories", colour=LAMP)
    if not page.rows:
        embed.description = "None stands under a name of yours. /pen claim asks for a name."
        return Card([embed])
    embed.description = "\n\n".join(map(_row, page.rows))
    embed.set_footer(text=f"{page.start + 1}–{page.start + len(page.rows)} of {page.total:,}")
    options = [option(label(each.title), each.id, label(_STATES[each.state])) for each in page.rows]
    return Card([embed], board([menu("Look at one…", "work", options=options)], _turns(page)))


def _turns(page: Shelf) -> list[Control]:
    """The pages before and behind; none where all is on one."""
    following = page.start + len(page.rows)
    if not page.start and following >= page.total:
        return []
    return [
        button("Previous", "works", max(0, page.start - 1), 0, disabled=not page.start),
        button("Next", "works", following, 1, disabled=following >= page.total),
    ]


def _row(story: Mine) -> str:
    length = f"{many(story.words, 'word')}, {many(story.parts, 'part')}" if is_there(story) else ""
    told = " · ".join(fact for fact in (_STATES[story.state], length) if fact)
    return f"**{shown(story.title, 150)}** — by {shown(story.author, 60)}\n{told}{_why(story)}"


def _why(story: Mine) -> str:
    """Why readers do not see it; what a moderator approved of is nobody's business any more."""
    if story.state in (Standing.WITHHELD, Standing.HIDDEN) and story.state_reason:
        return f": {shown(story.state_reason, 150)}"
    return ""


def story(story: Mine) -> Card:
    """One of them, with what its author can do about it."""
    embed = discord.Embed(title=shown(story.title, TITLE_LIMIT), description=_row(story), colour=LAMP)
    back = button("Your stories", "works", 0, 2)
    if not is_there(story):
        return Card([embed], board([back]))
    acts = [
        button("Readers", "figures", story.id),
        button("Edit…", "own-of", story.id),
        button("Withdraw…", "take-back-ask", story.id, style=discord.ButtonStyle.danger),
        back,
    ]
    return Card([embed], board(acts))


def several(found: list[Mine], verb: str = "figures-of") -> Card:
    embed = discord.Embed(title="Which one?", colour=LAMP)
    embed.description = f"{many(len(found), 'story', 'stories')} of yours are called so."
    options = [option(label(each.title), each.id, label(_STATES[each.state])) for each in found]
    return Card([embed], board([menu("Choose a story…", verb, options=options)]))


def plotted(made: Plotted) -> Card:
    embed = discord.Embed(title=shown(f"Readers of {made.story.title}", TITLE_LIMIT), colour=LAMP)
    embed.description = (
        "No figure stands for fewer than five readers. You and readers who do not want to be counted are in none."
    )
    embed.set_image(url=f"attachment://{PICTURE}")
    return Card([embed], attachment=(PICTURE, made.picture), alt=made.told)
