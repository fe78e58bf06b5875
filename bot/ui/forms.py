"""This room draws the forms."""

from typing import Any

import discord

from bot.domain.models import Story
from bot.formats.markdown import shorten
from bot.ui.controls import Press, control_id

# docs.discord.com, Component Reference: Modal title, Label, Text Input
TITLE_LIMIT = 45
LABEL_DESCRIPTION_LIMIT = 100
COMMENTS_LIMIT = 4_000
NAME_LIMIT = 80
EMAIL_LIMIT = 254


def letter(story: Story, page: int | None, sender: str) -> discord.ui.Modal:
    """The form of the old page: Name, Email, Comments. Nothing of it stays in memory: see `controls`."""
    modal = discord.ui.Modal(
        title=shorten(f"A letter to {story.author}", TITLE_LIMIT),
        custom_id=control_id("letter", story.id, page or 0),
        timeout=None,
    )
    only = shorten(f"Optional. Only {shorten(story.author, 40)} will see it.", LABEL_DESCRIPTION_LIMIT)
    name = _line("name", NAME_LIMIT, default=shorten(sender, NAME_LIMIT))
    comments: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="comments",
        style=discord.TextStyle.paragraph,
        max_length=COMMENTS_LIMIT,
        placeholder=shorten(f"What did you think of “{story.title}”?", 100),
    )
    modal.add_item(discord.ui.Label(text="Name", description="Empty it to stay anonymous.", component=name))
    modal.add_item(discord.ui.Label(text="Email", description=only, component=_line("email", EMAIL_LIMIT)))
    modal.add_item(discord.ui.Label(text="Comments", component=comments))
    modal.stop()
    return modal


def _line(custom_id: str, limit: int, default: str | None = None) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(custom_id=custom_id, required=False, max_length=limit, default=default)


def typed(press: Press) -> tuple[str, str, str]:
    """Name, e-mail and comments of a submitted letter."""
    return press.fields.get("name", ""), press.fields.get("email", ""), press.fields.get("comments", "")
