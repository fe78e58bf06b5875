"""Parcels: fixed before the first try, one at a time for each line, each carried by one postman."""

import json

import pytest

from bot.domain.delivery import (
    CLOSED,
    LEASE,
    RETRIES,
    Absent,
    Delivered,
    Later,
    Mistaken,
    Never,
    Outcome,
    Refused,
    State,
    Unknown,
)
from bot.store import lines, outbox, parcels
from bot.store.database import Database
from tests.library import add, edition
from tests.store.relay import NOW, RUBY, carried, claim, claimed, link, settle, state, states, write


@pytest.fixture
async def story(database: Database) -> int:
    return await add(database, edition("The Lamp", "Ruby"))


async def test_a_letter_waits_for_its_author(database: Database, story: int) -> None:
    letter = await write(database, story)
    assert await state(database, letter) is State.WAITING
    assert await claim(database, NOW + 1e9) is None
    assert await lines.next_due(database.reader, opens=True) is None
    assert await link(database) == 1
    parcel = await claimed(database)
    assert (parcel.user_id, parcel.nonce, parcel.load) == (RUBY, "nonce 1", 1)
    assert await state(database, letter) is State.SENDING


async def test_letters_that_wait_become_a_digest_in_their_order(database: Database, story: int) -> None:
    await link(database)
    written = [await write(database, story, number, f"Letter {number}.") for number in range(1, 13)]
    first = await claimed(database)
    assert await carried(database, first) == written[:10]
    assert await claim(database) is None, "one at a time for each line"
    await settle(database, first, Delivered(1, 2))
    second = await claimed(database)
    assert await carried(database, second) == written[10:]
    await settle(database, second, Delivered(1, 3))
    assert await states(database, written) == [State.DELIVERED] * 12
    assert await lines.next_due(database.reader, opens=False) is None


async def test_what_is_fixed_takes_no_letter_that_comes_later(database: Database, story: int) -> None:
    """The same nonce with one letter more would return the first message and lose the letter."""
    await link(database)
    await write(database, story, 1)
    first = await claimed(database)
    later = await write(database, story, 2)
    await settle(database, first, Unknown("hung"))
    again = await claimed(database, NOW + 10)
    assert (again.id, again.nonce, again.payload, again.mark) == (first.id, first.nonce, first.payload, first.mark)
    assert again.repeated
    assert await state(database, later) is State.READY


async def test_what_is_sent_never_changes(database: Database, story: int) -> None:
    await link(database)
    await write(database, story)
    first = await claimed(database)
    async with database.write() as db:
        await db.run("UPDATE stories SET title = 'Another'")
        await db.run("UPDATE authors SET name = 'Somebody'")
    await settle(database, first, Unknown("hung"))
    again = await claimed(database, NOW + 10)
    assert again.payload == first.payload
    assert "The Lamp" in again.payload


async def test_ten_letters_that_do_not_fit_go_in_several_whole_ones(database: Database, story: int) -> None:
    await link(database)
    written = [await write(database, story, number, "word " * 500) for number in range(1, 6)]
    loads: list[list[int]] = []
    while (parcel := await claim(database)) is not None:
        loads.append(await carried(database, parcel))
        await settle(database, parcel, Delivered(1, 2))
    assert loads == [written[:2], written[2:4], written[4:]]


async def test_a_long_letter_goes_in_pieces_and_nothing_of_it_is_lost(database: Database, story: int) -> None:
    await link(database)
    comments = "".join(f"{number:04} `*`*`*`*" for number in range(300))
    letter, after = await write(database, story, 1, comments), await write(database, story, 2, "After.")
    brought: list[str] = []
    while (parcel := await claim(database)) is not None:
        brought += [embed["description"] for embed in json.loads(parcel.payload)["embeds"]]
        assert await state(database, after) is not State.DELIVERED
        await settle(database, parcel, Delivered(1, 2))
    assert "".join(brought).replace("\\", "") == comments + "After."
    assert await states(database, [letter, after]) == [State.DELIVERED] * 2


@pytest.mark.parametrize("outcome", [Refused("filtered"), Mistaken("too long")])
async def test_a_digest_that_is_refused_is_taken_apart(database: Database, story: int, outcome: Outcome) -> None:
    await link(database)
    written = [await write(database, story, number) for number in (1, 2, 3)]
    await settle(database, await claimed(database), outcome)
    assert await states(database, written) == [State.READY] * 3
    alone: list[list[int]] = []
    while (parcel := await claim(database)) is not None:
        alone.append(await carried(database, parcel))
        await settle(database, parcel, outcome if len(alone) == 2 else Delivered(1, 2))
    assert alone == [[letter] for letter in written]
    bad = State.REFUSED if isinstance(outcome, Refused) else State.PARKED
    assert await states(database, written) == [State.DELIVERED, bad, State.DELIVERED]


async def test_a_letter_that_is_tried_later_holds_its_line_and_nobody_elses(database: Database, story: int) -> None:
    await link(database)
    first = await write(database, story, 1)
    other = await write(database, await add(database, edition("Windfalls", "Isolde")), 3)
    await link(database, "Isolde", RUBY + 5)
    parcel = await claimed(database)
    await settle(database, parcel, Later("busy"))
    following = await claimed(database)
    assert (await carried(database, parcel), await carried(database, following)) == ([], [other])
    assert await lines.next_due(database.reader, opens=True) == NOW + 5
    again = await claimed(database, NOW + 5)
    assert await carried(database, again) == [first]


async def test_who_fails_too_often_is_parked_and_those_who_came_later_are_not(database: Database, story: int) -> None:
    await link(database)
    first, now = await write(database, story, 1), NOW
    for delay in RETRIES:
        await settle(database, await claimed(database, now), Later("busy"), now)
        now += delay
    second = await write(database, story, 2, now=now)
    parcel = await claimed(database, now)
    assert await carried(database, parcel) == [first, second]
    await settle(database, parcel, Later("busy"), now)
    assert await states(database, [first, second]) == [State.PARKED, State.READY]
    assert await carried(database, await claimed(database, now)) == [second]


async def test_an_unknown_outcome_that_stays_so_is_parked_and_holds_up_nobody(database: Database, story: int) -> None:
    await link(database)
    first, now = await write(database, story, 1), NOW
    for delay in (*RETRIES, 0.0):
        await settle(database, await claimed(database, now), Unknown("hung"), now)
        now += delay
    second = await write(database, story, 2, now=now)
    assert await carried(database, await claimed(database, now)) == [second]
    assert await state(database, first) is State.PARKED


async def test_what_was_looked_for_and_is_not_there_goes_out_anew(database: Database, story: int) -> None:
    await link(database)
    letter = await write(database, story)
    first = await claimed(database)
    await settle(database, first, Unknown("hung"))
    await settle(database, await claimed(database, NOW + 10), Absent(), NOW + 10)
    again = await claimed(database, NOW + 10)
    assert again.id > first.id, "a number is a mark and never used again"
    assert (again.nonce, again.repeated) != (first.nonce, True)
    assert await carried(database, again) == [letter]


async def test_closed_dms_are_left_alone_for_a_day(database: Database, story: int) -> None:
    await link(database)
    first, second = [await write(database, story, number) for number in (1, 2)]
    await settle(database, await claimed(database), Never("closed"))
    third = await write(database, story, 3)
    assert await states(database, [first, second, third]) == [State.WAITING] * 3
    assert await claim(database, NOW + CLOSED - 1) is None
    later = await write(database, story, 4, now=NOW + CLOSED)
    parcel = await claimed(database, NOW + CLOSED)
    assert await carried(database, parcel) == [first, second, third, later], "in the order of storing"
    await settle(database, parcel, Delivered(1, 2), NOW + CLOSED)
    assert await states(database, [first, second, third, later]) == [State.DELIVERED] * 4


async def test_closed_dms_close_every_line_to_that_account(database: Database, story: int) -> None:
    other = await write(database, await add(database, edition("Windfalls", "Isolde")), 3)
    await link(database, "Isolde")
    await link(database)
    mine = await write(database, story, 1)
    await settle(database, await claimed(database), Never("closed"))
    assert await states(database, [mine, other]) == [State.WAITING] * 2
    assert await claim(database, NOW + 60) is None
    async with database.write() as db:
        assert await outbox.knock(db, RUBY, NOW + 60) == 2
    assert await states(database, [mine, other]) == [State.READY] * 2


async def test_a_lease_keeps_others_away_until_it_ends(database: Database, story: int) -> None:
    await link(database)
    await write(database, story)
    first = await claimed(database)
    assert not first.repeated
    assert await claim(database, NOW + LEASE - 1) is None
    second = await claimed(database, NOW + LEASE)
    assert (second.attempt, second.repeated, second.nonce) == (2, True, first.nonce)


async def test_who_lost_the_lease_cannot_settle(database: Database, story: int) -> None:
    await link(database)
    letter = await write(database, story)
    first = await claimed(database)
    second = await claimed(database, NOW + LEASE)
    assert not await settle(database, first, Never("late"))
    assert await settle(database, second, Delivered(1, 2))
    assert await state(database, letter) is State.DELIVERED
    assert not await settle(database, second, Never("again"))


async def test_leases_of_a_dead_process_may_have_arrived(database: Database, story: int) -> None:
    await link(database)
    letter = await write(database, story)
    first = await claimed(database)
    async with database.write() as db:
        await parcels.release(db, NOW + 1)
    assert await state(database, letter) is State.SENDING
    again = await claimed(database, NOW + 1)
    assert (again.id, again.repeated, again.first_try_at) == (first.id, True, NOW)


async def test_an_unknown_outcome_stays_with_its_account(database: Database, story: int) -> None:
    await link(database)
    await write(database, story)
    await settle(database, await claimed(database), Unknown("hung"))
    await link(database, user_id=RUBY + 1)
    assert (await claimed(database, NOW + 10)).user_id == RUBY


async def test_after_a_clear_no_a_new_account_counts(database: Database, story: int) -> None:
    await link(database)
    await write(database, story)
    await settle(database, await claimed(database), Later("busy"))
    await link(database, user_id=RUBY + 1)
    again = await claimed(database, NOW + 5)
    assert (again.user_id, again.first_try_at, again.repeated) == (RUBY + 1, NOW + 5, False)


async def test_the_way_to_an_author_is_remembered(database: Database, story: int) -> None:
    await link(database)
    await write(database, story, 1)
    parcel = await claimed(database)
    assert parcel.channel_id is None
    await settle(database, parcel, Delivered(77, 78))
    await write(database, story, 2)
    assert await lines.next_due(database.reader, opens=True) is None
    second = await claimed(database)
    assert second.channel_id == 77


async def test_where_none_may_be_opened_the_known_ones_go_on(database: Database, story: int) -> None:
    await link(database)
    await write(database, story, 1)
    await settle(database, await claimed(database), Delivered(77, 78))
    other = await write(database, await add(database, edition("Windfalls", "Isolde")), 3)
    await link(database, "Isolde", RUBY + 5)
    second = await write(database, story, 4)
    parcel = await claim(database, may_open=False)
    assert parcel is not None
    assert await carried(database, parcel) == [second]
    await settle(database, parcel, Delivered(77, 79))
    assert await claim(database, may_open=False) is None
    assert await carried(database, await claimed(database)) == [other]


async def test_a_clock_that_is_set_takes_along_what_is_planned(database: Database, story: int) -> None:
    await link(database)
    await write(database, story)
    parcel = await claimed(database)
    async with database.write() as db:
        await lines.shift(db, -3_600.0, NOW - 3_600)
    assert await lines.next_due(database.reader, opens=True) == NOW + LEASE - 3_600
    assert await settle(database, parcel, Unknown("hung"), NOW - 3_600)


@pytest.mark.parametrize("waiting", [100, 3_000])
async def test_a_claim_looks_at_no_letter_that_cannot_go(database: Database, story: int, waiting: int) -> None:
    """As many steps of SQLite's machine with many blocked letters as with few."""
    other = await add(database, edition("Windfalls", "Isolde"))
    async with database.write() as db:
        await db.run(
            "WITH RECURSIVE n (value) AS (VALUES (1000) UNION ALL SELECT value + 1 FROM n WHERE value < 1000 + :count)"
            " INSERT INTO lines (archive_id, reader_id, due_at) SELECT 1, value, iif(value % 2, NULL, 1e12) FROM n",
            count=waiting,
        )
    for number in range(waiting // 100):
        await write(database, story, 1_000 + number)
    await link(database, "Isolde", RUBY + 5)
    await write(database, other, 1)
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1

    await database._writer.set_progress_handler(step, 1)
    await claimed(database)
    await database._writer.set_progress_handler(None, 0)  # pyright: ignore[reportArgumentType]
    assert steps < 2_000
