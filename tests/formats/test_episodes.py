"""Which episode a name means, and what is told too early."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.episodes import Progress
from bot.formats.episodes import lines, place, spoil

SHOW = ["1x01 | Welcome", "1x02 | The Lantern Room", "The Gift", "Graduation, Part 1", "Graduation, Part 2", "Finale"]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Welcome", 1), ("welcome!", 1), ("1x01", 1), ("1x01 | Welcome", 1), ("The Lantern Room", 2),
        ("Lantern Room", 2), ("The Lanturn Room", 2), ("Graduation Part 1", 4), ("Gradation Part 2", 5),
        ("up to The Gift", 3), ("Everything through Graduation, Part 2", 5), ("until and including Finale", 6),
    ],
)  # fmt: skip
def test_what_is_meant(name: str, number: int) -> None:
    assert place(name, SHOW) == number


@pytest.mark.parametrize(
    "name", ["", "The Lighthouse", "Graduation, Part 3", "1x03", "Gifts of the Magi", "The Lift", "season 1"]
)
def test_what_is_none_of_them(name: str) -> None:
    assert place(name, SHOW) is None


def test_of_two_of_one_name_the_later_one_is_meant() -> None:
    assert place("Pilot", ["Pilot", "Second", "Pilot"]) == 3
    assert place("Pilott", ["Pilot", "Second", "Pilot"]) == 3


def test_a_list_as_it_is_typed() -> None:
    assert lines("  One \r\n\n Two  | 2\nOne\n\t\n") == ["One", "Two | 2"]


@pytest.mark.parametrize(
    ("names", "last", "folded"),
    [
        (["Welcome"], "The Gift", False),
        (["The Gift"], "The Gift", False),
        (["Graduation, Part 1"], "The Gift", True),
        (["Welcome", "Graduation, Part 1"], "The Gift", True),
        (["Welcome", "Another Show"], "Finale", True),
        (["Welcome"], "A line that is gone", True),
        ([], "Welcome", False),
    ],
)
def test_what_was_not_seen_is_folded(names: list[str], last: str, folded: bool) -> None:
    assert spoil(names, [Progress(SHOW, last)]) is folded


def test_what_two_lists_have_must_have_been_seen_in_both() -> None:
    broadcast, shown = Progress(["A", "B", "C"], "B"), Progress(["C", "B", "A"], "C")
    assert spoil(["B"], [broadcast, shown])
    assert not spoil(["B"], [broadcast, shown._replace(last="B")])
    assert not spoil(["B"], [broadcast, Progress(["X"], "X")])


NAMES = st.text(st.sampled_from("abc 12|"), min_size=1, max_size=8)


@given(st.lists(NAMES, min_size=1, max_size=8), st.data())
def test_whoever_sees_more_has_no_more_folded(titles: list[str], data: st.DataObject) -> None:
    shown = lines("\n".join(titles))
    names = data.draw(st.lists(st.sampled_from(titles), max_size=3))
    folded = [spoil(names, [Progress(shown, line)]) for line in sorted(shown, key=lambda line: place(line, shown) or 0)]
    assert folded == sorted(folded, reverse=True), "folded, until enough was seen"
    assert not names or not shown or all(place(line, shown) for line in shown)
