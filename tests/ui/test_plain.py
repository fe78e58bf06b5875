"""Whatever stands on a card, as plain text it is within Discord's limits and nothing of a page is lost."""

from datetime import UTC, datetime
from typing import Any

import discord
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.models import Leaf, LinkKind, Story
from bot.domain.search import Order, Query, Total
from bot.domain.settings import PageLength
from bot.formats.markdown import units
from bot.services.catalogue import Listing
from bot.services.library import Neighbours, Shown
from bot.ui import catalogue, letters, plain, reader
from bot.ui.cards import Card
from bot.ui.controls import board, button
from tests.library import HALL
from tests.ui.hostile import HOSTILE, OPTIONAL, STARRED, STARS, STORIES
from tests.ui.test_cards import SHELVES


def texts(card: Card, sentence: str = "") -> list[str]:
    """What is shown, held against the limits of Components V2 (docs.discord.com, Component Reference)."""
    components = plain.drawn(card, sentence).to_components()
    shown: list[str] = [each["content"] for each in components if each["type"] == 10]
    assert all(text.strip() for text in shown)
    assert sum(map(units, shown)) <= 4_000
    assert len(components) + sum(len(each.get("components", ())) for each in components) <= 40
    rows: list[Any] = card.controls.to_components() if card.controls else []
    assert [each for each in components if each["type"] == 1] == rows
    return shown


@given(STORIES, SHELVES, HOSTILE, st.integers(1, PageLength.MEDIUM))
@example(STARRED[0], STARRED[:10], STARS, PageLength.MEDIUM)
@settings(deadline=None)
async def test_the_text_of_a_page_stays_whole(story: Story, others: list[Story], name: str, size: int) -> None:
    leaf = Leaf(
        story.id, 1, story.title, story.author, 1, 1, 0, 1, name, 0, 0, "x", "w" * size, story.words, story.rating, ()
    )  # fmt: skip
    shown = Shown(story, [(LinkKind.SEQUEL, name, None), (LinkKind.PREQUEL, name, story)])
    first = texts(reader.page(leaf, opening=shown, neighbours=Neighbours(None, others, [], others, 1, frozenset())))
    assert len(first) == 2
    assert f"\n\n{leaf.text}\n\n" in f"\n\n{first[1]}\n\n"
    assert story.rating.label in first[0] or units(first[0]) > 1_000
    (later,) = texts(reader.page(leaf))
    assert later.startswith("## ")
    assert leaf.text in later


@given(SHELVES)
@example(STARRED[:10])
@settings(deadline=None)
async def test_lists_keep_every_row(stories: list[Story]) -> None:
    found = Listing(1, Query(order=Order.TITLE), Order.TITLE, stories, Total(10**6), 0)
    (shown,) = texts(catalogue.listing(found, HALL))
    assert shown.count("\n\n") >= len(stories)
    assert shown.startswith("## Fiction Index\n\n")


@given(st.dictionaries(st.sampled_from(["name", "comments"]), OPTIONAL), st.text(max_size=2_000))
@settings(deadline=None)
async def test_what_is_given_back_stands_under_the_sentence(fields: dict[str, str], sentence: str) -> None:
    card = letters.given_back(fields)
    shown = texts(card, sentence)
    assert shown[:1] == [sentence] if sentence.strip() else len(shown) == len(card.embeds)


def test_everything_of_an_embed_is_said_in_order() -> None:
    embed = discord.Embed(title="A\nTitle", description="What it is.", timestamp=datetime.fromtimestamp(0, UTC))
    embed.set_author(name="by *Ruby*").set_footer(text="Page _1_")
    embed.add_field(name="Rating", value="PG").add_field(name="Newest", value="one\ntwo")
    card = Card([embed], board([button("Main", "main")]), ("a.txt", b"a"))
    assert texts(card, "Look:") == [
        "Look:",
        "## A Title\nby \\*Ruby\\*\n\nWhat it is.\n\n**Rating:** PG\n\n### Newest\none\ntwo\n\n<t:0>\n\nPage \\_1\\_",
    ]
    assert {"type": 13, "file": {"url": "attachment://a.txt"}} in plain.drawn(card).to_components()


def test_it_is_drawn_as_the_library_would() -> None:
    card = Card([discord.Embed(description="Text")], attachment=("a.txt", b"a"))
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.TextDisplay("Text")).add_item(discord.ui.File("attachment://a.txt"))
    theirs = [{key: value for key, value in each.items() if key != "spoiler"} for each in view.to_components()]
    assert plain.drawn(card).to_components() == theirs


@given(st.lists(st.one_of(HOSTILE, st.text(max_size=900)), max_size=12).map("\n\n".join), st.integers(0, 4_000))
@example("**bold " * 300, 900)
@example("||" + "hidden " * 300 + "||\n\nshort", 900)
def test_what_does_not_fit_is_cut_where_it_is_longest(text: str, room: int) -> None:
    cut = plain.fitted(text, room)
    assert units(cut) <= room
    if units(text) <= room:
        assert cut == text


def test_short_paragraphs_stay_whole_beside_a_long_one() -> None:
    cut = plain.fitted("short one\n\n" + "**long** word " * 400 + "\n\n||" + "hidden " * 100 + "||\n\nshort two", 700)
    first, long, hidden, last = cut.split("\n\n")
    assert (first, last) == ("short one", "short two")
    assert long.endswith(("…", "…**"))
    assert long.count("**") % 2 == 0
    assert hidden.startswith("||")
    assert hidden.endswith("…||")
