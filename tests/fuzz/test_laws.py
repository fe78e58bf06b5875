"""This room proves that the laws hold for drawn documents of every format, and that they can be broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.documents import DocumentKind, Extent, Format, Kind, Line, Range, Reading, Run, Source
from bot.domain.models import Style
from tests.archives.matrix import specimen
from tests.archives.quirks import QUIRKS
from tests.fuzz import laws, seeds

words = st.sampled_from([word.encode().decode("unicode_escape").encode("latin-1") for word in seeds.WORDS])
pieces = st.one_of(
    words, words, st.binary(max_size=12), st.sampled_from([b"\n", b"\n\n", b" ", b"lamp", "é’".encode()])
)
drawn = st.lists(pieces, max_size=40).map(b"".join)
texts = [
    specimen(QUIRKS[name], seed)[0].data[: seeds.LARGEST] for name in ("all_labels", "one_pre") for seed in range(4)
]

BOXES = {reader: seeds.documents(reader)[0] for reader in ("zip", "epub", "mbox")}


@pytest.mark.parametrize("form", [*Format, None])
@given(data=drawn)
def test_any_document_is_read_or_refused_and_accounted_for(form: Format | None, data: bytes) -> None:
    laws.read(data, form)


@pytest.mark.parametrize("form", list(Format))
@given(data=st.sampled_from(texts), cuts=st.lists(st.tuples(st.integers(0, 8_000), pieces), max_size=6))
def test_a_story_with_anything_set_into_it(form: Format, data: bytes, cuts: list[tuple[int, bytes]]) -> None:
    for place, piece in cuts:
        data = data[:place] + piece + data[place:]
    laws.read(data, form)


@given(drawn)
def test_any_container_is_opened_or_refused(data: bytes) -> None:
    laws.open_box(data)
    laws.open_box(b"From a@b Tue Mar 14 22:04:11 1995\n" + data)


@pytest.mark.parametrize("reader", ["zip", "epub", "mbox"])
@given(place=st.integers(0, 20_000), piece=st.binary(max_size=8))
def test_a_damaged_container_is_opened_as_far_as_it_goes(reader: str, place: int, piece: bytes) -> None:
    data = BOXES[reader]
    place %= len(data)
    laws.open_box(data[:place] + piece + data[place + len(piece) :])


@pytest.mark.parametrize("reader", ["zip", "epub", "mbox"])
def test_the_search_begins_with_containers_that_hold_documents(reader: str) -> None:
    assert all(laws.open_box(data) > 0 for data in seeds.documents(reader))


LINE = Line("lamp", 0, 4)
BROKEN_LINES = [
    (LINE._replace(end=3),),
    (LINE._replace(start=1),),
    (LINE, Line("", 5, 6)),
    (LINE._replace(runs=(Run(2, 9, Style.BOLD),)),),
    (LINE._replace(markup=(Extent(2, 9),)),),
    (LINE._replace(markup=(Extent(0, 3), Extent(2, 4))),),
    (LINE._replace(text="l\ufffdmp"),),
]


@pytest.mark.parametrize("lines", BROKEN_LINES)
def test_a_reader_that_breaks_a_law_is_seen(lines: tuple[Line, ...]) -> None:
    laws.check_source(b"lamp", Source(format=Format.TEXT, lines=(LINE,)))
    with pytest.raises(AssertionError):
        laws.check_source(b"lamp", Source(format=Format.TEXT, lines=lines))


BROKEN_RANGES = [
    (),
    (Range(0, 3, Kind.TEXT),),
    (Range(1, 4, Kind.TEXT),),
    (Range(0, 2, Kind.TEXT), Range(3, 4, Kind.BLANK)),
    (Range(0, 3, Kind.TEXT), Range(2, 4, Kind.BLANK)),
    (Range(0, 4, Kind.TEXT), Range(4, 4, Kind.BLANK)),
    (Range(0, 2, Kind.TEXT), Range(2, 4, Kind.TEXT)),
]


@pytest.mark.parametrize("ranges", BROKEN_RANGES)
def test_accounting_that_does_not_add_up_is_seen(ranges: tuple[Range, ...]) -> None:
    laws.check_reading(b"lamp", Reading(kind=DocumentKind.OTHER, format=Format.TEXT, ranges=(Range(0, 4, Kind.TEXT),)))
    with pytest.raises(AssertionError):
        laws.check_reading(b"lamp", Reading(kind=DocumentKind.OTHER, format=Format.TEXT, ranges=ranges))
