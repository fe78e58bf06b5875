"""Receipts, told as scenes: where my letters are, and what I can still do about them."""

import time

import pytest

from bot.domain.delivery import State
from bot.store import claims, outbox
from tests.discord.stage import Stage, message, presses, refused, writes
from tests.library import add, edition, open_archive

EDITING = r"^/channels/\d+/messages/\d+$"


@pytest.fixture
async def story(stage: Stage) -> int:
    return await add(stage.database, edition("The Lamp", "Ruby", pages=2))


async def _put(stage: Stage, state: State, letter: int = 1) -> None:
    async with stage.database.write() as db:
        await db.run("UPDATE outbox SET state = :state WHERE letter_id = :id", state=state, id=letter)


@pytest.mark.parametrize(
    ("state", "said", "withdrawable"),
    [
        (State.WAITING, "Stored. Nobody here is known to be Ruby yet; it waits until they claim their name.", True),
        (State.READY, "Stored. It is on its way to Ruby.", True),
        (State.HELD, "Stored. A moderator reads it before it goes to Ruby.", True),
        (State.SENDING, "It is on its way to Ruby.", False),
        (State.DELIVERED, "Delivered: Discord took it for Ruby; whether it was read, nobody knows.", False),
        (State.REFUSED, "Refused: Discord does not let its text through; it waits in the inbox of Ruby.", False),
        (State.DECLINED, "Refused: it was not let through to Ruby.", False),
        (State.WITHDRAWN, "You have taken it back; Ruby does not get it.", False),
        (State.PARKED, "It could not be delivered to Ruby; the moderators see it.", False),
    ],
)
async def test_a_receipt_says_where_a_letter_is(
    stage: Stage, story: int, state: State, said: str, withdrawable: bool
) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.")
        await _put(stage, state)
        page = message(await stage.mara.runs("/letters"))
        assert page.ephemeral
        assert said in page.text
        opened = message(await stage.mara.chooses("1. The Lamp"))
        assert said in opened.text
        assert "Lovely." in opened.text
        assert ("Withdraw" in opened.buttons) is withdrawable


async def test_what_has_not_gone_out_can_be_taken_back(stage: Stage, story: int) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.")
        await stage.mara.runs("/letters")
        await stage.mara.chooses("1. The Lamp")
        opened = message(await stage.mara.clicks("Withdraw"))
        assert "Letter 1 is taken back; nobody gets it." in opened.text
        assert "Withdraw" not in opened.buttons
        await stage.link("Ruby", stage.ruby)
        await writes(stage.jon, "The Lamp", "Hm.")
        assert "Hm." in (await stage.ruby.receives()).text
    assert len(stage.ruby.dms) == 1


@pytest.mark.parametrize("state", [State.SENDING, State.DELIVERED, State.PARKED])
async def test_what_may_have_gone_out_cannot(stage: Stage, story: int, state: State) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.")
        await stage.mara.runs("/letters")
        opened = message(await stage.mara.chooses("1. The Lamp"))
        await _put(stage, state)
        said = await refused(stage.mara.clicks("Withdraw", message=opened))
        assert said.startswith("Letter 1 has gone out or is on its way, so it cannot be taken back")
    assert await stage.database.reader.value("SELECT state FROM outbox") == state


async def test_an_address_is_forgotten_here_and_in_the_direct_message(stage: Stage, story: int) -> None:
    await stage.link("Ruby", stage.ruby)
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.", Email="mara@example.org")
        assert "mara@example.org" in (await stage.ruby.receives()).text
        await stage.mara.runs("/letters")
        await stage.mara.chooses("1. The Lamp")
        edited = stage.expects("PATCH", EDITING)
        opened = message(await stage.mara.clicks("Forget my e-mail"))
        assert "Your e-mail address is forgotten here" in opened.text
        assert "Forget my e-mail" not in opened.buttons
        assert (await edited).status == 200
        assert "mara@example.org" not in stage.ruby.dms[0].text
        assert "Lovely." in stage.ruby.dms[0].text
        again = await refused(presses(stage.mara, "v1:forget-email:1", on=opened))
        assert again.startswith("Letter 1 holds no e-mail address")
    assert await stage.database.reader.value("SELECT email FROM letters") == ""


async def test_an_author_who_came_later_is_shown_the_address_after_a_yes(stage: Stage, story: int) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.", Email="mara@example.org")
        await stage.link("Ruby", stage.ruby)
        assert "mara@example.org" not in (await stage.ruby.receives()).text
        listed = message(await stage.mara.runs("/letters"))
        assert "May your e-mail address be shown?" in listed.text
        opened = message(await stage.mara.chooses("1. The Lamp"))
        assert "not shown to them unless you say yes here" in opened.text
        edited = stage.expects("PATCH", EDITING)
        opened = message(await stage.mara.clicks("Yes, show my e-mail"))
        assert "The author is shown your e-mail address." in opened.text
        assert (await edited).status == 200
        assert "mara@example.org" in stage.ruby.dms[0].text


async def test_nobody_looks_at_or_touches_the_letters_of_another(stage: Stage, story: int) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.", Email="mara@example.org")
        page = message(await stage.jon.runs("/letters"))
        assert page.text.endswith("You have written to nobody here yet; /feedback begins a letter.")
        for forged in ("v1:withdraw:1", "v1:forget-email:1", "v1:share-email:1"):
            said = await refused(presses(stage.jon, forged, on=page))
            assert "Lovely" not in said
            assert said.startswith("Letter 1 ")
        said = await refused(presses(stage.jon, "v1:receipt", 1, on=page))
        assert said == "Letter 1 is none of yours; /letters and /pen inbox show those that are."
    row = await stage.database.reader.one("SELECT email, state FROM letters l JOIN outbox o ON o.letter_id = l.id")
    assert row is not None
    assert tuple(row) == ("mara@example.org", State.WAITING)


async def test_receipts_are_turned_from_the_newest_to_the_oldest(stage: Stage, story: int) -> None:
    async with stage.bot():
        for number in range(1, 8):
            await writes(stage.mara, "The Lamp", f"Letter {number}.")
        page = message(await stage.mara.runs("/letters"))
        assert page.buttons == ["Older"]
        assert page.options == [f"{number}. The Lamp" for number in (7, 6, 5, 4, 3)]
        older = message(await stage.mara.clicks("Older"))
        assert older.options == ["2. The Lamp", "1. The Lamp"]
        assert older.buttons == ["Newest"]
        assert message(await stage.mara.clicks("Newest")).options == page.options


async def test_a_replayed_press_does_nothing_a_second_time(stage: Stage, story: int) -> None:
    """Between the first and the second time a moderator had the letter go out after all."""
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.")
        await stage.mara.runs("/letters")
        await stage.mara.chooses("1. The Lamp")
        await stage.mara.clicks("Withdraw")
        await _put(stage, State.READY)
        stage.sandbox.replay()
        await stage.mara.runs("/letters")
    assert await stage.database.reader.value("SELECT state FROM outbox") == State.READY


async def test_letters_of_a_servers_own_archive_are_listed_there(stage: Stage, story: int) -> None:
    other = stage.sandbox.guild("Elsewhere")
    there = other.channel("hall")
    other.welcome(stage.mara.user)
    await add(stage.database, edition("Windfalls", "Isolde"), archive_id=await open_archive(stage.database, other.id))
    async with stage.bot():
        await stage.mara.runs("/feedback", story="Windfalls", channel=there)
        await stage.mara.submits(Comments="Hm.")
        assert "Windfalls" in message(await stage.mara.runs("/letters", channel=there)).text
        assert "Windfalls" not in message(await stage.mara.runs("/letters", channel=stage.hall)).text


async def test_where_a_story_of_another_archive_opens_is_said_in_a_direct_message(stage: Stage) -> None:
    other = stage.sandbox.guild("Elsewhere")
    there = other.channel("hall")
    for person in (stage.mara, stage.ruby):
        other.welcome(person.user)
    archive = await open_archive(stage.database, other.id)
    await add(stage.database, edition("Windfalls", "Isolde"), archive_id=archive)
    author = await stage.database.reader.value("SELECT id FROM authors WHERE archive_id = :id", id=archive)
    async with stage.database.write() as db:
        await claims.link(db, author, stage.ruby.id, time.time())
    async with stage.bot():
        await stage.mara.runs("/feedback", story="Windfalls", channel=there)
        await stage.mara.submits(Comments="Hm.")
        letter = await stage.ruby.receives()
        said = await refused(stage.ruby.clicks("Open the story", message=letter))
        assert said == "“Windfalls” stands in the archive “Other”; use /read in its server to open it."
        page = message(await stage.jon.runs("/archive"))
        forged = await refused(presses(stage.jon, "v1:mail:1:1", on=page))
        assert forged == "This story is no longer in the archive; /stories shows what is."


async def test_a_parked_letter_is_not_withdrawn_behind_the_moderators_back(stage: Stage, story: int) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.")
        await _put(stage, State.PARKED)
        async with stage.database.write() as db:
            assert not await outbox.withdraw(db, 1, stage.mara.id)
