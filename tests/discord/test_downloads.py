"""Stories taken home, told as scenes."""

from pathlib import Path

import aiohttp
import pytest

from bot.domain.models import Link, LinkKind, Rating
from bot.sandbox import Message
from bot.services.settings import Preferences
from tests.discord.stage import Stage, message
from tests.formats.books.checker import check
from tests.imports import shelve
from tests.library import add, edition
from tests.pages import page, tale


async def content(shown: Message) -> bytes:
    """What is in the one file of a message."""
    (file,) = shown.attachments
    async with aiohttp.ClientSession() as session, session.get(file["url"]) as answer:
        return await answer.read()


async def test_epubcheck_has_nothing_to_say_of_a_real_download(stage: Stage, tmp_path: Path) -> None:
    text = page("The *Lamp* & <Co>", "Ruby & Jo", series="Lights", description="A & B <b>", paragraphs=tale("lamp", 60))
    await shelve(stage.database, tmp_path, "lamp", text)
    await add(stage.database, edition("The Wick", series="Lights", links=[Link(LinkKind.SEQUEL, "The Lamp")]))
    async with stage.bot():
        for line, options in (("/download story", {"story": "#1"}), ("/download series", {"name": "Lights"})):
            shown = message(await stage.mara.runs(line, options))
            assert shown.ephemeral
            assert shown.attachments[0]["filename"].endswith(".epub")
            book = tmp_path / "book.epub"
            book.write_bytes(await content(shown))
            check(book)


@pytest.mark.parametrize("place", ["hall", "hall_thread", "dark", "dark_thread", "dm"])
async def test_what_is_in_a_book_depends_on_the_place(stage: Stage, place: str) -> None:
    stage.mara.installs()
    await add(stage.database, edition("Mild", "Ruby"))
    await add(stage.database, edition("Dark", "Ruby", rating=Rating.NC_17))
    where = "dm" if place == "dm" else getattr(stage, place)
    async with stage.bot():
        shown = message(await stage.mara.runs("/download author", name="Ruby", format="Text", channel=where))
        told = (await content(shown)).decode()
        assert "Mild, page 1." in told
        assert ("Dark, page 1." in told) == place.startswith("dark")
        assert ("Left out, because they open only in age-restricted channels:" in shown.text) != ("Dark" in told)


@pytest.mark.parametrize("who", ["mara", "ruby", "mo"])
async def test_nobody_takes_home_what_does_not_open_there(stage: Stage, who: str) -> None:
    """A reader, its author and a moderator: nobody is an exception."""
    dark = await add(stage.database, edition("Dark", "Ruby", series="Nights", rating=Rating.NC_17))
    await stage.link("Ruby", stage.ruby)
    person = getattr(stage, who)
    async with stage.bot():
        refused = message(await person.runs("/download story", story=f"#{dark}"))
        assert refused.text.startswith("“Dark” is rated NC-17")
        refused = message(await person.runs("/download series", name="Nights", channel="dm"))
        assert refused.text.startswith("No story of “Nights” opens in this place;")
        assert refused.attachments == []


async def test_a_page_s_more_has_the_button_and_a_restart_keeps_it(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        await stage.mara.clicks("More")
    async with stage.bot():
        asked = message(await stage.mara.clicks("Download"))
        assert asked.buttons == ["EPUB", "HTML", "Text"]
        assert "e-book" in asked.text
    async with stage.bot():
        shown = message(await stage.mara.clicks("HTML", message=asked))
        assert b"The Lamp, page 1." in await content(shown)
        assert shown.attachments[0]["filename"] == "The-Lamp.html"


async def test_the_button_asks_the_place_it_is_pressed_in(stage: Stage) -> None:
    dark = await add(stage.database, edition("Dark", rating=Rating.NC_17))
    await add(stage.database, edition("Mild"))
    async with stage.bot():
        await stage.mara.runs("/read", story="Mild")
        asked = message(await stage.mara.clicks("More"))
        for verb in (f"download:2:{dark}", f"download-as:2:{dark}:0"):
            asked.components[0]["components"][0]["custom_id"] = f"v1:{verb}"
            answer = message(await stage.mara.clicks(f"v1:{verb}", message=asked))
            assert answer.attachments == []
        assert answer.text.startswith("“Dark” is rated NC-17")
        for forged in ("download:3:1", "download-as:2:1:3", "download-as:9:1:0", "download:0"):
            asked.components[0]["components"][0]["custom_id"] = f"v1:{forged}"
            answer = message(await stage.mara.clicks(f"v1:{forged}", message=asked))
            assert "belongs to another version" in answer.text, forged


async def test_a_plain_reader_gets_text_with_the_file(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    await Preferences(stage.database).change(stage.mara.id, plain=True)
    async with stage.bot():
        shown = message(await stage.mara.runs("/download story", story="The Lamp", format="Text"))
        assert "Text: 1 story, 3 words" in shown.text
        assert any(component["type"] == 13 for component in shown.components)


async def test_several_stories_of_a_name_are_told_apart(stage: Stage) -> None:
    for author in ("Ruby", "Jo"):
        await add(stage.database, edition("The Lamp", author))
    async with stage.bot():
        assert "by Jo" in message(await stage.mara.runs("/download story", story="The Lamp")).text
        assert [choice.name for choice in await stage.mara.types("/download author", name="r")] == ["Ruby"]
