"""A database of the first version, with a letter in every state: nothing of it is lost, and nothing goes out twice."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.domain.delivery import EMAIL_KEPT, Delivered, State, next_step
from bot.store import claims, doors, letters, lines, parcels
from bot.store.database import Database, Writer, open_database, shipped
from bot.ui.mail import DRAW

NOW = 1_000.0
RUBY, ISOLDE, WREN = (900_000_000_000_000_001 + number for number in range(3))
AUTHORS = (("Ruby", RUBY), ("Isolde", ISOLDE), ("Nobody", None), ("Wren", WREN))
STATES = ("delivered", "unknown", "ready", "parked", "ready", "waiting")


@pytest.fixture
async def former(database_path: Path) -> AsyncGenerator[Database]:
    """What the first version left, opened by this one: Ruby has a letter in each state, Isolde takes no DMs."""
    async with open_database(database_path, shipped()[:1]) as database, database.write() as db:
        for number, (name, user) in enumerate(AUTHORS, start=1):
            await db.run(
                "INSERT INTO authors VALUES (:id, 1, :name, :key, :user, iif(:name = 'Isolde', 900, NULL))",
                id=number, name=name, key=name.lower(), user=user,
            )  # fmt: skip
            await db.run(
                "INSERT INTO stories SELECT :id, 1, :id, NULL, 'The Lamp', 'the lamp', 'lamp', 1, '', '', '[]', '', '',"
                " '', 1, 1, 1, '[]', 0, x'00', 1, 1",
                id=number,
            )
        for number, state in enumerate(STATES, start=1):
            await _letter(db, number, 1, state)
        await _letter(db, 7, 2, "waiting")
        await _letter(db, 8, 3, "waiting")
        await _letter(db, 9, 4, "leased")
        await db.run("INSERT INTO dm_channels VALUES (:ruby, 77)", ruby=RUBY)
    async with open_database(database_path) as database:
        yield database


async def _letter(db: Writer, number: int, author: int, state: str) -> None:
    await db.run(
        "INSERT INTO letters VALUES (:id, :author, :author, 'The Lamp', 'Ruby', 5, 'Mara', 'm@example.org', 'Lovely.',"
        " 2, :id, 100)",
        id=number,
        author=author,
    )
    tried = state in ("leased", "unknown", "delivered")
    await db.run(
        "INSERT INTO outbox VALUES (:id, :author, :state, :nonce, 3, 2, 990, 995, :user, :first, 77, :message, '')",
        id=number,
        author=author,
        state=state,
        nonce=f"nonce {number}",
        user=AUTHORS[author - 1][1] if tried else None,
        first=950.0 if tried else None,
        message=500 + number if state == "delivered" else None,
    )


async def test_each_letter_is_where_it_was(former: Database) -> None:
    states = [(await letters.receipt(former.reader, number)).state for number in range(1, 10)]
    assert states == [
        State.DELIVERED, State.SENDING, State.READY, State.PARKED, State.READY, State.WAITING, State.WAITING,
        State.WAITING, State.SENDING,
    ]  # fmt: skip
    rows = await former.reader.all("SELECT state, nonce, message_id, mark FROM parcels ORDER BY id")
    assert [tuple(row) for row in rows] == [
        ("delivered", "nonce 1", 501, "v1:mail:1:1"),
        ("unknown", "nonce 2", None, "v1:mail:2:1"),
        ("leased", "nonce 9", None, "v1:mail:9:4"),
    ]
    until = await former.reader.value("SELECT DISTINCT email_until FROM letters")
    assert until == 100 + EMAIL_KEPT
    assert await former.reader.all("PRAGMA foreign_key_check") == []


async def _deliver_all(database: Database) -> list[tuple[int, bool, int]]:
    """Delivers what can go; returns of each parcel the account, whether it is to be looked for, and its letters."""
    sent: list[tuple[int, bool, int]] = []
    while True:
        async with database.write() as db:
            line = await lines.due(db, NOW, may_open=True)
            parcel = None if line is None else await parcels.claim(db, line, DRAW, f"n{len(sent)}", NOW)
            if line is None:
                return sent
            if parcel is None:
                continue
            outcome = Delivered(parcel.channel_id or 78, 900 + parcel.id)
            assert await parcels.settle(db, parcel, next_step(outcome, 0, NOW), NOW)
            await parcels.delivered(db, parcel, outcome, NOW)
        sent.append((parcel.user_id, parcel.repeated, parcel.load))


async def test_what_was_to_go_out_goes_out_once(former: Database) -> None:
    async with former.write() as db:
        await parcels.release(db, NOW)
    sent = await _deliver_all(former)
    assert sorted(sent) == [(RUBY, False, 2), (RUBY, True, 1), (WREN, True, 1)]
    states = [(await letters.receipt(former.reader, number)).state for number in (2, 3, 5, 9)]
    assert states == [State.DELIVERED] * 4
    assert await _deliver_all(former) == []


async def test_closed_doors_and_known_channels_stay_known(former: Database) -> None:
    assert await doors.is_closed(former.reader, ISOLDE, NOW)
    assert await doors.channel(former.reader, RUBY) == 77
    opens = await former.reader.all("SELECT author_id, opens FROM lines ORDER BY author_id")
    assert [tuple(row) for row in opens] == [(1, 0), (2, 1), (3, 1), (4, 1)]


async def test_a_letter_that_waited_for_its_author_still_does(former: Database) -> None:
    async with former.write() as db:
        assert await claims.link(db, 3, ISOLDE, NOW) == 1
    assert (await letters.receipt(former.reader, 8)).state is State.READY
    assert (await letters.receipt(former.reader, 8)).email_withheld


async def test_addresses_can_be_forgotten_in_messages_of_the_first_version(former: Database) -> None:
    async with former.write() as db:
        assert await letters.forget_email(db, 1, 5, NOW)
    assert await former.reader.value("SELECT parcel_id FROM corrections WHERE due_at = 1000.0") == 1
    payload = await parcels.redrawn(former.reader, 1, DRAW, NOW)
    assert "Lovely." in payload
    assert "example.org" not in payload
