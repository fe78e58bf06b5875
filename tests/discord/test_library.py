"""Looking around, told as scenes: /archive, /stories, /series."""

import pytest

from bot.domain.models import Link, LinkKind, Rating
from bot.sandbox import CommandRefused
from tests.discord.stage import Stage, form, message
from tests.library import add, edition

LEADS = ["Search…", "One by lot", "My shelf", "What I follow", "My letters", "Settings", "My data"]


async def _shelve(stage: Stage, count: int, series: str | None = None) -> None:
    """`count` stories, "Tale 01" the first by title and in its series."""
    for number in range(1, count + 1):
        await add(stage.database, edition(f"Tale {number:02}", series=series), now=float(number))


async def test_an_empty_archive_says_who_fills_it(stage: Stage) -> None:
    async with stage.bot():
        for line in ("/archive", "/stories"):
            shown = message(await stage.mara.runs(line))
            assert "The archive is empty so far." in shown.text
            assert shown.options == []


async def test_the_front_page_tells_what_is_here_and_leads_on(stage: Stage) -> None:
    await _shelve(stage, 7, "Tales")
    async with stage.bot():
        front = message(await stage.mara.runs("/archive"))
        assert front.ephemeral
        assert "7 stories by 1 author, 1 series." in front.text
        assert front.options == ["Tale 07", "Tale 06", "Tale 05", "Tale 04", "Tale 03"]
        assert front.buttons == ["Fiction Index", *LEADS]
        assert "Tale 07, page 1." in message(await stage.mara.chooses("Tale 07")).text
        assert message(await stage.mara.runs("/archive")).buttons == [
            "Continue where you were",
            "Fiction Index",
            *LEADS,
        ]
        assert "1–7 of 7, by title" in message(await stage.mara.clicks("Fiction Index")).text
        assert "Newest" in message(await stage.mara.clicks("Main")).text


@pytest.mark.parametrize(
    ("pressed", "shown"),
    [
        ("My shelf", "bookmark"),
        ("What I follow", "follow"),
        ("My letters", "letters"),
        ("Settings", "Length of a page"),
        ("One by lot", "Tale 01, page 1."),
    ],
)
async def test_the_front_page_leads_everywhere(stage: Stage, pressed: str, shown: str) -> None:
    await _shelve(stage, 1, "Tales")
    async with stage.bot():
        front = message(await stage.mara.runs("/archive"))
    async with stage.bot():
        assert shown.casefold() in message(await stage.mara.clicks(pressed, message=front)).text.casefold()


async def test_the_front_page_asks_what_is_searched_for(stage: Stage) -> None:
    await _shelve(stage, 3, "Tales")
    async with stage.bot():
        front = message(await stage.mara.runs("/archive"))
        form(await stage.mara.clicks("Search…", message=front))
        found = message(await stage.mara.submits({"words": '"tale 02"'}))
        assert "Tale 02" in found.text
        assert "Tale 03" not in found.text
        form(await stage.mara.clicks("Search…", message=message(await stage.mara.runs("/archive"))))
        assert "auhtor" in message(await stage.mara.submits({"words": "auhtor:ruby"})).text, "in words, as /search does"


async def test_each_row_of_the_front_page_has_its_rating_and_where_it_opens(stage: Stage) -> None:
    await add(stage.database, edition("Mild", rating=Rating.G), now=2.0)
    await add(stage.database, edition("Dark", rating=Rating.NC_17))
    async with stage.bot():
        mild, dark = message(await stage.mara.runs("/archive")).embeds[0]["fields"][0]["value"].split("\n\n")
        assert mild == "**Mild** — by Ruby\nG · 3 words"
        assert dark == "**Dark** — by Ruby\nNC-17 · 3 words · only in age-restricted channels"
        assert stage.mara.screen.options == ["Mild"]


async def test_the_index_is_paged_and_both_ends_are_near(stage: Stage) -> None:
    await _shelve(stage, 25)
    async with stage.bot():
        first = message(await stage.mara.runs("/stories"))
        assert "1–10 of 25, by title" in first.text
        assert first.options[0] == "Tale 01"
        with pytest.raises(CommandRefused, match="greyed out"):
            await stage.mara.clicks("Previous")
        assert "11–20 of 25" in message(await stage.mara.clicks("Next")).text
        assert "16–25 of 25" in message(await stage.mara.clicks("Last")).text
        assert "6–15 of 25" in message(await stage.mara.clicks("Previous")).text
        assert "1–10 of 25" in message(await stage.mara.clicks("First")).text
        assert "Tale 10, page 1." in message(await stage.mara.chooses("Tale 10")).text


async def test_a_series_stands_in_the_order_it_is_read_in(stage: Stage) -> None:
    await add(stage.database, edition("Third", series="Hearts", links=[Link(LinkKind.SEQUEL, "Second")]))
    await add(stage.database, edition("Second", series="Hearts", links=[Link(LinkKind.SEQUEL, "First")]))
    await add(stage.database, edition("First", series="Hearts", links=[Link(LinkKind.PREQUEL, "Nowhere")]))
    async with stage.bot():
        shown = message(await stage.mara.runs("/series", name="hearts"))
        assert shown.options == ["First", "Second", "Third"]
        assert "1\\. **First** — by Ruby\nPG · 3 words · *Hearts* series, 1\n\n2\\. **Second**" in shown.text
        assert "Not in the archive yet\n*Nowhere*" in shown.text
        assert shown.buttons == ["Follow", "Download", "Fiction Index", "Main"]
        assert "Second, page 1." in message(await stage.mara.chooses("Second")).text


async def test_every_story_of_a_long_series_can_be_reached(stage: Stage) -> None:
    await _shelve(stage, 23, "Tales")
    async with stage.bot():
        first = message(await stage.mara.runs("/series", name="Tales"))
        assert "1–10 of 23, in reading order" in first.text
        second = message(await stage.mara.clicks("Next"))
        assert r"11\. **Tale 11**" in second.text
        assert "11–20 of 23" in second.text
        last = message(await stage.mara.clicks("Last"))
        assert last.options == ["Tale 21", "Tale 22", "Tale 23"]
        with pytest.raises(CommandRefused, match="greyed out"):
            await stage.mara.clicks("Next")
        assert "11–20 of 23" in message(await stage.mara.clicks("Previous")).text
        assert "1–10 of 23" in message(await stage.mara.clicks("First")).text
    async with stage.bot():
        assert "11–20 of 23" in message(await stage.mara.clicks("Next")).text


async def test_a_page_of_a_series_that_became_shorter(stage: Stage) -> None:
    await _shelve(stage, 23, "Tales")
    async with stage.bot():
        await stage.mara.runs("/series", name="Tales")
        async with stage.database.write() as db:
            await db.run("UPDATE stories SET series_id = NULL WHERE title > 'Tale 12'")
        assert "11–12 of 12" in message(await stage.mara.clicks("Last")).text
        async with stage.database.write() as db:
            await db.run("UPDATE stories SET series_id = NULL")
        gone = message(await stage.mara.clicks("First"))
        assert gone.text == "This series is no longer in the archive; /stories shows what is."


async def test_what_is_typed_of_a_series_is_searched_for(stage: Stage) -> None:
    await add(stage.database, edition("One", series="Changing Hearts"))
    await add(stage.database, edition("Two", series="Broken Hearts"))
    async with stage.bot():
        which = message(await stage.mara.runs("/series", name="hearts"))
        assert "“hearts” fits 2 series." in which.text
        assert which.options == ["Broken Hearts", "Changing Hearts"]
        assert "Broken Hearts Series" in message(await stage.mara.chooses("Broken Hearts")).text
        assert "Changing Hearts Series" in message(await stage.mara.runs("/series", name="CHANGING HEARTS")).text
        none = message(await stage.mara.runs("/series", name="Braken Herts"))
        assert none.text == "No series here is called “Braken Herts”; the nearest is “Broken Hearts”."
        offered = await stage.mara.types("/series", name="chang")
        assert [choice.name for choice in offered] == ["Changing Hearts"]
        assert "One" in message(await stage.mara.runs("/series", name=offered[0].value)).text


async def test_punctuation_and_blanks_fit_nothing(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", series="Lights"))
    async with stage.bot():
        for typed in ("???", " ", "_", "—"):
            for line, option in (("/read", "story"), ("/feedback", "story"), ("/series", "name")):
                answer = message(await stage.mara.runs(line, {option: typed}))
                assert "here is called" in answer.text, (line, typed)
        assert len(await stage.mara.types("/read", story=" ")) == 1


async def test_a_title_of_marks_alone_is_found(stage: Stage) -> None:
    await add(stage.database, edition("???", series="!!!"))
    await add(stage.database, edition("The Lamp", series="Lights"))
    async with stage.bot():
        assert "!!! Series" in message(await stage.mara.runs("/series", name="!!!")).text
        assert "???, page 1." in message(await stage.mara.runs("/read", story="???")).text


async def test_a_title_that_looks_like_a_number_can_be_named(stage: Stage) -> None:
    lamp = await add(stage.database, edition("The Lamp"))
    assert lamp == 1
    await add(stage.database, edition("#1"))
    await add(stage.database, edition("#99"))
    await add(stage.database, edition("2"))
    async with stage.bot():
        assert "#99, page 1." in message(await stage.mara.runs("/read", story="#99")).text
        both = message(await stage.mara.runs("/read", story="#1"))
        assert both.options == ["#1", "The Lamp"], "what autocomplete offers for The Lamp is the same text"
        assert "#1, page 1." in message(await stage.mara.chooses("#1")).text
        assert "#1, page 1." in message(await stage.mara.runs("/read", story="#2")).text


async def test_what_does_not_open_here_is_not_offered(stage: Stage) -> None:
    await add(stage.database, edition("Long Day"))
    await add(stage.database, edition("Long Night", rating=Rating.NC_17))
    async with stage.bot():
        for line in ("/read", "/feedback"):
            which = message(await stage.mara.runs(line, story="long"))
            assert "“long” fits 2 stories." in which.text
            assert "NC-17 · 3 words · only in age-restricted channels" in which.text
            assert which.options == ["Long Day"]
        assert "Long Day, page 1." in message(await stage.mara.runs("/read", story="Long Day")).text


async def test_what_fits_more_than_a_menu_holds_says_so(stage: Stage) -> None:
    await _shelve(stage, 30)
    async with stage.bot():
        which = message(await stage.mara.runs("/read", story="tale"))
        assert "“tale” fits at least 25 stories, these among them; more words of the name fit fewer." in which.text
        assert len(which.options) == 25
