"""What becomes of letters after they were stored: taken back, turned away, answered, and what a receipt says."""

from collections.abc import Awaitable, Callable

import pytest

from bot.domain import admission
from bot.domain.delivery import DIGEST, Delivered, Never, State, Unknown, Waits, Wish
from bot.domain.refusals import AlreadyRead, Barred, Blocked, NoSuchSender, NotAMember, TooManyLetters
from bot.store import letters, rules, wishes
from bot.store.database import Database
from bot.store.wishes import Wishes
from tests.library import add, edition
from tests.services.company import MO, Company, audience, sender
from tests.store.relay import MARA, NOW, RUBY, carried, claim, claimed, link, settle

DAY = 86_400.0


@pytest.fixture
async def story(database: Database) -> int:
    return await add(database, edition("The Lamp", "Ruby"))


@pytest.fixture
def company(database: Database) -> Company:
    return Company(database)


async def _wishes(database: Database, wish: Wish = Wish.ON, away_until: float | None = None) -> None:
    async with database.write() as db:
        await wishes.wish(db, 1, Wishes(None, wish, away_until))


# Taken back


async def test_an_answered_letter_cannot_be_taken_back(database: Database, company: Company, story: int) -> None:
    await link(database)
    await _wishes(database, Wish.DAILY)
    letter = await company.writes(story, "One.", "Mara")
    await company.letters.answer(sender(RUBY), letter, "Thank you.", interaction_id=company.another())
    assert (await company.letters.receipt(MARA, letter)).taken_up, "nobody is shown a button for it"
    with pytest.raises(AlreadyRead):
        await company.letters.withdraw(MARA, letter, company.another())


async def test_nor_can_a_reported_one_and_nobody_learns_which(database: Database, company: Company, story: int) -> None:
    await link(database)
    await _wishes(database, Wish.DAILY)
    letter = await company.writes(story, "Rude.")
    assert not (await company.letters.receipt(MARA, letter)).taken_up
    await company.letters.report(RUBY, letter, "It is rude.", company.another())
    assert (await company.letters.receipt(MARA, letter)).taken_up
    with pytest.raises(AlreadyRead, match=r"^Letter 1 has been read in the inbox"):
        await company.letters.withdraw(MARA, letter, company.another())
    assert (await company.reports.view(MO, 1)).thread[0].comments == "Rude."


# Turned away


async def test_a_block_reaches_what_waits_for_a_digest(database: Database, company: Company, story: int) -> None:
    await link(database)
    await _wishes(database, Wish.DAILY)
    first, second = await company.writes(story, "One."), await company.writes(story, "Two.")
    others = await company.writes(story, "Three.", user=MARA + 1)
    await company.letters.block(RUBY, first, 0, company.another())
    assert await carried(database, await claimed(database, NOW + 2 * DAY)) == [others]
    told = (await company.letters.receipt(MARA, second)).receipt
    assert told.state is State.DECLINED


async def test_a_moderators_block_reaches_it_for_all_authors(database: Database, company: Company, story: int) -> None:
    other = await add(database, edition("Windfalls", "Isolde"))
    written = [await company.writes(story, "One."), await company.writes(other, "Two.")]
    await company.blocks.block_writer(MO, written[0], 0, "Spam.", company.another())
    for name in ("ruby", "isolde"):
        await link(database, name)
    assert await claim(database) is None
    with pytest.raises(Barred, match="The moderators of this archive"):
        await company.feedback.form(sender(MARA), story, None, "")


async def test_an_authors_block_is_the_authors(database: Database, company: Company, story: int) -> None:
    await link(database)
    letter = await company.writes(story, "One.")
    await company.letters.block(RUBY, letter, 0, company.another())
    with pytest.raises(Blocked, match=r"^“Ruby” takes no letters from you here"):
        await company.feedback.form(sender(MARA), story, None, "")


async def test_off_reaches_what_stands_ready(database: Database, company: Company, story: int) -> None:
    await link(database)
    await company.writes(story, "One.")
    await company.pen.wish(audience(RUBY), 1, 0, Wish.OFF, company.another())
    assert await claim(database, NOW + 10) is None


# Answered


async def test_an_answer_needs_no_membership_but_a_first_letter_does(
    database: Database, company: Company, story: int
) -> None:
    await link(database)
    async with database.write() as db:
        await rules.change(db, 1, (await rules.of_archive(db, 1))._replace(member_days=3))
    letter = await company.writes(story, "One.")
    answer = await company.letters.answer(sender(RUBY), letter, "Thanks.", interaction_id=company.another())
    in_a_dm = sender(MARA, member_since=None)
    assert (await company.letters.answering(in_a_dm, answer.letter_id)).letter.comments == "Thanks."
    with pytest.raises(NotAMember):
        await company.feedback.form(in_a_dm, story, None, "")


async def test_an_author_does_not_write_to_a_reader_without_end(
    database: Database, company: Company, story: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission, "ANSWERS", 2)
    await link(database)
    letter = await company.writes(story, "One.")
    for comments in ("Thanks.", "And again."):
        await company.letters.answer(sender(RUBY), letter, comments, interaction_id=company.another())
    with pytest.raises(TooManyLetters):
        await company.letters.answering(sender(RUBY), letter)
    company.now += DAY + 1
    assert await company.letters.answering(sender(RUBY), letter)


# Signed


async def test_nobody_signs_as_another_anonymous_reader(company: Company, story: int) -> None:
    with pytest.raises(Exception, match="reads like somebody without a name") as refused:
        await company.writes(story, "One.", "Anonymous (reader 7)")
    assert isinstance(refused.value.__cause__, NoSuchSender)


async def test_who_signs_as_anonymous_is(company: Company, story: int) -> None:
    letter = await company.writes(story, "One.", " Anonymous ")
    assert (await company.letters.receipt(MARA, letter)).receipt.sender_name == ""


# Receipts


async def _unlinked(database: Database) -> None:
    pass


async def _off(database: Database) -> None:
    await link(database)
    await _wishes(database, Wish.OFF)


async def _away(database: Database) -> None:
    await link(database)
    await _wishes(database, away_until=NOW + 5 * DAY)


async def _daily(database: Database) -> None:
    await link(database)
    await _wishes(database, Wish.DAILY)


async def _closed(database: Database) -> None:
    await link(database)
    other = await add(database, edition("The Wick", "Ruby"))
    async with database.write() as db:
        await letters.store(db, letters.NewLetter(other, 5, "", "", "First.", None, 5), NOW)
    await settle(database, await claimed(database), Never("closed"))


@pytest.mark.parametrize(
    ("before", "waits", "due"),
    [
        (_unlinked, Waits.ABSENT, None),
        (_off, Waits.UNWANTED, None),
        (_away, Waits.AWAY, NOW + 5 * DAY),
        (_daily, Waits.DAILY, (NOW // DIGEST + 1) * DIGEST),
        (_closed, Waits.CLOSED, None),
    ],
)
async def test_a_receipt_says_why_a_letter_waits_and_until_when(
    database: Database,
    company: Company,
    story: int,
    before: Callable[[Database], Awaitable[None]],
    waits: Waits,
    due: float | None,
) -> None:
    async with database.write() as db:
        new = letters.NewLetter(story, MARA, "", "", "One.", None, 1)
        letter = (await letters.store(db, new, NOW, held=True)).letter_id
    await before(database)
    await company.desk.allow(MO, letter, company.another())
    told = (await company.letters.receipt(MARA, letter)).receipt
    assert (told.state, told.waits, told.due_at) == (State.WAITING, waits, due)


async def test_what_does_not_wait_has_no_reason(database: Database, company: Company, story: int) -> None:
    await link(database)
    assert (await company.letters.receipt(MARA, await company.writes(story, "One."))).receipt.waits is None


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (None, "Your e-mail address is forgotten; the author has not seen it."),
        (Delivered(1, 2), "it is being taken out of the message the author has"),
        (Unknown("hung"), "it is being taken out of the message the author has"),
    ],
)
async def test_a_forgotten_address_is_taken_out_where_it_went(
    database: Database, company: Company, story: int, outcome: Delivered | Unknown | None, said: str
) -> None:
    letter = await company.writes(story, "One.", email="mara@example.org")
    if outcome is not None:
        await link(database, now=NOW - 1)
        async with database.write() as db:
            await letters.share_email(db, letter, MARA, NOW)
        await settle(database, await claimed(database), outcome)
    assert said in await company.letters.forget_email(MARA, letter, company.another())


async def test_what_an_author_has_seen_stays_in_the_inbox(database: Database, company: Company, story: int) -> None:
    """A letter that went from there with a block would be known for the same person's."""
    await link(database)
    await _wishes(database, Wish.DAILY)
    written = [await company.writes(story, "One."), await company.writes(story, "Two.", "Mara")]
    await company.letters.block(RUBY, written[0], 0, company.another())
    assert [row.letter_id for row in (await company.pen.inbox(audience(RUBY))).rows] == written[::-1]
