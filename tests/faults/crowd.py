"""This room is the people of a seed: readers who read and write letters, authors who press what is under them."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from itertools import count
from typing import Any

from bot.sandbox import CommandRefused, Guild, Message, Modal, Person, Sandbox, Unanswered
from tests.faults.history import mark
from tests.faults.plan import Plan

AUTHORS = ("Ruby", "Isolde", "Tam", "Wren", "Osric")
READERS = ("mara", "jon", "ada", "beck", "lio", "nell")
LONGEST_PAUSE = 0.15
"""Seconds between two acts of one person."""
LONG = "It went on and on. " * 150
PAGES = 4
PRESSED = ("Reply", "Thank", "Open the story")


def title(author: str) -> str:
    return f"The Lamp of {author}"


Act = Callable[[Person, random.Random], Coroutine[Any, Any, None]]


class Crowd:
    """Everybody acts, one thing after another, until told to stop; what comes of it Discord knows."""

    def __init__(self, plan: Plan, sandbox: Sandbox, guild: Guild) -> None:
        self.authors = [sandbox.person(name.lower(), display_name=name, guild=guild) for name in AUTHORS]
        self.readers = [sandbox.person(name, guild=guild) for name in READERS]
        self._plan = plan
        self._numbers = count(1)
        self._over = asyncio.Event()

    async def lives(self) -> None:
        """Until `rests` has been called and the last act has been answered or has failed."""
        async with asyncio.TaskGroup() as group:
            for reader in self.readers:
                group.create_task(self._acts(reader, self._reads_or_writes))
            for author in self.authors:
                group.create_task(self._acts(author, self._presses))

    @property
    def people(self) -> list[Person]:
        return [*self.readers, *self.authors]

    def rests(self) -> None:
        self._over.set()

    async def _acts(self, person: Person, act: Act) -> None:
        dice = self._plan.dice(person.name)
        while not self._over.is_set():
            try:
                await act(person, dice)
            except (Unanswered, CommandRefused):
                person.dismisses_form()
            await asyncio.sleep(dice.uniform(0.0, LONGEST_PAUSE))

    async def _reads_or_writes(self, person: Person, dice: random.Random) -> None:
        author = dice.choice(AUTHORS)
        if dice.random() < 0.6:
            await self._writes(person, author, dice)
        else:
            await self._reads(person, author, dice)

    async def _writes(self, person: Person, author: str, dice: random.Random) -> None:
        shown = await person.runs("/feedback", story=title(author))
        if isinstance(shown, Modal):
            text = LONG if dice.random() < 0.1 else "Lovely."
            await person.submits(Comments=f"{mark(next(self._numbers))} {text}")

    async def _reads(self, person: Person, author: str, dice: random.Random) -> None:
        shown = await person.runs("/read", story=title(author))
        for _ in range(dice.randint(0, PAGES)):
            if not isinstance(shown, Message) or "Next" not in shown.buttons:
                return
            shown = await person.clicks("Next", message=shown)

    async def _presses(self, person: Person, dice: random.Random) -> None:
        """Something under one of the letters that have come: an answer, thanks, the story."""
        if not person.dms:
            return
        letter = dice.choice(person.dms)
        if letter.options:
            shown = await person.chooses(dice.choice(letter.options), message=letter)
            letter = shown if isinstance(shown, Message) else letter
        usable = [button for button in letter.buttons if button in PRESSED]
        if usable:
            shown = await person.clicks(dice.choice(usable), message=letter)
            if isinstance(shown, Modal):
                await person.submits(Comments=f"{mark(next(self._numbers))} Thank you.")
