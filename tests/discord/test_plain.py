"""Plain text instead of embeds, told as scenes."""

import pytest

from bot.domain.models import Rating
from bot.sandbox import Message
from bot.services.settings import Preferences
from tests.discord.stage import Stage, form, message
from tests.imports import shelve
from tests.library import add, edition
from tests.pages import page

PLAIN = 1 << 15


async def wish(stage: Stage) -> None:
    await Preferences(stage.database).change(stage.mara.id, plain=True)


async def take(stage: Stage, title: str, paragraphs: int) -> None:
    """A story of which each page, long or medium, is one paragraph."""
    told = [f"Here is page {number}. {'Word after word. ' * 134}" for number in range(1, paragraphs + 1)]
    await shelve(stage.database, stage.database_path.parent, title, page(title, series="Lights", paragraphs=told))


def assert_plain(shown: Message) -> Message:
    assert shown.flags & PLAIN
    assert shown.embeds == []
    assert shown.content == ""
    return shown


@pytest.mark.parametrize("place", ["hall", "hall_thread", "dark", "dark_thread", "dm"])
async def test_every_card_is_plain_in_every_place(stage: Stage, place: str) -> None:
    where = "dm" if place == "dm" else getattr(stage, place)
    await take(stage, "The Lamp", 3)
    await add(stage.database, edition("The Lamb"))
    await wish(stage)
    async with stage.bot():
        for line, options in (
            ("/archive", {}), ("/stories", {}), ("/series", {"name": "Lights"}), ("/shelf", {}), ("/settings", {}),
            ("/random", {}), ("/read", {"story": "the"}), ("/read", {"story": "The Lamp"}),
        ):  # fmt: skip
            assert_plain(message(await stage.mara.runs(line, options, channel=where)))
        for press in ("Next", "Last", "More"):
            assert_plain(message(await stage.mara.clicks(press)))
        assert_plain(message(await stage.mara.clicks("Like")))
        form(await stage.mara.clicks("Bookmark page 3"))
        assert_plain(message(await stage.mara.submits(note="here")))
        form(await stage.mara.runs("/feedback", story="The Lamp", channel=where))
        assert "Thank you" in assert_plain(message(await stage.mara.submits(comments="Lovely."))).text
        assert not message(await stage.jon.runs("/archive")).flags & PLAIN


async def test_a_page_is_read_in_order_and_none_of_it_is_lost(stage: Stage) -> None:
    told = [" ".join(f"Sentence {number} of paragraph {index}." for number in range(40)) for index in range(12)]
    await shelve(stage.database, stage.database_path.parent, "tide", page("The Tide", paragraphs=told))
    await wish(stage)
    async with stage.bot():
        first = assert_plain(message(await stage.mara.runs("/read", story="The Tide")))
        assert first.text.index("## The Tide") < first.text.index("**Rating:** PG") < first.text.index("Sentence 0 of")
        read = first.text
        while "the last page" not in read:
            read += assert_plain(message(await stage.mara.clicks("Next"))).text
        assert all(f"Sentence {number} of paragraph {index}." in read for number in range(40) for index in range(12))


async def test_a_message_with_embeds_becomes_plain_and_none_goes_back(stage: Stage) -> None:
    await take(stage, "The Lamp", 5)
    async with stage.bot():
        before = message(await stage.mara.runs("/read", story="The Lamp"))
        await stage.mara.runs("/settings")
        chosen = message(await stage.mara.clicks("Plain text"))
        assert "**Plain text for screen readers:** on." in assert_plain(chosen).text
        turned = message(await stage.mara.clicks("Next", message=before))
        assert turned.id == before.id
        assert "page 2." in assert_plain(turned).text
    async with stage.bot():
        back = message(await stage.mara.clicks("Embeds again", message=chosen))
        assert back.id != chosen.id
        assert back.ephemeral
        assert "off." in back.embeds[0]["description"]
        again = message(await stage.mara.clicks("Next", message=turned))
        assert again.id != turned.id
        assert "page 3." in again.embeds[-1]["description"]


async def test_a_stranger_s_copy_is_as_the_stranger_wishes(stage: Stage) -> None:
    await take(stage, "The Lamp", 3)
    await wish(stage)
    async with stage.bot():
        shared = assert_plain(message(await stage.mara.runs("/read", story="The Lamp", share=True)))
        assert "page 2." in message(await stage.jon.clicks("Next", message=shared)).embeds[0]["description"]
        theirs = message(await stage.jon.runs("/read", story="The Lamp", share=True))
        copy = assert_plain(message(await stage.mara.clicks("Next", message=theirs)))
        assert copy.ephemeral
        assert "page 3." in copy.text


async def test_refusals_are_a_sentence_and_give_back_what_was_typed(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    dark = await add(stage.database, edition("Dark", rating=Rating.NC_17))
    await wish(stage)
    async with stage.bot():
        refused = message(await stage.mara.runs("/read", story=f"#{dark}"))
        assert refused.content.startswith("“Dark” is rated NC-17")
        await stage.mara.runs("/feedback", story="The Lamp")
        refused = assert_plain(message(await stage.mara.submits(comments="Lovely. " * 480, email="nowhere")))
        assert "is not an e-mail address" in refused.text
        assert [file["filename"] for file in refused.attachments] == ["letter.txt"]
        assert any(component["type"] == 13 for component in refused.components)
