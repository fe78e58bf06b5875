"""This room draws an export: how far it is, and its files."""

import discord

from bot.domain.access import Audience
from bot.services.exporting import Made
from bot.ui.cards import LAMP, Card, many


def waiting(what: str, done: int, total: int) -> Card:
    share = f" {min(done, total) / total:.0%}" if total else ""
    return Card([discord.Embed(title="Export", description=f"{what}{share}…", colour=LAMP)])


def told(made: Made, audience: Audience) -> Card:
    """What is in the files that follow."""
    embed = discord.Embed(title="Export", colour=LAMP)
    stories, files = many(made.stories, "story", "stories"), many(len(made.files), "file")
    embed.description = (
        f"{stories} in {files}: each holds stories as JSON, which `talebearer import` takes back with nothing lost,"
        " and as EPUBs. Letters, readers, accounts, e-mail addresses and the original pages are not in them."
    )
    if made.closed:
        left = f"Left out because above {audience.opens.label}: {many(made.closed, 'story', 'stories')}."
        embed.description += f"\n{left} {_elsewhere(audience)}"
    if made.too_large:
        large = many(made.too_large, "story", "stories")
        embed.description += f"\nToo large for Discord: {large}. `talebearer export` has no limit."
    return Card([embed])


def _elsewhere(audience: Audience) -> str:
    if audience.archive.directory_safe:
        return "The archive is directory-safe, so that only `talebearer export` takes those out."
    return "Run this in an age-restricted channel to have all of them."


def file(name: str, content: bytes) -> Card:
    return Card([], attachment=(name, content))
