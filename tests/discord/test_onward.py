"""Where a reader goes from a story, told as scenes: what its header names, and what stands under its last page."""

from bot.domain.models import Link, LinkKind, Rating
from tests.discord.stage import Stage, message
from tests.library import add, edition


async def _shelve(stage: Stage) -> None:
    """A story with companions of every kind, one of them mature, and other works of its author's."""
    await add(stage.database, edition("Lantern", "Ruby", links=[Link(LinkKind.COMPANION, "Wick")]))
    await add(stage.database, edition("Wick", "Opal"))
    await add(stage.database, edition("Ember", "Opal", links=[Link(LinkKind.FOLLOWS, "Lantern")]))
    await add(stage.database, edition("Coal", "Opal", links=[Link(LinkKind.UNIVERSE, "Lantern")]))
    night = edition("Night", "Opal", rating=Rating.NC_17, links=[Link(LinkKind.COMPANION, "Lantern")])
    await add(stage.database, night)
    await add(stage.database, edition("Tides", "Ruby"))
    await add(stage.database, edition("Depths", "Ruby", rating=Rating.NC_17))
    await add(stage.database, edition("Apart", "Jun"))


async def test_after_the_last_page_come_companions_and_more_by_the_author(stage: Stage) -> None:
    await _shelve(stage)
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="Lantern"))
        assert page.options == ["Ember", "Coal", "Wick", "Tides"]
        assert page.components[-1]["components"][0]["placeholder"] == "Companions and more by this author…"
        told = [option["description"] for option in page.components[-1]["components"][0]["options"]]
        assert told[:2] == ["Takes place after this story", "In the same world"]
        assert told[2:] == ["A companion of this story", "By Ruby"]
        assert "Depths" not in str(page.raw), "what does not open here is neither offered nor counted"
        assert "Ember, page 1." in message(await stage.mara.chooses("Ember")).text


async def test_a_companion_leads_back_whichever_of_the_two_says_so(stage: Stage) -> None:
    await _shelve(stage)
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="Wick"))
        assert page.options[0] == "Lantern"
        assert "Lantern, page 1." in message(await stage.mara.chooses("Lantern")).text


async def test_in_an_age_restricted_channel_the_mature_ones_stand_there_too(stage: Stage) -> None:
    await _shelve(stage)
    for place in (stage.dark, stage.dark_thread):
        async with stage.bot():
            page = message(await stage.mara.runs("/read", story="Lantern", channel=place))
            assert page.options == ["Ember", "Coal", "Night", "Wick", "Depths", "Tides"]


async def test_all_by_the_author_is_a_press_away_also_after_a_restart(stage: Stage) -> None:
    await _shelve(stage)
    async with stage.bot():
        shared = message(await stage.mara.runs("/read", story="Lantern", share=True))
    async with stage.bot():
        author = message(await stage.jon.clicks("All by this author", message=shared))
        assert author.ephemeral
        assert "**Tides**" in author.text
        assert "Tides, page 1." in message(await stage.jon.chooses("Tides", message=shared)).text


async def test_where_there_are_no_companions_the_menu_does_not_speak_of_them(stage: Stage) -> None:
    await _shelve(stage)
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="Tides"))
        assert page.components[-1]["components"][0]["placeholder"] == "More by this author…"
        assert page.options == ["Lantern"]


async def test_an_author_of_one_story_has_no_more(stage: Stage) -> None:
    await _shelve(stage)
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="Apart"))
        assert page.options == []
        assert "All by this author" not in page.buttons


async def test_the_cover_leads_to_what_the_header_names_as_soon_as_it_is_here(stage: Stage) -> None:
    kinds = {
        LinkKind.SEQUEL: "Sequel to", LinkKind.PREQUEL: "Prequel to", LinkKind.COMPANION: "Companion to",
        LinkKind.FOLLOWS: "Takes place after", LinkKind.UNIVERSE: "In the world of",
    }  # fmt: skip
    for kind in kinds:
        await add(stage.database, edition(f"A {kind}", kind.title(), pages=2, links=[Link(kind, "Origin")]))
    async with stage.bot():
        for kind, words in kinds.items():
            page = message(await stage.mara.runs("/read", story=f"A {kind}"))
            assert "Origin (not here yet)" in page.text
            assert f"{words}: Origin" not in page.buttons
        await add(stage.database, edition("Origin", "Opal"))
        for kind, words in kinds.items():
            page = message(await stage.mara.runs("/read", story=f"A {kind}"))
            page = message(await stage.mara.clicks("First")) if "page 1." not in page.text else page
            assert "Origin, page 1." in message(await stage.mara.clicks(f"{words}: Origin")).text


async def test_a_story_named_twice_is_one_way(stage: Stage) -> None:
    await add(stage.database, edition("Origin", "Opal"))
    links = [Link(LinkKind.SEQUEL, "Origin"), Link(LinkKind.COMPANION, "Origin")]
    await add(stage.database, edition("Echo", links=links))
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="Echo"))
        assert [name for name in page.buttons if name.endswith(": Origin")] == ["Sequel to: Origin"]


async def test_what_the_cover_names_and_the_last_page_leads_to_stands_once(stage: Stage) -> None:
    await add(stage.database, edition("Origin", "Opal"))
    await add(stage.database, edition("Echo", links=[Link(LinkKind.PREQUEL, "Origin")]))
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="Echo"))
        assert [name for name in page.buttons if name.endswith(": Origin")] == ["Sequel: Origin"]
