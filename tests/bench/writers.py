"""This room is the load: people who send the same open form again and again, with another letter in it each time."""

import asyncio
import time
from collections.abc import Sequence
from itertools import count

from bot.sandbox import Message, Modal, Person
from tests.bench.processes import BenchFailed

COMMENTS = "The lamp went out and I did not breathe until it was lit again. " * 6
KEPT = "Thank you: your letter is kept"
_numbers = count(1)


class Writer:
    """A person with the form before them."""

    def __init__(self, person: Person, form: Modal) -> None:
        self.person = person
        self._form = form
        self.sent = 0

    async def send(self) -> float:
        """Sends a letter; gives the seconds until it was acknowledged."""
        self.person.modal = self._form
        began = time.perf_counter()
        shown = await self.person.submits(Comments=f"{COMMENTS}{next(_numbers)}")
        took = time.perf_counter() - began
        if not isinstance(shown, Message) or KEPT not in shown.text:
            raise BenchFailed(f"A letter was not acknowledged but answered by {shown.text[:200]!r}.")
        self.sent += 1
        return took


async def opens(person: Person, story: str) -> Writer:
    """A person runs /feedback."""
    shown = await person.runs("/feedback", story=story)
    if not isinstance(shown, Modal):
        raise BenchFailed(f"/feedback was answered by {shown.text[:200]!r}; look at the bot's log.")
    return Writer(person, shown)


async def write(writers: Sequence[Writer], letters: int, at_once: int) -> list[float]:
    """Has so many letters sent, everybody in turn and `at_once` at the same time; gives the seconds of each."""
    left = iter(range(letters))

    async def one(hand: int) -> list[float]:
        mine = writers[hand::at_once]
        return [await mine[number % len(mine)].send() for number, _ in enumerate(left)]

    took = await asyncio.gather(*(one(hand) for hand in range(at_once)))
    return [seconds for hand in took for seconds in hand]
