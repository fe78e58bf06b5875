"""This room proves that every naming of a part is understood, and that titles and dates are none."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats import partlabels

TITLES = [
    ("The Lamp (part 2 of 26)", (2, ""), "2", 26),
    ("The Lamp (Part 2/26)", (2, ""), "2", 26),
    ("The Lamp (1a/7)", (1, "a"), "1a", 7),
    ("The Lamp 1/5", (1, ""), "1", 5),
    ("The Lamp [1/5]", (1, ""), "1", 5),
    ("The Lamp 2 of 5", (2, ""), "2", 5),
    ("The Lamp (1/8?)", (1, ""), "1", 8),
    ("The Lamp (1/?)", (1, ""), "1", None),
    ("The Lamp - Part I", (1, ""), "1", None),
    ("The Lamp - Part 1", (1, ""), "1", None),
    ("The Lamp -- Part XIV", (14, ""), "14", None),
    ("The Lamp - Chapter Twenty-One", (21, ""), "21", None),
    ("The Lamp: Episode 3", (3, ""), "3", None),
    ("The Lamp, Act 2", (2, ""), "2", None),
    ("The Lamp - Book II", (2, ""), "2", None),
    ("The Lamp - part 2.5b", (2.5, "b"), "2.5b", None),
    ("The Lamp Pt. 2", (2, ""), "2", None),
    ("The Lamp - Prologue", (-1, ""), "Prologue", None),
    ("The Lamp (Epilogue)", (math.inf, ""), "Epilogue", None),
]


@pytest.mark.parametrize(("text", "number", "label", "total"), TITLES)
def test_a_title_with_its_part(text: str, number: tuple[float, str], label: str, total: int | None) -> None:
    title, found = partlabels.of_title(text)
    assert title == "The Lamp"
    assert found == (number, label, total, "")


def test_a_part_may_have_a_title_behind_it() -> None:
    title, found = partlabels.of_title("The Lamp - Chapter 3: Down the Stair")
    assert (title, found and found.title) == ("The Lamp", "Down the Stair")


@pytest.mark.parametrize(
    "text",
    [
        "The Lamp 12/10",
        "Part of Me",
        "Ebb - Flow",
        "Catch 22",
        "The Third Act",
        "The Better Part",
        "Late, Later, Never",
        "Part 2",
        "Chapter One: The Weir",
        "Lost Letters",
        "Act Naturally",
        "One",
        "1/5",
        "Apollo 13",
        "Part C",
        "The Lamp (1999)",
    ],
)
def test_a_title_that_names_no_part(text: str) -> None:
    assert partlabels.of_title(text) == (text, None)


HEADINGS = [
    ("Part 2 of 26", (2, ""), "2", ""),
    ("Chapter One: The Weir", (1, ""), "1", "The Weir"),
    ("CHAPTER IV", (4, ""), "4", ""),
    ("*** Part 3 ***", (3, ""), "3", ""),
    ("(Part 3)", (3, ""), "3", ""),
    ("Episode 3 - Low Water", (3, ""), "3", "Low Water"),
    ("Prologue: Before", (-1, ""), "Prologue", "Before"),
    ("Epilogue", (math.inf, ""), "Epilogue", ""),
]


@pytest.mark.parametrize(("text", "number", "label", "title"), HEADINGS)
def test_a_heading_that_is_a_part(text: str, number: tuple[float, str], label: str, title: str) -> None:
    found = partlabels.of_heading(text)
    assert found is not None
    assert (found.number, found.label, found.title) == (number, label, title)


@pytest.mark.parametrize(
    "text", ["Part of me wanted to stay.", "Chapter one was done, said Odo", "Interlude", "The Weir", "", "12/10"]
)
def test_a_line_that_is_no_part(text: str) -> None:
    assert partlabels.of_heading(text) is None


FILES = [
    ("x1.a", (1, "a")),
    ("dir/k.07", (7, "")),
    ("name-ch3.html", (3, "")),
    ("lamp_Part_2.txt", (2, "")),
    ("lampPt2.txt", (2, "")),
    ("lampPT_3.html", (3, "")),
    ("lamp_Part_3_Final.txt", (3, "")),
    ("lamp.1", (1, "")),
    ("lamp-Part-IV.txt", (4, "")),
    ("chapter12.html", (12, "")),
    ("dir\\lamp_ep2.htm", (2, "")),
    ("lamp_prologue.txt", (-1, "")),
    ("lamp-epilogue.htm", (math.inf, "")),
]


@pytest.mark.parametrize(("path", "number"), FILES)
def test_a_file_that_names_its_part(path: str, number: tuple[float, str]) -> None:
    found = partlabels.of_path(path)
    assert found is not None
    assert found.number == number


@pytest.mark.parametrize(
    "path",
    ["1661.txt", "1661-h.htm", "script3.txt", "apollo13.txt", "parting.txt", "index.html", "lamp.I", "", "a/b.txt"],
)
def test_a_file_that_names_none(path: str) -> None:
    assert partlabels.of_path(path) is None


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("the_old_lamp.txt", "The old lamp"),
        ("dir/TheLamp_Part_2.txt", "The Lamp"),
        ("lamp.07", "Lamp"),
        ("lamp-ch3.html", "Lamp"),
        ("1661.txt", ""),
        ("part2.html", ""),
        ("x1.a", "X1 a"),
    ],
)
def test_a_title_that_a_file_suggests(path: str, title: str) -> None:
    assert partlabels.title_of_path(path) == title


@given(st.integers(1, 89))
def test_roman_numerals_are_read_as_they_are_written(number: int) -> None:
    assert partlabels.of_number(partlabels._as_roman(number).upper()) == ((number, "") if number != 50 else None)


@pytest.mark.parametrize("text", ["", "iiii", "vx", "lamp", "twenty lamps", "L", "ic", "1999x1"])
def test_what_is_no_number(text: str) -> None:
    assert partlabels.of_number(text) is None


@given(st.text(max_size=80))
def test_a_title_without_its_part_is_its_beginning(text: str) -> None:
    title, _ = partlabels.of_title(text)
    assert text.startswith(title)
