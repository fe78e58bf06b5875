"""The postman: every letter exactly once, in order, at a pace, whatever happens on the way."""

import asyncio
import math
import random
from itertools import pairwise

import pytest

from bot.domain.delivery import (
    CLOSED,
    LEASE,
    PATIENCE,
    RETRIES,
    Later,
    Never,
    NotYet,
    Outcome,
    Refused,
    State,
    Unknown,
    Wish,
)
from bot.domain.pacing import FLAGGED_PAUSE, OPENING_PAUSE, Limits, Stop
from bot.services.postman import expires
from bot.store import doors, lines, outbox, rules, wishes
from bot.store.database import Database
from bot.store.wishes import Wishes
from tests.services.town import FIRST, Town, any_trouble, authors, brought, write
from tests.store.relay import NOW, RUBY, claimed, link, states

DAY, WRITER = 86_400.0, 5
UNPACED = Limits(requests_per_second=100_000, dm_seconds=0.0, opening_seconds=0.0, openings_per_day=100_000)


def _in_order(town: Town, user_id: int) -> list[int]:
    return [number for sent in town.messages if sent.user_id == user_id for number in brought(sent)]


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_thousand_sends_of_which_a_fifth_fails(database: Database, seed: int) -> None:
    """One message each: no digests, so that every letter is a send of its own."""
    town, stories = Town(database, UNPACED), await authors(database, 10)
    town.trouble = any_trouble(random.Random(seed), 0.2)
    written = [await write(database, stories[number % 10], number) for number in range(500)]
    async with database.write() as db:
        await db.run("UPDATE outbox SET alone = 1")
    await town.settle(NOW + 10 * DAY)
    assert await states(database, written) == [State.DELIVERED] * 500
    for author in range(10):
        assert _in_order(town, FIRST + 10 * author) == list(range(author, 500, 10))


async def test_500_letters_to_one_author_in_a_minute(database: Database) -> None:
    town, [story] = Town(database), await authors(database, 1)
    for number in range(500):
        await town.settle(NOW + number * 0.12)
        town.now = NOW + number * 0.12
        await write(database, story, number, town.now)
    await town.settle(NOW + DAY)
    assert _in_order(town, FIRST) == list(range(500))
    assert min(later.at - earlier.at for earlier, later in pairwise(town.messages)) >= 1.0
    assert town.messages[-1].at < NOW + 120, "digests: ten letters a message"


async def test_10_000_letters_to_closed_dms_are_one_request_a_day(database: Database) -> None:
    town, stories = Town(database, UNPACED), await authors(database, 4)
    town.closed = {FIRST, FIRST + 10, FIRST + 20}
    for day in range(3):
        town.now = NOW + day * (CLOSED + 1)
        async with database.write() as db:
            await db.run(
                "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 3300) INSERT INTO letters"
                " (archive_id, conversation_id, direction, kind, author_id, title, author, quote, writer_id,"
                " sender_name, email, comments, interaction_id, stored_at) SELECT 1, :conversation, 'to_author',"
                " 'letter', i % 3 + 1, 'T', 'A', '', 5, '', '', 'x', i + :base, :now FROM n",
                conversation=await db.insert(
                    "INSERT INTO conversations (archive_id, author_id, reader_id, began_at) VALUES (1, 1, 5, 1)"
                ),
                base=10_000 * (day + 1),
                now=town.now,
            )
            for row in await db.all("SELECT id FROM letters WHERE id NOT IN (SELECT letter_id FROM outbox)"):
                await outbox.put_letter(db, row["id"], town.now)
        await town.settle(town.now + 60)
    assert dict(town.tries) == dict.fromkeys(town.closed, 3), "each of three a day, for three days"
    await write(database, stories[3], 7, town.now)
    await town.settle(town.now + 60)
    assert town.tries[FIRST + 30] == 1
    town.closed.clear()
    async with database.write() as db:
        waiting = await db.value("SELECT count(*) FROM outbox WHERE state = 'waiting'")
        assert waiting == 9_900


async def test_where_dms_are_opened_too_fast_the_backlog_goes_in_order_afterwards(database: Database) -> None:
    town, stories = Town(database), await authors(database, 20)
    town.refusal = NotYet("40003")
    for number in range(60):
        await write(database, stories[number % 20], number)
    await town.settle(NOW + 599)
    assert (town.messages, town.opened) == ([], [])
    assert town.pace.stop == Stop(NOW + 600, flagged=False)
    town.refusal = None
    await town.settle(NOW + 3_600)
    assert [_in_order(town, FIRST + 10 * author) for author in range(20)] == [
        [author, author + 20, author + 40] for author in range(20)
    ]
    assert town.opened[0][0] == NOW + 600
    assert all(later[0] - earlier[0] >= 6 for earlier, later in pairwise(town.opened))
    assert await database.reader.value("SELECT max(failures) FROM outbox") == 0


async def test_a_hundred_new_doors_a_day(database: Database) -> None:
    town, stories = Town(database), await authors(database, 103)
    for number, story in enumerate(stories):
        await write(database, story, number)
    await town.settle(NOW + DAY - 1)
    assert len(town.opened) == 100
    town.postman = Town(database).postman
    await town.settle(NOW + DAY - 1)
    assert len(town.opened) == 100, "a new process counts on"


async def test_a_door_that_was_opened_by_a_clock_ahead_holds_up_no_other(database: Database) -> None:
    town, [first, second] = Town(database), await authors(database, 2)
    await write(database, first, 1)
    await town.settle(NOW)
    async with database.write() as db:
        await db.run("UPDATE doors SET opened_at = opened_at + 3600")
    successor = Town(database)
    await write(database, second, 2)
    await successor.settle(NOW + 7)
    assert [user for _, user in successor.opened] == [FIRST + 10]


async def test_a_relay_that_begins_again_after_the_clock_was_set_opens_doors_in_time(database: Database) -> None:
    """The disk was full, and the relay starts anew before it has looked at the clock."""
    town, [story] = Town(database), await authors(database, 1)
    await write(database, story, 1)
    await town.settle(NOW)
    town.postman._clocks = town.postman._clocks._replace(now=lambda: town.now + 3_600)
    for _ in range(2):
        await town.postman._begin()
        await town.postman._mind_the_clock()
    assert town.pace.opens_at(NOW + 3_600) == NOW + 3_600
    assert len(town.pace._openings_of_day._taken) == 1, "it is counted once"


@pytest.mark.parametrize(
    ("stop", "opened"),
    [(Stop(NOW + 100, False), 1), (Stop(NOW + 3_600, False), 1), (Stop(NOW + 3_600, True), 0)],
    ids=["told", "told by a clock ahead", "flagged"],
)
async def test_a_successor_opens_no_door_before_discord_lets_it(database: Database, stop: Stop, opened: int) -> None:
    town, [story] = Town(database), await authors(database, 1)
    async with database.write() as db:
        await doors.keep_stop(db, stop)
    await write(database, story, 1)
    await town.settle(NOW + 99)
    assert town.opened == []
    await town.settle(NOW + OPENING_PAUSE + 10)
    assert len(town.opened) == opened


async def test_a_flagged_bot_tries_one_door_a_day(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    """However often it is started; and once Discord takes the one, all that waited follows by itself."""
    town, stories = Town(database), await authors(database, 3)
    for number, story in enumerate(stories):
        await write(database, story, number)
    for day in range(4):
        town = Town(database)
        town.now = NOW + day * FLAGGED_PAUSE
        town.refusal, town.flagged = NotYet("20026"), True
        await town.settle(NOW + (day + 1) * FLAGGED_PAUSE - 1)
        assert (town.refusals, town.messages) == (1, [])
    assert "Appeal in Discord's developer portal" in caplog.text, "at each start"
    assert await doors.stopped(database.reader) == Stop(NOW + 4 * FLAGGED_PAUSE, flagged=True)
    town.refusal = None
    await town.settle(NOW + 4 * FLAGGED_PAUSE + 60)
    assert [int(at - NOW - 4 * FLAGGED_PAUSE) for at, _ in town.opened] == [0, 6, 12]
    assert await doors.stopped(database.reader) is None
    assert await database.reader.value("SELECT max(failures) FROM outbox") == 0


async def test_a_try_has_its_time(database: Database) -> None:
    """Whoever sends can ask how long; other tasks are not in a hurry."""
    town, [story] = Town(database), await authors(database, 1)
    times: list[float] = []
    town.trouble = lambda _: times.append(expires.get())
    await write(database, story, 1)
    await town.settle(NOW)
    assert times == [NOW + PATIENCE]
    assert expires.get() == math.inf


async def test_a_process_that_is_frozen_between_the_lease_and_the_try_does_not_send(database: Database) -> None:
    """By the time it goes on, what it leased may be in somebody else's hands."""
    town, [story] = Town(database), await authors(database, 1)
    letter = await write(database, story, 1)

    def freeze() -> str:
        town.now += LEASE
        return "a nonce"

    town.postman._clocks = town.postman._clocks._replace(nonce=freeze)
    assert await town.postman._start_next() == 0.0
    await asyncio.gather(*town.postman._on_their_way)
    assert (town.opened, town.messages) == ([], [])
    assert await states(database, [letter]) == [State.SENDING], "its outcome is open"


async def test_a_letter_that_cannot_be_delivered_holds_up_no_other_author(database: Database) -> None:
    town, stories = Town(database, UNPACED), await authors(database, 3)
    town.trouble = lambda parcel: Unknown("hung") if parcel.user_id == FIRST else None
    for number, story in enumerate(stories):
        await write(database, story, number)
    await town.settle(NOW + 1)
    assert [sent.user_id for sent in town.messages] == [FIRST + 10, FIRST + 20]


async def test_a_refused_letter_leaves_the_line(database: Database) -> None:
    town, [story] = Town(database), await authors(database, 1)
    written = [await write(database, story, number) for number in range(3)]
    town.trouble = lambda parcel: Refused("filtered") if "Letter 1." in parcel.payload else None
    await town.settle(NOW + 60)
    assert _in_order(town, FIRST) == [0, 2]
    assert await states(database, written) == [State.DELIVERED, State.REFUSED, State.DELIVERED]


async def test_an_author_with_closed_dms_is_nudged_where_that_is_wished(database: Database) -> None:
    town, [story] = Town(database), await authors(database, 1)
    town.closed = {FIRST}
    async with database.write() as db:
        await rules.change(db, 1, (await rules.of_archive(db, 1))._replace(nudges=True))
        await wishes.wish(db, 1, Wishes(None, Wish.ON, nudge_channel_id=555))
    await write(database, story, 1)
    await town.settle(NOW + 60)
    assert town.nudged == [(555, "Author 0")]


async def test_what_hung_is_tried_with_the_same_nonce_and_then_looked_for(database: Database) -> None:
    town, [story] = Town(database), await authors(database, 1)
    nonces: list[tuple[float, str]] = []

    def hang(parcel: object) -> Unknown:
        nonces.append((town.now - NOW, getattr(parcel, "nonce", "")))
        return Unknown("before")

    town.trouble = hang
    await write(database, story, 1)
    await town.settle(NOW + 200)
    assert [int(at) for at, _ in nonces] == [0, 5, 35, 155]
    assert len({nonce for _, nonce in nonces[:3]}) == 1
    assert nonces[3][1] == nonces[0][1], "it was looked for, is not there, and goes out as it was"


async def test_a_try_that_comes_late_is_the_message_that_was_sent_in_its_place(database: Database) -> None:
    """A process that is frozen with one foot in the door: its successor has looked, found nothing, and sent it."""
    town, [story] = Town(database), await authors(database, 1)
    await write(database, story, 1)
    frozen = await claimed(database)
    town.now = NOW + LEASE
    await town.settle(town.now + 30)
    await town.deliver(frozen, FIRST + 1)
    assert [brought(sent) for sent in town.messages] == [[1]]


async def test_what_did_not_arrive_goes_to_whom_the_name_belongs_to_by_then(database: Database) -> None:
    town, [story] = Town(database), await authors(database, 1)
    letter = await write(database, story, 1)
    await claimed(database)
    await link(database, "author 0", RUBY)
    await town.settle(NOW + DAY)
    assert [sent.user_id for sent in town.messages] == [RUBY]
    assert await states(database, [letter]) == [State.DELIVERED]


async def test_a_clock_that_is_set_loses_and_doubles_nothing(database: Database) -> None:
    """An hour back while a letter's outcome is open: it is tried again seconds later, not in an hour."""
    town, [story] = Town(database), await authors(database, 1)
    await write(database, story, 1)
    town.trouble = lambda parcel: None if parcel.repeated else Unknown("after")
    await town.settle(NOW)
    town.set_by = -3_600.0
    await town.postman._start_next()
    assert await lines.next_due(database.reader, opens=False) == NOW + 5 - 3_600
    assert len(town.messages) == 1


async def test_discord_that_comes_back_is_met_at_once(database: Database) -> None:
    town, [story] = Town(database), await authors(database, 1)
    town.trouble = lambda _: NotYet("out")
    await write(database, story, 1)
    await town.settle(NOW)
    town.pace.cannot_reach(NOW + 600)
    town.trouble = lambda _: None
    await town.postman.reconnected()
    await town.settle(NOW + 2)
    assert [int(sent.at - NOW) for sent in town.messages] == [1], "as soon as its channel may be written to"


@pytest.mark.parametrize(
    "trouble",
    [Later("500"), Later("cut off", silent=True), Unknown("hung", silent=True), Unknown("500"), NotYet("out")],
    ids=["said", "cut off", "hung", "unknown", "out"],
)
async def test_a_gateway_that_comes_and_goes_uses_up_no_tries(database: Database, trouble: Outcome) -> None:
    """What Discord did say waits its time; what nobody answered is tried, and that costs nothing."""
    town, [story] = Town(database, Limits(dm_seconds=0.0, opening_seconds=0.0)), await authors(database, 1)
    letter = await write(database, story, 1)
    town.trouble = lambda _: trouble
    for _ in range(3 * len(RETRIES)):
        await town.postman.reconnected()
        await town.settle(town.now + 1)
        town.now += 1
    assert State.PARKED not in await states(database, [letter])
    assert await database.reader.value("SELECT failures FROM outbox") <= 2 + 1
    assert town.tries[FIRST] > len(RETRIES) or not getattr(trouble, "silent", True), "silence is tried again at once"


async def test_an_outage_of_minutes_is_over_for_letters_as_soon_as_it_is_over(database: Database) -> None:
    town, [story] = Town(database), await authors(database, 1)
    town.trouble = lambda _: Later("cut off", silent=True)
    await write(database, story, 1)
    await town.settle(NOW + 300)
    assert await lines.next_due(database.reader, opens=False) == NOW + 5 + 30 + 120 + 600
    town.now = NOW + 300
    town.trouble = lambda _: None
    await town.postman.reconnected()
    await town.settle(NOW + 302)
    assert len(town.messages) == 1


async def test_what_was_parked_unanswered_is_looked_for_before_it_is_sent_again(database: Database) -> None:
    """A moderator has it tried again; it had arrived at its very first try."""
    town, stories = Town(database, Limits(dm_seconds=0.0, opening_seconds=0.0)), await authors(database, 1)
    written = [await write(database, stories[0], number) for number in (1, 2)]
    town.trouble = lambda _: Unknown("after")
    town.lost = True
    await town.settle(NOW + 10 * DAY)
    assert await states(database, written) == [State.PARKED, State.PARKED]
    town.trouble = lambda _: None
    town.lost = False
    later = await write(database, stories[0], 3, now=town.now)
    async with database.write() as db:
        assert await outbox.retry(db, written[1], town.now)
        assert not await outbox.withdraw(db, written[0], WRITER), "it may have arrived"
    await town.settle(NOW + 20 * DAY)
    assert await states(database, [*written, later]) == [State.DELIVERED] * 3
    assert [brought(sent) for sent in town.messages] == [written, [later]]


async def test_what_was_parked_and_never_arrived_goes_out_anew(database: Database) -> None:
    town, [story] = Town(database, Limits(dm_seconds=0.0, opening_seconds=0.0)), await authors(database, 1)
    letter = await write(database, story, 1)
    town.trouble = lambda _: Unknown("before")
    town.lost = True
    await town.settle(NOW + 10 * DAY)
    town.trouble = lambda _: None
    town.lost = False
    async with database.write() as db:
        assert await outbox.retry(db, letter, town.now)
    await town.settle(NOW + 20 * DAY)
    assert [brought(sent) for sent in town.messages] == [[letter]]


async def test_a_link_during_a_try_that_a_closed_door_ends(database: Database) -> None:
    """The letter goes to whoever the name belongs to by then."""
    town, [story] = Town(database, Limits(dm_seconds=0.0, opening_seconds=0.0)), await authors(database, 1)
    letter = await write(database, story, 1)
    town.closed = {FIRST}
    parcel = await claimed(database)
    await link(database, "author 0", RUBY)
    await town.postman._settle(parcel, Never("closed"))
    await town.settle(town.now + 60)
    assert await states(database, [letter]) == [State.DELIVERED]
    assert [sent.user_id for sent in town.messages] == [RUBY]


async def test_never_is_said_of_an_account_and_not_of_a_letter(database: Database) -> None:
    town, [story] = Town(database), await authors(database, 1)
    town.trouble = lambda _: Never("closed")
    letter = await write(database, story, 1)
    await town.settle(NOW + DAY / 2)
    assert await states(database, [letter]) == [State.WAITING]
    assert town.tries[FIRST] == 1


async def test_what_becomes_of_tries_is_counted(database: Database) -> None:
    town, [story] = Town(database, Limits(dm_seconds=0.0, opening_seconds=0.0)), await authors(database, 1)
    troubles = iter([Unknown("before"), Later("busy")])
    town.trouble = lambda _: next(troubles, None)
    await write(database, story, 1)
    await write(database, story, 2)
    await town.settle(NOW + DAY)
    assert town.tally.tries == {"unknown": 2, "delivered": 1}, "what may have arrived stays unknown while it is busy"
    assert town.tally.delivered == 2
