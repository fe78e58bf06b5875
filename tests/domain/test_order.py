"""The order a series is read in."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.order import reading_order


def test_a_sequel_follows_what_it_is_a_sequel_to() -> None:
    assert reading_order([1, 2, 3], [(3, 1)]) == [2, 3, 1]


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
