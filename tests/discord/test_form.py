"""The form, told as scenes: what is said before typing, what a letter is about, what becomes of a refused one."""

import time
from dataclasses import replace

import pytest

from bot.domain.delivery import Wish
from bot.domain.models import Page, Paragraph, Part, Rating, Span
from bot.store import wishes
from bot.store.intake import Edition
from bot.store.wishes import Wishes
from tests.discord.stage import Stage, form, message, refused, writes
from tests.library import add, edition


@pytest.fixture
async def story(stage: Stage) -> int:
    return await add(stage.database, edition("The Lamp", "Ruby", pages=2))


@pytest.fixture
async def parted(stage: Stage) -> int:
    """A story of two parts, a page each, with marks in its text."""
    made = edition("The Road", "Ruby")
    parts = tuple(Part(title, (Paragraph((Span("x"),)),)) for title in ("Dawn", "Dusk"))
    texts = [r"She said \*no\*. *The “Lamp”* burnt.", "It was **late**, and nobody came."]
    pages = [Page(part, 0, 0, f"anchor {part}", text) for part, text in enumerate(texts)]
    manuscript = replace(made.manuscript, parts=parts)
    return await add(stage.database, Edition(manuscript=manuscript, markup=["x", "x"], pages=pages, words=9))


async def _rule(stage: Stage, column: str, value: int) -> None:
    async with stage.database.write() as db:
        await db.run(f"UPDATE archives SET {column} = :value", value=value)  # pyright: ignore[reportArgumentType]


async def _wish(stage: Stage, wished: Wishes) -> None:
    async with stage.database.write() as db:
        await wishes.wish(db, 1, wished)


async def _letters(stage: Stage) -> int:
    return await stage.database.reader.value("SELECT count(*) FROM letters")


async def test_a_letter_about_a_passage_brings_it_in_the_words_of_the_page(stage: Stage, parted: int) -> None:
    await stage.link("Ruby", stage.ruby)
    async with stage.bot():
        await stage.mara.runs("/read", story="The Road")
        await stage.mara.clicks("Last")
        modal = form(await stage.mara.clicks("Tell the author what you think"))
        offered = [option["label"] for option in modal.field("About").raw["options"]]
        assert offered == ["The story", "This part: Dusk", "The passage below"]
        await stage.mara.submits(Comments="Oh.", About="The passage below", Passage='"it was LATE,  and nobody')
        letter = await stage.ruby.receives()
        assert "About the passage\nIt was late, and nobody" in letter.text
        assert "page 2" in letter.text


async def test_a_letter_about_a_part_names_its_number(stage: Stage, parted: int) -> None:
    await stage.link("Ruby", stage.ruby)
    async with stage.bot():
        await stage.mara.runs("/read", story="The Road")
        await stage.mara.clicks("Last")
        await stage.mara.clicks("Tell the author what you think")
        await stage.mara.submits(Comments="Oh.", About="This part: Dusk")
        letter = await stage.ruby.receives()
        assert "About\npart 2" in letter.text
        assert "passage" not in letter.text


async def test_a_passage_that_is_not_on_the_page_comes_back_as_a_draft(stage: Stage, parted: int) -> None:
    async with stage.bot():
        await stage.mara.runs("/read", story="The Road")
        await stage.mara.clicks("Last")
        await stage.mara.clicks("Tell the author what you think")
        answer = message(await stage.mara.submits(Comments="Oh.", Passage="She said no", Email="m@example.org"))
        assert "“She said no” does not stand on page 2" in answer.content
        assert "Oh." in answer.text
        modal = form(await stage.mara.clicks("Edit again", message=answer))
        held = {field.label: field.value for field in modal.fields}
        assert held == {
            "Name": "Mara", "Email": "m@example.org", "Comments": "Oh.", "About": ["story"], "Passage": "She said no",
        }  # fmt: skip
        receipt = message(await stage.mara.submits(Passage="nobody came"))
        assert "your letter is kept" in receipt.text
        assert "This draft is not kept any more" in await refused(stage.mara.clicks("Edit again", message=answer))
    assert await stage.database.reader.value("SELECT quote FROM letters") == "nobody came"


async def test_a_passage_that_is_promised_must_be_there(stage: Stage, parted: int) -> None:
    async with stage.bot():
        await stage.mara.runs("/read", story="The Road")
        await stage.mara.clicks("Last")
        await stage.mara.clicks("Tell the author what you think")
        said = await refused(stage.mara.submits(Comments="Oh.", About="The passage below"))
        assert said.startswith("The letter is said to be about a passage and names none")
    assert await _letters(stage) == 0


async def test_a_draft_is_its_writers_alone_and_for_a_day(stage: Stage, story: int) -> None:
    clock = [time.time()]
    async with stage.bot(clock=lambda: clock[0]):
        answer = await writes(stage.mara, "The Lamp", "Dear Ruby.", Email="nowhere")
        theirs = message(await stage.jon.runs("/archive"))
        theirs.stored.raw = {**theirs.raw, "components": answer.raw["components"]}
        said = await refused(stage.jon.clicks("Edit again", message=theirs))
        assert said == "This draft is not kept any more; write the letter anew with /feedback."
        clock[0] += 86_000
        assert form(await stage.mara.clicks("Edit again", message=answer)).field("Comments").value == "Dear Ruby."
        clock[0] += 500
        assert "not kept any more" in await refused(stage.mara.clicks("Edit again", message=answer))


async def test_a_mature_story_is_quoted_nowhere(stage: Stage) -> None:
    story = await add(stage.database, edition("Dark", "Ruby", rating=Rating.NC_17, pages=2))
    await stage.link("Ruby", stage.ruby)
    async with stage.bot():
        await stage.mara.runs("/read", story=f"#{story}", channel=stage.dark)
        await stage.mara.clicks("Last")
        modal = form(await stage.mara.clicks("Tell the author what you think"))
        assert [field.label for field in modal.fields] == ["Name", "Email", "Comments"]
        await stage.mara.submits(Comments="Oh.")
        letter = await stage.ruby.receives()
        assert "Dark" in letter.text
        assert "page 2" in letter.text
        assert "Dark, page 2." not in letter.text


async def test_a_story_that_became_mature_is_not_quoted_by_a_form_opened_before(stage: Stage, story: int) -> None:
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp", channel=stage.dark)
        await stage.mara.clicks("Last")
        await stage.mara.clicks("Tell the author what you think")
        async with stage.database.write() as db:
            await db.run("UPDATE stories SET rating = :rating", rating=Rating.NC_17)
        await stage.mara.submits(Comments="Oh.", Passage="The Lamp, page 2.")
    assert await stage.database.reader.value("SELECT quote FROM letters") == ""


async def test_a_quotation_stays_out_of_direct_messages_once_the_story_is_mature(stage: Stage, story: int) -> None:
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        await stage.mara.clicks("Tell the author what you think", message=message(await stage.mara.clicks("Last")))
        await stage.mara.submits(Comments="Oh.", Passage="The Lamp, page 2.")
        async with stage.database.write() as db:
            await db.run("UPDATE stories SET rating = :rating", rating=Rating.NC_17)
        await stage.link("Ruby", stage.ruby)
        letter = await stage.ruby.receives()
        assert "Oh." in letter.text
        await stage.ruby.runs("/pen inbox")
        opened = message(await stage.ruby.chooses("1. Mara"))
        assert "Oh." in opened.text
        assert "The Lamp, page 2." not in letter.text + opened.text
    assert await stage.database.reader.value("SELECT quote FROM letters") == "The Lamp, page 2."


async def test_what_holds_a_letter_up_is_said_before_typing(stage: Stage, story: int) -> None:
    await _rule(stage, "hold_first", 1)
    await _rule(stage, "hold_anonymous", 1)
    await _wish(stage, Wishes(None, Wish.ON, away_until=4_000_000_000.0))
    async with stage.bot():
        modal = form(await stage.mara.runs("/feedback", story="The Lamp"))
        said = {field.label: field.description for field in modal.fields}
        assert said["Name"] == "Empty it to stay anonymous; a moderator then reads the letter first."
        assert said["Comments"] == "Ruby is away until 2096-10-02; it waits. A moderator reads your first letter first."
        receipt = message(await stage.mara.submits(Comments="Hm."))
        assert "A moderator reads it before it goes to Ruby" in receipt.text


async def test_an_archive_that_holds_nothing_says_nothing(stage: Stage, story: int) -> None:
    async with stage.bot():
        modal = form(await stage.mara.runs("/feedback", story="The Lamp"))
        assert modal.field("Comments").description == ""
        assert modal.field("Name").description == "Empty it to stay anonymous."


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("sender_limit", 1, "Your share of letters (at most 1 a day) is used up"),
        ("author_limit", 1, "What “Ruby” can be sent (at most 1 a day) is used up"),
        ("archive_limit", 1, "What this archive carries (at most 1 a day) is used up"),
    ],
)
async def test_too_many_letters_are_refused_before_typing(
    stage: Stage, story: int, column: str, value: int, said: str
) -> None:
    await _rule(stage, column, value)
    clock = [time.time()]
    async with stage.bot(clock=lambda: clock[0]):
        assert "your letter is kept" in (await writes(stage.mara, "The Lamp", "One.")).text
        assert said in await refused(stage.mara.runs("/feedback", story="The Lamp"))
        clock[0] += 86_401
        assert "your letter is kept" in (await writes(stage.mara, "The Lamp", "Two.")).text


async def test_limits_hold_for_forms_that_were_open(stage: Stage, story: int) -> None:
    await _rule(stage, "sender_limit", 1)
    async with stage.bot():
        form(await stage.mara.runs("/feedback", story="The Lamp"))
        async with stage.database.write() as db:
            await db.run("UPDATE archives SET sender_limit = 0")
        said = await refused(stage.mara.submits(Comments="Too many."))
        assert "is used up; send it again tomorrow" in said
    assert await _letters(stage) == 0
    assert await stage.database.reader.value("SELECT comments FROM drafts") == "Too many."


@pytest.mark.parametrize("column", ["account_days", "member_days"])
async def test_whoever_is_too_new_is_told_how_long_to_wait(stage: Stage, story: int, column: str) -> None:
    await _rule(stage, column, 2)
    clock = [time.time()]
    async with stage.bot(clock=lambda: clock[0]):
        said = await refused(stage.mara.runs("/feedback", story="The Lamp"))
        assert "has to be at least 2 days old" in said
        clock[0] += 2 * 86_400 + 60
        form(await stage.mara.runs("/feedback", story="The Lamp"))


async def test_outside_the_server_nobody_can_tell_a_member(stage: Stage, story: int) -> None:
    await _rule(stage, "member_days", 2)
    async with stage.bot():
        said = await refused(stage.mara.runs("/feedback", story="The Lamp", channel="dm"))
        assert "write from the server itself" in said


async def test_an_author_who_wishes_no_letters_gets_none(stage: Stage, story: int) -> None:
    other = await add(stage.database, edition("Windfalls", "Ruby"))
    await _wish(stage, Wishes(other, Wish.OFF))
    async with stage.bot():
        said = await refused(stage.mara.runs("/feedback", story="Windfalls"))
        assert said == "“Ruby” wishes no letters about “Windfalls” for now; look in again another day."
        form(await stage.mara.runs("/feedback", story="The Lamp"))
        await _wish(stage, Wishes(None, Wish.OFF))
        assert "wishes no letters for now" in await refused(stage.mara.submits(Comments="Hm."))
    assert await _letters(stage) == 0


async def test_the_same_letter_twice_a_day_is_refused_the_same_form_is_not(stage: Stage, story: int) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.")
        form(await stage.mara.runs("/feedback", story="The Lamp"))
        said = await refused(stage.mara.submits(Comments=" Lovely. "))
        assert said.startswith("“Ruby” has this very letter from you already; /letters shows where it is")
        await writes(stage.jon, "The Lamp", "Lovely.")
    assert await _letters(stage) == 2


async def test_a_draft_of_a_story_that_is_gone_comes_back_as_text_alone(stage: Stage, story: int) -> None:
    async with stage.bot():
        form(await stage.mara.runs("/feedback", story="The Lamp"))
        async with stage.database.write() as db:
            await db.run("DELETE FROM stories")
        answer = message(await stage.mara.submits(Comments="My long letter."))
        assert answer.content == "This story is no longer in the archive; /stories shows what is."
        assert "My long letter." in answer.text
        assert answer.buttons == []
