"""This room proves that lines and their markup come to ranges without gap or overlap."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.documents import Extent, Kind, Line
from bot.formats import sheet
from tests.formats.sheets import sheet as made

KINDS = st.sampled_from([None, *Kind])


@st.composite
def lines(draw: st.DrawFn) -> tuple[Line, Kind | None]:
    """A line of some bytes, from 0 on, some of them markup; `test_…` moves it to its place."""
    size = draw(st.integers(0, 12))
    cuts = sorted(draw(st.lists(st.integers(0, size), max_size=4)))
    extents = tuple(Extent(one, other) for one, other in zip(cuts[::2], cuts[1::2], strict=False))
    return Line(draw(st.sampled_from(["", "  ", "lamp"])), 0, size, markup=extents), draw(KINDS)


def laid(found: list[tuple[Line, Kind | None]]) -> list[Line]:
    place, told = 0, list[Line]()
    for line, _ in found:
        markup = tuple(Extent(each.start + place, each.end + place) for each in line.markup)
        told.append(line._replace(start=place, end=place + line.end, markup=markup))
        place += line.end
    return told


@given(st.lists(lines()))
def test_ranges_tile_and_every_byte_keeps_its_kind(found: list[tuple[Line, Kind | None]]) -> None:
    told = laid(found)
    ranges = sheet.ranges(told, [kind for _, kind in found])
    expected: list[Kind] = []
    for line, (_, kind) in zip(told, found, strict=True):
        own = (kind or Kind.UNCLASSIFIED) if line.text.strip() else Kind.BLANK
        marked = {byte for each in line.markup for byte in range(each.start, each.end)}
        expected += [Kind.MARKUP if byte in marked else own for byte in range(line.start, line.end)]
    assert [each.kind for each in ranges for _ in range(each.start, each.end)] == expected
    assert [each.start for each in ranges] == [0, *(each.end for each in ranges)][: len(ranges)]
    assert all(one.kind is not other.kind for one, other in pairwise(ranges))


def test_what_stands_where() -> None:
    found = made("\nThe Lamp\n\n***\n\nOnce.\nTwice.\n")
    assert (found.next(0), found.next(2), found.previous(3), found.previous(1)) == (1, 3, 1, -1)
    assert (found.is_gap(3), found.is_gap(1), found.is_blank(99), found.text(-1)) == (True, False, True, "")
    assert found.paragraph(5) == range(5, 7)
    assert list(found.written(0, 5)) == [1, 3]


def test_what_is_known_of_a_line_stays() -> None:
    found = made("Once.\nTwice.")
    found.mark([0], Kind.FIELDS)
    found.fill(0, 2, Kind.TEXT)
    assert found.kinds == [Kind.FIELDS, Kind.TEXT]
