"""This room proves that a heading is cut where its author meant, or says that it is a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats import heading

KNOWN = [
    ("Changing Hearts Series - Not So Alone -- by Ruby", ("Not So Alone", "Ruby", "Changing Hearts")),
    ("The Lamp -- by Ann", ("The Lamp", "Ann", "")),
    ("The Lamp — by Ann", ("The Lamp", "Ann", "")),
    ("The Lamp – BY Ann", ("The Lamp", "Ann", "")),
    ("The Lamp--by Ann", ("The Lamp", "Ann", "")),
    ("The Lamp - By: Ann", ("The Lamp", "Ann", "")),
    ("The Lamp - written by Ann", ("The Lamp", "Ann", "")),
    ("Salt Road Series – The Well — by Tam Okafor", ("The Well", "Tam Okafor", "Salt Road")),
    ("Salt Road SERIES - The Well - Part Two -- by Tam", ("The Well - Part Two", "Tam", "Salt Road")),
    ("Salt - Road Series - The Well -- Again -- by Tam", ("The Well -- Again", "Tam", "Salt - Road")),
    ("Salt Road Series -- The Well -- by Tam", ("The Well", "Tam", "Salt Road")),
    ("Ebb - Flow -- by Tam", ("Ebb - Flow", "Tam", "")),
    ("Stand by Me -- by Ann", ("Stand by Me", "Ann", "")),
    ("A Well-Known Lamp -- by Quill & Candle", ("A Well-Known Lamp", "Quill & Candle", "")),
    ("Led -- by Night -- by Ann", ("Led -- by Night", "Ann", "")),
    ("*The Lamp* -- by Ann", ("The Lamp", "Ann", "")),
    ("“The Lamp” -- by Ann", ("The Lamp", "Ann", "")),
    ("Won by a Hair", ("Won by a Hair", "", "")),
    ("Down by the Weir", ("Down by the Weir", "", "")),
    ("The Lamp", ("The Lamp", "", "")),
]


@pytest.mark.parametrize(("text", "pieces"), KNOWN)
def test_a_heading_that_leaves_no_doubt(text: str, pieces: tuple[str, str, str]) -> None:
    assert heading.read(text) == (*pieces, ())


def test_a_byline_with_no_dash_is_a_guess_where_it_is_a_whole_name() -> None:
    found = heading.read("The Lamp by Ann Smith")
    assert found[:3] == ("The Lamp", "Ann Smith", "")
    assert found.warnings == (
        (
            "“The Lamp by Ann Smith” was read as “The Lamp” by Ann Smith, with no dash to say so;"
            " add “Author:” if that is wrong."
        ),
    )


def test_a_single_word_behind_by_is_left_in_the_title_and_told() -> None:
    found = heading.read("Death by Water")
    assert found[:3] == ("Death by Water", "", "")
    assert found.warnings == ("“Death by Water” was taken for a title; add “Author:” if “Water” is who wrote it.",)


def test_labels_say_where_to_cut() -> None:
    line = "Salt - Road - The Well -- by Tam"
    assert heading.read(line, series="Salt - Road") == ("The Well", "Tam", "Salt - Road", ())
    assert heading.read(line, title="The Well") == ("The Well", "Tam", "Salt - Road", ())
    assert heading.read(line, title="Salt - Road - The Well") == ("Salt - Road - The Well", "Tam", "", ())
    assert heading.read(line, series="Other") == ("Salt - Road - The Well", "Tam", "Other", ())
    assert heading.read("Stand by Me", author="Ann") == ("Stand by Me", "Ann", "", ())
    assert heading.read("The Lamp by Ann", author="Ann") == ("The Lamp", "Ann", "", ())
    assert heading.read("The Lamp by kes", title="The Lamp") == ("The Lamp", "kes", "", ())


@pytest.mark.parametrize(
    ("text", "author", "series"),
    [
        ("by Ann", "Ann", ""),
        ("By: Ann", "Ann", ""),
        ("written by Ann", "Ann", ""),
        ("by", "", ""),
        ("(by Ann)", "Ann)", ""),
        ("a Salt Road fanfiction by Ann Smith", "Ann Smith", "Salt Road"),
        ("A story by Ann", "Ann", ""),
        ("By Ann <ann@example.org>", "Ann <ann@example.org>", ""),
        ("by S. L. Whitlow", "S. L. Whitlow", ""),
        ("by Anders von Weir", "Anders von Weir", ""),
        ("by kestrel", "kestrel", ""),
        ("by Ruth & Tam", "Ruth & Tam", ""),
    ],
)
def test_a_byline_of_its_own(text: str, author: str, series: str) -> None:
    assert heading.byline(text) == (author, series)


@pytest.mark.parametrize(
    "text",
    [
        "By the sea it rained.",
        "bye Ann",
        "By noon the piano was cold again, the old",
        "by the old weir",
        "By himself",
        "She sat by Ann",
        "A story by",
        "by " + "Ann " * 100,
    ],
)
def test_a_sentence_is_no_byline(text: str) -> None:
    assert heading.byline(text) is None


@pytest.mark.parametrize("text", ["The Lamp", "Who Goes There?", "Wait...", "  * The Lamp *  ", "“The Lamp”", "'Lamp'"])
def test_a_bare_title(text: str) -> None:
    assert heading.is_bare(text)


@pytest.mark.parametrize(
    "text", ["", "It was dark.", '"Who goes there?"', "“Who?”", "| Home |", "lamp " * 40, "> quoted", "..."]
)
def test_a_sentence_is_no_title(text: str) -> None:
    assert not heading.is_bare(text)


def test_an_endless_line_is_no_heading() -> None:
    assert not heading.has_byline("lamp " * 100 + "-- by Ann")


@pytest.mark.parametrize(
    ("text", "title"),
    [("“The Lamp”", "The Lamp"), ("'The Lamp'", "The Lamp"), ("“A” and “B”", "“A” and “B”"), ("_Lamp_", "Lamp")],
)
def test_quotation_marks_around_the_whole_are_no_title(text: str, title: str) -> None:
    assert heading.unquoted(text) == title


@given(st.text(max_size=200))
def test_no_letter_of_a_heading_is_lost(text: str) -> None:
    found = heading.read(text)
    letters = sorted(each for each in text if each.isalnum())
    assert sorted(each for each in found.title + found.author + found.series if each.isalnum()) <= letters
