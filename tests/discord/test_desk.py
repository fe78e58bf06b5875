"""The moderators' desk, told as scenes: what waits there, who may act, and what goes on record."""

import pytest

from bot.domain.delivery import State
from bot.sandbox import Message, Person
from bot.sandbox.permissions import MANAGE_GUILD
from bot.store import claims
from tests.discord.stage import Stage, form, message, posted, presses, refused, writes
from tests.library import add, edition, open_archive

NOT_YOURS = (
    "Only the moderators of the archive that is read here can do this, and only in its own server; ask one of them."
)


@pytest.fixture
async def story(stage: Stage) -> int:
    story = await add(stage.database, edition("The Lamp", "Ruby", pages=2))
    await stage.link("Ruby", stage.ruby)
    return story


async def _hold(stage: Stage) -> None:
    async with stage.database.write() as db:
        await db.run("UPDATE archives SET hold_first = 1")


async def _put(stage: Stage, state: State) -> None:
    async with stage.database.write() as db:
        await db.run("UPDATE outbox SET state = :state, problem = 'Discord answered 400'", state=state)


async def _reported(stage: Stage) -> Message:
    """A letter of Mara's that Ruby reported, as the desk shows it."""
    await writes(stage.mara, "The Lamp", "Rude.", Name="")
    await stage.ruby.clicks("Report", message=await posted(stage.ruby))
    await stage.ruby.submits({"What is wrong with it": "Read it."})
    await stage.mo.runs("/desk reports")
    return message(await stage.mo.chooses("Letter 1"))


async def test_a_held_letter_is_let_through(stage: Stage, story: int) -> None:
    await _hold(stage)
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "My first.")
        listed = message(await stage.mo.runs("/desk letters"))
        assert listed.ephemeral
        assert "My first." in listed.text
        letter = message(await stage.mo.chooses("Letter 1"))
        assert "From\nMara" in letter.text
        assert str(stage.mara.id) not in repr(letter.raw["embeds"])
        said = message(await stage.mo.clicks("Let it through", message=letter))
        assert said.text == "Letter 1 goes out now."
        assert "My first." in (await posted(stage.ruby)).text
        assert "settled" in await refused(stage.mo.clicks("Let it through", message=letter))
        receipt = await writes(stage.mara, "The Lamp", "My second.")
        assert "on its way" in receipt.text
        assert "letter let through, letter 1" in message(await stage.mo.runs("/desk ledger")).text


async def test_a_held_letter_is_declined_and_its_writer_sees_that(stage: Stage, story: int) -> None:
    await _hold(stage)
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "My first.")
        await stage.mo.runs("/desk letters")
        letter = message(await stage.mo.chooses("Letter 1"))
        assert message(await stage.mo.clicks("Do not", message=letter)).text == "Letter 1 does not go out."
        listed = message(await stage.mara.runs("/letters"))
        assert "Refused: it was not let through to Ruby." in listed.text
    assert stage.ruby.dms == []


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (State.PARKED, "Letters that cannot go out"),
        (State.REFUSED, "Letters whose text Discord refuses"),
    ],
)
async def test_what_is_stuck_is_seen_with_its_problem_and_tried_again(
    stage: Stage, story: int, state: State, title: str
) -> None:
    await _hold(stage)
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.")
        await _put(stage, state)
        await stage.mo.runs("/desk letters")
        listed = message(await stage.mo.clicks(title))
        assert "Discord answered 400" in listed.text
        letter = message(await stage.mo.chooses("Letter 1"))
        assert message(await stage.mo.clicks("Try it again", message=letter)).text == "Letter 1 is tried again."
        assert "Lovely." in (await posted(stage.ruby)).text


async def test_a_report_comes_with_its_conversation_and_without_names(stage: Stage, story: int) -> None:
    async with stage.bot():
        report = await _reported(stage)
        assert "What was said against it: Read it." in report.text
        assert "➤ 1. An anonymous reader\nRude." in report.text
        assert str(stage.mara.id) not in repr(report.raw)
        said = message(await presses(stage.mo, "v1:settle:1", on=report))
        assert said.text == "Report 1 is settled, and whoever made it is told.", "as older reports have it"
        assert "Nothing is reported." in message(await stage.mo.runs("/desk reports")).text
        assert "settled, or not of this archive" in await refused(stage.mo.clicks("Dismiss…", message=report))


async def test_looking_behind_a_letter_takes_a_reason_and_is_told_to_its_author(stage: Stage, story: int) -> None:
    async with stage.bot():
        report = await _reported(stage)
        form(await stage.mo.clicks("Who wrote it…", message=report))
        said = message(await stage.mo.submits(Reason="A threat."))
        assert said.ephemeral
        assert f"Who wrote letter 1\n<@{stage.mara.id}>" in said.text
        told = await posted(stage.ruby, 2)
        assert "A moderator looked up who wrote letter 1. The reason they gave: A threat." in told.text
        assert str(stage.mara.id) not in repr(told.raw["embeds"])
        inbox = message(await stage.ruby.runs("/pen inbox", channel=stage.hall))
        record = message(await stage.ruby.clicks("Record", message=inbox))
        assert f"writer looked up, letter 1, by <@{stage.mo.id}>\nReason: A threat." in record.text
        assert str(stage.mara.id) not in repr(record.raw["embeds"])
        ledger = message(await _owner(stage).runs("/desk ledger", channel=stage.hall))
        assert f"writer looked up, letter 1, by <@{stage.mo.id}>\nReason: A threat." in ledger.text


def _owner(stage: Stage) -> Person:
    return Person(stage.sandbox.backend, stage.guild.owner)


async def test_without_a_reason_nobody_is_named(stage: Stage, story: int) -> None:
    async with stage.bot():
        report = await _reported(stage)
        form(await stage.mo.clicks("Who wrote it…", message=report))
        said = await refused(stage.mo.submits(Reason="   "))
        assert said.startswith("This goes on record and needs a reason")
        assert str(stage.mara.id) not in said
    assert await stage.database.reader.value("SELECT count(*) FROM ledger") == 0


async def test_a_sender_is_blocked_for_the_archive_without_being_named(stage: Stage, story: int) -> None:
    async with stage.bot():
        report = await _reported(stage)
        form(await stage.mo.clicks("Block the writer…", message=report))
        said = message(await stage.mo.submits(Reason="Rude to everybody."))
        assert said.text == "Whoever wrote letter 1 can write to nobody in this archive for good."
        assert "The moderators of this archive" in await refused(stage.mara.runs("/feedback", story="The Lamp"))
        form(await stage.jon.runs("/feedback", story="The Lamp"))


FORGED = (
    "claims:0", "claim-yes:1", "claim-no:1", "reports:0", "settle:1", "desk-letters:0:0", "allow:1", "decline:1",
    "retry:1", "unmask:1", "desk-block:1", "ledger:0",
)  # fmt: skip
CHOICES = ("claim", "reported", "desk-letter")


async def _refuses(person: Person, page: Message) -> None:
    for custom_id in FORGED:
        assert await refused(presses(person, f"v1:{custom_id}", on=page)) == NOT_YOURS, custom_id
    for verb in CHOICES:
        assert await refused(presses(person, f"v1:{verb}", 1, on=page)) == NOT_YOURS, verb


async def test_nothing_of_the_desk_answers_to_others(stage: Stage, story: int) -> None:
    """A reader with forged ids, an author, and a moderator in a direct message."""
    await _hold(stage)
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Held.")
        for person in (stage.jon, stage.ruby):
            await _refuses(person, message(await person.runs("/archive")))
        await _refuses(stage.mo, message(await stage.mo.runs("/archive", channel="dm")))
        for verb in ("unmasked:1", "desk-blocked:1"):
            modal = form(await stage.jon.runs("/feedback", story="The Lamp"))
            modal.raw["custom_id"] = f"v1:{verb}"
            assert await refused(stage.jon.submits(Comments="x")) == NOT_YOURS
    assert await stage.database.reader.value("SELECT state FROM outbox") == State.HELD
    assert await stage.database.reader.value("SELECT count(*) FROM ledger") == 0


async def test_the_commands_are_offered_to_moderators_in_servers_alone(stage: Stage, story: int) -> None:
    async with stage.bot():
        await stage.jon.runs("/archive")
        assert "desk" not in [command["name"] for command in stage.jon.offered(stage.hall)]
        assert "desk" in [command["name"] for command in stage.mo.offered(stage.hall)]
        assert "desk" not in [command["name"] for command in stage.mo.offered("dm")]


async def test_a_manager_elsewhere_has_no_say_in_the_home_archive(stage: Stage, story: int) -> None:
    other = stage.sandbox.guild("Elsewhere")
    there = other.channel("hall")
    other.welcome(stage.jon.user, MANAGE_GUILD)
    await _hold(stage)
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Held.")
        for command in ("claims", "reports", "letters", "ledger", "rules"):
            assert await refused(stage.jon.runs(f"/desk {command}", channel=there)) == NOT_YOURS
        await _refuses(stage.jon, message(await stage.jon.runs("/archive", channel=there)))


async def test_a_server_with_its_own_archive_moderates_that_alone(stage: Stage, story: int) -> None:
    other = stage.sandbox.guild("Elsewhere")
    there = other.channel("hall")
    other.welcome(stage.jon.user, MANAGE_GUILD)
    await open_archive(stage.database, other.id)
    await _hold(stage)
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Held.")
        page = message(await stage.jon.runs("/desk letters", channel=there))
        assert page.text == "Letters held for a moderator\nThere is none."
        for custom_id in ("allow:1", "decline:1", "unmask:1", "desk-block:1"):
            said = await refused(presses(stage.jon, f"v1:{custom_id}", on=page))
            assert said == "This letter is settled, or not of this archive; open the list of the desk again."
        said = await refused(presses(stage.jon, "v1:desk-letter", 1, on=page))
        assert "not of this archive" in said
        owner = _owner(stage)
        other.welcome(owner.user)
        page = message(await owner.runs("/archive", channel=there))
        said = await refused(presses(owner, "v1:ledger:0", on=page))
        assert said == NOT_YOURS, "the bot's owner has no say in an archive of a server's own"


async def test_the_archives_role_and_the_bots_owner_moderate(stage: Stage, story: int) -> None:
    """Also when the session was resumed, and no server is in memory."""
    role = stage.guild.role("archivist")
    stage.guild.members[stage.jon.id].roles.append(role)
    async with stage.database.write() as db:
        await db.run("UPDATE archives SET moderator_role_id = :role", role=role.id)
    async with stage.bot() as bot:
        page = message(await stage.jon.runs("/archive"))
        bot._connection._guilds.clear()
        assert "Nobody claims" in message(await presses(stage.jon, "v1:claims:0", on=page)).text
        owner = _owner(stage)
        elsewhere = stage.sandbox.guild("Elsewhere")
        hall = elsewhere.channel("hall")
        elsewhere.welcome(owner.user, MANAGE_GUILD)
        assert "Nobody claims" in message(await owner.runs("/desk claims", channel=hall)).text


async def test_rules_are_changed_and_go_on_record(stage: Stage, story: int) -> None:
    async with stage.bot():
        shown = message(await stage.mo.runs("/desk rules", hold_anonymous=True, sender_limit=3))
        assert "… and letters without a name\nyes" in shown.text
        assert "Letters a day from one sender\n3" in shown.text
        ledger = message(await stage.mo.runs("/desk ledger"))
        assert "rules for letters: hold_anonymous True, sender_limit 3" in ledger.text.replace("\\", "")
        modal = form(await stage.mara.runs("/feedback", story="The Lamp"))
        assert "moderator then reads" in modal.field("Name").description


async def test_a_list_longer_than_a_page_is_gone_through(stage: Stage, story: int) -> None:
    await _hold(stage)
    async with stage.database.write() as db:
        await db.run("UPDATE archives SET hold_anonymous = 1")
    async with stage.bot():
        for number in range(1, 8):
            await writes(stage.mara, "The Lamp", f"Letter {number}.", Name="")
        page = message(await stage.mo.runs("/desk letters"))
        assert page.options == [f"Letter {number}" for number in range(1, 6)]
        on = message(await stage.mo.clicks("On"))
        assert on.options == ["Letter 6", "Letter 7"]
        assert message(await stage.mo.clicks("From the oldest")).options == page.options


async def test_a_replayed_act_is_done_once(stage: Stage, story: int) -> None:
    await _hold(stage)
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Held.")
        await stage.mo.runs("/desk letters")
        letter = message(await stage.mo.chooses("Letter 1"))
        await stage.mo.clicks("Let it through", message=letter)
        await posted(stage.ruby)
        stage.sandbox.replay()
        await stage.mo.runs("/desk ledger")
    assert await stage.database.reader.value("SELECT count(*) FROM ledger") == 1


async def test_a_block_and_a_never_are_taken_back(stage: Stage, story: int) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Spam.")
        page = message(await stage.mo.runs("/desk claims"))
        form(await presses(stage.mo, "v1:desk-block:1", on=page))
        await stage.mo.submits(Reason="Spam.")
        await stage.mo.runs("/desk blocks")
        said = message(await stage.mo.chooses("Whoever wrote letter 1"))
        assert said.text == "Whoever wrote letter 1 can write here again."
        form(await stage.mara.runs("/feedback", story="The Lamp"))
        async with stage.database.write() as db:
            claim = await claims.ask(db, 1, 1, stage.jon.id, "", 1.0)
            await db.run("UPDATE claims SET state = 'never' WHERE id = :id", id=claim)
        await stage.mo.runs("/desk claims")
        assert message(await stage.mo.chooses("Ruby")).text == "That account can claim Ruby again."
