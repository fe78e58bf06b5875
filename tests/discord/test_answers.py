"""Answers, told as scenes: what both sides say to each other, and neither learns who the other is."""

import time

import pytest

from bot.sandbox import Message, Person
from bot.store import blocks, reports
from tests.discord.stage import Stage, form, message, post, posted, presses, refused, writes
from tests.library import add, edition


@pytest.fixture
async def story(stage: Stage) -> int:
    story = await add(stage.database, edition("The Lamp", "Ruby", pages=2))
    await stage.link("Ruby", stage.ruby)
    return story


async def _letter(stage: Stage, **fields: str) -> Message:
    """A letter of Mara's, as Ruby gets it."""
    before = len(post(stage.ruby))
    await writes(stage.mara, "The Lamp", "Lovely.", **fields)
    return await posted(stage.ruby, before + 1)


def _hides(letter: Message, person: Person) -> bool:
    """Whether nothing that is sent, seen or not, tells an account: neither its id nor its names."""
    told = repr([letter.content, letter.embeds, letter.components])
    return not any(name in told for name in (str(person.id), person.name, person.display_name))


async def test_an_answer_and_an_answer_to_it_arrive_and_hide_who_wrote(stage: Stage, story: int) -> None:
    async with stage.bot():
        letter = await _letter(stage, Name="")
        assert letter.buttons == ["Reply", "Thank", "Block", "Report", "End", "Open the story"]
        assert _hides(letter, stage.mara)
        modal = form(await stage.ruby.clicks("Reply", message=letter))
        assert modal.title == "An answer to an anonymous reader"
        receipt = message(await stage.ruby.submits(Answer="Thank you, whoever you are."))
        assert "Thank you: your answer is kept" in receipt.text
        assert "to the reader" in receipt.text
        answer = await posted(stage.mara)
        assert "Ruby answers your letter about “The Lamp”" in answer.text
        assert "Thank you, whoever you are." in answer.text
        assert str(stage.ruby.id) not in repr([answer.content, answer.embeds, answer.components])
        assert answer.buttons == ["Reply", "End the conversation", "Report", "Open the story"]
        form(await stage.mara.clicks("Reply", message=answer))
        await stage.mara.submits(Answer="A reader of old.")
        back = await posted(stage.ruby, 2)
        assert "A reader's answer about “The Lamp”" in back.text
        assert "Anonymous (reader 1)" in back.text
        assert _hides(back, stage.mara)


async def test_a_named_reader_is_called_the_same_later(stage: Stage, story: int) -> None:
    async with stage.bot():
        await _letter(stage, Name="A friend")
        await stage.ruby.clicks("Reply", message=post(stage.ruby)[0])
        await stage.ruby.submits(Answer="Who?")
        await stage.mara.clicks("Reply", message=await posted(stage.mara))
        await stage.mara.submits(Answer="Guess.")
        assert "From\nA friend" in (await posted(stage.ruby, 2)).text


async def test_answers_are_shown_on_the_receipt(stage: Stage, story: int) -> None:
    async with stage.bot():
        await stage.ruby.clicks("Reply", message=await _letter(stage))
        await stage.ruby.submits(Answer="Thank *you*.")
        await posted(stage.mara)
        assert "1 answer" in message(await stage.mara.runs("/letters")).text
        opened = message(await stage.mara.chooses("1. The Lamp"))
        assert "Ruby answered\nThank \\*you\\*." in opened.text
        assert {"Reply", "End the conversation"} <= set(opened.buttons)


async def test_thanks_arrive_once(stage: Stage, story: int) -> None:
    async with stage.bot():
        letter = await _letter(stage)
        said = message(await stage.ruby.clicks("Thank", message=letter))
        assert said.text == "Your thanks are on their way to whoever wrote it."
        assert "Ruby thanks you for your letter about “The Lamp”" in (await posted(stage.mara)).text
        again = message(await stage.ruby.clicks("Thank", message=letter))
        assert again.text == "You have thanked for this letter already."
    assert await stage.database.reader.value("SELECT count(*) FROM letters") == 2


@pytest.mark.parametrize("side", ["author", "reader"])
async def test_either_side_ends_it_and_nobody_can_write_any_more(stage: Stage, story: int, side: str) -> None:
    async with stage.bot():
        letter = await _letter(stage)
        await stage.ruby.clicks("Reply", message=letter)
        await stage.ruby.submits(Answer="Well.")
        answer = await posted(stage.mara)
        form(await stage.mara.clicks("Reply", message=answer))
        if side == "author":
            said = message(await stage.ruby.clicks("End", message=letter))
        else:
            said = message(await stage.mara.clicks("End the conversation", message=answer))
            form(await stage.mara.runs("/feedback", story="The Lamp", channel="dm"))
            stage.mara.dismisses_form()
        assert said.text == "This conversation is ended; nobody can write in it any more."
        for person, got in ((stage.mara, answer), (stage.ruby, letter)):
            assert "This conversation was ended" in await refused(person.clicks("Reply", message=got))
        assert "This conversation was ended" in await refused(stage.ruby.clicks("Thank", message=letter))
    assert await stage.database.reader.value("SELECT ended_by FROM conversations") == side


async def test_an_answer_typed_while_the_other_ended_it_is_kept(stage: Stage, story: int) -> None:
    async with stage.bot():
        letter = await _letter(stage)
        form(await stage.ruby.clicks("Reply", message=letter))
        opened = await stage.mara.runs("/letters")
        await presses(stage.mara, "v1:end:1", on=message(opened))
        answer = message(await stage.ruby.submits(Answer="A long answer."))
        assert answer.content.startswith("This conversation was ended")
        assert "A long answer." in answer.text
        assert answer.buttons == ["Edit again"]
        async with stage.database.write() as db:
            await db.run("UPDATE conversations SET ended_at = NULL, ended_by = NULL")
        modal = form(await stage.ruby.clicks("Edit again", message=answer))
        assert modal.field("Answer").value == "A long answer."
        await stage.ruby.submits()
        assert "A long answer." in (await posted(stage.mara)).text
    assert await stage.database.reader.value("SELECT count(*) FROM drafts") == 0


async def test_a_blocked_reader_is_told_before_typing_and_never_named(stage: Stage, story: int) -> None:
    clock = [time.time()]
    async with stage.bot(clock=lambda: clock[0]):
        letter = await _letter(stage, Name="")
        asked = message(await stage.ruby.clicks("Block", message=letter))
        assert asked.buttons == ["For a week", "For a month", "For good"]
        assert _hides(asked, stage.mara)
        await stage.ruby.clicks("For a week", message=asked)
        said = await refused(stage.mara.runs("/feedback", story="The Lamp"))
        assert said == "“Ruby” takes no letters from you here; there is nothing that you need to do."
        form(await stage.jon.runs("/feedback", story="The Lamp"))
        held = message(await stage.ruby.runs("/pen blocks"))
        assert "Whoever wrote letter 1 (Anonymous, about The Lamp), until " in held.text
        assert _hides(held, stage.mara)
        clock[0] += 7 * 86_400 + 1
        form(await stage.mara.runs("/feedback", story="The Lamp"))


async def test_a_blocked_reader_cannot_answer_either(stage: Stage, story: int) -> None:
    async with stage.bot():
        letter = await _letter(stage)
        await stage.ruby.clicks("Reply", message=letter)
        await stage.ruby.submits(Answer="Well.")
        answer = await posted(stage.mara)
        form(await stage.mara.clicks("Reply", message=answer))
        asked = message(await stage.ruby.clicks("Block", message=letter))
        await stage.ruby.clicks("For good", message=asked)
        assert "takes no letters from you" in await refused(stage.mara.submits(Answer="But why?"))
        assert "takes no letters from you" in await refused(stage.mara.clicks("Reply", message=answer))


async def test_either_side_can_report_what_it_got(stage: Stage, story: int) -> None:
    async with stage.bot():
        letter = await _letter(stage)
        modal = form(await stage.ruby.clicks("Report", message=letter))
        assert modal.title == "Report letter 1"
        said = message(await stage.ruby.submits({"What is wrong with it": "Rude."}))
        assert said.text.startswith("The moderators of the archive see this letter now")
        await stage.ruby.clicks("Reply", message=letter)
        await stage.ruby.submits(Answer="Well.")
        form(await stage.mara.clicks("Report", message=await posted(stage.mara)))
        await stage.mara.submits({"What is wrong with it": "Ruder."})
    found = await reports.open_ones(stage.database.reader, 1, after=0, limit=9)
    assert [(report.letter_id, report.reason) for report in found] == [(1, "Rude."), (2, "Ruder.")]


async def test_of_several_letters_in_one_message_a_menu_chooses(stage: Stage, story: int) -> None:
    async with stage.bot():
        await add(stage.database, edition("Windfalls", "Isolde"))
        for person, comments in ((stage.jon, "Two."), (stage.mara, "Three."), (stage.jon, "Four.")):
            await writes(person, "Windfalls", comments, Name="")
        await stage.link("Isolde", stage.ruby)
        digest = await posted(stage.ruby)
        assert digest.options == ["1. Anonymous", "2. Anonymous", "3. Anonymous"]
        picked = message(await stage.ruby.chooses("3. Anonymous", message=digest))
        assert picked.ephemeral
        assert "Four." in picked.text
        assert picked.buttons == ["Reply", "Thank", "Block", "Report", "End", "Open the story"]
        form(await stage.ruby.clicks("Reply", message=picked))
        await stage.ruby.submits(Answer="To four.")
        assert "To four." in (await posted(stage.jon)).text


async def test_nobody_acts_on_letters_of_others(stage: Stage, story: int) -> None:
    """Ids are forged by a third person, by the reader for what is the author's, and the other way round."""
    async with stage.bot():
        letter = await _letter(stage)
        await stage.ruby.clicks("Reply", message=letter)
        await stage.ruby.submits(Answer="Well.")
        await posted(stage.mara)
        theirs = {
            stage.jon: ["reply:1", "reply:2", "thank:1", "end:1", "end:2", "block:1", "block-for:1:0", "report:1"],
            stage.mara: ["reply:1", "thank:1", "thank:2", "block:1", "block-for:1:0", "block-for:2:0", "report:1"],
            stage.ruby: ["reply:2", "thank:2", "block:2", "block-for:2:0", "report:2", "reply:999", "end:999"],
        }
        for person, forged in theirs.items():
            page = message(await person.runs("/archive"))
            for custom_id in forged:
                said = await refused(presses(person, f"v1:{custom_id}", on=page))
                number = custom_id.split(":")[1]
                assert said == f"Letter {number} is none of yours; /letters and /pen inbox show those that are."
        page = message(await stage.jon.runs("/archive"))
        assert "none of yours" in await refused(presses(stage.jon, "v1:pick:1", 1, on=page))
    db = stage.database.reader
    assert await db.value("SELECT count(*) FROM letters") == 2
    assert await db.value("SELECT count(*) FROM blocks") == 0
    assert await db.value("SELECT count(*) FROM reports") == 0
    assert await db.value("SELECT ended_at FROM conversations") is None


@pytest.mark.parametrize("verb", ["answer:1:0", "complain:1"])
async def test_a_form_for_the_letter_of_another_gives_its_text_back(stage: Stage, story: int, verb: str) -> None:
    async with stage.bot():
        await _letter(stage)
        modal = form(await stage.jon.runs("/feedback", story="The Lamp"))
        modal.raw["custom_id"] = f"v1:{verb}"
        answer = message(await stage.jon.submits(Comments="Let me in."))
        assert answer.content.startswith("Letter 1 is none of yours")
        assert "Let me in." in answer.text
    assert await stage.database.reader.value("SELECT count(*) FROM letters") == 1
    assert await stage.database.reader.value("SELECT count(*) FROM drafts") == 0


async def test_what_is_held_is_nobodys_to_act_on_yet(stage: Stage, story: int) -> None:
    async with stage.database.write() as db:
        await db.run("UPDATE archives SET hold_first = 1")
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "Lovely.")
        page = message(await stage.ruby.runs("/archive"))
        for verb in ("reply", "thank", "block", "report", "end"):
            assert "none of yours" in await refused(presses(stage.ruby, f"v1:{verb}:1", on=page))


async def test_an_account_blocked_by_moderators_gets_no_answers_out(stage: Stage, story: int) -> None:
    async with stage.bot():
        letter = await _letter(stage)
        await stage.ruby.clicks("Reply", message=letter)
        await stage.ruby.submits(Answer="Rude words.")
        async with stage.database.write() as db:
            await blocks.block_account(db, 1, stage.ruby.id, 2, None, time.time())
        assert "The moderators of this archive" in await refused(stage.ruby.clicks("Reply", message=letter))


async def test_the_same_answer_replayed_is_one(stage: Stage, story: int) -> None:
    async with stage.bot():
        await stage.ruby.clicks("Reply", message=await _letter(stage))
        await stage.ruby.submits(Answer="Once.")
        await posted(stage.mara)
        stage.sandbox.replay()
        await stage.ruby.clicks("Reply", message=post(stage.ruby)[0])
        await stage.ruby.submits(Answer="Twice.")
        assert "Twice." in (await posted(stage.mara, 2)).text
    assert len(post(stage.mara)) == 2
