"""No figure stands for fewer than five readers."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.figures import FEWEST, MOST, Bar, Day, bars, stops

days = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=80).map(
    lambda found: [Day(number, value + persons, persons) for number, (value, persons) in enumerate(found)]
)


def test_days_are_put_together_until_five_persons_stand_behind_them() -> None:
    brought = [Day(1, 3, 2), Day(2, 9, 3), Day(5, 6, 5), Day(6, 4, 4)]
    assert bars(brought) == [Bar(1, 2, 12), Bar(5, 5, 6)], "the last four wait for a fifth"


def test_a_day_without_anything_begins_no_bar() -> None:
    assert bars([Day(1, 0, 0), Day(2, 7, 7)]) == [Bar(2, 2, 7)]
    assert bars([]) == []
    assert bars([Day(1, 100, 4)]) == []


@given(days)
def test_every_bar_stands_for_enough(brought: list[Day]) -> None:
    made = bars(brought)
    assert len(made) <= MOST
    for bar in made:
        inside = [day for day in brought if bar.first <= day.day <= bar.last]
        assert sum(day.persons for day in inside) >= FEWEST
        assert sum(day.value for day in inside) == bar.value
    assert [bar.first for bar in made] == sorted(bar.first for bar in made)


def test_parts_are_put_together_with_their_neighbours_and_nobody_is_lost() -> None:
    assert stops([7, 2, 1, 4, 0, 3]) == [Bar(1, 1, 7), Bar(2, 6, 10)]
    assert stops([2, 2]) == []
    assert stops([5, 0, 0]) == [Bar(1, 1, 5)]


@given(st.lists(st.integers(0, 12), max_size=60))
def test_every_part_shown_stands_for_enough(readers: list[int]) -> None:
    made = stops(readers)
    assert all(bar.value >= FEWEST for bar in made)
    assert sum(bar.value for bar in made) in (0, sum(readers))
    assert (sum(bar.value for bar in made) == 0) == (sum(readers) < FEWEST)
    assert all(one.last < other.first for one, other in pairwise(made))
