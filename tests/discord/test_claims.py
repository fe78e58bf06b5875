"""Claims, told as scenes: from the asking to the letters, and what becomes of the stories."""

import pytest

from bot.domain.delivery import State
from bot.domain.models import Standing
from bot.sandbox import Message, Person
from tests.discord.stage import Stage, form, message, post, posted, presses, refused, writes
from tests.library import add, edition

DMS = r"^/channels/\d+/messages$"


@pytest.fixture
async def story(stage: Stage) -> int:
    return await add(stage.database, edition("The Lamp", "Ruby", pages=2))


async def _ask(stage: Stage, person: Person, proof: str = "") -> str:
    options = {"name": "Ruby", "proof": proof} if proof else {"name": "Ruby"}
    return message(await person.runs("/pen claim", options)).text


async def _agree(stage: Stage) -> None:
    await stage.mo.runs("/desk claims")
    await stage.mo.chooses("Ruby")
    await stage.mo.clicks("Agree")


async def _taken(stage: Stage) -> Message:
    """Ruby has claimed her name and taken the letters; returns the choice."""
    await _ask(stage, stage.ruby)
    await _agree(stage)
    return message(await stage.ruby.clicks("Take them", message=await posted(stage.ruby)))


async def _user(stage: Stage) -> int | None:
    return await stage.database.reader.value("SELECT user_id FROM authors WHERE name_key = 'ruby'")


async def test_a_claim_goes_over_a_moderator_and_a_question_without_letters(stage: Stage, story: int) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "One secret.", Email="mara@example.org")
        await writes(stage.jon, "The Lamp", "Two secrets.")
        assert "The moderators see that you are Ruby" in await _ask(stage, stage.ruby, "code 4711")
        assert await _user(stage) is None
        listed = message(await stage.mo.runs("/desk claims"))
        assert listed.ephemeral
        assert f"**Ruby**, claimed by <@{stage.ruby.id}>" in listed.text
        claim = message(await stage.mo.chooses("Ruby"))
        assert "code 4711" in claim.text
        said = message(await stage.mo.clicks("Agree"))
        assert said.text == "The account that claims Ruby is asked whether it takes the letters."
        assert await _user(stage) is None, "a moderator's yes alone ties nothing"
        question = await posted(stage.ruby)
        assert question.text == "Are you Ruby?\n2 letters are waiting for **Ruby**. If that is you, take them."
        assert question.buttons == ["Take them", "Not me", "Never"]
        taken = message(await stage.ruby.clicks("Take them", message=question))
        assert "Ruby is you now; 2 letters are on the way." in taken.text
        digest = await posted(stage.ruby, 2)
        assert digest.options == ["1. Mara", "2. Jon"], "both in one message"
        assert "One secret." in digest.text
        assert "mara@example.org" not in digest.text
    assert await _user(stage) == stage.ruby.id


@pytest.mark.parametrize(
    ("pressed", "said", "again"),
    [
        ("Not me", "the letters go on waiting for Ruby", "The moderators see that you are Ruby"),
        ("Never", "you are not asked about Ruby again", "You said that you are not “Ruby”"),
    ],
)
async def test_whoever_is_somebody_else_says_so(stage: Stage, story: int, pressed: str, said: str, again: str) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "A secret.")
        await _ask(stage, stage.jon)
        await _agree(stage)
        question = await posted(stage.jon)
        assert said in message(await stage.jon.clicks(pressed, message=question)).text
        assert "There is nothing left to decide here" in await refused(stage.jon.clicks("Take them", message=question))
        assert again in message(await stage.jon.runs("/pen claim", name="Ruby", channel=stage.hall)).text
    assert await _user(stage) is None
    assert not any("A secret." in letter.text for letter in stage.jon.dms)


async def test_a_moderators_no_is_told(stage: Stage, story: int) -> None:
    async with stage.bot():
        await _ask(stage, stage.jon)
        await stage.mo.runs("/desk claims")
        await stage.mo.chooses("Ruby")
        said = message(await stage.mo.clicks("Do not agree"))
        assert said.text == "The account that claims Ruby is told that you do not agree."
        told = await posted(stage.jon)
        assert "The moderators do not agree that **Ruby** is you" in told.text
        assert message(await stage.jon.clicks("All right", message=told)).text == "All right."
        assert "Nobody claims a pen name." in message(await stage.mo.runs("/desk claims")).text


async def test_a_question_is_answered_by_whom_it_is_for(stage: Stage, story: int) -> None:
    async with stage.bot():
        await _ask(stage, stage.ruby)
        await _agree(stage)
        await posted(stage.ruby)
        page = message(await stage.jon.runs("/archive"))
        for verb in ("claim-take:1", "claim-deny:1", "claim-never:1", "claim-take:99"):
            assert "There is nothing left to decide" in await refused(presses(stage.jon, f"v1:{verb}:1", on=page))
    assert await _user(stage) is None
    assert await stage.database.reader.value("SELECT state FROM claims") == "offered"


async def test_a_claim_that_nobody_agreed_to_takes_nothing(stage: Stage, story: int) -> None:
    async with stage.bot():
        await _ask(stage, stage.jon)
        page = message(await stage.jon.runs("/archive"))
        assert "nothing left to decide" in await refused(presses(stage.jon, "v1:claim-take:1:1", on=page))
    assert await _user(stage) is None


async def test_a_name_that_nobody_has_and_one_that_is_yours(stage: Stage, story: int) -> None:
    async with stage.bot():
        said = await refused(stage.ruby.runs("/pen claim", name="Rubi"))
        assert said.startswith("No author in the archive is called “Rubi”; did you mean Ruby?")
        assert [choice.name for choice in await stage.ruby.types("/pen claim", name="rub")] == ["Ruby"]
        await stage.link("Ruby", stage.ruby)
        said = await refused(stage.ruby.runs("/pen claim", name="Ruby"))
        assert said.startswith("“Ruby” is tied to your account already")


async def test_a_yes_moves_a_name_from_another_account(stage: Stage, story: int) -> None:
    await stage.link("Ruby", stage.jon)
    async with stage.bot():
        await _ask(stage, stage.ruby)
        await stage.mo.runs("/desk claims")
        claim = message(await stage.mo.chooses("Ruby"))
        assert "tied to another account now; a yes moves it" in claim.text
        await stage.mo.clicks("Agree")
        await stage.ruby.clicks("Take them", message=await posted(stage.ruby))
        await writes(stage.mara, "The Lamp", "Lovely.")
        assert "Lovely." in (await posted(stage.ruby, 2)).text
        assert [told.text.splitlines()[0] for told in post(stage.jon)] == ["A pen name left you"]


async def test_the_stories_stay_as_they_are(stage: Stage, story: int) -> None:
    async with stage.bot():
        said = message(await stage.ruby.clicks("Keep them", message=await _taken(stage)))
        assert said.text == "The stories stay as they are, under Ruby."
        assert "Ruby" in message(await stage.mara.runs("/stories")).text
    assert await stage.database.reader.value("SELECT choice FROM authors") == "keep"


async def test_the_stories_get_another_name(stage: Stage, story: int) -> None:
    await add(stage.database, edition("Windfalls", "Isolde"))
    async with stage.bot():
        choice = await _taken(stage)
        modal = form(await stage.ruby.clicks("Another name", message=choice))
        assert modal.field("New pen name").value == "Ruby"
        assert "Somebody in this archive writes as “isolde” already" in await refused(
            stage.ruby.submits({"New pen name": "isolde"})
        )
        form(await stage.ruby.clicks("Another name", message=choice))
        assert "needs at least one letter" in await refused(stage.ruby.submits({"New pen name": "***"}))
        form(await stage.ruby.clicks("Another name", message=choice))
        said = message(await stage.ruby.submits({"New pen name": "Garnet"}))
        assert said.text == "The stories now stand under Garnet."
        assert "by Garnet" in message(await stage.mara.runs("/stories")).text
        page = message(await stage.mara.runs("/read", story="garnet lamp"))
        assert "The Lamp, page 1." in page.text
        await writes(stage.mara, "The Lamp", "To Garnet.")
        assert "To Garnet." in (await posted(stage.ruby, 2)).text


async def test_orphans_take_no_letters(stage: Stage, story: int) -> None:
    async with stage.bot():
        said = message(await stage.ruby.clicks("Without my name", message=await _taken(stage)))
        assert said.text.startswith("The stories stay, without your name")
        listed = message(await stage.mara.runs("/stories")).text
        assert "Ruby" not in listed
        assert "by Orphaned stories" in listed
        assert "wishes no letters" in await refused(stage.mara.runs("/feedback", story="The Lamp"))


@pytest.mark.parametrize(("pressed", "choice"), [("Take them out", "withdraw"), ("Out, and never again", "never")])
async def test_withdrawn_stories_are_read_by_nobody(stage: Stage, story: int, pressed: str, choice: str) -> None:
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="The Lamp", share=True))
        form(await stage.jon.runs("/feedback", story="The Lamp"))
        said = message(await stage.ruby.clicks(pressed, message=await _taken(stage)))
        assert "The stories are out of the archive" in said.text
        assert "The archive is empty" in message(await stage.mara.runs("/stories")).text
        gone = "The author of this story withdrew it, and its text is no longer here; /stories shows what is."
        assert await refused(stage.mara.clicks("Next", message=page)) == gone
        assert await refused(presses(stage.mara, f"v1:feedback:{story}:1", on=page)) == gone
        assert gone in await refused(stage.jon.submits(Comments="My long letter."))
    row = await stage.database.reader.one(
        "SELECT s.state, a.choice FROM stories s JOIN authors a ON a.id = s.author_id"
    )
    assert row is not None
    assert tuple(row) == (Standing.WITHDRAWN, choice)


async def test_nobody_chooses_for_another(stage: Stage, story: int) -> None:
    async with stage.bot():
        await _taken(stage)
        page = message(await stage.jon.runs("/archive"))
        for number in range(5):
            said = await refused(presses(stage.jon, f"v1:choice:1:{number}", on=page))
            assert said == "This pen name is not tied to your account; ask for it with /pen claim."
        modal = form(await stage.jon.runs("/feedback", story="The Lamp"))
        modal.raw["custom_id"] = "v1:renamed:1"
        assert "not tied to your account" in await refused(stage.jon.submits(Name="Garnet", Comments="x"))
    row = await stage.database.reader.one("SELECT name, choice FROM authors")
    assert row is not None
    assert tuple(row) == ("Ruby", "")


async def test_letters_refused_to_a_wrong_account_wait_for_the_right_one(stage: Stage, story: int) -> None:
    async with stage.bot():
        await writes(stage.mara, "The Lamp", "A secret.")
        await _ask(stage, stage.jon)
        await _agree(stage)
        await stage.jon.clicks("Not me", message=await posted(stage.jon))
        await _ask(stage, stage.ruby)
        await _agree(stage)
        await stage.ruby.clicks("Take them", message=await posted(stage.ruby))
        assert "A secret." in (await posted(stage.ruby, 2)).text
    assert await stage.database.reader.value("SELECT state FROM outbox WHERE letter_id = 1") == State.DELIVERED
