"""This room proves that a heading is cut where its author meant, or says that it is a guess."""

import pytest

from bot.formats import heading

KNOWN = [
    ("Changing Hearts Series - Not So Alone -- by Ruby", ("Not So Alone", "Ruby", "Changing Hearts")),
    ("The Lamp -- by Ann", ("The Lamp", "Ann", "")),
    ("The Lamp — by Ann", ("The Lamp", "Ann", "")),
    ("The Lamp – BY Ann", ("The Lamp", "Ann", "")),
    ("The Lamp--by Ann", ("The Lamp", "Ann", "")),
    ("The Lamp - By: Ann", ("The Lamp", "Ann", "")),
    ("Salt Road Series – The Well — by Tam Okafor", ("The Well", "Tam Okafor", "Salt Road")),
    ("Salt Road SERIES - The Well - Part Two -- by Tam", ("The Well - Part Two", "Tam", "Salt Road")),
    ("Salt - Road Series - The Well -- Again -- by Tam", ("The Well -- Again", "Tam", "Salt - Road")),
    ("Salt Road Series -- The Well -- by Tam", ("The Well", "Tam", "Salt Road")),
    ("Stand by Me -- by Ann", ("Stand by Me", "Ann", "")),
    ("A Well-Known Lamp -- by Quill & Candle", ("A Well-Known Lamp", "Quill & Candle", "")),
    ("*The Lamp* -- by Ann <ann@example.org>", ("The Lamp", "Ann", "")),
    ("The Lamp -- by Ann (mailto:ann@example.org), posted by Bob", ("The Lamp", "Ann", "")),
    ("The Lamp -- by -", ("The Lamp", "", "")),
    ("The Lamp -- by ann@example.org", ("The Lamp", "", "")),
    ("The Lamp", ("The Lamp", "", "")),
]


@pytest.mark.parametrize(("text", "pieces"), KNOWN)
def test_a_heading_that_leaves_no_doubt(text: str, pieces: tuple[str, str, str]) -> None:
    assert heading.read(text) == (*pieces, ())


def test_the_first_single_dash_parts_series_and_title_but_it_is_a_guess() -> None:
    found = heading.read("Salt Road - The Well - Again -- by Tam")
    assert found[:3] == ("The Well - Again", "Tam", "Salt Road")
    assert found.warnings == (
        "“Salt Road” was taken for the series of “The Well - Again”; add “Title:” if it belongs to the title.",
    )


def test_a_double_dash_belongs_to_the_title_but_it_is_a_guess() -> None:
    found = heading.read("The Well -- Again -- by Tam")
    assert found[:3] == ("The Well -- Again", "Tam", "")
    assert found.warnings == (
        "“The Well -- Again” was taken for a title with a dash in it; add “Series:” if it is not.",
    )


def test_the_last_byline_counts() -> None:
    assert heading.read("Led -- by Night -- by Ann")[:3] == ("Led -- by Night", "Ann", "")


def test_a_byline_with_no_dash_is_a_guess() -> None:
    found = heading.read("Stand by Me")
    assert found[:3] == ("Stand", "Me", "")
    assert found.warnings[0].startswith("“Stand by Me” was read as “Stand” by Me")


def test_labels_say_where_to_cut() -> None:
    line = "Salt - Road - The Well -- by Tam"
    assert heading.read(line, series="Salt - Road") == ("The Well", "Tam", "Salt - Road", ())
    assert heading.read(line, title="The Well") == ("The Well", "Tam", "Salt - Road", ())
    assert heading.read(line, title="Salt - Road - The Well") == ("Salt - Road - The Well", "Tam", "", ())
    assert heading.read(line, series="Other") == ("Salt - Road - The Well", "Tam", "Other", ())
    assert heading.read("Stand by Me", author="Ann") == ("Stand by Me", "Ann", "", ())


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("by Ann", "Ann"),
        ("By: Ann", "Ann"),
        ("written by Ann", "Ann"),
        ("by", ""),
        ("(by Ann)", "Ann)"),
        ("By the sea it rained.", None),
        ("bye Ann", None),
    ],
)
def test_a_byline_of_its_own(text: str, author: str | None) -> None:
    assert heading.byline(text) == author


@pytest.mark.parametrize("text", ["The Lamp", "Who Goes There?", "Wait...", "  * The Lamp *  "])
def test_a_bare_title(text: str) -> None:
    assert heading.is_bare(text)


@pytest.mark.parametrize("text", ["", "It was dark.", '"Who goes there?"', "“Who?”", "| Home |", "lamp " * 40])
def test_a_sentence_is_no_title(text: str) -> None:
    assert not heading.is_bare(text)


def test_an_endless_line_is_no_heading() -> None:
    assert not heading.has_byline("lamp " * 100 + "-- by Ann")
    assert heading.byline("by " + "Ann " * 100) is None
