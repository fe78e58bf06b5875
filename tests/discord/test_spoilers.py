"""Stories that spoil what their reader has not seen, told as scenes."""

from dataclasses import replace

import pytest

from bot.domain.models import Link, LinkKind, Rating
from bot.sandbox import CommandRefused, Message
from bot.services.settings import Preferences
from tests.discord.stage import Stage, form, message, presses, refused
from tests.library import add, edition

BAR = "||The Gift||"
TEXT = "The Lamp, page 1."
PLACES = ["hall", "dark_thread", "dm"]


async def _shelve(stage: Stage, title: str = "The Lamp", *spoilers: str, rating: Rating = Rating.PG) -> int:
    made = edition(title, pages=3, rating=rating, series="Lights")
    manuscript = replace(made.manuscript, spoilers=spoilers or ("The Gift",))
    return await add(stage.database, replace(made, manuscript=manuscript))


async def _lists(stage: Stage, text: str = "Welcome\nThe Gift\nFinale") -> Message:
    form(await stage.mo.runs("/desk episodes", name="Lanterns", channel=stage.hall))
    return message(await stage.mo.submits(Episodes=text))


async def _says(stage: Stage, episode: str) -> Message:
    await stage.mara.runs("/settings")
    await stage.mara.clicks("What you have seen")
    form(await stage.mara.chooses("Lanterns"))
    return message(await stage.mara.submits({"Seen up to": episode}))


@pytest.mark.parametrize("place", PLACES)
async def test_it_is_folded_until_its_reader_says_so_also_after_a_restart(stage: Stage, place: str) -> None:
    stage.mara.installs()
    await _shelve(stage)
    async with stage.bot():
        channel = "dm" if place == "dm" else getattr(stage, place)
        cover = message(await stage.mara.runs("/read", story="The Lamp", channel=channel))
        assert BAR in cover.text
        assert "page 1." not in str(cover.raw)
        assert cover.buttons == ["Read it anyway", "What I have seen", "Fiction Index", "Main"]
        assert "You have no story open yet" in message(await stage.mara.runs("/continue", channel=channel)).text
    async with stage.bot():
        page = message(await stage.mara.clicks("Read it anyway", message=cover))
        assert TEXT in page.text
        await stage.mara.clicks("Next", message=page)
        assert "page 2." in message(await stage.mara.runs("/read", story="The Lamp", channel=channel)).text


async def test_every_way_in_is_folded(stage: Stage) -> None:
    lamp = await _shelve(stage)
    first = edition("First", series="Lights", links=[Link(LinkKind.PREQUEL, "The Lamp")])
    await add(stage.database, first, now=0.5)
    async with stage.bot():
        await stage.mara.runs("/stories")
        assert "page 1." not in message(await stage.mara.chooses("The Lamp")).text
        await stage.mara.runs("/read", story="First")
        assert "page 1." not in message(await stage.mara.clicks("Next in series: The Lamp")).text
        home = message(await stage.mara.runs("/archive"))
        for custom_id in (f"v1:begin:{lamp}:4", f"v1:open-news:{lamp}:1"):
            assert "page 1." not in message(await presses(stage.mara, custom_id, on=home)).text
        part = message(await stage.mara.runs("/read", story="The Lamp", part=1))
        assert "page 1." not in part.text
        assert TEXT in message(await stage.mara.clicks("Read it anyway")).text


async def test_a_story_by_lot_is_folded_too(stage: Stage) -> None:
    await _shelve(stage)
    async with stage.bot():
        assert BAR in message(await stage.mara.runs("/random")).text
        assert "page 1." not in stage.mara.screen.text


async def test_a_stranger_who_turns_a_shared_page_is_asked_first(stage: Stage) -> None:
    await _shelve(stage)
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp", share=True)
        shared = message(await stage.mara.clicks("Read it anyway"))
        assert TEXT in shared.text
        for press in (stage.jon.clicks("Next", message=shared), stage.jon.chooses("Page 3", message=shared)):
            copy = message(await press)
            assert copy.ephemeral
            assert BAR in copy.text
            assert "page" not in copy.text.replace("3 pages", "")
        assert TEXT in message(await stage.jon.clicks("Read it anyway")).text
        assert "page 2." in message(await stage.jon.clicks("Next", message=shared)).text
        assert TEXT in stage.mara.screen.text


async def test_a_shared_cover_is_unfolded_for_each_alone(stage: Stage) -> None:
    await _shelve(stage)
    async with stage.bot():
        shared = message(await stage.mara.runs("/read", story="The Lamp", share=True))
        assert not shared.ephemeral
        copy = message(await stage.jon.clicks("Read it anyway", message=shared))
        assert copy.ephemeral
        assert TEXT in copy.text
        assert BAR in stage.mara.screen.text


async def test_who_says_how_far_they_are_reads_what_tells_no_more(stage: Stage) -> None:
    await _shelve(stage)
    await _shelve(stage, "The Well", "Finale")
    async with stage.bot():
        assert "Lanterns has 3 episodes" in (await _lists(stage)).text
        assert "**Lanterns**: up to The Gift" in (await _says(stage, "the gift")).text
    async with stage.bot():
        assert TEXT in message(await stage.mara.runs("/read", story="The Lamp")).text
        well = message(await stage.mara.runs("/read", story="The Well"))
        assert "||Finale||" in well.text
        seen = message(await stage.mara.clicks("What I have seen"))
        assert seen.id != well.id, "the cover stays where it is"
        assert "What you have seen" in seen.text
        form(await stage.mara.chooses("Lanterns"))
        assert "**Lanterns**: up to Finale" in message(await stage.mara.submits({"Seen up to": "Finale"})).text
        assert "The Well, page 1." in message(await stage.mara.runs("/read", story="The Well")).text
        assert BAR in message(await stage.jon.runs("/read", story="The Lamp")).text, "what Mara saw, Jon did not"


async def test_who_has_finished_the_story_before_reads_on(stage: Stage) -> None:
    await add(stage.database, edition("The Gift", pages=2, series="Lights"))
    await _shelve(stage)
    async with stage.bot():
        await stage.mara.runs("/read", story="The Gift")
        await stage.mara.clicks("Next")
        assert TEXT in message(await stage.mara.clicks("Next in series: The Lamp")).text
        await stage.jon.runs("/read", story="The Gift")
        assert BAR in message(await stage.jon.runs("/read", story="The Lamp")).text


async def test_who_wants_everything_says_so_once(stage: Stage) -> None:
    await _shelve(stage)
    async with stage.bot():
        assert "spoil what you have not seen:** folded." in message(await stage.mara.runs("/settings")).text
        assert "shown as all others" in message(await stage.mara.clicks("Show what spoils")).text
    async with stage.bot():
        assert TEXT in message(await stage.mara.runs("/read", story="The Lamp")).text
        await stage.mara.runs("/settings")
        assert "folded" in message(await stage.mara.clicks("Fold what spoils")).text


async def test_what_no_list_has_is_answered_with_the_nearest(stage: Stage) -> None:
    async with stage.bot():
        await _lists(stage)
        said = await _says(stage, "The Lift")
        assert "“Lanterns” has no episode called “The Lift”; the nearest is “The Gift”." in said.content
        assert "**Lanterns**: not begun" in (await _says(stage, "")).text


async def test_lists_are_made_by_moderators_alone(stage: Stage) -> None:
    async with stage.bot():
        with pytest.raises(CommandRefused):
            await stage.mara.runs("/desk episodes", name="Lanterns")
        await _lists(stage)
        assert "Finale" in str(form(await stage.mo.runs("/desk episodes", name="lanterns")).raw)
        stolen = message(await stage.mara.runs("/archive"))
        await stage.mara.runs("/settings")
        await stage.mara.clicks("What you have seen")
        modal = form(await stage.mara.chooses("Lanterns"))
        modal.raw["custom_id"] = "v1:episodes"
        assert "Only the moderators" in await refused(stage.mara.submits({"Seen up to": "x"}))
        assert "Lanterns" in message(await presses(stage.mara, "v1:seen:0:0", on=stolen)).text


async def test_the_gate_comes_first(stage: Stage) -> None:
    dark = await _shelve(stage, rating=Rating.NC_17)
    async with stage.bot():
        home = message(await stage.mara.runs("/archive"))
        for attempt in (
            stage.mara.runs("/read", story="The Lamp"),
            presses(stage.mara, f"v1:unfold:{dark}:0", on=home),
        ):
            assert "opens only in an age-restricted channel" in await refused(attempt)
        assert BAR in message(await stage.mara.runs("/read", story="The Lamp", channel=stage.dark_thread)).text


async def test_as_plain_text_the_note_is_behind_its_bar_too(stage: Stage) -> None:
    await _shelve(stage)
    await Preferences(stage.database).change(stage.mara.id, plain=True)
    async with stage.bot():
        cover = message(await stage.mara.runs("/read", story="The Lamp"))
        assert BAR in cover.text
        assert "page 1." not in cover.text
        assert TEXT in message(await stage.mara.clicks("Read it anyway")).text


async def test_what_a_search_finds_in_it_stands_behind_a_bar(stage: Stage) -> None:
    await _shelve(stage)
    await add(stage.database, edition("Other", pages=1))
    async with stage.bot():
        found = message(await stage.mara.runs("/search", query="page"))
        excerpts = [line for line in found.text.splitlines() if line.startswith("> ")]
        assert len(excerpts) == 2
        assert [line.startswith("> ||") and line.endswith("||") for line in excerpts if "Lamp" in line] == [True]
        assert not any("||" in line for line in excerpts if "Other" in line)
