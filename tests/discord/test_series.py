"""Series and authors, told as scenes: the tree of a series, what is missing of it, an author's works."""

from dataclasses import replace
from typing import Literal

import pytest

from bot.domain.documents import Manuscript
from bot.domain.models import Link, LinkKind, Rating
from bot.sandbox import Channel, Person
from bot.store.editions import Edition
from tests.discord.stage import Stage, message, presses
from tests.library import add, edition


def told(title: str, series: str | None = "Hearts", number: str = "", *links: Link, author: str = "Ruby") -> Edition:
    made = edition(title, author, series=series, links=links)
    return replace(made, manuscript=replace(made.manuscript, series_number=number))


@pytest.fixture
async def hearts(stage: Stage) -> Stage:
    """A series with numbers, a gap, a side story, a branch, and a story beside it by somebody else."""
    companion, sequel = LinkKind.COMPANION, LinkKind.SEQUEL
    for made in (
        told("Four", "Hearts", "4"),
        told("One", "Hearts", "1"),
        told("Two", "Hearts", "2", Link(sequel, "One")),
        told("Beside Two", "Hearts", "", Link(companion, "Two")),
        told("Another Two", "Hearts", "", Link(sequel, "One")),
        told("From Afar", None, "", Link(companion, "Four"), Link(sequel, "Nowhere"), author="Isolde Wren"),
        told("Lost", "Hearts", "", Link(sequel, "Nowhere to Go")),
    ):
        await add(stage.database, made)
    return stage


async def test_a_series_is_a_tree_with_what_is_missing(hearts: Stage) -> None:
    async with hearts.bot():
        shown = message(await hearts.mara.runs("/series", name="hearts"))
        heads = [part.split("** — ")[0] for part in shown.embeds[0]["description"].split("\n\n")]
        assert heads == [
            r"1\. **One",
            "\u2003↳ **Another Two",
            r"2\. **Two",
            "\u2003↳ **Beside Two",
            r"3\. **Four",
            "\u2003↳ **From Afar",
            r"4\. **Lost",
        ]
        assert "Not in the archive yet\n*no. 3*, *Nowhere to Go*" in shown.text
        assert "\n\u2003\u2003PG · 3 words" in shown.embeds[0]["description"]


async def test_rows_of_every_list_tell_the_place_in_the_series(hearts: Stage) -> None:
    async with hearts.bot():
        rows = message(await hearts.mara.runs("/stories", series="Hearts")).embeds[0]["description"].split("\n\n")[1:]
    places = {row.split("**")[1]: row.rpartition("*Hearts* series, ")[2] for row in rows}
    assert places["Two"] == "2", "as its header says"
    assert places["Another Two"] == "5", "in reading order, for its header does not say"


async def test_a_place_follows_what_comes_later(hearts: Stage) -> None:
    await add(hearts.database, told("Zero", "Hearts", "", Link(LinkKind.PREQUEL, "One")))
    place = "SELECT series_place FROM stories WHERE title = :title"
    assert await hearts.database.reader.value(place, title="Zero") == 1
    assert await hearts.database.reader.value(place, title="One") == 2


async def test_the_next_of_a_series_is_the_next_of_the_tree(hearts: Stage) -> None:
    async with hearts.bot():
        assert "Next in series: Two" in message(await hearts.mara.runs("/read", story="One")).buttons


@pytest.mark.parametrize("who", ["mara", "jon", "ruby", "mo"])
async def test_what_does_not_open_in_a_place_is_in_the_tree_and_not_in_the_menu(hearts: Stage, who: str) -> None:
    person: Person = getattr(hearts, who)
    await hearts.link("Ruby", hearts.ruby)
    await add(hearts.database, replace(told("Dark", "Hearts", "5"), manuscript=_dark()))
    ordinary: list[Channel | Literal["dm"]] = [hearts.hall, hearts.hall_thread, "dm"]
    async with hearts.bot():
        for place in ordinary:
            for line, options in (("/series", {"name": "hearts"}), ("/author", {"name": "ruby"})):
                shown = message(await person.runs(line, options, channel=place))
                assert "only in age-restricted channels" in shown.text
                assert "Dark" not in shown.options
        for place in (hearts.dark, hearts.dark_thread):
            assert "Dark" in message(await person.runs("/series", name="hearts", channel=place)).options
    async with hearts.database.write() as db:
        await db.run("UPDATE archives SET directory_safe = 1")
    async with hearts.bot():
        assert "Dark" not in message(await person.runs("/series", name="hearts", channel=hearts.dark)).text


def _dark() -> Manuscript:
    made = told("Dark", "Hearts", "5").manuscript
    return replace(made, rating=Rating.NC_17)


async def test_an_author_has_works_and_series(hearts: Stage) -> None:
    for number in range(12):
        await add(hearts.database, told(f"Tale {number:02}", "Tides"))
    mara = hearts.mara
    async with hearts.bot():
        shown = message(await mara.runs("/author", name="ruby"))
        assert shown.ephemeral
        assert shown.embeds[0]["title"] == "Ruby"
        assert "18 stories, by title" in shown.text
        assert "Series\n*Hearts* (6), *Tides* (12)" in shown.text
        assert "Tides Series" in message(await mara.chooses("Tides")).text
    async with hearts.bot():
        shown = message(await mara.runs("/author", name="Ruby"))
        works = message(await mara.clicks("All works"))
        assert "1–10 of 18, by title" in works.text
        assert "11–18 of 18" in message(await mara.clicks("Next")).text
        again = message(await presses(hearts.jon, "v1:author:1", on=shown))
        assert again.ephemeral
        assert again.embeds[0]["title"] == "Ruby"


async def test_an_author_is_found_by_words_and_guessed(hearts: Stage) -> None:
    await add(hearts.database, told("Wrens", None, "", author="Wren Ruby"))
    async with hearts.bot():
        which = message(await hearts.mara.runs("/author", name="wren"))
        assert which.options == ["Wren Ruby", "Isolde Wren"]
        assert "From Afar" in message(await hearts.mara.chooses("Isolde Wren")).text
        none = message(await hearts.mara.runs("/author", name="Isolda Ren"))
        assert none.text == "No author here is called “Isolda Ren”; the nearest is “Isolde Wren”."
        assert [each.value for each in await hearts.mara.types("/author", name="is")] == ["Isolde Wren"]


async def test_an_author_without_a_story_here_is_unknown(hearts: Stage) -> None:
    async with hearts.bot():
        page = message(await hearts.mara.runs("/author", name="isolde wren"))
        async with hearts.database.write() as db:
            await db.run("UPDATE stories SET state = 'hidden' WHERE title = 'From Afar'")
        gone = message(await hearts.mara.runs("/author", name="isolde wren"))
        assert "No author here is called" in gone.text
        answer = message(await presses(hearts.jon, "v1:author:2", on=page))
        assert answer.text == "This author is no longer in the archive; /stories shows what is."
        answer = message(await presses(hearts.jon, "v1:author:999", on=page))
        assert "no longer in the archive" in answer.text
