"""This room draws letters for whoever wrote or got them: receipts, the inbox, what is asked before an act."""

from collections.abc import Mapping, Sequence

import discord

from bot.domain.delivery import Direction, Kind, State, Waits
from bot.formats.markdown import escape
from bot.services.correspondence import Opened, Receipts
from bot.services.pen import Inbox
from bot.store.letters import Receipt, Received
from bot.ui import mail
from bot.ui.cards import DESCRIPTION_LIMIT, FIELD_LIMIT, INK, LAMP, TITLE_LIMIT, Card, label, many, shown
from bot.ui.controls import Control, board, button, menu, option

EXCERPT = 150
"""Units of a letter in a list of several."""
SAID_LIMIT = 500
"""Units of one answer below a receipt: the newest three fit with the letter."""

FATES = {
    State.READY: "Stored. It is on its way to {author}.",
    State.HELD: "Stored. A moderator reads it before it goes to {author}.",
    State.SENDING: "It is on its way to {author}.",
    State.DELIVERED: "Delivered: Discord took it for {author}; whether it was read, nobody knows.",
    State.REFUSED: "Refused: Discord does not let its text through; it waits in the inbox of {author}.",
    State.DECLINED: "Refused: it was not let through to {author}.",
    State.WITHDRAWN: "You have taken it back; {author} does not get it.",
    State.PARKED: "It could not be delivered to {author}; the moderators see it.",
}
PAUSES = {
    Waits.ABSENT: "Stored. Nobody here is known to be {author} yet; it waits until they claim their name.",
    Waits.UNWANTED: "Stored. {author} wishes no letters for now; it waits until they do.",
    Waits.AWAY: "Stored. {author} is away, and it waits for them: it goes out on <t:{due}:D>.",
    Waits.DAILY: "Stored. {author} takes letters once a day: it goes out at <t:{due}:f>.",
    Waits.CLOSED: "Stored. Discord lets no direct message through to {author}; it waits for them {where}.",
    Waits.TURN: "Stored. It goes out to {author} in its turn.",
}
WITHDRAWABLE = (State.WAITING, State.READY, State.HELD)
BLOCK_DAYS = (("For a week", 7), ("For a month", 30), ("For good", 0))


def receipt(receipt: Receipt) -> Card:
    """The thanks for a letter; where to look it up later."""
    what = "letter" if receipt.kind is Kind.LETTER else "answer"
    embed = discord.Embed(title=f"Thank you: your {what} is kept", colour=LAMP)
    embed.description = f"About **{shown(receipt.title, 200)}**.\n{_fate(receipt)}"
    to_author = receipt.direction is Direction.TO_AUTHOR
    embed.set_footer(text=f"Letter {receipt.letter_id}{' · /letters shows where it is' if to_author else ''}")
    return Card([embed])


def _fate(receipt: Receipt) -> str:
    """Where it is; an answer to a reader is for somebody whom its writer does not know."""
    to_author = receipt.direction is Direction.TO_AUTHOR
    whom, where = (shown(receipt.author, 100), "in their inbox") if to_author else ("the reader", "here")
    if receipt.state is State.WAITING:
        return PAUSES[receipt.waits or Waits.TURN].format(author=whom, where=where, due=int(receipt.due_at or 0))
    return FATES[receipt.state].format(author=whom)


def receipts(page: Receipts, *, waiting: bool = False) -> Card:
    """Where each letter is; `waiting`: something could not reach its writer by direct message."""
    embed = discord.Embed(title="Your letters", colour=LAMP)
    more = [button("What waits for you", "doorstep", style=discord.ButtonStyle.primary)] if waiting else []
    if not page.rows:
        embed.description = "You have written to nobody here yet; /feedback begins a letter."
        return Card([embed], board(more) if more else None)
    embed.description = "\n\n".join(map(_row, page.rows))
    options = [
        option(label(f"{row.letter_id}. {row.title}"), row.letter_id, label(f"to {row.author}")) for row in page.rows
    ]
    return Card([embed], board(_turns(page), [menu("Look at a letter…", "receipt", options=options)], more))


def _row(receipt: Receipt) -> str:
    answers = f" · {many(receipt.replies, 'answer')}" if receipt.replies else ""
    head = f"**{receipt.letter_id}. {shown(receipt.title, 150)}**, <t:{int(receipt.stored_at)}:D>{answers}"
    asked = "\nMay your e-mail address be shown? Look at the letter." if receipt.email_withheld else ""
    return f"{head}\n{_fate(receipt)}{asked}"


def _turns(page: Receipts | Inbox) -> Sequence[Control]:
    verb, owner = ("inbox", [page.author.id]) if isinstance(page, Inbox) else ("letters", [])
    turns: list[Control] = []
    if page.before:
        turns.append(button("Newest", verb, *owner, 0))
    if page.more:
        turns.append(button("Older", verb, *owner, page.rows[-1].letter_id))
    return turns


def opened(opened: Opened, said: str = "") -> Card:
    """A receipt with what can still be done about its letter, and what was answered."""
    receipt = opened.receipt
    embed = discord.Embed(title=f"Letter {receipt.letter_id}", colour=INK)
    about = f"To {shown(receipt.author, 100)} about **{shown(receipt.title, 200)}**\n{_fate(receipt)}"
    embed.description = "\n".join(filter(None, [f"**{shown(said, 300)}**" if said else "", about]))
    embed.add_field(name="What you wrote", value=_written(receipt), inline=False)
    for letter in [each for each in opened.thread if each.letter_id > receipt.letter_id][-3:]:
        embed.add_field(name=_speaker(letter), value=_words(letter), inline=False)
    if receipt.email_withheld:
        embed.add_field(name="Your e-mail address", value=_WITHHELD.format(author=shown(receipt.author, 100)))
    return Card([embed], board(_deeds(opened), [button("All letters", "letters", 0)]))


_WITHHELD = (
    "{author} came to Discord after you wrote, so the address you gave is not shown to them unless you say yes here."
)


def _written(receipt: Receipt) -> str:
    return shown(receipt.comments, FIELD_LIMIT).strip() or "(thanks)"


def _speaker(letter: Received) -> str:
    return "You answered" if letter.direction is Direction.TO_AUTHOR else f"{shown(letter.author, 100)} answered"


def _words(letter: Received) -> str:
    return shown(letter.comments, SAID_LIMIT).strip() or "(thanks)"


def _deeds(opened: Opened) -> Sequence[Control]:
    receipt = opened.receipt
    deeds: list[Control] = []
    if receipt.state in WITHDRAWABLE and not opened.taken_up:
        deeds.append(button("Withdraw", "withdraw", receipt.letter_id))
    if receipt.has_email:
        deeds.append(button("Forget my e-mail", "forget-email", receipt.letter_id))
    if receipt.email_withheld:
        deeds.append(button("Yes, show my e-mail", "share-email", receipt.letter_id))
    answers = [letter for letter in opened.thread if letter.direction is Direction.TO_READER]
    if not receipt.ended and answers:
        deeds += [
            button("Reply", "reply", answers[-1].letter_id),
            button("End the conversation", "end", receipt.letter_id),
        ]
    return deeds


def received(letter: Received) -> Card:
    """A letter for whoever got it, with the same to do about it as in the direct message."""
    author = letter.direction is Direction.TO_AUTHOR
    title = f"Letter {letter.letter_id} about “{letter.title}”"
    embed = discord.Embed(title=shown(title, TITLE_LIMIT), colour=INK)
    embed.description = shown(letter.comments, DESCRIPTION_LIMIT)
    embed.add_field(name="From", value=shown(letter.sender_name if author else letter.author, 200) or "Anonymous")
    if letter.email:
        embed.add_field(name="Email", value=shown(letter.email, 400))
    if letter.page:
        embed.add_field(name="Written on", value=f"page {letter.page}")
    if letter.quote:
        embed.add_field(name="About the passage", value=shown(letter.quote, FIELD_LIMIT - 100), inline=False)
    cut = embed.description != escape(letter.comments)
    whole = (f"letter-{letter.letter_id}.txt", letter.comments.encode()) if cut else None
    return Card([embed], board(mail.actions(letter.letter_id, letter.direction), _way(letter)), whole)


def _way(letter: Received) -> Sequence[Control]:
    if letter.story_id is None:
        return []
    return [button("Open the story", "mail", letter.letter_id, letter.story_id)]


def inbox(page: Inbox) -> Card:
    embed = discord.Embed(title=shown(f"Letters to {page.author.name}", TITLE_LIMIT), colour=LAMP)
    told = [_waiting(page), *map(_line, page.rows)]
    embed.description = "\n\n".join(filter(None, told)) or "Nobody has written to this name yet."
    options = [
        option(label(f"{row.letter_id}. {row.sender_name or 'Anonymous'}"), row.letter_id, label(row.title))
        for row in page.rows
    ]
    rows: list[Sequence[Control]] = [_turns(page)]
    if options:
        rows.append([menu("Read a letter…", "inbox-letter", options=options)])
    if page.others:
        names = [option(label(other.name), other.id) for other in page.others]
        rows.append([menu("Letters to another name of yours…", "inbox-of", options=names)])
    rows.append(_around(page))
    return Card([embed], board(*rows))


def _waiting(page: Inbox) -> str:
    if page.closed:
        return (
            "Discord lets no direct message through to you, so new letters stay here. Allow direct messages from this"
            " server's members, and press *Try my DMs again*."
        )
    if not page.waiting:
        return ""
    return f"{many(page.waiting, 'letter')} {'waits' if page.waiting == 1 else 'wait'} here until you wish them sent."


def _line(letter: Received) -> str:
    whom = shown(letter.sender_name, 80) or "Anonymous"
    head = f"**{letter.letter_id}. {whom}** about {shown(letter.title, 120)}, <t:{int(letter.stored_at)}:D>"
    return f"{head}\n{shown(letter.comments, EXCERPT)}"


def _around(page: Inbox) -> Sequence[Control]:
    ways = [
        button("Wishes", "wishes", page.author.id, 0),
        button("Blocks", "blocks", page.author.id),
        button("Record", "record", page.author.id),
    ]
    if page.closed:
        ways.insert(0, button("Try my DMs again", "knock", style=discord.ButtonStyle.primary))
    return ways


def blocking(letter: Received) -> Card:
    """For how long whoever wrote a letter is to be blocked."""
    embed = discord.Embed(title="Block whoever wrote this letter?", colour=INK)
    embed.description = (
        f"Nothing more of theirs reaches you about any story; who it is you are not told. It was letter"
        f" {letter.letter_id}, from {shown(letter.sender_name, 100) or 'somebody anonymous'}."
    )
    return Card([embed], board([button(name, "block-for", letter.letter_id, days) for name, days in BLOCK_DAYS]))


def given_back(fields: Mapping[str, str], draft_id: int | None = None) -> Card:
    """What was typed into a form, by the fields' ids, to be copied from the file; nothing where nothing was.

    Where it is kept as a draft, *Edit again* opens the form filled in with it.
    """
    typed = "\n\n".join(f"{name.capitalize()}:\n{text}" for name, text in fields.items() if text.strip())
    if not typed:
        return Card([])
    embed = discord.Embed(title="What you wrote", description=shown(typed, DESCRIPTION_LIMIT), colour=INK)
    controls = None
    if draft_id is not None:
        embed.set_footer(text="Kept for a day.")
        controls = board([button("Edit again", "edit", draft_id, style=discord.ButtonStyle.primary)])
    return Card([embed], controls, ("letter.txt", typed.encode("utf-8", "surrogatepass")))
