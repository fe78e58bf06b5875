"""This room draws which stories readers may see: the queue for review, and one story with what hangs on it."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.domain.models import Leaf, Standing
from bot.formats.markdown import shorten
from bot.services.publishing import FROM, ROWS, Turn, View
from bot.store.standings import Stood
from bot.ui.cards import INK, LAMP, TITLE_LIMIT, Card, label, shown
from bot.ui.controls import Control, board, button, control_id, menu, option
from bot.ui.forms import REASON_LIMIT
from bot.ui.forms import TITLE_LIMIT as FORM_TITLE
from bot.ui.reader import lone, turns

TURNS = tuple(Turn)
"""In the order of the numbers in custom ids."""
_LABELS = {Turn.PUBLISH: "Publish…", Turn.HIDE: "Hide…", Turn.RESTORE: "Restore…"}
_STYLES = {
    Turn.PUBLISH: discord.ButtonStyle.success,
    Turn.HIDE: discord.ButtonStyle.danger,
    Turn.RESTORE: discord.ButtonStyle.success,
}


def review(found: Sequence[Stood]) -> Card:
    rows = [f"**{shown(story.title, 100)}** by {_by(story)}: {shown(story.reason, 200)}" for story in found]
    said = "\n\n".join(rows) or "Nothing waits for review."
    embed = discord.Embed(title="For review", description=said, colour=LAMP)
    if not found:
        return Card([embed])
    options = [option(label(story.title), story.id, label(f"by {story.author}")) for story in found]
    turns = [button("From the oldest", "review", 0)]
    if len(found) == ROWS:
        turns.append(button("On", "review", found[-1].id))
    return Card([embed], board([menu("Look at a story…", "standing-of", options=options)], turns))


def _by(story: Stood) -> str:
    return f"{shown(story.author, 60)}, {story.rating.label}, {story.words:,} words"


def story(view: View) -> Card:
    """A story, and in numbers whom hiding it would concern."""
    held, concerned = view.story, view.concerned
    embed = discord.Embed(title=shown(held.title, TITLE_LIMIT), description=f"by {_by(held)}", colour=INK)
    reason = f": {shown(held.reason, 500)}" if held.reason else ""
    embed.add_field(name="Now", value=f"{held.state.capitalize()}{reason}", inline=False)
    if held.told:
        embed.add_field(name="Readers are told", value=shown(held.told, 500), inline=False)
    if held.state is Standing.PUBLISHED:
        embed.add_field(
            name="To hide it",
            value=f"It leaves every list. Readers with a place in it: {concerned.readers:,}; bookmarks:"
            f" {concerned.bookmarks:,}; links of other stories to it: {concerned.links:,}; letters about it:"
            f" {concerned.letters:,}. All of that stays, and restoring brings it back as it was.",
            inline=False,
        )
    acts = _acts(held.id, held.state)
    reading = [button("Read it", "story-text", held.id, 1)] if acts else []
    return Card([embed], board([*reading, *acts, button("For review", "review", 0)]))


def page(leaf: Leaf) -> Card:
    """A page of a story as readers would see it, and what can be done with the story."""
    ways = [turns(leaf, "story-text")] if leaf.pages > 1 else []
    acts = _acts(leaf.story_id, leaf.state)
    return Card([lone(leaf)], board(*ways, [*acts, button("For review", "review", 0)]))


def _acts(story_id: int, state: Standing) -> list[Control]:
    return [
        button(_label(state, turn), "standing", story_id, TURNS.index(turn), style=_STYLES[turn])
        for turn in Turn
        if state in FROM[turn]
    ]


def _label(state: Standing, turn: Turn) -> str:
    return "Do not publish…" if turn is Turn.HIDE and state is Standing.WITHHELD else _LABELS[turn]


def why(story: Stood, turn: Turn) -> discord.ui.Modal:
    """Asks for the reason, and whether readers are told it."""
    title = shorten(f"{turn.capitalize()} {story.title}", FORM_TITLE)
    made = discord.ui.Modal(title=title, custom_id=control_id("stand", story.id, TURNS.index(turn)), timeout=None)
    reason: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="reason", style=discord.TextStyle.paragraph, max_length=REASON_LIMIT
    )
    made.add_item(discord.ui.Label(text="Reason", description="On record; its authors are told it.", component=reason))
    if turn is Turn.HIDE:
        options = [
            discord.SelectOption(label="Only moderators and its authors", value="no", default=True),
            discord.SelectOption(label="Readers who come for it as well", value="yes"),
        ]
        told: discord.ui.Select[Any] = discord.ui.Select(custom_id="told", options=options)
        made.add_item(discord.ui.Label(text="Who is told the reason", component=told))
    made.stop()
    return made
