"""Where in a story somebody wants to go on, as they type it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import NoSuchStop
from bot.formats.stops import page_of

STARTS = (1, 4, 9)


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("1", 1), ("7", 7), (" 7 ", 7), ("page 7", 7), ("Page 7", 7), ("p. 7", 7), ("10", 10), ("11", 10), ("0", 1),
        ("part 1", 1), ("Part 2", 4), ("part 3", 9),
        ("0 %", 1), ("40 %", 5), ("40%", 5), ("40 percent", 5), ("99 %", 10), ("100 %", 10), ("640 %", 10),
        ("12.5 %", 2), ("12,5 %", 2), ("Seite 7", 7), ("Teil 2", 4), ("40 Prozent", 5),
    ],
)  # fmt: skip
def test_what_is_meant(typed: str, page: int) -> None:
    assert page_of(typed, 10, STARTS) == page


@pytest.mark.parametrize("typed", ["", "%", "the end", "-1", "part", "part 0", "part 4", "1234567", "4 %% 5", "٣"])
def test_what_is_no_place(typed: str) -> None:
    with pytest.raises(NoSuchStop, match="is no place in this story; name a page from 1 to 10, a part from"):
        page_of(typed, 10, STARTS)


def test_of_a_story_without_parts_none_is_offered() -> None:
    with pytest.raises(NoSuchStop, match="“part 2” is no place in this story; name a page from 1 to 3, or a share"):
        page_of("part 2", 3, [1])


@given(st.text(), st.integers(1, 10**6))
def test_whatever_is_typed_is_a_page_or_refused(typed: str, pages: int) -> None:
    with suppress(NoSuchStop):
        assert 1 <= page_of(typed, pages, [1]) <= pages


@given(st.integers(1, 1_000), st.integers(1, 1_000))
def test_the_share_that_is_told_of_a_page_leads_there_or_just_ahead(pages: int, page: int) -> None:
    page = min(page, pages)
    percent = 100 * (page - 1) // pages
    assert page - pages // 100 - 1 <= page_of(f"{percent} %", pages, [1]) <= page
