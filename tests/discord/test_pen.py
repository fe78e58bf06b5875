"""An author's inbox, wishes and blocks, told as scenes."""

import time

import pytest

from bot.domain.delivery import State
from bot.sandbox import Message
from bot.store import outbox
from tests.discord.stage import Stage, form, message, post, posted, presses, refused, writes
from tests.library import add, edition, open_archive

SENDING = r"^/channels/\d+/messages$"


@pytest.fixture
async def story(stage: Stage) -> int:
    story = await add(stage.database, edition("The Lamp", "Ruby", pages=2))
    await stage.link("Ruby", stage.ruby)
    return story


async def _closed(stage: Stage, comments: str = "Lovely.") -> None:
    """A letter that Discord does not bring to Ruby."""
    stage.ruby.closes_dms()
    tried = stage.expects("POST", SENDING)
    await writes(stage.mara, "The Lamp", comments)
    assert (await tried).status == 403
    while await stage.database.reader.value("SELECT closed_at FROM doors WHERE closed_at IS NOT NULL") is None:
        await stage.ruby.runs("/archive")


async def _states(stage: Stage) -> list[str]:
    return [row["state"] for row in await stage.database.reader.all("SELECT state FROM outbox ORDER BY id")]


async def test_the_inbox_shows_what_could_not_be_sent_and_tries_again(stage: Stage, story: int) -> None:
    async with stage.bot():
        await _closed(stage)
        page = message(await stage.ruby.runs("/pen inbox"))
        assert page.ephemeral
        assert "Discord lets no direct message through to you" in page.text
        assert "1. Mara" in page.text
        letter = message(await stage.ruby.chooses("1. Mara", message=page))
        assert "Lovely." in letter.text
        assert letter.buttons == ["Reply", "Thank", "Block", "Report", "End", "Open the story"]
        stage.ruby.opens_dms()
        said = message(await stage.ruby.clicks("Try my DMs again", message=page))
        assert said.text == "Tried again: 1 message is on the way to you."
        assert "Lovely." in (await posted(stage.ruby)).text


async def test_who_uses_the_bot_with_closed_dms_is_told_once_a_day(stage: Stage, story: int) -> None:
    clock = [time.time()]
    told = "Something waits for you\nIt could not be brought to you by direct message. /letters shows it as well."

    def count() -> int:
        return sum(seen.text == told for seen in stage.ruby.sees(stage.hall))

    async with stage.bot(clock=lambda: clock[0]):
        await _closed(stage)
        await stage.ruby.runs("/archive")
        await stage.ruby.until(lambda: count() == 1)
        await stage.ruby.runs("/archive")
        await stage.mara.runs("/archive")
        assert count() == 1
        assert told not in [seen.text for seen in stage.mara.sees(stage.hall)]
        clock[0] += 80_000
        async with stage.database.write() as db:
            await db.run("UPDATE doors SET closed_at = :now", now=clock[0])
        clock[0] += 10_000
        await stage.ruby.runs("/archive")
        await stage.ruby.until(lambda: count() == 2)


async def test_a_press_is_using_the_bot_too(stage: Stage, story: int) -> None:
    told = "Something waits for you\nIt could not be brought to you by direct message. /letters shows it as well."
    async with stage.bot():
        page = message(await stage.ruby.runs("/read", story="The Lamp"))
        await _closed(stage)
        async with stage.database.write() as db:
            await db.run("UPDATE doors SET announced_at = NULL")
        await stage.ruby.clicks("Next", message=page)
        await stage.ruby.until(lambda: stage.ruby.sees(stage.hall)[-1].text == told)
        assert stage.ruby.sees(stage.hall)[-1].ephemeral


async def test_an_archive_may_have_it_said_in_a_channel(stage: Stage, story: int) -> None:
    async with stage.bot():
        wishes = message(await stage.ruby.runs("/pen wishes"))
        assert "Nudge me here" not in wishes.buttons
        async with stage.database.write() as db:
            await db.run("UPDATE archives SET nudges = 1")
        await stage.ruby.runs("/pen wishes")
        wishes = message(await stage.ruby.clicks("Nudge me here"))
        assert f"<#{stage.hall.id}> is told that letters wait" in wishes.text
        await _closed(stage, "A secret.")
        await stage.jon.until(lambda: any("Letters are waiting for Ruby" in seen.text for seen in stage.jon.sees()))
        assert not any("A secret." in seen.text for seen in stage.jon.sees())
        await stage.ruby.runs("/pen wishes")
        assert "is told that" not in message(await stage.ruby.clicks("No nudges")).text


async def test_a_direct_message_is_no_place_to_be_nudged_in(stage: Stage, story: int) -> None:
    async with stage.database.write() as db:
        await db.run("UPDATE archives SET nudges = 1")
    async with stage.bot():
        page = message(await stage.ruby.runs("/pen wishes", channel="dm"))
        assert "Nudge me here" not in page.buttons
        wishes = message(await presses(stage.ruby, "v1:nudge:1:1", on=page))
        assert "is told that" not in wishes.text


@pytest.mark.parametrize(
    ("pressed", "said", "state"),
    [
        ("Off", "No letters: readers are told so before they type", State.WAITING),
        ("Daily digest", "Letters come once a day, together", State.WAITING),
        ("On", "Letters come one by one", State.DELIVERED),
    ],
)
async def test_wishes_hold_for_letters_to_come(stage: Stage, story: int, pressed: str, said: str, state: State) -> None:
    async with stage.bot():
        form(await stage.mara.runs("/feedback", story="The Lamp"))
        page = message(await stage.ruby.runs("/pen wishes"))
        assert said in message(await stage.ruby.clicks(pressed, message=page)).text
        if pressed == "Off":
            assert "wishes no letters" in await refused(stage.mara.submits(Comments="Lovely."))
            return
        await stage.mara.submits(Comments="Lovely.")
        if state is State.DELIVERED:
            await posted(stage.ruby)
    assert await _states(stage) == [state]


async def test_a_daily_digest_brings_them_together_at_midnight(stage: Stage, story: int) -> None:
    clock = [time.time() // 86_400 * 86_400 + 86_400 - 30]
    async with stage.bot(clock=lambda: clock[0]):
        await stage.ruby.runs("/pen wishes")
        await stage.ruby.clicks("Daily digest")
        await writes(stage.mara, "The Lamp", "One.")
        await writes(stage.jon, "The Lamp", "Two.")
        assert post(stage.ruby) == []
        clock[0] += 31
        await writes(stage.mara, "The Lamp", "For tomorrow.")
        digest = await posted(stage.ruby)
        assert "One." in digest.text
        assert "Two." in digest.text
        assert "tomorrow" not in digest.text


async def test_away_until_a_day_and_here_again(stage: Stage, story: int) -> None:
    async with stage.bot():
        await stage.ruby.runs("/pen wishes")
        form(await stage.ruby.clicks("Away until…"))
        wishes = message(await stage.ruby.submits(Day="2096-10-02"))
        assert "You are away until <t:3999974400:D>" in wishes.text
        receipt = await writes(stage.mara, "The Lamp", "Lovely.")
        assert "Ruby is away, and it waits for them: it goes out on <t:3999974400:D>." in receipt.text
        form(await stage.ruby.clicks("Away until…", message=wishes))
        assert "away until" not in message(await stage.ruby.submits(Day="")).text
        assert "Lovely." in (await posted(stage.ruby)).text


@pytest.mark.parametrize("typed", ["tomorrow", "2001-01-01", "2031-13-1"])
async def test_a_day_that_is_none_is_refused(stage: Stage, story: int, typed: str) -> None:
    async with stage.bot():
        await stage.ruby.runs("/pen wishes")
        form(await stage.ruby.clicks("Away until…"))
        answer = message(await stage.ruby.submits(Day=typed))
        assert answer.content == (
            f"“{typed}” is no day to come; write it like 2031-12-24, or leave it empty to be here again."
        )


async def test_a_wish_for_one_story_leaves_the_others(stage: Stage, story: int) -> None:
    await add(stage.database, edition("Windfalls", "Ruby"))
    async with stage.bot():
        page = message(await stage.ruby.runs("/pen wishes", story="Windfalls"))
        assert "As for all your stories: Letters come one by one" in page.text
        assert "No letters" in message(await stage.ruby.clicks("Off")).text
        assert "wishes no letters about “Windfalls”" in await refused(stage.mara.runs("/feedback", story="Windfalls"))
        form(await stage.mara.runs("/feedback", story="The Lamp"))
        assert "Windfalls: Off" in message(await stage.ruby.clicks("For all stories")).text
        await stage.ruby.runs("/pen wishes", story="Windfalls")
        assert "As for all your stories" in message(await stage.ruby.clicks("As for all")).text
        form(await stage.mara.runs("/feedback", story="Windfalls"))


async def test_a_block_is_taken_back(stage: Stage, story: int) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.")
        asked = message(await stage.ruby.clicks("Block", message=await posted(stage.ruby)))
        await stage.ruby.clicks("For good", message=asked)
        held = message(await stage.ruby.runs("/pen blocks", channel=stage.hall))
        assert "Whoever wrote letter 1 (Mara, about The Lamp), for good" in held.text
        none = message(await stage.ruby.chooses("Whoever wrote letter 1", message=held))
        assert none.text.startswith("Blocked by Ruby\nNobody.")
        form(await stage.mara.runs("/feedback", story="The Lamp"))


async def test_nobody_looks_into_or_changes_what_is_anothers(stage: Stage, story: int) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.")
        asked = message(await stage.ruby.clicks("Block", message=await posted(stage.ruby)))
        await stage.ruby.clicks("For good", message=asked)
        for command in ("/pen inbox", "/pen wishes", "/pen blocks"):
            said = await refused(stage.jon.runs(command))
            assert said == "No pen name of this archive is tied to your account; ask for yours with /pen claim."
        page = message(await stage.jon.runs("/archive"))
        for forged in ("inbox:1:0", "wishes:1:0", "wish:1:0:1", "away:1", "nudge:1:0", "blocks:1", "record:1"):
            said = await refused(presses(stage.jon, f"v1:{forged}", on=page))
            assert said == "This pen name is not tied to your account; ask for it with /pen claim.", forged
        for verb in ("lift:1", "inbox-of"):
            assert "not tied to your account" in await refused(presses(stage.jon, f"v1:{verb}", 1, on=page))
        said = await refused(presses(stage.jon, "v1:inbox-letter", 1, on=page))
        assert said == "Letter 1 is none of yours; /letters and /pen inbox show those that are."
    assert await stage.database.reader.value("SELECT count(*) FROM blocks") == 1
    assert await stage.database.reader.value("SELECT count(*) FROM wishes") == 0


async def test_an_author_lifts_only_their_own_blocks(stage: Stage, story: int) -> None:
    await add(stage.database, edition("Windfalls", "Jon"))
    await stage.link("Jon", stage.jon)
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.")
        asked = message(await stage.ruby.clicks("Block", message=await posted(stage.ruby)))
        await stage.ruby.clicks("For good", message=asked)
        page = message(await stage.jon.runs("/pen blocks"))
        await presses(stage.jon, "v1:lift:2", 1, on=page)
    assert await stage.database.reader.value("SELECT count(*) FROM blocks") == 1


async def test_several_pen_names_have_an_inbox_each(stage: Stage, story: int) -> None:
    await add(stage.database, edition("Windfalls", "Isolde"))
    await stage.link("Isolde", stage.ruby)
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "To Ruby.")
        page: Message = message(await stage.ruby.runs("/pen inbox"))
        assert "Letters to Isolde" in page.text
        other = message(await stage.ruby.chooses("Ruby", message=page))
        assert "Letters to Ruby" in other.text
        assert "To Ruby." in other.text


async def test_a_letter_that_discord_refuses_for_its_text_is_in_the_inbox(stage: Stage, story: int) -> None:
    stage.sandbox.fail("POST", SENDING, status=400, code=200000)
    async with stage.bot():
        tried = stage.expects("POST", SENDING)
        await writes(stage.mara, "The Lamp", "Bad words.")
        await tried
        assert "Bad words." in message(await stage.ruby.runs("/pen inbox")).text


async def test_a_held_letter_is_in_no_inbox(stage: Stage, story: int) -> None:
    async with stage.database.write() as db:
        await db.run("UPDATE archives SET hold_first = 1")
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.")
        page = message(await stage.ruby.runs("/pen inbox"))
        assert "Nobody has written to this name yet." in page.text
        assert "none of yours" in await refused(presses(stage.ruby, "v1:inbox-letter", 1, on=page))


async def test_an_author_of_a_servers_own_archive_finds_the_inbox_in_a_dm_too(stage: Stage) -> None:
    other = stage.sandbox.guild("Elsewhere")
    other.welcome(stage.ruby.user)
    archive = await open_archive(stage.database, other.id)
    await add(stage.database, edition("Windfalls", "Isolde"), archive_id=archive)
    async with stage.database.write() as db:
        await db.run("UPDATE authors SET user_id = :user", user=stage.ruby.id)
    async with stage.bot():
        assert "Letters to Isolde" in message(await stage.ruby.runs("/pen inbox", channel="dm")).text


async def test_knocking_moves_nothing_of_others(stage: Stage, story: int) -> None:
    async with stage.bot():
        await _closed(stage)
        page = message(await stage.jon.runs("/archive"))
        said = message(await presses(stage.jon, "v1:knock", on=page))
        assert said.text == "Tried again: 0 messages are on the way to you."
        async with stage.database.write() as db:
            assert await outbox.knock(db, stage.jon.id, time.time()) == 0
