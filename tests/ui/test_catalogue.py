"""Whatever a list is of and whatever its stories are called, its card is within Discord's limits."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.access import Audience
from bot.domain.models import Story
from bot.domain.search import BEGIN, END, Order, Query, Total, Words
from bot.services.catalogue import Listing
from bot.ui import catalogue
from tests.library import DARK, HALL
from tests.ui.hostile import HOSTILE, STARRED, STARS, STORIES
from tests.ui.limits import within_limits

SHELVES = st.lists(STORIES, max_size=10, unique_by=lambda story: story.id)


@given(SHELVES, HOSTILE, st.sampled_from(Order), st.booleans(), st.booleans(), st.sampled_from([HALL, DARK]))
@example(STARRED[:10], STARS, Order.TITLE, True, True, HALL)
@settings(deadline=None)
async def test_lists(
    stories: list[Story], text: str, order: Order, counted: bool, stands_in: bool, audience: Audience
) -> None:
    found = Listing(
        10**18,
        Query((Words(text[:400]),), order=order),
        order,
        stories,
        Total(10**6, more=True),
        10**6 if counted else None,
        has_before=True,
        has_after=True,
        stands_in=stands_in,
        snippets={story.id: f"{BEGIN}{text}{END} * {text}" for story in stories},
        meant=(10**18, text),
    )
    assert within_limits(catalogue.listing(found, audience))
    assert within_limits(catalogue.listing(replace(found, query=Query(order=order), snippets={}), audience))


def _ordinary(number: int) -> Story:
    return replace(STARRED[0], id=number, title=f"Tale {number}", author="Ruby", series=None, status="")


@pytest.mark.parametrize(
    ("spoilers", "begins", "ends"), [((), "… and so", "was lit"), (("A",), "||… and so", "was lit||")]
)
async def test_an_ordinary_page_has_an_excerpt_under_each_row(
    spoilers: tuple[str, ...], begins: str, ends: str
) -> None:
    """Of what may spoil something it stands behind a bar."""
    stories = [replace(_ordinary(number), spoilers=spoilers) for number in range(1, 11)]
    found = Listing(
        1,
        Query((Words("lamp"),), order=Order.BEST),
        Order.BEST,
        stories,
        Total(10),
        0,
        snippets={story.id: f"… and {'so ' * 40}the {BEGIN}lamp{END} was lit" for story in stories},
    )
    card = catalogue.listing(found, DARK)
    excerpts = [line for line in (card.embeds[0].description or "").splitlines() if line.startswith("> ")]
    assert [line.startswith(f"> {begins}") and line.endswith(ends) for line in excerpts] == [True] * 10


@pytest.mark.parametrize("place", range(len(catalogue.LETTERS)))
def test_every_letter_has_a_place_of_its_own(place: int) -> None:
    letters = catalogue.LETTERS
    assert len(letters) == 25
    assert sorted(letters) == list(letters)
    assert letters[place] == ("" if place == 0 else chr(ord("a") + place - 1))
