"""The postman on the local Discord, by one clock for both, which jumps to whatever is due next."""

import random
import re
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Literal

import discord
import pytest
from discord.http import Route

from bot.domain.clocks import PlanClock
from bot.domain.delivery import Outcome, State
from bot.domain.pacing import OPENING_PAUSE, Limits, Pace
from bot.sandbox import Person, Sandbox
from bot.services.postman import Clocks, Courier, Postman
from bot.store import lines
from bot.store.database import Database
from bot.store.parcels import Parcel
from bot.ui.courier import DiscordCourier
from bot.ui.mail import DRAW
from tests.library import add, edition
from tests.services.town import settled
from tests.store.relay import link, states, write

START = 1_800_000_000.0
DAY = 86_400.0
SHORT = 0.25
"""Seconds of patience: what hangs is to hang no longer."""
LIMITS = Limits(requests_per_second=100_000, dm_seconds=5.0)
SENDING, OPENING = r"^/channels/\d+/messages$", "/users/@me/channels"
Trouble = Literal["reset before", "reset after", "500 before", "500 after", "hang before", "hang after"]
TROUBLES: tuple[Trouble, ...] = (
    "reset before", "reset after", "500 before", "500 after", "hang before", "hang after",
)  # fmt: skip


@dataclass
class Relay:
    """A postman with a real client on a local Discord."""

    sandbox: Sandbox
    database: Database
    now: float = START
    share: float = 0.0
    """How many sends go wrong, of one."""

    def __post_init__(self) -> None:
        self.troubles: Counter[Trouble] = Counter()

    def serve(self, client: discord.Client) -> None:
        pace = Pace(LIMITS)
        clocks = Clocks(lambda: self.now, lambda: self.now, lambda: 0.0)
        planned = PlanClock(clocks.now, clocks.steady)
        courier = Unlucky(DiscordCourier(client, pace, planned), self)
        self.postman = Postman(self.database, courier, DRAW, pace, clocks, patience=SHORT, planned=planned)

    async def settle(self, seconds: float) -> None:
        await settled(self.postman, self, self.now + seconds)

    async def authors(self, count: int) -> tuple[list[Person], list[int]]:
        """People with a pen name and a story each."""
        people = [self.sandbox.person(f"author-{number}") for number in range(count)]
        stories = [await add(self.database, edition(f"Story {n}", f"Author {n}")) for n in range(count)]
        for number, person in enumerate(people):
            await link(self.database, f"author {number}", person.id, self.now)
        return people, stories

    async def letters(self, stories: Sequence[int], count: int) -> list[int]:
        """Letters to one after the other of them, each a message of its own."""
        written = [
            await write(self.database, stories[number % len(stories)], number, f"Letter {number}.", now=self.now)
            for number in range(count)
        ]
        async with self.database.write() as db:
            await db.run("UPDATE outbox SET alone = 1")
        return written

    def asked(self, method: str, path: str) -> list[int]:
        """The status of each such request."""
        sent = self.sandbox.exchanges
        return [one.status for one in sent if one.method == method and re.search(path, one.path)]


class Unlucky:
    """A courier whose sends go wrong now and then."""

    def __init__(self, courier: Courier, relay: Relay) -> None:
        self._courier = courier
        self._relay = relay
        self._dice = random.Random(5)

    async def open(self, user_id: int) -> int | Outcome:
        return await self._courier.open(user_id)

    async def deliver(self, parcel: Parcel, channel_id: int) -> Outcome:
        if self._dice.random() < self._relay.share:
            trouble = self._dice.choice(TROUBLES)
            self._relay.troubles[trouble] += 1
            _break_next(self._relay.sandbox, trouble)
        return await self._courier.deliver(parcel, channel_id)

    async def find(self, parcel: Parcel, channel_id: int) -> Outcome:
        return await self._courier.find(parcel, channel_id)

    async def nudge(self, channel_id: int, author: str) -> None:
        await self._courier.nudge(channel_id, author)


def _break_next(sandbox: Sandbox, trouble: Trouble) -> None:
    moment: Literal["before", "after"] = "before" if trouble.endswith("before") else "after"
    if trouble.startswith("hang"):
        sandbox.pause("POST", SENDING, moment=moment)
    else:
        sandbox.fail("POST", SENDING, moment=moment, reset=trouble.startswith("reset"))


@pytest.fixture
async def relay(database: Database) -> AsyncGenerator[Relay]:
    moment: list[Relay] = []
    async with Sandbox.start(clock=lambda: moment[0].now if moment else START) as sandbox:
        sandbox.guild("Story Circle")
        relay = Relay(sandbox, database)
        moment.append(relay)
        Route.BASE = sandbox.api_url
        async with discord.Client(intents=discord.Intents.none()) as client:
            await client.login(sandbox.token)
            relay.serve(client)
            yield relay


def _numbers(person: Person) -> list[int]:
    """The letters in somebody's DM, as they lie there."""
    return [int(number) for sent in person.dms for number in re.findall(r"Letter (\d+)\.", sent.text)]


async def test_200_sends_of_which_a_fifth_goes_wrong(relay: Relay) -> None:
    people, stories = await relay.authors(10)
    written = await relay.letters(stories, 200)
    relay.share = 0.2
    await relay.settle(10 * DAY)
    assert await states(relay.database, written) == [State.DELIVERED] * 200
    for number, person in enumerate(people):
        assert _numbers(person) == list(range(number, 200, 10)), "each once, in order"
        assert len(person.dms) == 20
    assert set(relay.troubles) == set(TROUBLES)
    assert relay.troubles.total() >= 30
    assert 429 not in relay.asked("GET|POST", "")


async def test_a_backlog_goes_in_order_once_dms_may_be_opened_again(relay: Relay) -> None:
    people, stories = await relay.authors(6)
    written = await relay.letters(stories, 18)
    relay.sandbox.refuse_dms(40003)
    await relay.settle(2 * OPENING_PAUSE + 1)
    refused = relay.asked("POST", OPENING)
    assert len(refused) == 3, "at once, and once in ten minutes"
    assert set(await states(relay.database, written)) == {State.READY}
    relay.sandbox.refuse_dms(None)
    await relay.settle(DAY)
    assert [_numbers(person) for person in people] == [[number, number + 6, number + 12] for number in range(6)]
    assert relay.asked("POST", OPENING)[3:] == [200] * 6
    assert await relay.database.reader.value("SELECT max(failures) FROM outbox") == 0


async def test_10_000_letters_for_closed_dms_are_one_request(relay: Relay) -> None:
    [person], _ = await relay.authors(1)
    person.closes_dms()
    await _store_many(relay.database, 10_000, relay.now)
    await relay.settle(DAY / 2)
    assert relay.asked("POST", SENDING) == [403]
    counted = await relay.database.reader.all("SELECT state, count(*) FROM outbox GROUP BY state")
    assert [tuple(row) for row in counted] == [(State.WAITING, 10_000)]


async def _store_many(database: Database, count: int, now: float) -> None:
    """Letters to the first author, ready in the line, by SQL alone."""
    async with database.write() as db:
        await db.run("INSERT INTO conversations (archive_id, author_id, reader_id, began_at) VALUES (1, 1, 5, 1)")
        await db.run(
            "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < :count) INSERT INTO letters"
            " (archive_id, conversation_id, direction, kind, author_id, story_id, title, author, quote, writer_id,"
            " sender_name, email, comments, interaction_id, stored_at) SELECT 1, 1, 'to_author', 'letter', 1, 1,"
            " 'Story 0', 'Author 0', '', 5, '', '', 'Lovely.', i, :now FROM n",
            count=count,
            now=now,
        )
        line = await lines.of_author(db, 1)
        await db.run(
            "INSERT INTO outbox (archive_id, line_id, letter_id, state) SELECT 1, :line, id, 'ready' FROM letters",
            line=line,
        )
        await lines.wake(db, line, now)
