"""Every command, by everybody, in every kind of place: an answer in words, and nothing of a mature story outside."""

from collections.abc import AsyncGenerator, Iterator
from dataclasses import replace
from typing import Any, Literal, TypeAlias

import aiohttp
import pytest

from bot.domain.models import Link, LinkKind, Rating
from bot.sandbox import Channel, Message, Modal, Person
from tests.discord.stage import Stage, message
from tests.discord.test_ids import ids, press
from tests.library import add, edition

DARK, MILD = 1, 2
"""Numbers of the stories: most ids that were ever sent name story 1."""
SECRET, SUMMARY = "Nightshade", "Velvet"
"""They stand in the text and the summary of the mature story, and nowhere else."""
BUG = "Something broke on our side"
AT_HOME = ("hall", "hall_thread", "dark", "dark_thread")
RESTRICTED = ("dark", "dark_thread", "away_dark")
Where: TypeAlias = Channel | Literal["dm"]
PLACES = ("hall", "hall_thread", *RESTRICTED, "dm", "away", "away_thread")
"""`away` is a server that the bot is not in: whoever has installed it for themselves uses it there."""

HEADERS = "/desk edit"
"""Where a moderator, for their eyes alone, sees what the header says: no text of the story."""

ASKED: dict[str, list[dict[str, Any]]] = {
    "/search": [{"query": "grew"}, {"query": "dark"}, {"query": "rating:nc-17"}],
    "/read": [{"story": "Dark"}, {"story": "Mild"}, {"story": f"#{DARK}", "share": True}],
    "/feedback": [{"story": "Dark"}, {"story": "Mild"}],
    "/series": [{"name": "Hearts"}],
    "/author": [{"name": "Ruby"}, {"name": "Opal"}],
    "/stories": [{}, {"rating": "nc-17"}, {"author": "Ruby"}],
    "/download story": [{"story": "Dark", "format": "HTML"}, {"story": "Mild", "format": "Text"}],
    "/download series": [{"name": "Hearts", "format": "Text"}],
    "/download author": [{"name": "Ruby", "format": "Text"}, {"name": "Opal", "format": "Text"}],
    "/follow story": [{"story": "Dark"}],
    "/follow series": [{"name": "Hearts"}],
    "/follow author": [{"name": "Ruby"}],
    "/pen claim": [{"name": "Opal"}],
    "/pen stats": [{"story": "Dark"}],
    "/pen withdraw": [{"story": "Dark"}],
}
"""What commands are asked with; those that need nothing are run bare. A command that needs something and is not here
fails."""


def _lines(offered: list[dict[str, Any]], ahead: str = "/") -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each command as it is typed, with its options."""
    for command in offered:
        options = command.get("options", [])
        if any(option["type"] in (1, 2) for option in options):
            yield from _lines(options, f"{ahead}{command['name']} ")
        elif command.get("type", 1) == 1:
            yield ahead + command["name"], options


def _asked(person: Person, line: str, options: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if line in ASKED:
        return ASKED[line]
    needed = [option["name"] for option in options if option.get("required")]
    given = {"story": "Dark", "name": "Ruby", "account": person, "reason": "None."}
    assert set(needed) <= set(given), f"say in ASKED what {line} is asked with"
    return [{name: given[name] for name in needed}]


async def _told(shown: Message | Modal) -> str:
    """All that an answer holds: what is drawn, what its controls say, what is in its files."""
    if isinstance(shown, Modal):
        return str(shown.raw)
    told = [str(shown.raw)]
    async with aiohttp.ClientSession() as session:
        for file in shown.attachments:
            async with session.get(file["url"]) as answer:
                told.append((await answer.read()).decode("utf-8", "replace"))
    return "\n".join(told)


def _place(stage: Stage, place: str) -> Where:
    if not place.startswith("away"):
        there: Where = "dm" if place == "dm" else getattr(stage, place)
        return there
    elsewhere = stage.sandbox.guild("Elsewhere", has_bot=False)
    channels: dict[str, Channel] = {"away": elsewhere.channel("lobby"), "away_dark": elsewhere.channel("n", nsfw=True)}
    channels["away_thread"] = channels["away"].thread("corner")
    for person in (stage.mara, stage.jon, stage.ruby, stage.mo):
        stage.sandbox.person(person.name, guild=elsewhere)
    return channels[place]


async def _shelve(stage: Stage) -> None:
    """A mature story that Mara has read, kept and written about, in a series and linked with a mild one."""
    dark = edition("Dark", series="Hearts", rating=Rating.NC_17, pages=3)
    pages = [page._replace(text=f"{SECRET}, {page.text}") for page in dark.pages]
    manuscript = replace(dark.manuscript, description=f"About {SUMMARY}.")
    await add(stage.database, replace(dark, manuscript=manuscript, pages=pages, markup=[f"{SECRET} grew there."]))
    mild = edition("Mild", series="Hearts", pages=2, links=[Link(LinkKind.PREQUEL, "Dark")])
    await add(stage.database, mild)
    await add(stage.database, edition("Other", "Opal"))
    await stage.link("Ruby", stage.ruby)


async def _keep(stage: Stage) -> None:
    """Mara keeps what there is to keep of the mature story, where it opens."""
    assert SECRET in message(await stage.mara.runs("/read", story="Dark", channel=stage.dark)).text
    await stage.mara.clicks("Next")
    await stage.mara.clicks("More")
    for name in ("Like", "For later"):
        await stage.mara.clicks(name)
    await stage.mara.runs("/feedback", story="Dark", channel=stage.dark)
    await stage.mara.submits(Comments="Lovely.")


@pytest.mark.parametrize("place", PLACES)
async def test_every_command_answers_in_words_and_tells_nothing_it_must_not(stage: Stage, place: str) -> None:
    await _shelve(stage)
    people = (stage.mara, stage.mo) if place in RESTRICTED else (stage.mara, stage.jon, stage.ruby, stage.mo)
    where = _place(stage, place)
    async with stage.bot():
        await _keep(stage)
        for person in people:
            person.installs()
            ran = [line async for line in _swept(person, where, place)]
            assert len(ran) > 20
            assert any(line.startswith("/desk") for line in ran) is (person is stage.mo and place in AT_HOME)


async def _swept(person: Person, where: Where, place: str) -> AsyncGenerator[str]:
    for line, options in _lines(person.offered(where)):
        for asked in _asked(person, line, options):
            shown = await person.runs(line, asked, channel=where)
            told = await _told(shown)
            assert shown.title if isinstance(shown, Modal) else shown.text or shown.attachments, (line, asked)
            assert BUG not in told, (line, asked)
            if place not in RESTRICTED:
                assert SECRET not in told, (line, asked)
                assert SUMMARY not in told or line == HEADERS, (line, asked)
        for option in options:
            if option.get("autocomplete"):
                choices = await person.types(line, {option["name"]: "da"}, channel=where)
                assert place in RESTRICTED or SECRET not in str(choices)
        yield line


@pytest.mark.parametrize(("who", "place"), [("mara", "hall"), ("mara", "dm"), ("mo", "hall"), ("jon", "away")])
async def test_no_button_menu_or_form_tells_it_either(stage: Stage, who: str, place: str) -> None:
    """Each id that was ever sent, pressed where the story does not open, by who has it on their shelf and by others."""
    await _shelve(stage)
    where, person = _place(stage, place), getattr(stage, who)
    person.installs()
    async with stage.bot():
        await _keep(stage)
        page = message(await person.runs("/stories", channel=where))
        for sent in ids():
            assert SECRET not in await _told(await press(person, sent, page, story=MILD)), sent
