"""Jumping to a page, a part or a share of a story, told as scenes."""

from dataclasses import replace

import pytest

from bot.domain.models import Paragraph, Part, Rating, Span
from bot.sandbox import Message, Modal, Person
from bot.store.editions import Edition
from tests.discord.stage import Stage, form, message, presses, refused
from tests.library import add, edition

MENU = "Jump to…"
PLACES = ["hall_thread", "dark", "dm"]


async def _jumps(person: Person, where: str, *, on: Message | None = None) -> Message | Modal:
    form(await person.chooses("Elsewhere…", menu=MENU, message=on))
    return await person.submits(where=where)


@pytest.mark.parametrize("place", PLACES)
async def test_to_a_page_or_a_share_also_after_a_restart(stage: Stage, place: str) -> None:
    stage.mara.installs()
    await add(stage.database, edition("The Lamp", pages=60))
    async with stage.bot():
        where = "dm" if place == "dm" else getattr(stage, place)
        await stage.mara.runs("/read", story="The Lamp", channel=where)
        assert "The Lamp, page 25." in message(await _jumps(stage.mara, "40 %")).text
        form(await stage.mara.chooses("Elsewhere…", menu=MENU))
    async with stage.bot():
        assert "The Lamp, page 42." in message(await stage.mara.submits(where="42")).text
        assert "The Lamp, page 60." in message(await _jumps(stage.mara, "100 %")).text
        assert "The Lamp, page 60." in message(await stage.mara.runs("/continue", channel=where)).text


async def test_the_menu_tells_the_shares(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=4))
    async with stage.bot():
        shown = message(await stage.mara.runs("/read", story="The Lamp"))
        options = shown.components[1]["components"][0]["options"]
        assert [(each["label"], each["description"]) for each in options[:4]] == [
            ("Page 1", "0 %"), ("Page 2", "25 %"), ("Page 3", "50 %"), ("Page 4", "75 %"),
        ]  # fmt: skip
        assert "about 1 min left" in shown.text
        assert "the last page" in message(await stage.mara.clicks("Last")).text


async def test_to_a_part(stage: Stage) -> None:
    await add(stage.database, parted())
    async with stage.bot():
        await stage.mara.runs("/read", story="The Tide")
        modal = form(await stage.mara.chooses("Elsewhere…", menu=MENU))
        assert "A page up to 3, a part as “part 2” of 2, or a share as “40 %”." in str(modal.raw)
        assert "Dusk" in message(await stage.mara.submits(where="part 2")).embeds[-1]["title"]


def parted() -> Edition:
    """Two parts on three pages."""
    made = edition("The Tide", pages=3)
    parts = tuple(Part(title, (Paragraph((Span("x"),)),)) for title in ("Dawn", "Dusk"))
    pages = [page._replace(part=int(page.paragraph > 1)) for page in made.pages]
    return replace(made, manuscript=replace(made.manuscript, parts=parts), markup=["x", "x"], pages=pages)


async def test_what_is_no_place_is_refused_and_given_back(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=3))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        answer = message(await _jumps(stage.mara, "the end"))
        assert "“the end” is no place in this story; name a page from 1 to 3, or a share of it" in answer.content


async def test_a_stranger_jumps_in_a_copy_of_their_own(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=10))
    async with stage.bot():
        shared = message(await stage.mara.runs("/read", story="The Lamp", share=True))
        copy = message(await _jumps(stage.jon, "50 %", on=shared))
        assert copy.ephemeral
        assert "The Lamp, page 6." in copy.text
        assert "The Lamp, page 1." in stage.mara.screen.text
        own = message(await _jumps(stage.mara, "50 %", on=shared))
        assert own.id == shared.id


async def test_the_gate_is_asked_before_the_form_and_after_it(stage: Stage) -> None:
    dark = await add(stage.database, edition("Dark", rating=Rating.NC_17, pages=3))
    async with stage.bot():
        home = message(await stage.mara.runs("/archive"))
        said = "opens only in an age-restricted channel"
        assert said in await refused(presses(stage.mara, f"v1:jump:{dark}", 0, on=home))
        await stage.mara.runs("/read", story="Dark", channel=stage.dark)
        form(await stage.mara.chooses("Elsewhere…", menu=MENU))
        stage.dark.restrict(nsfw=False)
        assert said in message(await stage.mara.submits(where="3")).content
