"""This room draws an author's wishes, blocks and record, and the choice after a claim."""

from collections.abc import Sequence

import discord

from bot.domain.claims import Choice
from bot.domain.delivery import Wish
from bot.services.pen import Wished
from bot.store.authors import Author
from bot.store.blocks import Block
from bot.store.ledger import Entry
from bot.store.wishes import Wishes
from bot.ui.cards import LAMP, TITLE_LIMIT, Card, label, shown
from bot.ui.controls import Control, board, button, menu, option

WISHES = (Wish.ON, Wish.OFF, Wish.DAILY)
"""In the order of the numbers in custom ids."""
AS_FOR_ALL = len(WISHES)
"""The number that makes of a story no exception any more."""
CHOICES = tuple(Choice)
"""In the order of the numbers in custom ids."""

_NAMES = {Wish.ON: "On", Wish.OFF: "Off", Wish.DAILY: "Daily digest"}
_TOLD = {
    Wish.ON: "Letters come one by one, as they are written.",
    Wish.OFF: "No letters: readers are told so before they type, and what waits goes on waiting.",
    Wish.DAILY: "Letters come once a day, together, at midnight UTC.",
}
_CHOICES = {
    Choice.KEEP: "Keep them",
    Choice.RENAME: "Another name",
    Choice.ORPHAN: "Without my name",
    Choice.WITHDRAW: "Take them out",
    Choice.NEVER: "Out, and never again",
}
DRASTIC = (Choice.ORPHAN, Choice.WITHDRAW, Choice.NEVER)


def wishes(wished: Wished, *, in_server: bool = False) -> Card:
    """The wishes; a channel of a server is where letters may be announced."""
    embed = discord.Embed(colour=LAMP)
    if wished.story is not None:
        embed.title = shown(f"Letters about {wished.story[1]}", TITLE_LIMIT)
        held = wished.exception
        embed.description = _TOLD[held.letters] if held else f"As for all your stories: {_TOLD[wished.general.letters]}"
        return Card([embed], board(_story_buttons(wished), [button("For all stories", "wishes", wished.author.id, 0)]))
    embed.title = shown(f"Letters to {wished.author.name}", TITLE_LIMIT)
    embed.description = _general(wished.general)
    if wished.exceptions:
        told = "\n".join(f"{shown(title, 80)}: {_NAMES[wish.letters]}" for title, wish in wished.exceptions[:8])
        embed.add_field(name="But", value=told)
    embed.set_footer(text="For one story: /pen wishes with its title.")
    return Card([embed], board(_buttons(wished, 0, wished.general.letters), _more(wished, in_server=in_server)))


def _general(general: Wishes) -> str:
    told = [_TOLD[general.letters]]
    if general.away_until is not None:
        told.append(f"You are away until <t:{int(general.away_until)}:D>; letters wait until then.")
    if general.nudge_channel_id is not None:
        told.append(f"When direct messages are closed, <#{general.nudge_channel_id}> is told that letters wait.")
    return "\n".join(told)


def _buttons(wished: Wished, story_id: int, held: Wish | None) -> list[Control]:
    return [
        button(_NAMES[wish], "wish", wished.author.id, story_id, number, style=_style(wish is held))
        for number, wish in enumerate(WISHES)
    ]


def _style(held: bool) -> discord.ButtonStyle:
    return discord.ButtonStyle.primary if held else discord.ButtonStyle.secondary


def _story_buttons(wished: Wished) -> list[Control]:
    assert wished.story is not None
    held = wished.exception.letters if wished.exception else None
    general = button("As for all", "wish", wished.author.id, wished.story[0], AS_FOR_ALL, style=_style(held is None))
    return [*_buttons(wished, wished.story[0], held), general]


def _more(wished: Wished, *, in_server: bool) -> Sequence[Control]:
    more = [button("Away until…", "away", wished.author.id)]
    if wished.general.nudge_channel_id is not None:
        more.append(button("No nudges", "nudge", wished.author.id, 0))
    elif wished.may_nudge and in_server:
        more.append(button("Nudge me here", "nudge", wished.author.id, 1))
    more.append(button("Inbox", "inbox", wished.author.id, 0))
    return more


def blocks(author: Author, held: Sequence[Block]) -> Card:
    embed = discord.Embed(title=shown(f"Blocked by {author.name}", TITLE_LIMIT), colour=LAMP)
    if not held:
        embed.description = "Nobody. Under each letter there is *Block*, which does not tell you who wrote it."
        return Card([embed], board([button("Inbox", "inbox", author.id, 0)]))
    embed.description = "\n".join(map(_block, held[:25]))
    options = [option(label(f"Whoever wrote letter {block.letter_id}"), block.id) for block in held]
    lift = menu("Take back a block…", "lift", author.id, options=options)
    return Card([embed], board([lift], [button("Inbox", "inbox", author.id, 0)]))


def _block(block: Block) -> str:
    until = f"until <t:{int(block.until)}:D>" if block.until is not None else "for good"
    whom = shown(block.sender_name, 40) or "Anonymous"
    return f"Whoever wrote letter {block.letter_id} ({whom}, about {shown(block.title, 60)}), {until}"


def record(author: Author, entries: Sequence[Entry]) -> Card:
    """What moderators did that concerns the author; whom it was about stays their secret."""
    embed = discord.Embed(title=shown(f"On record about {author.name}", TITLE_LIMIT), colour=LAMP)
    embed.description = "\n\n".join(map(entry, entries)) or "Moderators did nothing so far that concerns your letters."
    return Card([embed], board([button("Inbox", "inbox", author.id, 0)]))


def entry(entry: Entry) -> str:
    """An act on record, without the account it was about."""
    letter = f", letter {entry.letter_id}" if entry.letter_id else ""
    reason = f"\nReason: {shown(entry.reason, 150)}" if entry.reason else ""
    erased = f"\n*erased on <t:{int(entry.erased_at)}:D>*" if entry.erased_at else ""
    return f"<t:{int(entry.at)}:f> {shown(entry.act, 120)}{letter}, by {_whom(entry)}{reason}{erased}"


def _whom(entry: Entry) -> str:
    if entry.by_operator:
        return "whoever runs the bot"
    return "somebody" if entry.actor_id is None else f"<@{entry.actor_id}>"


def choosing(author: Author, said: str) -> Card:
    """What shall become of the stories under a name that was just claimed."""
    embed = discord.Embed(title="What shall become of your stories here?", colour=LAMP)
    embed.description = (
        f"{shown(said, 300)}\n\nThe stories under **{shown(author.name, 100)}** can stay as they are, stand under"
        " another name, stay without your name, or be taken out of the archive, also for good. Your letters are yours"
        " either way."
    )
    buttons = [
        button(name, "choice", author.id, CHOICES.index(choice), style=_danger(choice))
        for choice, name in _CHOICES.items()
    ]
    return Card([embed], board(buttons))


def _danger(choice: Choice) -> discord.ButtonStyle:
    return discord.ButtonStyle.danger if choice in DRASTIC else discord.ButtonStyle.secondary
