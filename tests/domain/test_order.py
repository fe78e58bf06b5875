"""The order a series is read in, and the tree beneath it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.models import LinkKind
from bot.domain.order import Branch, Related, gaps, numbered, outline, pairs, reading_order


def test_a_sequel_follows_what_it_is_a_sequel_to() -> None:
    assert reading_order([1, 2, 3], [(3, 1)]) == [3, 1, 2]
    assert reading_order([1, 2, 4, 0], [(0, 1), (1, 2)]) == [0, 1, 2, 4]


def test_without_pairs_the_order_stays() -> None:
    assert reading_order([5, 2, 9], []) == [5, 2, 9]


def test_pairs_of_other_stories_do_not_matter() -> None:
    assert reading_order([1, 2], [(7, 1), (2, 8)]) == [1, 2]


def test_two_stories_that_are_each_others_sequel_stay_as_they_came() -> None:
    assert reading_order([2, 1], [(1, 2), (2, 1)]) == [2, 1]


@given(st.permutations(range(8)), st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7))))
def test_nothing_is_lost_and_every_pair_holds(story_ids: list[int], drawn: set[tuple[int, int]]) -> None:
    pairs = {(earlier, later) for earlier, later in drawn if earlier < later}
    order = reading_order(story_ids, pairs)
    assert sorted(order) == sorted(story_ids)
    assert all(order.index(earlier) < order.index(later) for earlier, later in pairs)


@pytest.mark.parametrize(
    ("number", "place"),
    [("3", 3.0), ("Part 2.5", 2.5), ("1a", 1.0), ("", None), ("Prologue", None), ("9" * 99, 999999.0)],
)
def test_the_number_of_a_header(number: str, place: float | None) -> None:
    assert numbered(number) == place


def test_numbers_that_nothing_has() -> None:
    assert gaps([1.0, 2.5, 4.0, None]) == [3]
    assert gaps([None]) == gaps([]) == []
    assert gaps([1_999.0]) == [], "a year is no place in a series"


def test_what_follows_comes_later_and_what_leads_up_to_it_earlier() -> None:
    links = [
        Related(2, LinkKind.SEQUEL, 1),
        Related(3, LinkKind.FOLLOWS, 2),
        Related(0, LinkKind.PREQUEL, 1),
        Related(9, LinkKind.COMPANION, 1),
    ]
    assert pairs(links) == [(1, 2), (2, 3), (0, 1)]


def _tree(order: list[int], *links: tuple[int, LinkKind, int], outside: tuple[int, ...] = ()) -> list[tuple[int, int]]:
    return [(branch.story_id, branch.depth) for branch in outline(order, [Related(*link) for link in links], outside)]


def test_a_first_sequel_goes_on_and_another_branches_off() -> None:
    sequel = LinkKind.SEQUEL
    assert _tree([1, 2, 3, 4], (2, sequel, 1), (3, sequel, 1), (4, sequel, 3)) == [(1, 0), (3, 1), (2, 0), (4, 0)]


def test_a_side_story_stands_beneath_the_one_it_belongs_to() -> None:
    companion = LinkKind.COMPANION
    assert _tree([1, 2, 3], (3, companion, 1)) == [(1, 0), (3, 1), (2, 0)]
    assert _tree([1, 2, 3], (3, companion, 2), (2, companion, 1)) == [(1, 0), (2, 1), (3, 2)]
    assert _tree([1, 2], (7, companion, 1), (8, LinkKind.SEQUEL, 2), outside=(7, 8)) == [(1, 0), (7, 1), (2, 0), (8, 1)]


def test_companions_of_each_other_are_both_there() -> None:
    companion = LinkKind.COMPANION
    assert _tree([1, 2], (1, companion, 2), (2, companion, 1)) == [(2, 0), (1, 1)]
    assert _tree([1], (1, companion, 1)) == [(1, 0)]


LINKS = st.lists(st.builds(Related, st.integers(0, 9), st.sampled_from(LinkKind), st.integers(0, 9)), max_size=20)


@given(LINKS, st.integers(0, 10))
def test_every_story_stands_in_the_tree_once(links: list[Related], within: int) -> None:
    outside = [each for each in dict.fromkeys(link.story_id for link in links) if each >= within]
    order = list(range(within))
    found = outline(order, links, outside)
    ids = [branch.story_id for branch in found]
    assert len(set(ids)) == len(ids)
    assert set(order) <= set(ids)
    for before, branch in zip([Branch(-1, -1), *found], found, strict=False):
        assert branch.depth <= before.depth + 1
