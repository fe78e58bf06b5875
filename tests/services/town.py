"""This room is a town to deliver letters in: its doors, its troubles, and a clock that only moves when nothing is left
to do. What it does with nonces and channels is what Discord does."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple, Protocol

from bot.domain.clocks import PlanClock
from bot.domain.delivery import Absent, Delivered, Later, Moved, Never, NotYet, Outcome, Unknown
from bot.domain.pacing import Limits, Pace
from bot.domain.tally import Tally
from bot.services.postman import Clocks, Postman
from bot.store import letters
from bot.store.database import Database
from bot.store.letters import NewLetter
from bot.store.parcels import Parcel
from bot.ui.mail import DRAW
from tests.library import add, edition
from tests.store.relay import NOW, link

FIRST = 900_000_000_000_000_000
Trouble = Callable[[Parcel], Outcome | None]


class Sent(NamedTuple):
    """A message as it lies in somebody's DM."""

    at: float
    user_id: int
    mark: str
    payload: str


class Town:
    """Everybody's DMs. `trouble` may say what becomes of a try; after Unknown("after") the message is there."""

    def __init__(self, database: Database, limits: Limits = Limits()) -> None:  # noqa: B008
        self.now = NOW
        self.messages: list[Sent] = []
        self.tries: Counter[int] = Counter()
        self.opened: list[tuple[float, int]] = []
        self.closed: set[int] = set()
        self.nudged: list[tuple[int, str]] = []
        self.trouble: Trouble = lambda _: None
        self.refusal: Outcome | None = None
        self.flagged = False
        self.refusals = 0
        self.lost = False
        """Nobody can look for a message."""
        self._by_nonce: dict[str, float] = {}
        self.pace = Pace(limits)
        self.set_by = 0.0
        """Seconds by which the wall clock has been set."""
        clocks = Clocks(lambda: self.now + self.set_by, lambda: self.now, lambda: 0.0)
        self.tally = Tally()
        self.planned = PlanClock(clocks.now, clocks.steady)
        self.postman = Postman(database, self, DRAW, self.pace, clocks, planned=self.planned, tally=self.tally)

    async def open(self, user_id: int) -> int | Outcome:
        if self.refusal is not None:
            self.refusals += 1
            self.pace.refuse_opening(self.planned(), flagged=self.flagged)
            return self.refusal
        self.opened.append((self.now, user_id))
        return user_id + 1

    async def deliver(self, parcel: Parcel, channel_id: int) -> Outcome:
        self.tries[parcel.user_id] += 1
        if parcel.user_id in self.closed:
            return Never("closed")
        trouble = self.trouble(parcel)
        if trouble is None or trouble == Unknown("after"):
            self._arrives(parcel)
        return trouble or Delivered(channel_id, len(self.messages))

    def _arrives(self, parcel: Parcel) -> None:
        at = self._by_nonce.get(parcel.nonce)
        if at is None or self.now - at > 120:
            self._by_nonce[parcel.nonce] = self.now
            self.messages.append(Sent(self.now, parcel.user_id, parcel.mark, parcel.payload))

    async def find(self, parcel: Parcel, channel_id: int) -> Outcome:
        if self.lost:
            return Unknown("the DM cannot be read")
        there = any(sent.mark == parcel.mark for sent in self.messages)
        return Delivered(channel_id, 1) if there else Absent()

    async def nudge(self, channel_id: int, author: str) -> None:
        self.nudged.append((channel_id, author))

    async def settle(self, until: float) -> None:
        """Lets the postman work until that moment; the clock jumps from one thing that is due to the next."""
        await settled(self.postman, self, until)


class HasClock(Protocol):
    """Whoever has a clock that can be set."""

    now: float


async def settled(postman: Postman, clock: HasClock, until: float) -> None:
    """Lets a postman work until that moment; the clock jumps from one thing that is due to the next."""
    await postman._begin()
    while True:
        wait = await postman._start_next()
        if wait == 0.0:
            continue
        if postman._on_their_way:
            await asyncio.gather(*postman._on_their_way)
            continue
        if wait is None or clock.now + wait > until:
            return
        clock.now += wait


def brought(sent: Sent) -> list[int]:
    """The letters of a message, by what stands in them."""
    return [int(embed["description"].split()[-1].rstrip(".")) for embed in json.loads(sent.payload)["embeds"]]


async def authors(database: Database, count: int) -> list[int]:
    """Linked authors with a story each; returns the stories."""
    stories: list[int] = []
    for number in range(count):
        stories.append(await add(database, edition(f"Story {number}", f"Author {number}")))
        await link(database, f"Author {number}", FIRST + 10 * number)
    return stories


async def write(database: Database, story: int, number: int, now: float = NOW) -> int:
    async with database.write() as db:
        new = NewLetter(story, 5, "Mara", "", f"Letter {number}.", None, number)
        return (await letters.store(db, new, now)).letter_id


def any_trouble(dice: random.Random, share: float) -> Trouble:
    """A fifth of all tries fails, before or after the effect, in any way that says nothing for good."""
    troubles: list[Outcome] = [Unknown("before"), Unknown("after"), Later("busy"), NotYet("out"), Moved("gone")]
    return lambda _: dice.choice(troubles) if dice.random() < share else None
