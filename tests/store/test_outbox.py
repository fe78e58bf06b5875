"""The outbox: what goes out, what waits for what, and who may take it back."""

import json
import sqlite3

import pytest

from bot.domain.delivery import DIGEST, EMAIL_KEPT, Delivered, Direction, Kind, Never, Refused, State, Unknown, Wish
from bot.store import conversations, corrections, doors, effects, letters, lines, outbox, parcels, rules, wishes
from bot.store.corrections import Correction
from bot.store.database import Database
from bot.store.letters import NewReply
from bot.store.rules import Rules
from bot.store.wishes import Wishes
from tests.library import add, edition
from tests.store.relay import MARA, NOW, RUBY, carried, claim, claimed, link, settle, state, states, write


@pytest.fixture
async def story(database: Database) -> int:
    return await add(database, edition("The Lamp", "Ruby"))


async def _wish(database: Database, wished: Wishes, now: float = NOW) -> int:
    async with database.write() as db:
        await wishes.wish(db, 1, wished)
        return await outbox.place_waiting(db, await lines.of_author(db, 1), now)


async def test_a_form_that_arrives_twice_is_known_and_never_a_second_letter(database: Database, story: int) -> None:
    letter = await write(database, story, 7)
    assert await letters.of_interaction(database.reader, 7) == letter
    assert await letters.of_interaction(database.reader, 8) is None
    with pytest.raises(sqlite3.IntegrityError):
        await write(database, story, 7)
    assert await database.reader.value("SELECT count(*) FROM outbox") == 1


async def test_two_letters_of_one_reader_are_two_conversations(database: Database, story: int) -> None:
    named, anonymous = await write(database, story, 1), await write(database, story, 2, sender_name="")
    first, second = [await conversations.of_letter(database.reader, letter) for letter in (named, anonymous)]
    assert first is not None
    assert second is not None
    assert first.id != second.id


async def test_a_letter_can_be_taken_back_until_it_is_on_its_way(database: Database, story: int) -> None:
    await link(database)
    written = [await write(database, story, number) for number in (1, 2)]

    async def withdraw(letter: int, writer: int = MARA) -> bool:
        async with database.write() as db:
            return await outbox.withdraw(db, letter, writer)

    assert not await withdraw(written[0], RUBY), "nobody else's"
    assert await withdraw(written[0])
    assert not await withdraw(written[0])
    parcel = await claimed(database)
    assert await carried(database, parcel) == [written[1]]
    assert not await withdraw(written[1]), "leased"
    await settle(database, parcel, Unknown("hung"))
    assert not await withdraw(written[1]), "unknown"
    assert await states(database, written) == [State.WITHDRAWN, State.SENDING]


async def test_an_empty_line_rests(database: Database, story: int) -> None:
    await link(database)
    letter = await write(database, story)
    async with database.write() as db:
        await outbox.withdraw(db, letter, MARA)
    assert await claim(database) is None
    assert await lines.next_due(database.reader, opens=True) is None


async def test_an_author_who_is_away_gets_letters_on_that_day(database: Database, story: int) -> None:
    await link(database)
    await _wish(database, Wishes(None, Wish.ON, away_until=NOW + 500))
    letter = await write(database, story)
    assert await outbox.next_date(database.reader) == NOW + 500
    assert await claim(database, NOW + 499) is None
    assert await carried(database, await claimed(database, NOW + 500)) == [letter]


async def test_a_daily_digest_goes_out_at_midnight(database: Database, story: int) -> None:
    await link(database)
    await _wish(database, Wishes(None, Wish.DAILY))
    written = [await write(database, story, number) for number in (1, 2)]
    midnight = (NOW // DIGEST + 1) * DIGEST
    assert await claim(database, midnight - 1) is None
    assert await carried(database, await claimed(database, midnight)) == written


async def test_a_story_can_be_an_exception(database: Database, story: int) -> None:
    other = await add(database, edition("Windfalls", "Ruby"))
    await link(database)
    await _wish(database, Wishes(None, Wish.OFF))
    await _wish(database, Wishes(other, Wish.ON))
    quiet, loud = await write(database, story, 1), await write(database, other, 2)
    assert await states(database, [quiet, loud]) == [State.WAITING, State.READY]
    assert await _wish(database, Wishes(None, Wish.ON)) == 1
    async with database.write() as db:
        await wishes.forget_exception(db, 1, other)
    assert await wishes.of_author(database.reader, 1) == [Wishes(None, Wish.ON)]
    assert await states(database, [quiet, loud]) == [State.READY] * 2


async def test_a_held_letter_waits_for_a_moderator(database: Database, story: int) -> None:
    await link(database)
    async with database.write() as db:
        new = letters.NewLetter(story, MARA, "Mara", "", "One.", None, 1)
        receipt = await letters.store(db, new, NOW, held=True)
        assert receipt == await letters.receipt(db, receipt.letter_id)
        yes = receipt.letter_id
        no = (await letters.store(db, new._replace(interaction_id=2), NOW, held=True)).letter_id
    assert not await letters.wrote_before(database.reader, 1, MARA)
    held = await outbox.at_desk(database.reader, 1, State.HELD, after=0, limit=10)
    assert [(entry.letter_id, entry.comments) for entry in held] == [(yes, "One."), (no, "One.")]
    assert await claim(database) is None
    async with database.write() as db:
        assert await outbox.allow(db, yes, NOW)
        assert await outbox.decline(db, no)
        assert not await outbox.allow(db, no, NOW)
    assert await states(database, [yes, no]) == [State.READY, State.DECLINED]
    assert [entry.letter_id for entry in await letters.inbox(database.reader, 1, NOW, before=99, limit=9)] == [yes]
    assert await letters.wrote_before(database.reader, 1, MARA)


async def test_a_refused_letter_can_be_tried_again(database: Database, story: int) -> None:
    await link(database)
    letter = await write(database, story)
    await settle(database, await claimed(database), Refused("filtered"))
    [at_desk] = await outbox.at_desk(database.reader, 1, State.REFUSED, after=0, limit=10)
    assert (at_desk.letter_id, at_desk.problem) == (letter, "filtered")
    async with database.write() as db:
        assert await outbox.retry(db, letter, NOW)
    assert await state(database, letter) is State.READY


async def test_an_answer_goes_to_the_reader_by_a_line_of_its_own(database: Database, story: int) -> None:
    await link(database)
    letter = await write(database, story)
    async with database.write() as db:
        reply = NewReply(letter, Direction.TO_READER, RUBY, "Thank you!", 9, Kind.THANKS)
        answer = await letters.reply(db, reply, NOW)
    parcels_ = [await claimed(database), await claimed(database)]
    assert {parcel.user_id: await carried(database, parcel) for parcel in parcels_} == {MARA: [answer], RUBY: [letter]}
    assert (await letters.receipt(database.reader, letter)).replies == 1
    thread = await letters.thread(database.reader, 1, NOW)
    assert [(entry.letter_id, entry.direction) for entry in thread] == [
        (letter, Direction.TO_AUTHOR), (answer, Direction.TO_READER),
    ]  # fmt: skip
    async with database.write() as db:
        assert await conversations.end(db, 1, "author", NOW)
        assert not await conversations.end(db, 1, "reader", NOW)


async def test_a_notice_of_one_key_is_sent_once(database: Database) -> None:
    for _ in range(2):
        async with database.write() as db:
            await outbox.notice(
                db, 1, MARA, "claim 5", title="Ruby?", text="2 letters are waiting.", now=NOW,
                buttons=[("Take them", "claim-take", 5)],
            )  # fmt: skip
    parcel = await claimed(database)
    drawn = json.loads(parcel.payload)
    assert drawn["embeds"][0]["description"] == "2 letters are waiting."
    assert drawn["components"][0][0]["custom_id"] == parcel.mark == f"v1:claim-take:5:{parcel.id}"
    await settle(database, parcel, Delivered(1, 2))
    assert await claim(database) is None
    assert await database.reader.value("SELECT state FROM outbox") == "delivered"


async def test_a_nudge_is_allowed_wished_and_once_a_day(database: Database, story: int) -> None:
    await link(database)
    await _wish(database, Wishes(None, Wish.ON, nudge_channel_id=555))
    await write(database, story)
    await settle(database, await claimed(database), Never("closed"))

    async def nudges(now: float) -> list[tuple[int, str]]:
        async with database.write() as db:
            return await doors.nudges(db, RUBY, now)

    assert await nudges(NOW) == []
    async with database.write() as db:
        await rules.change(db, 1, (await rules.of_archive(db, 1))._replace(nudges=True))
    assert await nudges(NOW + 10) == [], "it has been looked at today"
    assert await nudges(NOW + 86_400) == [(555, "Ruby")]
    assert await nudges(NOW + 86_401) == []


async def test_an_author_with_closed_dms_is_told_once_a_day(database: Database, story: int) -> None:
    async def announced(now: float) -> bool:
        async with database.write() as db:
            return await doors.announce(db, RUBY, now, every=86_400)

    async with database.write() as db:
        await doors.closed(db, RUBY, NOW)
    assert [await announced(NOW), await announced(NOW + 1), await announced(NOW + 86_400)] == [True, False, True]


async def test_rules_have_defaults_and_change(database: Database) -> None:
    assert await rules.of_archive(database.reader, 1) == Rules(False, False, False, 0, 0, 30, 1_000, 10_000)
    changed = Rules(True, True, True, 7, 3, 1, 2, 3)
    async with database.write() as db:
        await rules.change(db, 1, changed)
    assert await rules.of_archive(database.reader, 1) == changed


async def test_what_limits_count(database: Database, story: int) -> None:
    await write(database, story, 1, "Same.")
    await write(database, story, 2, "Same.", writer_id=5)
    asked = await rules.of_archive(database.reader, 1)
    counted = await letters.counts(database.reader, 1, MARA, 1, NOW - 1, asked)
    assert tuple(counted) == (1, 2, 2)
    assert tuple(await letters.counts(database.reader, 1, MARA, 1, NOW, asked)) == (0, 0, 0)


async def test_an_effect_is_kept_for_a_day(database: Database) -> None:
    async with database.write() as db:
        assert await effects.recall(db, 5) is None
        await effects.record(db, 5, '{"done": 1}', NOW)
        assert await effects.recall(db, 5) == '{"done": 1}'
        assert await effects.prune(db, NOW + effects.KEPT) == 0
        assert await effects.prune(db, NOW + effects.KEPT + 1) == 1


class TestAddresses:
    """Every address stands in one row, and in messages that can be corrected."""

    async def _delivered(self, database: Database, story: int) -> int:
        await link(database)
        letter = await write(database, story, email="m@example.org")
        parcel = await claimed(database)
        assert parcel.emails == {letter: "m@example.org"}
        assert "example.org" not in parcel.payload
        await settle(database, parcel, Delivered(1, 2))
        return letter

    async def _due(self, database: Database, now: float) -> Correction | None:
        async with database.write() as db:
            return await corrections.claim(db, now, now + 45)

    async def test_it_is_forgotten_here_and_in_the_message(self, database: Database, story: int) -> None:
        letter = await self._delivered(database, story)
        async with database.write() as db:
            assert not await letters.forget_email(db, letter, RUBY, NOW), "nobody else's"
            assert await letters.forget_email(db, letter, MARA, NOW)
        due = await self._due(database, NOW)
        assert due is not None
        assert (due.act, due.channel_id, due.message_id) == ("edit", 1, 2)
        assert await self._due(database, NOW) is None, "it is being done"
        assert await parcels.emails(database.reader, due.parcel_id, NOW) == {}
        async with database.write() as db:
            await corrections.done(db, due)
        assert await corrections.next_due(database.reader) is None

    async def test_a_wish_during_an_edit_is_not_lost(self, database: Database, story: int) -> None:
        letter = await self._delivered(database, story)
        async with database.write() as db:
            await corrections.want(db, letter, NOW)
        due = await self._due(database, NOW)
        assert due is not None
        async with database.write() as db:
            await corrections.want(db, letter, NOW)
            await corrections.done(db, due)
        assert await corrections.next_due(database.reader) == NOW

    async def test_what_is_on_its_way_is_corrected_when_it_has_arrived(self, database: Database, story: int) -> None:
        await link(database)
        letter = await write(database, story, email="m@example.org")
        parcel = await claimed(database)
        async with database.write() as db:
            await letters.forget_email(db, letter, MARA, NOW)
        assert await corrections.next_due(database.reader) is None
        await settle(database, parcel, Delivered(1, 2), NOW + 1)
        assert await corrections.next_due(database.reader) == NOW + 1

    async def test_it_goes_by_itself_after_180_days(self, database: Database, story: int) -> None:
        letter = await self._delivered(database, story)
        async with database.write() as db:
            assert await letters.expire_emails(db, NOW + EMAIL_KEPT - 1, limit=9) == 0
            assert await letters.expire_emails(db, NOW + EMAIL_KEPT, limit=9) == 1
        assert not (await letters.receipt(database.reader, letter)).has_email
        assert await corrections.next_due(database.reader) == NOW + EMAIL_KEPT

    async def test_one_from_before_the_link_stays_back_until_its_sender_says_yes(
        self, database: Database, story: int
    ) -> None:
        letter = await write(database, story, email="m@example.org")
        await link(database)
        parcel = await claimed(database)
        assert parcel.emails == {}
        await settle(database, parcel, Delivered(1, 2))
        async with database.write() as db:
            assert await letters.share_email(db, letter, MARA, NOW)
        assert await parcels.emails(database.reader, parcel.id, NOW) == {letter: "m@example.org"}
        assert await self._due(database, NOW) is not None

    async def test_a_message_that_can_be_edited_no_more_is_replaced(self, database: Database, story: int) -> None:
        letter = await self._delivered(database, story)
        async with database.write() as db:
            await letters.forget_email(db, letter, MARA, NOW)
        due = await self._due(database, NOW)
        assert due is not None
        async with database.write() as db:
            await corrections.replace(db, due, NOW)
        again = await self._due(database, NOW)
        assert again is not None
        assert again.act == "delete"
        assert await claim(database) is None, "never two messages with the same letter"
        async with database.write() as db:
            await corrections.deleted(db, again, NOW)
        parcel = await claimed(database)
        assert (await carried(database, parcel), parcel.emails) == ([letter], {})
        assert await corrections.next_due(database.reader) is None

    async def test_a_letter_in_pieces_is_replaced_as_a_whole(self, database: Database, story: int) -> None:
        """Each of its messages is deleted before any is sent again."""
        await link(database)
        letter = await write(database, story, comments="*a* " * 1_000, email="m@example.org")
        before = await self._deliver_all(database)
        assert len(before) == 2
        async with database.write() as db:
            await letters.forget_email(db, letter, MARA, NOW)
        due = await self._due(database, NOW)
        assert due is not None
        async with database.write() as db:
            await corrections.replace(db, due, NOW)
        deleted: list[int] = []
        while (due := await self._due(database, NOW)) is not None:
            assert (due.act, await claim(database)) == ("delete", None)
            deleted.append(due.message_id)
            async with database.write() as db:
                await corrections.deleted(db, due, NOW)
        assert sorted(deleted) == before
        assert len(await self._deliver_all(database)) == 2
        assert await state(database, letter) is State.DELIVERED

    async def _deliver_all(self, database: Database) -> list[int]:
        """Sends all that is due; the numbers of the messages."""
        sent: list[int] = []
        while (parcel := await claim(database)) is not None:
            await settle(database, parcel, Delivered(1, parcel.id))
            sent.append(parcel.id)
        return sent
