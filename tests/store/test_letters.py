"""Letters and their outbox."""

import pytest

from bot.domain.delivery import CLOSED, LEASE, Delivered, Later, Never, Outcome, Refused, State, Unknown, next_step
from bot.store import authors, letters
from bot.store.database import Database
from bot.store.letters import NewLetter, Parcel
from tests.library import add, edition

NOW = 1_000.0
RUBY = 900_000_000_000_000_001


@pytest.fixture
async def story(database: Database) -> int:
    return await add(database, edition("The Lamp", "Ruby"))


async def _write(database: Database, story: int, interaction: int = 1, now: float = NOW) -> int:
    letter = NewLetter(story, 5, "Mara", "", "Lovely.", 2, interaction)
    async with database.write() as db:
        return await letters.store(db, letter, f"nonce {interaction}", now)


async def _link(database: Database, user_id: int = RUBY, now: float = NOW) -> int:
    author = await authors.named(database.reader, 1, "ruby")
    assert author is not None
    async with database.write() as db:
        return await letters.link(db, author.id, user_id, now)


async def _claim(database: Database, now: float = NOW) -> Parcel | None:
    async with database.write() as db:
        return await letters.claim(db, now)


async def _settle(database: Database, parcel: Parcel, outcome: Outcome, now: float = NOW) -> bool:
    async with database.write() as db:
        return await letters.settle(db, parcel, next_step(outcome, parcel.failures, now))


async def _state(database: Database, letter: int) -> State:
    return (await letters.receipt(database.reader, letter)).state


async def test_a_form_that_arrives_twice_is_one_letter(database: Database, story: int) -> None:
    assert await _write(database, story, 7) == await _write(database, story, 7)
    assert await database.reader.value("SELECT count(*) FROM letters") == 1
    assert await _write(database, story, 8) != await _write(database, story, 7)


async def test_a_letter_waits_for_its_author(database: Database, story: int) -> None:
    letter = await _write(database, story)
    assert await _state(database, letter) is State.WAITING
    assert await _claim(database, NOW + 1e9) is None
    assert await letters.next_due(database.reader) is None
    assert await _link(database) == 1
    parcel = await _claim(database)
    assert parcel is not None
    assert (parcel.user_id, parcel.nonce, parcel.comments, parcel.page) == (RUBY, "nonce 1", "Lovely.", 2)
    assert await _state(database, letter) is State.LEASED


async def test_letters_leave_in_the_order_they_came(database: Database, story: int) -> None:
    await _link(database)
    written = [await _write(database, story, number) for number in range(1, 5)]
    claimed: list[int] = []
    while (parcel := await _claim(database)) is not None:
        assert await _claim(database) is None, "one at a time for each author"
        claimed.append(parcel.letter_id)
        await _settle(database, parcel, Delivered(1, 2))
    assert claimed == written


async def test_a_letter_that_is_tried_later_holds_its_authors_line_and_nobody_elses(
    database: Database, story: int
) -> None:
    await _link(database)
    first, second = [await _write(database, story, number) for number in (1, 2)]
    other = await _write(database, await add(database, edition("Windfalls", "Isolde")), 3)
    isolde = await authors.named(database.reader, 1, "Isolde")
    assert isolde is not None
    async with database.write() as db:
        await letters.link(db, isolde.id, RUBY + 5, NOW)
    parcel = await _claim(database)
    assert parcel is not None
    await _settle(database, parcel, Later("busy"))
    following = await _claim(database)
    assert following is not None
    assert (parcel.letter_id, following.letter_id) == (first, other)
    assert await letters.next_due(database.reader) == NOW + 5
    again = await _claim(database, NOW + 5)
    assert again is not None
    assert again.letter_id == first
    await _settle(database, again, Refused("filtered"))
    after = await _claim(database, NOW + 5)
    assert after is not None
    assert after.letter_id == second, "a parked letter leaves the line"


async def test_closed_dms_are_left_alone_for_a_day(database: Database, story: int) -> None:
    await _link(database)
    first, second = [await _write(database, story, number) for number in (1, 2)]
    parcel = await _claim(database)
    assert parcel is not None
    await _settle(database, parcel, Never("closed"))
    async with database.write() as db:
        await letters.closed(db, parcel, NOW)
    third = await _write(database, story, 3)
    assert [await _state(database, letter) for letter in (first, second, third)] == [State.WAITING] * 3
    later = await _write(database, story, 4, now=NOW + CLOSED)
    parcel = await _claim(database, NOW + CLOSED)
    assert parcel is not None
    assert parcel.letter_id == later
    await _settle(database, parcel, Delivered(1, 2))
    async with database.write() as db:
        await letters.delivered(db, parcel, Delivered(1, 2), NOW + CLOSED)
    assert [await _state(database, letter) for letter in (first, second, third)] == [State.READY] * 3


async def test_what_is_sent_never_changes(database: Database, story: int) -> None:
    await _link(database)
    await _write(database, story)
    async with database.write() as db:
        await db.run("UPDATE stories SET title = 'Another'")
        await db.run("UPDATE authors SET name = 'Somebody'")
    parcel = await _claim(database)
    assert parcel is not None
    assert (parcel.title, parcel.author) == ("The Lamp", "Ruby")


async def test_a_lease_keeps_others_away_until_it_ends(database: Database, story: int) -> None:
    await _link(database)
    await _write(database, story)
    first = await _claim(database)
    assert first is not None
    assert not first.repeated
    assert await _claim(database, NOW + LEASE - 1) is None
    second = await _claim(database, NOW + LEASE)
    assert second is not None
    assert (second.attempt, second.repeated, second.nonce) == (2, True, first.nonce)


async def test_who_lost_the_lease_cannot_settle(database: Database, story: int) -> None:
    await _link(database)
    letter = await _write(database, story)
    first = await _claim(database)
    second = await _claim(database, NOW + LEASE)
    assert first is not None
    assert second is not None
    assert not await _settle(database, first, Never("late"))
    assert await _settle(database, second, Delivered(1, 2))
    assert await _state(database, letter) is State.DELIVERED
    assert not await _settle(database, second, Never("again"))


async def test_leases_of_a_dead_process_may_have_arrived(database: Database, story: int) -> None:
    await _link(database)
    letter = await _write(database, story)
    await _claim(database)
    async with database.write() as db:
        await letters.release(db, NOW + 1)
    assert await _state(database, letter) is State.UNKNOWN
    parcel = await _claim(database, NOW + 1)
    assert parcel is not None
    assert parcel.repeated
    assert parcel.first_try_at == NOW


async def test_an_unknown_outcome_stays_with_its_account(database: Database, story: int) -> None:
    await _link(database)
    await _write(database, story)
    parcel = await _claim(database)
    assert parcel is not None
    await _settle(database, parcel, Unknown("hung"))
    await _link(database, user_id=RUBY + 1)
    again = await _claim(database, NOW + 10)
    assert again is not None
    assert again.user_id == RUBY


async def test_after_a_clear_no_a_new_account_counts(database: Database, story: int) -> None:
    await _link(database)
    await _write(database, story)
    parcel = await _claim(database)
    assert parcel is not None
    await _settle(database, parcel, Later("busy"))
    assert await letters.next_due(database.reader) == NOW + 5
    await _link(database, user_id=RUBY + 1)
    again = await _claim(database, NOW + 5)
    assert again is not None
    assert (again.user_id, again.first_try_at, again.repeated) == (RUBY + 1, NOW + 5, False)


async def test_an_author_with_closed_dms_gets_it_when_linked_again(database: Database, story: int) -> None:
    await _link(database)
    letter = await _write(database, story)
    parcel = await _claim(database)
    assert parcel is not None
    await _settle(database, parcel, Never("closed"))
    assert await _state(database, letter) is State.WAITING
    assert await _link(database) == 1
    assert await _state(database, letter) is State.READY


async def test_the_way_to_an_author_is_remembered(database: Database, story: int) -> None:
    await _link(database)
    await _write(database, story, 1)
    await _write(database, story, 2)
    parcel = await _claim(database)
    assert parcel is not None
    assert parcel.channel_id is None
    await _settle(database, parcel, Delivered(77, 78))
    async with database.write() as db:
        await letters.delivered(db, parcel, Delivered(77, 78), NOW)
    second = await _claim(database)
    assert second is not None
    assert second.channel_id == 77
