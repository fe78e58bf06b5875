"""Looking for stories, told as scenes: /stories and /search, wherever they are asked for and by whom."""

from typing import Literal

import pytest

from bot.domain.models import Rating
from bot.sandbox import Channel, CommandRefused, Person
from bot.services.catalogue import paging
from tests.catalogues import Drawn, shelve
from tests.discord.stage import Stage, message, presses


@pytest.fixture
async def catalogue(stage: Stage) -> Stage:
    """Twenty-four stories by two authors, the last two of them too mature for an ordinary channel."""
    for number in range(1, 25):
        drawn = Drawn(
            title=f"Tale {number:02}",
            author="Ruby" if number % 2 else "Isolde Wren",
            series="Tides" if number < 4 else None,
            rating=Rating.NC_17 if number > 22 else Rating.PG,
            tags=["Angst"] if number > 20 else ["Fluff"],
            status="Complete" if number < 12 else "In Progress",
            language="English",
            text=f"The harbour *was* dark, and __nobody__ lit lamp {number}.",
            words=number * 100,
            at=float(number),
        )
        await shelve(stage.database, drawn)
    return stage


async def test_each_row_says_what_a_reader_chooses_by(catalogue: Stage) -> None:
    async with catalogue.bot():
        found = message(await catalogue.mara.runs("/stories"))
        assert found.ephemeral
        first, *_ = found.embeds[0]["description"].split("\n\n")
        assert first == "**Tale 01** — by Ruby\nPG · 100 words · *Tides* series, 1 · Complete"
        assert "1–10 of 24, by title" in found.text


async def test_filters_and_order_stay_over_pages_and_a_restart(catalogue: Stage) -> None:
    mara = catalogue.mara
    async with catalogue.bot():
        found = message(await mara.runs("/stories", author="Ruby", tag="Fluff", sort="Newest first"))
        assert "**author:Ruby tag:Fluff sort:newest**" in found.text
        assert "1–10 of 10, newest first" in found.text
        found = message(await mara.runs("/stories", rating="up to PG-13", sort="Longest first"))
        assert "1–10 of 22, longest first" in found.text
        assert found.options[:2] == ["Tale 22", "Tale 21"]
    async with catalogue.bot():
        following = message(await mara.clicks("Next"))
        assert "11–20 of 22, longest first" in following.text
        assert "rating:<=PG-13" in following.text
        assert "13–22 of 22" in message(await mara.clicks("Last")).text
        assert "3–12 of 22" in message(await mara.clicks("Previous")).text
        assert "1–10 of 22" in message(await mara.clicks("First")).text
        with pytest.raises(CommandRefused, match="greyed out"):
            await mara.clicks("Previous")
        assert "Tale 22, page 1." in message(await mara.chooses("Tale 22")).text


async def test_every_filter_of_the_index(catalogue: Stage) -> None:
    async with catalogue.bot():
        for options, count in (
            ({"author": "isolde wren"}, 12),
            ({"series": "tides"}, 3),
            ({"rating": "NC-17"}, 2),
            ({"tag": "angst"}, 4),
            ({"status": "complete"}, 11),
            ({"language": "English"}, 24),
            ({"author": "Ruby", "status": "In Progress", "tag": "Angst"}, 2),
        ):
            found = message(await catalogue.mara.runs("/stories", options))
            assert f"of {count}, by title" in found.text, options


async def test_a_letter_and_another_order_are_a_menu_away(catalogue: Stage) -> None:
    await shelve(catalogue.database, Drawn(title="The Zoo"))
    async with catalogue.bot():
        await catalogue.mara.runs("/stories")
        assert "**The Zoo**" in message(await catalogue.mara.chooses("X, Y, Z and beyond")).text
        assert "1–10 of 25" in message(await catalogue.mara.chooses("A")).text
        longest = message(await catalogue.mara.chooses("Longest first"))
        assert longest.options[0] == "Tale 22", "of those that open here"
        assert "Jump to a letter…" not in str(longest.raw["components"])
        liked = message(await catalogue.mara.chooses("Most liked first"))
        assert "1–10 of 25, most liked first" in liked.text


async def test_where_nobody_counts_the_ends_of_the_page_are_named(
    catalogue: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "COUNTED", 5)
    async with catalogue.bot():
        assert "1–10 of 24, by title" in message(await catalogue.mara.runs("/stories")).text
        assert "“Tale 11” to “Tale 20”, of 24, by title" in message(await catalogue.mara.clicks("Next")).text
        assert "1–10 of 5+" in message(await catalogue.mara.runs("/stories", author="Ruby")).text


@pytest.mark.parametrize("who", ["mara", "ruby", "mo"])
async def test_what_does_not_open_in_a_place_is_neither_found_by_its_text_nor_shown(catalogue: Stage, who: str) -> None:
    """A reader, an author and a moderator; an author's own story is no exception."""
    person: Person = getattr(catalogue, who)
    await catalogue.link("Ruby", catalogue.ruby)
    ordinary: list[Channel | Literal["dm"]] = [catalogue.hall, catalogue.hall_thread, "dm"]
    async with catalogue.bot():
        for place in ordinary:
            found = message(await person.runs("/search", query="harbour", channel=place))
            assert "of 22, best fit first" in found.text
            by_title = message(await person.runs("/search", query='"tale 23"', channel=place))
            assert "only in age-restricted channels" in by_title.text
            assert "harbour" not in by_title.text
            assert "Tale 23" not in by_title.options
        for place in (catalogue.dark, catalogue.dark_thread):
            found = message(await person.runs("/search", query="harbour", channel=place))
            assert "of 24, best fit first" in found.text
            shown = message(await person.runs("/search", query='"tale 23" harbour', channel=place))
            assert "> The **harbour** was dark" in shown.text


async def test_a_search_shows_where_the_words_are_without_any_formatting_of_the_story(catalogue: Stage) -> None:
    async with catalogue.bot():
        found = message(await catalogue.mara.runs("/search", query="harbour nobody author:ruby"))
        assert "**harbour nobody author:ruby**" in found.embeds[0]["description"]
        assert "> The **harbour** was dark, and \\_\\_**nobody**\\_\\_ lit lamp" in found.embeds[0]["description"]


async def test_a_search_that_cannot_be_read_is_refused_in_one_sentence(catalogue: Stage) -> None:
    async with catalogue.bot():
        for query, sentence in {
            "autor:ruby": "“autor:ruby” cannot be searched for because there is no “autor:” to search by;"
            " the nearest is “author:”; or put it in quotation marks.",
            "author:rubi": "“author:rubi” cannot be searched for because no author here is called so;"
            " the nearest is author:Ruby.",
            "rating:pg-14": "“rating:pg-14” cannot be searched for because “pg-14” is no rating; the nearest is PG-13.",
        }.items():
            refused = message(await catalogue.mara.runs("/search", query=query))
            assert refused.ephemeral
            assert refused.text == sentence


async def test_a_misspelt_search_is_a_press_away_from_what_was_meant(catalogue: Stage) -> None:
    async with catalogue.bot():
        found = message(await catalogue.mara.runs("/search", query="harbuor"))
        assert "Nothing here fits. Did you mean **harbour**?" in found.text
    async with catalogue.bot():
        assert "of 22, best fit first" in message(await catalogue.mara.clicks("Search: harbour")).text
        nothing = message(await catalogue.mara.runs("/search", query="xylophone"))
        assert nothing.buttons == ["Fiction Index", "Main"]


async def test_newest_matches_stand_in_and_say_so(catalogue: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "PATIENCE", 0.0)
    monkeypatch.setattr("bot.store.sqlite.STEPS", 1)
    async with catalogue.bot():
        found = message(await catalogue.mara.runs("/search", query="harbour"))
        assert "these are the newest" in found.text
        assert found.options[0] == "Tale 22"


async def test_a_strangers_press_makes_a_page_of_their_own(catalogue: Stage) -> None:
    async with catalogue.bot():
        page = message(await catalogue.mara.runs("/read", story="Tale 01", share=True))
        listing = message(await presses(catalogue.jon, "v1:index:0:0", on=page))
        assert listing.ephemeral
        assert "1–10 of 24" in listing.text
        assert "Tale 01, page 1." in page.text


async def test_a_direct_message_and_a_user_install_list_the_home_archive(catalogue: Stage) -> None:
    elsewhere = catalogue.sandbox.guild("Elsewhere", has_bot=False)
    room = elsewhere.channel("lounge")
    stranger = catalogue.sandbox.person("stranger", guild=elsewhere)
    stranger.installs()
    places: list[Channel | Literal["dm"]] = [room, "dm"]
    async with catalogue.bot():
        for place in places:
            assert "1–10 of 24" in message(await stranger.runs("/stories", channel=place)).text
            assert "11–20 of 24" in message(await stranger.clicks("Next")).text


async def test_autocomplete_offers_names_that_have_something_to_list(catalogue: Stage) -> None:
    async with catalogue.bot():
        mara = catalogue.mara
        assert [each.value for each in await mara.types("/stories", author="wr")] == ["Isolde Wren"]
        assert [each.value for each in await mara.types("/stories", tag="an")] == ["Angst"]
        assert [each.value for each in await mara.types("/stories", series="t")] == ["Tides"]
        assert [each.value for each in await mara.types("/stories", status="")] == ["Complete", "In Progress"]
        assert [each.value for each in await mara.types("/stories", language="e")] == ["English"]
        assert len(await mara.types("/read", story="tale")) == 22


@pytest.mark.parametrize("forged", ["v1:list:1:9:1:0", "v1:list:77:0:0:0", "v1:list:1"])
async def test_a_forged_list_is_refused_in_words(catalogue: Stage, forged: str) -> None:
    async with catalogue.bot():
        page = message(await catalogue.mara.runs("/stories"))
        answer = message(await presses(catalogue.mara, forged, on=page))
        assert "another version" in answer.text or "no longer in the archive" in answer.text
        for menu in ("v1:list-letter:1", "v1:list-sort:1"):
            answer = message(await presses(catalogue.mara, menu, 99, on=page))
            assert "another version" in answer.text
