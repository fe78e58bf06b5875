"""This room draws whom moderators keep from writing, and the form that asks why and for how long."""

from collections.abc import Sequence

import discord

from bot.store.blocks import Block
from bot.ui import forms
from bot.ui.cards import LAMP, Card, label
from bot.ui.controls import board, button, menu, option


def listed(held: Sequence[Block]) -> Card:
    embed = discord.Embed(title="Blocked for the whole archive", colour=LAMP)
    embed.description = "\n".join(map(_row, held))
    if not held:
        embed.description = "Nobody. A report and a letter on the desk have *Block the writer…*, and /desk block blocks"
        embed.description += " an account."
        return Card([embed])
    options = [option(label(_option(each)), each.id) for each in held]
    return Card([embed], board([menu("Let somebody write again…", "let-back", options=options)]))


def _row(block: Block) -> str:
    until = "for good" if block.until is None else f"until <t:{int(block.until)}:D>"
    whom = f"<@{block.user_id}>" if block.letter_id is None else _option(block)
    return f"{whom}, since <t:{int(block.blocked_at)}:D>, {until}"


def _option(block: Block) -> str:
    return f"Account {block.user_id}" if block.letter_id is None else f"Whoever wrote letter {block.letter_id}"


def ask(letter_id: int) -> discord.ui.Modal:
    return forms.block("Block whoever wrote it", "desk-blocked", letter_id)


def done(said: str) -> Card:
    return Card([discord.Embed(description=said, colour=LAMP)], board([button("All blocks", "desk-blocks")]))
