"""This room draws what moderators are told of their desk while they do something else."""

import discord

from bot.domain.delivery import State
from bot.store.tray import Tray
from bot.ui.cards import LAMP, Card, many
from bot.ui.controls import board, button
from bot.ui.desk import STATES


def rung(waits: Tray) -> Card:
    """Numbers alone: what it is stands at the desk."""
    letters = (
        (State.HELD, waits.held, "held for a yes", "Held letters"),
        (State.PARKED, waits.parked, "that cannot go out", "Stuck letters"),
        (State.REFUSED, waits.refused, "whose text Discord refused", "Refused letters"),
    )
    told = [
        (waits.claims, many(waits.claims, "claim of a pen name", "claims of pen names"), button("Claims", "claims", 0)),
        (waits.reports, many(waits.reports, "report"), button("Reports", "reports", 0)),
        *(
            (count, f"{many(count, 'letter')} {what}", button(name, "desk-letters", STATES.index(state), 0))
            for state, count, what, name in letters
        ),
    ]
    embed = discord.Embed(title="Something waits at the desk", colour=LAMP)
    embed.description = "\n".join(sentence for count, sentence, _ in told if count)
    return Card([embed], board([leads for count, _, leads in told if count]))
