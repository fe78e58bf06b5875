"""This room draws lists of stories: the Fiction Index and what a search finds."""

import string
from collections.abc import Sequence

import discord

from bot.domain.access import Audience
from bot.domain.search import Order, Step, Total
from bot.formats.highlights import highlighted
from bot.formats.markdown import shorten, units
from bot.services.catalogue import ROWS, Listing, line
from bot.ui.cards import DESCRIPTION_LIMIT, LAMP, Card, choices, counted, row, shown
from bot.ui.controls import Control, board, button, menu, option

BY = {
    Order.BEST: "best fit first", Order.TITLE: "by title", Order.AUTHOR: "by author", Order.NEWEST: "newest first",
    Order.UPDATED: "last updated first", Order.LENGTH: "longest first", Order.READ: "most read first",
    Order.LIKED: "most liked first",
}  # fmt: skip
ORDERS = tuple(Order)
"""Their places stand in custom ids: a new order goes behind the others."""
LETTERS = ("", *string.ascii_lowercase[:23], "x")
"""Where the menu of letters leads; Discord allows 25, so the last three go together."""
QUERY_LIMIT = 150
EXCERPT_LIMIT = 160


def listing(found: Listing, audience: Audience) -> Card:
    embed = discord.Embed(title="Search" if found.query.words else "Fiction Index", colour=LAMP)
    if not found.rows:
        return _nothing(embed, found)
    embed.description = "\n\n".join([*_asked(found), *_rows(found, audience)])
    embed.set_footer(text=_extent(found))
    controls = board(
        _turns(found), choices(found.rows, audience), _letters(found), _orders(found), [button("Main", "main")]
    )
    return Card([embed], controls)


def _nothing(embed: discord.Embed, found: Listing) -> Card:
    asked = line(found.query)
    home = [button("Fiction Index", "index", 0, 0), button("Main", "main")]
    if not asked:
        embed.description = counted(0, 0, 0, 0)
        return Card([embed], board(home[1:]))
    told = "Not everything could be looked through in time." if found.stands_in else "Nothing here fits."
    embed.description = f"**{shown(asked, QUERY_LIMIT)}**\n\n{told}"
    if found.meant is None:
        return Card([embed], board(home))
    number, meant = found.meant
    embed.description += f" Did you mean **{shown(meant, QUERY_LIMIT)}**?"
    guess = button(shorten(f"Search: {meant}", 80), "list", number, Step.FIRST, 0, 0, style=discord.ButtonStyle.primary)
    return Card([embed], board([guess], home))


def _asked(found: Listing) -> list[str]:
    """What was asked for, and whether it could be answered as it was."""
    asked = line(found.query)
    told = [f"**{shown(asked, QUERY_LIMIT)}**"] if asked else []
    if found.stands_in:
        told.append("*So much fits that it could not be put in order in time: these are the newest.*")
    return told


def _rows(found: Listing, audience: Audience) -> list[str]:
    """The rows, with excerpts under the first of them as far as a description holds them all."""
    rows = [row(story, audience) for story in found.rows]
    left = DESCRIPTION_LIMIT - units("\n\n".join([*_asked(found), *rows]))
    for place, story in enumerate(found.rows):
        excerpt = highlighted(found.snippets.get(story.id, ""), EXCERPT_LIMIT)
        if excerpt and story.spoilers:
            excerpt = f"||{excerpt}||"
        left -= units(excerpt) + 3
        if excerpt and left >= 0:
            rows[place] += f"\n> {excerpt}"
    return rows


def _extent(found: Listing) -> str:
    order = "newest first" if found.stands_in else BY[found.order]
    if found.start is None:
        ends = " to ".join(f"“{shorten(story.title, 60)}”" for story in (found.rows[0], found.rows[-1]))
        return f"{ends}, of {_total(found.total)}, {order}"
    return f"{found.start + 1}–{found.start + len(found.rows)} of {_total(found.total)}, {order}"


def _total(number: Total) -> str:
    return f"{number.number:,}{'+' if number.more else ''}"


def _turns(found: Listing) -> list[Control]:
    """First, Previous, Next, Last; none where all is on one page."""
    if not found.has_before and not found.has_after:
        return []
    start = found.start or 0
    first, last = found.rows[0].id, found.rows[-1].id
    return [
        _turn(found, "First", Step.FIRST, 0, 0),
        _turn(found, "Previous", Step.PREVIOUS, first, start),
        _turn(found, "Next", Step.NEXT, last, start + len(found.rows)),
        _turn(found, "Last", Step.LAST, 0, 0),
    ]


def _turn(found: Listing, name: str, step: Step, story_id: int, start: int) -> Control:
    leads = found.has_before if step in (Step.FIRST, Step.PREVIOUS) else found.has_after
    return button(name, "list", found.id, step, story_id, start, disabled=not leads)


def _letters(found: Listing) -> Sequence[Control]:
    if found.order not in (Order.TITLE, Order.AUTHOR) or found.total.number <= ROWS:
        return []
    names = ("0–9 and signs", *(letter.upper() for letter in LETTERS[1:-1]), "X, Y, Z and beyond")
    options = [option(name, number) for number, name in enumerate(names)]
    return [menu("Jump to a letter…", "list-letter", found.id, options=options)]


def _orders(found: Listing) -> Sequence[Control]:
    if found.total.number < 2:
        return []
    others = [each for each in Order if each is not found.order and (each is not Order.BEST or found.query.words)]
    options = [option(BY[each].capitalize(), ORDERS.index(each)) for each in others]
    return [menu(f"Sorted {BY[found.order]}; sort otherwise…", "list-sort", found.id, options=options)]
