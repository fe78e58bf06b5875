"""This room draws the moderators' desk: claims, letters that are held or stuck, and the rules for letters."""

from collections.abc import Sequence

import discord

from bot.domain.delivery import State
from bot.services.desk import ROWS
from bot.store.claims import Claim
from bot.store.notices import Notice
from bot.store.outbox import AtDesk
from bot.store.rules import Rules
from bot.ui.cards import INK, LAMP, TITLE_LIMIT, Card, label, shown
from bot.ui.controls import Control, board, button, menu, option

STATES = (State.HELD, State.PARKED, State.REFUSED)
"""In the order of the numbers in custom ids."""
EXCERPT = 150
YES, NO = discord.ButtonStyle.success, discord.ButtonStyle.danger


def claims(found: Sequence[Claim], forsworn: Sequence[Claim] = ()) -> Card:
    """Claims to decide; `forsworn`: those whose account said never, which may be let claim again."""
    rows = [f"**{shown(claim.author, 100)}**, claimed by <@{claim.user_id}>, {_day(claim.asked_at)}" for claim in found]
    options = [option(label(claim.author), claim.id, label(claim.proof)) for claim in found]
    drawn = listing("Claims", "Nobody claims a pen name.", rows, ("Look at a claim…", "claim"), options, "claims")
    if not forsworn:
        return drawn
    said = [option(label(each.author), each.id, label(f"account {each.user_id} said never")) for each in forsworn]
    again = [menu("Let somebody claim again who said never…", "claim-again", options=said)]
    return drawn._replace(controls=board(*(drawn.controls.rows if drawn.controls else ()), again))


def claim(claim: Claim, *, taken: bool) -> Card:
    embed = discord.Embed(title=shown(f"Is this {claim.author}?", TITLE_LIMIT), colour=INK)
    embed.description = f"<@{claim.user_id}> (account {claim.user_id}) says so."
    embed.add_field(name="What they say for it", value=shown(claim.proof, 1_000).strip() or "Nothing.", inline=False)
    if taken:
        embed.add_field(name="Mind", value="The name is tied to another account now; a yes moves it.", inline=False)
    buttons = [
        button("Agree", "claim-yes", claim.id, style=YES),
        button("Do not agree", "claim-no", claim.id, style=NO),
        button("All claims", "claims", 0),
    ]
    return Card([embed], board(buttons))


def unmasked(letter_id: int, account: int) -> Card:
    embed = discord.Embed(title=f"Who wrote letter {letter_id}", colour=INK)
    embed.description = f"<@{account}> (account {account}). That you looked is on record, and the author is told."
    return Card([embed])


def letters(state: State, found: Sequence[AtDesk], stuck: Sequence[Notice] = ()) -> Card:
    """Letters of a state; `stuck`: messages of Talebearer's own that could not go out either."""
    rows = [_row(letter) for letter in found]
    options = [option(label(f"Letter {letter.letter_id}"), letter.letter_id, label(letter.title)) for letter in found]
    number = STATES.index(state)
    drawn = listing(
        _TITLES[state], "There is none.", rows, ("Look at a letter…", "desk-letter"), options, "desk-letters", number
    )
    others = [button(_TITLES[other], "desk-letters", STATES.index(other), 0) for other in STATES if other is not state]
    if stuck:
        told = "\n".join(_notice(each) for each in stuck)
        drawn.embeds[0].add_field(name="Messages of Talebearer's own", value=told)
        others.append(button("Try those messages again", "retry-notices", style=YES))
    return drawn._replace(controls=board(*(drawn.controls.rows if drawn.controls else ()), others))


def _notice(notice: Notice) -> str:
    return f"“{shown(notice.title, 100)}” for <@{notice.user_id}>: {shown(notice.problem, 60)}"


_TITLES = {
    State.HELD: "Letters held for a moderator",
    State.PARKED: "Letters that cannot go out",
    State.REFUSED: "Letters whose text Discord refuses",
}


def _row(letter: AtDesk) -> str:
    problem = f"\n{shown(letter.problem, EXCERPT)}" if letter.problem else ""
    head = f"**{letter.letter_id}** to {shown(letter.author, 60)} about {shown(letter.title, 100)}"
    return f"{head}, {_day(letter.stored_at)}{problem}\n{shown(letter.comments, EXCERPT)}"


def letter(letter: AtDesk) -> Card:
    embed = discord.Embed(title=f"Letter {letter.letter_id}", colour=INK)
    embed.description = shown(letter.comments, 4_000)
    embed.add_field(name="From", value=shown(letter.sender_name, 200) or "Anonymous")
    embed.add_field(name="To", value=f"{shown(letter.author, 100)} about {shown(letter.title, 200)}")
    if letter.problem:
        embed.add_field(name="What happened", value=shown(letter.problem, 500), inline=False)
    number = STATES.index(letter.state)
    buttons = [*_verdicts(letter), button("Who wrote it…", "unmask", letter.letter_id)]
    buttons.append(button("All of them", "desk-letters", number, 0))
    return Card([embed], board(buttons))


def _verdicts(letter: AtDesk) -> Sequence[Control]:
    if letter.state is State.HELD:
        allow = button("Let it through", "allow", letter.letter_id, style=YES)
        return [allow, button("Do not", "decline", letter.letter_id, style=NO)]
    return [button("Try it again", "retry", letter.letter_id, style=YES)]


def rules(asked: Rules) -> Card:
    embed = discord.Embed(title="Rules for letters", colour=LAMP)
    embed.add_field(name="A moderator reads first letters first", value=_yes(asked.hold_first))
    embed.add_field(name="… and letters without a name", value=_yes(asked.hold_anonymous))
    embed.add_field(name="Nudges in channels", value=_yes(asked.nudges))
    embed.add_field(name="Days an account must be old", value=f"{asked.account_days:,}")
    embed.add_field(name="… and a membership", value=f"{asked.member_days:,}")
    embed.add_field(name="Letters a day from one sender", value=f"{asked.sender_limit:,}")
    embed.add_field(name="… to one author", value=f"{asked.author_limit:,}")
    embed.add_field(name="… in all", value=f"{asked.archive_limit:,}")
    return Card([embed])


def _yes(on: bool) -> str:
    return "yes" if on else "no"


def _day(at: float) -> str:
    return f"<t:{int(at)}:D>"


def listing(
    title: str,
    none: str,
    rows: Sequence[str],
    prompt: tuple[str, str],
    options: Sequence[Control],
    verb: str,
    *numbers: int,
) -> Card:
    """A page of a list with a menu to open one of it; `verb` and its numbers lead to the pages."""
    embed = discord.Embed(title=title, description="\n\n".join(rows) or none, colour=LAMP)
    if not options:
        return Card([embed])
    turns = [button("From the oldest", verb, *numbers, 0)]
    if len(rows) == ROWS:
        turns.append(button("On", verb, *numbers, int(options[-1]["value"])))
    return Card([embed], board([menu(*prompt, options=options)], turns))
