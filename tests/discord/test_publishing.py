"""/desk review, publish, hide and restore, told as scenes: who may, who is told, and what is on record."""

import pytest

from bot.domain.models import Rating, Standing
from bot.sandbox import Message
from bot.sandbox.permissions import MANAGE_GUILD
from bot.store import withdrawals
from tests.discord.stage import Stage, form, message, posted, presses, refused
from tests.library import add, edition, open_archive

NOT_YOURS = "Only the moderators of the archive that is read here can do this"


@pytest.fixture
async def lamp(stage: Stage) -> int:
    story = await add(stage.database, edition("The Lamp", "Ruby", pages=3))
    await stage.link("Ruby", stage.ruby)
    return story


async def hidden(stage: Stage, told: str = "no", reason: str = "It names a neighbour.") -> Message:
    """The answer once The Lamp is hidden."""
    await stage.mo.runs("/desk hide", story="The Lamp")
    form(await stage.mo.clicks("Hide…"))
    return message(await stage.mo.submits({"Reason": reason, "told": told}))


async def state(stage: Stage, story: int) -> str:
    return await stage.database.reader.value("SELECT state FROM stories WHERE id = :id", id=story)


async def test_hiding_says_what_hangs_on_it_and_restoring_brings_it_back(stage: Stage, lamp: int) -> None:
    await add(stage.database, edition("The Wick", "Ruby"))
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="The Lamp"))
        await stage.mara.clicks("Next", message=page)
    async with stage.bot():
        shown = message(await stage.mo.runs("/desk hide", story="The Lamp"))
        assert "Readers with a place in it: 1; bookmarks: 0; links of other stories to it: 0" in shown.text
        assert "is hidden now" in (await hidden(stage)).text
        assert await state(stage, lamp) == "hidden"
        gone = await refused(stage.mara.clicks("Next", message=page))
        assert gone == "This story is no longer in the archive; /stories shows what is."
        assert "The Lamp" not in message(await stage.mara.runs("/stories")).text
        told = await posted(stage.ruby)
        assert "is hidden from readers. The reason the moderators gave: It names a neighbour." in told.text
    async with stage.bot():
        await stage.mo.runs("/desk restore", story="The Lamp")
        form(await stage.mo.clicks("Restore…"))
        assert message(await stage.mo.submits(Reason="The name is out.")).text == "The Lamp is restored."
        assert "page 2" in message(await stage.mara.runs("/read", story="The Lamp")).text
        ledger = message(await stage.mo.runs("/desk ledger")).text
        assert "restored" in ledger
        assert "Reason: It names a neighbour." in ledger


async def test_readers_are_told_the_reason_where_a_moderator_wishes(stage: Stage, lamp: int) -> None:
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="The Lamp"))
        await hidden(stage, told="yes", reason="@everyone **asked** for it.")
        said = await refused(stage.mara.clicks("Next", message=page))
        assert said.startswith(r"“The Lamp” is hidden by the moderators: \@everyone \*\*asked\*\* for it.")


async def test_a_withheld_story_is_published_and_its_author_told(stage: Stage) -> None:
    story = await add(stage.database, edition("The Lamp", "Ruby"), state=Standing.WITHHELD)
    await stage.link("Ruby", stage.ruby)
    async with stage.bot():
        listed = message(await stage.mo.runs("/desk review"))
        assert "**The Lamp** by Ruby, PG, 3 words" in listed.text
        shown = message(await stage.mo.chooses("The Lamp", message=listed))
        form(await stage.mo.clicks("Publish…", message=shown))
        assert message(await stage.mo.submits(Reason="Lovely.")).text == "The Lamp is published."
        assert "is in the archive for readers now" in (await posted(stage.ruby)).text
        assert "Nothing waits" in message(await stage.mo.runs("/desk review")).text
        await stage.mara.runs("/read", story="The Lamp")
        said = await refused(stage.mo.clicks("Publish…", message=shown))
        assert (
            said
            == "“The Lamp” is published now, so there is nothing to publish; /desk ledger tells who did that and when."
        )
    assert await state(stage, story) == "published"


async def test_a_withheld_story_that_was_refused_waits_again_when_restored(stage: Stage) -> None:
    story = await add(stage.database, edition("The Lamp", "Ruby"), state=Standing.WITHHELD)
    await stage.link("Ruby", stage.ruby)
    async with stage.bot():
        await stage.mo.runs("/desk review")
        await stage.mo.chooses("The Lamp")
        form(await stage.mo.clicks("Do not publish…"))
        await stage.mo.submits(Reason="Not a story.")
        assert "was not taken into the archive" in (await posted(stage.ruby)).text
        await stage.mo.runs("/desk restore", story="The Lamp")
        form(await stage.mo.clicks("Restore…"))
        assert "waits for review" in message(await stage.mo.submits(Reason="It is one.")).text
    assert await state(stage, story) == "withheld"


async def test_the_second_of_two_moderators_is_told_and_changes_nothing(stage: Stage, lamp: int) -> None:
    ida = stage.sandbox.person("ida", guild=stage.guild, permissions=MANAGE_GUILD)
    async with stage.bot():
        for moderator in (stage.mo, ida):
            await moderator.runs("/desk hide", story="The Lamp")
            form(await moderator.clicks("Hide…"))
        await stage.mo.submits(Reason="Mine.")
        said = message(await ida.submits(Reason="Hers.")).text
        assert "“The Lamp” is hidden now, so there is nothing to hide" in said
        assert "Hers." in said, "what was typed comes back"
    assert await stage.database.reader.value("SELECT state_reason FROM stories") == "Mine."
    assert await stage.database.reader.value("SELECT count(*) FROM ledger") == 1


async def test_an_act_needs_a_reason_and_a_replay_does_it_once(stage: Stage, lamp: int) -> None:
    async with stage.bot():
        await stage.mo.runs("/desk hide", story="The Lamp")
        form(await stage.mo.clicks("Hide…"))
        assert "needs a reason" in message(await stage.mo.submits(Reason="  ")).text
        assert await state(stage, lamp) == "published"
        await hidden(stage)
        stage.sandbox.replay()
        await stage.mo.runs("/desk review")
    assert await stage.database.reader.value("SELECT count(*) FROM ledger") == 1


async def test_autocomplete_offers_what_readers_do_not_see_to_moderators_alone(stage: Stage, lamp: int) -> None:
    await add(stage.database, edition("Lamplight", "Jade", rating=Rating.NC_17), state=Standing.HIDDEN)
    async with stage.bot():
        offered = [choice.name for choice in await stage.mo.types("/desk restore", story="lamp")]
        assert offered == ["Lamplight — by Jade (hidden)", "The Lamp — by Ruby (published)"]


async def test_a_moderator_reads_what_waits_and_decides_over_the_page(stage: Stage) -> None:
    story = await add(stage.database, edition("The Lamp", "Ruby", pages=3), state=Standing.WITHHELD)
    async with stage.bot():
        await stage.mo.runs("/desk review")
        await stage.mo.chooses("The Lamp")
        page = message(await stage.mo.clicks("Read it"))
        assert page.ephemeral
        assert "The Lamp, page 1." in page.text
        assert "The Lamp, page 2." in message(await stage.mo.clicks("Next", message=page)).text
    async with stage.bot():
        assert "The Lamp, page 3." in message(await stage.mo.clicks("Last", message=page)).text
        assert "The Lamp, page 1." in message(await stage.mo.clicks("First", message=page)).text
        form(await stage.mo.clicks("Publish…", message=page))
        assert message(await stage.mo.submits(Reason="Lovely.")).text == "The Lamp is published."
    assert await state(stage, story) == "published"
    assert await stage.database.reader.value("SELECT count(*) FROM places") == 0, "nobody has read it"


async def test_what_was_hidden_can_be_read_at_the_desk_and_what_was_purged_cannot(stage: Stage, lamp: int) -> None:
    async with stage.bot():
        await hidden(stage)
        await stage.mo.runs("/desk restore", story="The Lamp")
        page = message(await stage.mo.clicks("Read it"))
        assert "The Lamp, page 1." in page.text
        async with stage.database.write() as db:
            await withdrawals.purge(db, lamp)
        assert "no longer in the archive" in await refused(stage.mo.clicks("Next", message=page))


async def test_a_mature_story_is_read_where_it_opens_by_moderators_too(stage: Stage) -> None:
    await add(stage.database, edition("Ember", "Ruby", rating=Rating.NC_17, pages=2), state=Standing.WITHHELD)
    async with stage.bot():
        shown = message(await stage.mo.runs("/desk publish", story="Ember"))
        said = await refused(stage.mo.clicks("Read it", message=shown))
        assert said.startswith("“Ember” is rated NC-17 and opens only in an age-restricted channel")
        shown = message(await stage.mo.runs("/desk publish", story="Ember", channel=stage.dark))
        page = message(await stage.mo.clicks("Read it", message=shown))
        assert "Ember, page 1." in page.text
        await stage.mo.runs("/desk settings", directory_safe=True)
        said = await refused(stage.mo.clicks("Next", message=page))
        assert "a directory-safe archive shows the text of such a story nowhere" in said


async def test_under_a_message_that_others_see_the_text_is_still_the_moderators_alone(stage: Stage, lamp: int) -> None:
    await add(stage.database, edition("Secret", "Ruby"), state=Standing.WITHHELD)
    async with stage.bot():
        shared = message(await stage.mo.runs("/read", story="The Lamp", share=True))
        assert not shared.ephemeral
        page = message(await presses(stage.mo, "v1:story-text:2:1", on=shared))
        assert page.ephemeral
        assert "Secret, page 1." in page.text
        assert "Secret" not in shared.text


FORGED = ("review:0", "story-text:1:1", "standing:1:0", "standing:1:1", "standing:1:2")


async def test_nothing_of_it_answers_to_others(stage: Stage, lamp: int) -> None:
    async with stage.bot():
        for person in (stage.jon, stage.ruby):
            page = message(await person.runs("/archive"))
            for custom_id in FORGED:
                assert (await refused(presses(person, f"v1:{custom_id}", on=page))).startswith(NOT_YOURS), custom_id
            assert (await refused(presses(person, "v1:standing-of", lamp, on=page))).startswith(NOT_YOURS)
            modal = form(await person.runs("/feedback", story="The Lamp"))
            modal.raw["custom_id"] = f"v1:stand:{lamp}:1"
            assert (await refused(person.submits(Comments="x"))).startswith(NOT_YOURS)
    assert await state(stage, lamp) == "published"


async def test_another_servers_moderator_reaches_none_of_it(stage: Stage, lamp: int) -> None:
    other = stage.sandbox.guild("Elsewhere")
    there = other.channel("hall")
    other.welcome(stage.jon.user, MANAGE_GUILD)
    archive = await open_archive(stage.database, other.id)
    await add(stage.database, edition("Elsewhere's", "Jade"), archive_id=archive)
    async with stage.bot():
        page = message(await stage.jon.runs("/desk review", channel=there))
        for custom_id in FORGED[1:]:
            assert "no longer in the archive" in await refused(presses(stage.jon, f"v1:{custom_id}", on=page))
        assert "No story here is called" in await refused(stage.jon.runs("/desk hide", story="#1", channel=there))
        assert "No story here is called" in await refused(stage.jon.runs("/desk hide", story="The Lamp", channel=there))
        assert await stage.jon.types("/desk hide", story="Lamp", channel=there) == []
        form(await presses(stage.jon, "v1:standing:2:1", on=page))
        stage.jon.modal.raw["custom_id"] = "v1:stand:1:1"  # pyright: ignore[reportOptionalMemberAccess]
        assert "no longer in the archive" in message(await stage.jon.submits(Reason="Mine!")).text
    assert await state(stage, lamp) == "published"
