"""This room draws what a reader follows."""

import discord

from bot.domain.settings import Notice, ReaderSettings
from bot.domain.shelf import Board
from bot.domain.subjects import Subject
from bot.services.follows import ROWS, FollowsView
from bot.store.follows import Follow
from bot.ui.cards import LAMP, Card, label, shown
from bot.ui.controls import Control, board, button, menu, option

HOW = {
    Notice.DM: "as a direct message",
    Notice.DIGEST: "together in one direct message a day",
    Notice.NONE: "not at all",
}
EMPTY = "Nothing yet: `/follow` brings you news of an author, a series or a story."


def followed(subject: Subject, chosen: ReaderSettings) -> Card:
    """What a reader follows from now on, and how its news come."""
    embed = discord.Embed(colour=LAMP)
    embed.description = f"You follow **{shown(subject.name, 200)}**.\n{_news(chosen)}"
    return Card([embed], board([toggle(subject, on=False), *_ways()]))


def let_go(subject: Subject | None) -> Card:
    """What a reader follows no more; `subject` is None where it may not be known of any more."""
    embed = discord.Embed(colour=LAMP)
    embed.description = f"You no longer follow **{shown(subject.name, 200) if subject else 'it'}**."
    return Card([embed], board([*([toggle(subject, on=True)] if subject else []), *_ways()]))


def toggle(subject: Subject, *, on: bool) -> Control:
    return button("Follow" if on else "Stop following", "follow", subject.kind.value, subject.id, int(on))


def _ways() -> list[Control]:
    return [button("What you follow", "follows", 0), button("Notices", "settings")]


def _news(chosen: ReaderSettings) -> str:
    parts, stories = HOW[chosen.new_parts], HOW[chosen.new_stories]
    if parts == stories:
        return f"New parts and new stories reach you {parts}."
    return f"New parts reach you {parts}, new stories {stories}."


def page(view: FollowsView, chosen: ReaderSettings) -> Card:
    """A page of what a reader follows, with a menu to let go of any of it."""
    embed = discord.Embed(title="What you follow", colour=LAMP)
    embed.description = "\n".join(map(_row, view.rows)) or EMPTY
    if view.rows:
        embed.description += f"\n\n{_news(chosen)}"
    embed.set_footer(text=f"{view.total:,} in all · only you see this")
    options = [option(label(each.subject.name), each.id, each.subject.kind.noun) for each in view.rows]
    menus = [[menu("Stop following…", "unfollow", view.start, options=options)]] if options else []
    return Card([embed], board(*menus, [*_turns(view), _SHELF, button("Notices", "settings"), button("Main", "main")]))


_SHELF = button("My shelf", "shelf", Board.BOOKMARKS.value, 0, 0, 4)


def _row(follow: Follow) -> str:
    return f"- **{shown(follow.subject.name, 120)}**, {follow.subject.kind.noun}"


def _turns(view: FollowsView) -> list[Control]:
    if view.total <= ROWS:
        return []
    last = (view.total - 1) // ROWS * ROWS
    before, after = max(0, view.start - ROWS), min(last, view.start + ROWS)
    return [
        button("Previous", "follows", before, 1, disabled=view.start == 0),
        button("Next", "follows", after, 2, disabled=view.start >= last),
    ]
