"""This room is the inspector's buttons that make things go wrong, for the next call or until pressed again."""

from collections.abc import Awaitable, Callable

from .seat import Seat
from .view import Drawn

DELAY = 5.0
"""Seconds: more than the three in which an interaction must be answered."""

ANY = r"."


async def _close_dms(seat: Seat) -> str:
    person = seat.person
    if person.user.dms_open:
        person.closes_dms()
        return f"{person.display_name} takes no DMs now."
    person.opens_dms()
    return f"{person.display_name} takes DMs again."


async def _limit(seat: Seat) -> str:
    seat.sandbox.limit()
    return "The bot's next call will be answered with 429, try again in a second."


async def _fail(seat: Seat) -> str:
    seat.sandbox.fail("*", ANY)
    return "The bot's next call will be answered with 500."


async def _drop(seat: Seat) -> str:
    await seat.sandbox.drop_gateway()
    return "The gateway was dropped; the bot should come back by itself."


async def _delay(seat: Seat) -> str:
    seat.sandbox.delay("*", ANY, DELAY)
    return f"The bot's next call will arrive {DELAY:.0f} s late."


async def _restart(seat: Seat) -> str:
    if seat.sandbox.restart is None:
        return "Nobody here knows how to restart the bot."
    await seat.sandbox.restart()
    return "The bot was stopped and started again."


TROUBLES: dict[str, Callable[[Seat], Awaitable[str]]] = {
    "close DMs": _close_dms,
    "429": _limit,
    "500": _fail,
    "drop": _drop,
    "delay": _delay,
    "restart": _restart,
}


def state(seat: Seat) -> Drawn:
    """What the buttons show."""
    return {"dms": seat.person.user.dms_open, "restart": seat.sandbox.restart is not None}


async def trouble(seat: Seat, body: Drawn) -> Drawn:
    return {"sentence": await TROUBLES[body["trouble"]](seat), **state(seat)}
