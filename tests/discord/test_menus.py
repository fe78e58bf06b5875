"""*Bookmark* and *Report*, from the menu of a shared page and behind its *More*, told as scenes."""

import pytest

from bot.domain.models import Rating
from bot.sandbox import CommandRefused
from bot.services.settings import Preferences
from tests.discord.stage import Stage, form, message, posted, presses, refused
from tests.library import add, edition

DONE = "The moderators see the story now, with what you said about it; you will be told what they decide."
NO_PAGE = "This message shows no page of a story; choose this from the menu of a page that is shared."


@pytest.mark.parametrize("place", ["hall", "dark_thread"])
async def test_a_stranger_bookmarks_a_shared_page_also_after_a_restart(stage: Stage, place: str) -> None:
    await add(stage.database, edition("The Lamp", pages=3))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp", share=True, channel=getattr(stage, place))
        shared = message(await stage.mara.clicks("Next"))
        assert form(await stage.jon.uses("Bookmark", on=shared)).title == "Set a bookmark"
    async with stage.bot():
        kept = message(await stage.jon.submits(note="The wick."))
        assert kept.ephemeral
        shelf = message(await stage.jon.runs("/shelf"))
        assert "page 2 of 3" in shelf.text
        assert "> The wick." in shelf.text
        assert "No bookmarks yet" in message(await stage.mara.runs("/shelf")).text


async def test_pages_of_another_length_and_of_plain_text_have_the_menu_too(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=3))
    await Preferences(stage.database).change(stage.mara.id, plain=True)
    async with stage.bot():
        shared = message(await stage.mara.runs("/read", story="The Lamp", share=True))
        form(await stage.jon.uses("Bookmark", on=shared))
        assert "You have 1 bookmark in it" in message(await stage.jon.submits(note="")).text


async def test_who_shared_a_page_has_the_menu_as_well(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        shared = message(await stage.mara.runs("/read", story="The Lamp", share=True))
        form(await stage.mara.uses("Bookmark", on=shared))
        assert "You have 1 bookmark in it" in message(await stage.mara.submits(note="")).text


async def test_a_message_without_a_page_is_refused_in_words(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        said = stage.jon.says("v1:more:1:1", channel=stage.hall)
        listed = message(await stage.mara.runs("/stories", share=True))
        for menu in ("Bookmark", "Report"):
            for on in (said, listed):
                assert await refused(stage.mara.uses(menu, on=on)) == NO_PAGE


async def test_the_gate_is_asked_where_the_page_is_now(stage: Stage) -> None:
    await add(stage.database, edition("Dark", rating=Rating.NC_17, pages=2))
    async with stage.bot():
        shared = message(await stage.mara.runs("/read", story="Dark", share=True, channel=stage.dark))
        form(await stage.jon.uses("Report", on=shared))
        stage.dark.restrict(nsfw=False)
        for menu in ("Bookmark", "Report"):
            assert "opens only in an age-restricted channel" in await refused(stage.mara.uses(menu, on=shared))
        assert "opens only in an age-restricted channel" in message(await stage.jon.submits(reason="No.")).content
        assert await _reports(stage) == []


async def _reports(stage: Stage) -> list[tuple[int, int, str]]:
    rows = await stage.database.reader.all("SELECT story_id, page, reason FROM reports ORDER BY id")
    return [(row["story_id"], row["page"], row["reason"]) for row in rows]


@pytest.mark.parametrize("place", ["hall_thread", "dark"])
async def test_a_report_of_a_shared_page_reaches_the_desk_and_the_answer_comes_back(stage: Stage, place: str) -> None:
    await add(stage.database, edition("The Lamp", pages=3))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp", share=True, channel=getattr(stage, place))
        shared = message(await stage.mara.clicks("Last"))
        form(await stage.jon.uses("Report", on=shared))
    async with stage.bot():
        assert message(await stage.jon.submits(reason="It is mine, not hers.")).content == DONE
        assert await _reports(stage) == [(1, 3, "It is mine, not hers.")]
        desk = message(await stage.mo.runs("/desk reports", channel=stage.hall))
        assert "It is mine, not hers." in desk.text
        report = message(await stage.mo.chooses(desk.options[0]))
        assert "The Lamp" in report.text
        assert str(stage.jon.id) not in str(report.raw)
        form(await stage.mo.clicks("Dismiss…"))
        await stage.mo.submits(reason="Ruby showed us her draft.")
        assert "The Lamp" in (await posted(stage.jon)).text


@pytest.mark.parametrize("place", ["hall", "dm"])
async def test_a_private_page_is_reported_behind_more(stage: Stage, place: str) -> None:
    stage.mara.installs()
    await add(stage.database, edition("The Lamp", pages=3))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp", channel="dm" if place == "dm" else getattr(stage, place))
        await stage.mara.clicks("Next")
        await stage.mara.clicks("More")
        assert form(await stage.mara.clicks("Report")).title == "Report “The Lamp”"
        assert message(await stage.mara.submits(reason="Not a story.")).content == DONE
        assert await _reports(stage) == [(1, 2, "Not a story.")]


async def test_a_report_without_a_reason_is_refused_and_one_more_adds_to_it(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        shared = message(await stage.mara.runs("/read", story="The Lamp", share=True))
        for reason in ("   ", "Stolen.", "From a book."):
            form(await stage.jon.uses("Report", on=shared))
            answer = message(await stage.jon.submits(reason=reason))
            assert (answer.content == DONE) is bool(reason.strip())
        assert await _reports(stage) == [(1, 1, "Stolen.\nFrom a book.")]


async def test_nobody_buries_the_desk(stage: Stage) -> None:
    for number in range(26):
        await add(stage.database, edition(f"Tale {number}"))
    async with stage.bot():
        home = message(await stage.jon.runs("/archive"))
        said: list[str] = []
        for number in range(1, 27):
            form(await presses(stage.jon, f"v1:report-page:{number}:1", on=home))
            said.append(message(await stage.jon.submits(reason="Bad.")).content)
        assert said[:25] == [DONE] * 25
        assert "You have reported 25 stories that the moderators have not come to yet" in said[25]
        form(await presses(stage.jon, "v1:report-page:1:1", on=home))
        assert message(await stage.jon.submits(reason="Worse.")).content == DONE, "what is reported can be added to"


async def test_a_story_of_another_archive_cannot_be_reported(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.database.write() as db:
        other = await db.insert("INSERT INTO archives (name) VALUES ('Other')")
    away = await add(stage.database, edition("Away"), archive_id=other)
    async with stage.bot():
        home = message(await stage.jon.runs("/archive"))
        assert "no longer in the archive" in await refused(presses(stage.jon, f"v1:report-page:{away}:1", on=home))


async def test_a_private_page_has_no_menu_on_discord(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        page = message(await stage.mara.runs("/read", story="The Lamp"))
        with pytest.raises(CommandRefused):
            await stage.mara.uses("Bookmark", on=page)
