"""What nobody may learn about a sender: by a link that was wrong, by a list of blocks, by what is remembered."""

import pytest

from bot.domain.delivery import Delivered, State, Unknown
from bot.domain.refusals import OwnLetters
from bot.store import blocks, corrections, effects, letters, parcels, rules
from bot.store.database import Database
from tests.library import add, edition
from tests.services.company import MO, OTHER, Company
from tests.store.relay import MARA, NOW, RUBY, claimed, link, settle, state, write


@pytest.fixture
async def story(database: Database) -> int:
    return await add(database, edition("The Lamp", "Ruby"))


@pytest.fixture
def company(database: Database) -> Company:
    return Company(database)


async def test_a_yes_to_the_address_does_not_reach_a_former_account(database: Database, story: int) -> None:
    letter = await write(database, story, email="mara@example.org")
    await link(database, user_id=OTHER)
    parcel = await claimed(database)
    await settle(database, parcel, Delivered(1, 2))
    await link(database, user_id=RUBY)
    async with database.write() as db:
        assert await letters.share_email(db, letter, MARA, NOW)
    assert await parcels.emails(database.reader, parcel.id, NOW) == {}


async def test_nor_by_a_message_that_is_still_on_its_way_there(database: Database, story: int) -> None:
    letter = await write(database, story, email="mara@example.org")
    await link(database, user_id=OTHER)
    await settle(database, await claimed(database), Unknown("hung"))
    await link(database, user_id=RUBY)
    async with database.write() as db:
        await letters.share_email(db, letter, MARA, NOW)
    again = await claimed(database, NOW + 10)
    assert (again.user_id, again.emails) == (OTHER, {})


async def test_an_address_that_is_forgotten_leaves_a_former_account_too(database: Database, story: int) -> None:
    await link(database, user_id=OTHER)
    letter = await write(database, story, email="mara@example.org")
    await settle(database, await claimed(database), Delivered(1, 2))
    await link(database, user_id=RUBY)
    async with database.write() as db:
        await letters.forget_email(db, letter, MARA, NOW)
        found = await corrections.claim(db, NOW, NOW + 5)
    assert found is not None
    assert found.user_id == OTHER


async def test_the_list_of_blocks_does_not_link_letters_of_one_person(
    database: Database, company: Company, story: int
) -> None:
    await link(database)
    anonymous, named = await company.writes(story, "One."), await company.writes(story, "Two.", "Mara")
    for letter in (anonymous, named):
        await company.letters.block(RUBY, letter, 0, company.another())
    held = await blocks.of_author(database.reader, 1, NOW)
    assert [block.letter_id for block in held] == [named, anonymous]


async def test_a_block_of_one_conversation_is_renewed(database: Database, company: Company, story: int) -> None:
    await link(database)
    letter = await company.writes(story, "One.")
    for days in (7, 30):
        await company.letters.block(RUBY, letter, days, company.another())
    [held] = await blocks.of_author(database.reader, 1, NOW)
    assert held.until == NOW + 30 * 86_400.0


async def test_a_held_letter_that_is_taken_back_makes_nobody_known(
    database: Database, company: Company, story: int
) -> None:
    await link(database)
    async with database.write() as db:
        await rules.change(db, 1, (await rules.of_archive(db, 1))._replace(hold_first=True))
    first = await company.writes(story, "Mild.")
    assert await state(database, first) is State.HELD
    await company.letters.withdraw(MARA, first, company.another())
    assert await state(database, await company.writes(story, "Not so mild.")) is State.HELD


async def test_what_was_taken_back_can_be_written_again(database: Database, company: Company, story: int) -> None:
    first = await company.writes(story, "Lovely.")
    await company.letters.withdraw(MARA, first, company.another())
    assert await state(database, await company.writes(story, "Lovely.", "Mara")) is State.WAITING


async def test_a_moderator_does_not_look_up_who_wrote_to_them(database: Database, company: Company, story: int) -> None:
    await link(database)
    letter = await company.writes(story, "One.")
    with pytest.raises(OwnLetters, match="another moderator"):
        await company.desk.unmask(MO._replace(user=RUBY), letter, "Curious.", company.another())
    assert await database.reader.value("SELECT count(*) FROM ledger") == 0


async def test_who_was_looked_up_is_remembered_on_record_alone(
    database: Database, company: Company, story: int
) -> None:
    letter, interaction = await company.writes(story, "One."), company.another()
    for _ in range(2):
        assert await company.desk.unmask(MO, letter, "A threat.", interaction) == MARA
    assert await effects.recall(database.reader, interaction) == ""
