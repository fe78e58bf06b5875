"""Reading, told as scenes."""

import pytest

from bot.domain.models import Link, LinkKind, Rating
from bot.sandbox import CommandRefused
from tests.discord.stage import Stage, message
from tests.library import add, edition, open_archive


async def test_a_reader_reads_a_story_to_its_end(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=3))
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="The Lamp"))
        assert page.ephemeral
        assert "The Lamp, page 1." in page.text
        assert page.buttons[:4] == ["First", "Previous", "Next", "Last"]
        with pytest.raises(CommandRefused, match="greyed out"):
            await stage.mara.clicks("Previous")
        assert "The Lamp, page 2." in message(await stage.mara.clicks("Next")).text
        last = message(await stage.mara.clicks("Next"))
        assert "The Lamp, page 3." in last.text
        assert last.buttons[4:] == ["More", "Tell the author what you think", "Fiction Index", "Main"]
        assert "The Lamp, page 1." in message(await stage.mara.clicks("First")).text
        assert "The Lamp, page 3." in message(await stage.mara.clicks("Last")).text
        assert "The Lamp, page 2." in message(await stage.mara.chooses("Page 2")).text
        assert "Fiction Index" in message(await stage.mara.clicks("Last")).buttons
        assert "The Lamp" in message(await stage.mara.clicks("Fiction Index")).text
        assert "Story Archive" in message(await stage.mara.clicks("Main")).text


async def test_one_goes_on_where_one_was(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=5))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        await stage.mara.chooses("Page 4")
        assert "page 4." in message(await stage.mara.runs("/read", story="The Lamp")).text
        assert "page 1." in message(await stage.jon.runs("/read", story="The Lamp")).text
    async with stage.bot():
        assert "page 4." in message(await stage.mara.runs("/read", story="The Lamp")).text
        await stage.mara.runs("/archive")
        assert "page 4." in message(await stage.mara.clicks("Continue where you were")).text


async def test_old_buttons_work_after_a_restart(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=3))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        await stage.jon.runs("/stories")
    async with stage.bot():
        assert "page 2." in message(await stage.mara.clicks("Next")).text
        assert "page 1." in message(await stage.jon.chooses("The Lamp")).text


async def test_a_stranger_gets_a_private_copy(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=3))
    async with stage.bot():
        shared = message(await stage.mara.runs("/read", story="The Lamp", share=True))
        assert not shared.ephemeral
        assert "page 1." in stage.jon.sees(stage.hall)[-1].text
        copy = message(await stage.jon.clicks("Next", message=shared))
        assert copy.ephemeral
        assert copy.id != shared.id
        assert "page 2." in copy.text
        assert "page 1." in stage.mara.screen.text, "the page that was shared stays as it is"
        assert message(await stage.mara.clicks("Next", message=shared)).id == shared.id


async def test_the_cover_stands_ahead_of_the_first_page(stage: Stage) -> None:
    made = edition("Not So Alone", series="Changing Hearts", links=[Link(LinkKind.SEQUEL, "Letting Go")], pages=2)
    manuscript = made.manuscript
    await add(stage.database, made)
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="Not So Alone"))
        assert len(page.embeds) == 2
        assert page.embeds[0]["title"] == "Changing Hearts Series – Not So Alone"
        assert "Letting Go (not here yet)" in page.text
        assert manuscript.rating.label in page.text
        assert len(message(await stage.mara.clicks("Next")).embeds) == 1


async def test_the_last_page_leads_on(stage: Stage) -> None:
    await add(stage.database, edition("First", series="Hearts"))
    await add(stage.database, edition("Second", series="Hearts", links=[Link(LinkKind.SEQUEL, "First")]))
    await add(stage.database, edition("Aside", links=[Link(LinkKind.SEQUEL, "First")]))
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="First"))
        assert page.buttons[:2] == ["Next in series: Second", "Sequel: Aside"]
        assert "Second, page 1." in message(await stage.mara.clicks("Next in series: Second")).text


async def test_a_prequel_leads_to_what_it_is_a_prequel_to(stage: Stage) -> None:
    await add(stage.database, edition("After"))
    await add(stage.database, edition("Later", rating=Rating.NC_17))
    before = [Link(LinkKind.PREQUEL, "After"), Link(LinkKind.PREQUEL, "Later"), Link(LinkKind.PREQUEL, "Never")]
    await add(stage.database, edition("Before", links=before))
    await add(stage.database, edition("After All", links=[Link(LinkKind.SEQUEL, "Before")]))
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="Before"))
        assert page.buttons[:3] == ["Sequel: After All", "Sequel: After", "Sequel: Later (age-restricted)"]
        assert "After, page 1." in message(await stage.mara.clicks("Sequel: After")).text


async def test_each_way_on_stands_once(stage: Stage) -> None:
    """The next story of the series says it is the sequel, and this one that it is the prequel: one button."""
    await add(stage.database, edition("Next", links=[Link(LinkKind.SEQUEL, "Before")], series="Hearts"))
    await add(stage.database, edition("Before", links=[Link(LinkKind.PREQUEL, "Next")], series="Hearts"))
    await add(stage.database, edition("Aside", links=[Link(LinkKind.SEQUEL, "Apart")]))
    await add(stage.database, edition("Apart", links=[Link(LinkKind.PREQUEL, "Aside")]))
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="Before"))
        assert page.buttons[:2] == ["Next in series: Next", "Tell the author what you think"]
        page = message(await stage.mara.runs("/read", story="Apart"))
        assert page.buttons[:2] == ["Sequel: Aside", "Tell the author what you think"]


async def test_what_is_typed_freely_is_searched_for(stage: Stage) -> None:
    await add(stage.database, edition("The Long Tide", "Tam Okafor"))
    await add(stage.database, edition("The Long Night", "Isolde Wren"))
    async with stage.bot():
        assert "The Long Tide, page 1." in message(await stage.mara.runs("/read", story="tide")).text
        several = message(await stage.mara.runs("/read", story="long"))
        assert several.options == ["The Long Night", "The Long Tide"]
        assert "The Long Night, page 1." in message(await stage.mara.chooses("The Long Night")).text
        none = message(await stage.mara.runs("/read", story="The Lung Tide"))
        assert none.text == "No story here is called “The Lung Tide”; the nearest is “The Long Tide”."


async def test_autocomplete_looks_at_title_author_and_series(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", "Isolde Wren", series="Lights"))
    await add(stage.database, edition("Windfalls", "Tam Okafor"))
    async with stage.bot():
        for typed in ("lam", "wren", "light"):
            choices = await stage.mara.types("/read", story=typed)
            assert [choice.name for choice in choices] == ["The Lamp — by Isolde Wren"]
        choices = await stage.mara.types("/read", story="")
        assert len(choices) == 2
        assert "The Lamp, page 1." in message(await stage.mara.runs("/read", story=choices[0].value)).text


async def test_a_part_can_be_asked_for(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=2))
    async with stage.bot():
        assert "page 1." in message(await stage.mara.runs("/read", story="The Lamp", part=1)).text
        refusal = message(await stage.mara.runs("/read", story="The Lamp", part=2))
        assert refusal.text == "“The Lamp” is not divided into parts; leave the option “part” out or name one."


async def test_a_page_of_a_story_that_became_shorter(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=9))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        await stage.mara.chooses("Page 8")
        async with stage.database.write() as db:
            await db.run("DELETE FROM pages WHERE number > 3")
            await db.run("UPDATE stories SET pages = 3")
        assert "page 3." in message(await stage.mara.clicks("Next")).text


async def test_buttons_nobody_knows_get_a_polite_answer(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=2))
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="The Lamp"))
        for forged in (
            "v2:read:1:1",
            "v1:sing:1",
            "read",
            "v1:read",
            "v1:read:1:x",
            f"v1:read:{10**30}:1",
            "v1:read:-1:1",
        ):
            page.components[0]["components"][2]["custom_id"] = forged
            answer = message(await stage.mara.clicks("Next", message=page))
            assert "belongs to another version" in answer.text, forged
        page.components[0]["components"][2]["custom_id"] = "v1:read:999:1:2"
        gone = message(await stage.mara.clicks("Next", message=page))
        assert gone.text == "This story is no longer in the archive; /stories shows what is."


async def test_a_server_with_an_archive_of_its_own_sees_nothing_else(stage: Stage) -> None:
    home = await add(stage.database, edition("Home Story", pages=2))
    own = await open_archive(stage.database, stage.guild.id)
    await add(stage.database, edition("Own Story", "Opal"), archive_id=own)
    async with stage.bot():
        assert "Own Story" in message(await stage.mara.runs("/stories")).text
        assert "Home Story" not in stage.mara.screen.text
        answer = message(await stage.mara.runs("/read", story=f"#{home}"))
        assert answer.text == "This story is no longer in the archive; /stories shows what is."
        assert "Home Story" in message(await stage.mara.runs("/stories", channel="dm")).text


async def test_story_text_can_neither_ping_nor_format(stage: Stage) -> None:
    title = "@everyone **Bold** <@1> [x](https://example.com)"
    await add(stage.database, edition(title, rating=Rating.G))
    async with stage.bot():
        shown = message(await stage.mara.runs("/stories"))
        assert shown.mentions == []
        assert r"\*\*Bold\*\*" in shown.text
        assert r"\<\@1>" in shown.text or r"\<@1>" in shown.text
        assert "[x](" not in shown.text.replace(r"\[", "")


async def test_answers_are_not_sent_back_to_be_read_again(stage: Stage) -> None:
    """It is a fifth of what an answer costs, and discord.py always asks for it."""
    await add(stage.database, edition("The Lamp", pages=2))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        await stage.mara.clicks("Next")
    answers = [exchange for exchange in stage.sandbox.exchanges if exchange.path.endswith("/callback")]
    assert [(exchange.query, exchange.status) for exchange in answers] == [("", 204)] * 2
