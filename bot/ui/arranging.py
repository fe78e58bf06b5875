"""This room draws series for moderators: all of them, one in its order, and one story's place in it."""

from collections.abc import Iterator, Sequence

import discord

from bot.domain.models import Standing
from bot.services.intake.arranging import Arranged
from bot.store.series import Counted, Placed
from bot.ui.cards import INK, TITLE_LIMIT, Card, label, many, shown
from bot.ui.controls import Control, board, button, menu, option
from bot.ui.desk import NO, listing

AT_ONCE = 25
"""Stories on one page of a series: as many as a menu has options (docs.discord.com, Component Reference)."""


def listed(found: Sequence[Counted]) -> Card:
    """A page of the archive's series."""
    rows = [f"**{shown(each.name, 150)}**\n{_of(each)}" for each in found]
    options = [option(label(each.name), each.id, label(_of(each))) for each in found]
    none = "No story belongs to a series."
    return listing("Series", none, rows, ("Look at a series…", "arrange"), options, "arranged")


def _of(counted: Counted) -> str:
    return f"{many(counted.stories, 'story', 'stories')}, {_ordered(by_hand=counted.by_hand)}"


def _ordered(*, by_hand: bool) -> str:
    return "in an order by hand" if by_hand else "in the order that the headers tell"


def view(found: Arranged, first: int = 0) -> Card:
    """The page of a series that has its story `first`, from 0."""
    start = max(0, min(first, len(found.stories) - 1)) // AT_ONCE * AT_ONCE
    page = found.stories[start : start + AT_ONCE]
    embed = discord.Embed(title=shown(found.name, TITLE_LIMIT), colour=INK)
    embed.description = "\n".join(_row(place, story) for place, story in enumerate(page, start + 1))
    embed.set_footer(text=f"{many(len(found.stories), 'story', 'stories')}, {_ordered(by_hand=found.by_hand)}")
    if found.missing:
        embed.add_field(name="No header has the number", value=", ".join(map(str, found.missing)), inline=False)
    options = [option(label(f"{place}. {story.title}"), story.id) for place, story in enumerate(page, start + 1)]
    move = [menu("Move a story, or take it out…", "arrange-story", found.id, options=options)]
    return Card([embed], board(move, list(_pages(found, start)), list(_acts(found))))


def _row(place: int, story: Placed) -> str:
    """The dot is no list's: a row in bold would stand beside it."""
    number = f", no. {shown(story.number, 20)}" if story.number else ""
    unseen = "" if story.state is Standing.PUBLISHED else f" ({story.state})"
    return f"{place}\\. {shown(story.title, 80)} by {shown(story.author, 40)}{number}{unseen}"


def _pages(found: Arranged, start: int) -> Iterator[Control]:
    if start:
        yield button("Before", "arrange", found.id, start - AT_ONCE)
    if start + AT_ONCE < len(found.stories):
        yield button("On", "arrange", found.id, start + AT_ONCE)


def _acts(found: Arranged) -> Iterator[Control]:
    yield button("Add a story…", "arrange-add", found.id)
    yield button("Rename…", "arrange-name", found.id)
    if found.by_hand:
        yield button("As the headers tell", "arrange-free", found.id)
    yield button("All series", "arranged", 0)


def story(found: Arranged, moved: Placed, said: str = "") -> Card:
    """One story's place in its series, between its neighbours; `said`: what was just done."""
    place, last = found.stories.index(moved) + 1, len(found.stories)
    embed = discord.Embed(title=shown(moved.title, TITLE_LIMIT), colour=INK)
    near = range(max(1, place - 2), min(last, place + 2) + 1)
    rows = [_beside(each, found.stories[each - 1], here=each == place) for each in near]
    embed.description = "\n".join([f"Place {place} of {last} in **{shown(found.name, 150)}**.", *rows])
    if said:
        embed.set_footer(text=said)
    ways = [("First", 1), ("Up", max(1, place - 1)), ("Down", min(last, place + 1)), ("Last", last)]
    moves = [
        button(name, "arrange-to", found.id, moved.id, to, place, number, disabled=to == place)
        for number, (name, to) in enumerate(ways)
    ]
    acts = [
        button("To place…", "arrange-place", found.id, moved.id),
        button("Take it out", "arrange-out", found.id, moved.id, style=NO),
        button("The series", "arrange", found.id, place - 1),
    ]
    return Card([embed], board(moves, acts))


def _beside(place: int, each: Placed, *, here: bool) -> str:
    row = _row(place, each)
    return f"**{row}**" if here else row
