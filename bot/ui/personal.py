"""This room draws what somebody is told about their own data."""

import discord

from bot.services.personal import Asked
from bot.store.oblivion import Stays
from bot.ui.cards import LAMP, Card, many
from bot.ui.controls import board, button

NAME = "mydata.zip"


def offer() -> Card:
    """What everybody can do about their own data."""
    embed = discord.Embed(title="What is kept about you", colour=LAMP)
    embed.description = (
        "You can have everything that is kept about you as a file, for you alone, and you can have it taken out. What"
        " would go and what would stay is told before anything goes."
    )
    return Card([embed], board([button("Give me the file", "mydata-export"), button("Forget me…", "mydata-forget")]))


def export(made: bytes) -> Card:
    embed = discord.Embed(title="What is kept about you", colour=LAMP)
    embed.description = (
        "Everything that stands in the database beside your account, as `mydata.json` for programs and `mydata.html`"
        " to read. Nobody else gets this message; /mydata forget takes it all out."
    )
    return Card([embed], attachment=(NAME, made))


def ask(asked: Asked) -> Card:
    """What goes, what stays and why, and the one button that does it."""
    embed = discord.Embed(title="Forget everything about you?", colour=discord.Colour.red())
    goes = ", ".join(f"{many(count, 'entry', 'entries')} of {name}" for name, count in sorted(asked.goes.items()))
    embed.description = f"Kept about you: {goes or 'nothing'}. **It cannot be undone.**"
    embed.add_field(name="What stays, and why", value=_stays(asked.stays), inline=False)
    go = button("Forget me", "forget-me", style=discord.ButtonStyle.danger)
    return Card([embed], board([go]))


def done(stays: Stays) -> Card:
    embed = discord.Embed(title="Forgotten", colour=LAMP)
    embed.description = "Nothing in the database stands beside your account any more."
    embed.add_field(name="What stays, and why", value=_stays(stays), inline=False)
    return Card([embed])


def _stays(stays: Stays) -> str:
    told = [
        (stays.letters, (f"{many(stays.letters, 'letter')} that went out: they are their readers' mail; your account,"
         " name and address are taken out of them.")),
        (stays.stories, (f"{many(stays.stories, 'story', 'stories')} under your pen names: /pen withdraw takes stories"
         " out, as long as the names are yours.")),
        (stays.blocks, f"{many(stays.blocks, 'block')} on you: it protects somebody else."),
        (stays.reports, (f"What you said in {many(stays.reports, 'open report')}, without your account: moderators have"
         " yet to look at it.")),
        (stays.entries, (f"{many(stays.entries, 'entry', 'entries')} on record, without your account and without your"
         " reasons: what was done must be answered for.")),
    ]  # fmt: skip
    always = [
        (
            "For 30 days your account's number stands on a list, by which a copy of the database that is brought back"
            " forgets you again; no copy is kept for longer."
        ),
        "What the bot sent you stays in your direct messages until you delete it there.",
    ]
    return "\n".join(f"• {line}" for line in [*(line for count, line in told if count), *always])
