"""This room proves that labels are known in all their dresses, and that sentences have none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats import labels


def told(text: str, *, is_cell: bool = False) -> list[tuple[str, str]]:
    return [(each.meaning, each.value.strip()) for each in labels.read(text, is_cell=is_cell)]


DRESSES = [
    "Summary: Dark.",
    "SUMMARY: Dark.",
    "*Summary:* Dark.",
    "**Summary**: Dark.",
    "__Summary__: Dark.",
    "summary = Dark.",
    "Summary - Dark.",
    "Summary -- Dark.",
    "Summary--Dark.",
    "Summary – Dark.",
    "Summary—Dark.",
    "Summary> Dark.",
    "Summary -> Dark.",
    "Summary => Dark.",
    "Summary :: Dark.",
    "Summary ... Dark.",
    "[Summary] Dark.",
    "<Summary> Dark.",
    "  Summary: Dark.",
    "* Summary: Dark.",
    "Summary | Dark.",
    "Summary ~ Dark.",
    "Summary:Dark.",
    "SUMMARY     Dark.",
    "Summary\tDark.",
    "Story Summary: Dark.",
]


@pytest.mark.parametrize("text", DRESSES)
def test_a_label_in_its_many_dresses(text: str) -> None:
    assert told(text) == [("description", "Dark.")]


MEANINGS = [
    ("Title", "title"),
    ("Author", "authors"),
    ("Written by", "authors"),
    ("Series", "series"),
    ("Rating", "rating_raw"),
    ("Rated", "rating_raw"),
    ("MPAA Rating", "rating_raw"),
    ("Synopsis", "description"),
    ("Spoilers", "spoilers"),
    ("Episode spoilers", "spoilers"),
    ("Warning(s)", "cautions"),
    ("Trigger Warnings", "cautions"),
    ("Category", "tags"),
    ("Classification", "tags"),
    ("Keywords", "tags"),
    ("Key words", "tags"),
    ("Pairing", "tags"),
    ("Fandom", "fandom"),
    ("Date", "written"),
    ("Date posted", "written"),
    ("Status", "status"),
    ("Disclaimer", "disclaimer"),
    ("Standard Disclaimer", "disclaimer"),
    ("Note", "note"),
    ("Author's Note", "note"),
    ("Author’s Notes", "note"),
    ("Author's Note(s)", "note"),
    ("A/N", "note"),
    ("Dedication", "note"),
    ("Glossary", "after"),
    ("E-mail", "contact"),
    ("Homepage", "contact"),
    ("Real name", "name"),
    ("Words", "measure"),
    ("Archive", "other"),
    ("Distribution", "other"),
    ("Feedback", "other"),
    ("Timeline", "other"),
    ("Setting", "other"),
    ("Language", "language"),
]


@pytest.mark.parametrize(("label", "meaning"), MEANINGS)
def test_what_a_label_means(label: str, meaning: str) -> None:
    assert told(f"{label}: x y z") == [(meaning, "x y z")]


@pytest.mark.parametrize("text", ["Rated PG", "Rating PG", "Rated: PG", "(PG)", "[PG]", "rated PG"])
def test_a_rating_needs_no_colon(text: str) -> None:
    assert told(text) == [("rating_raw", "PG")]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            "Rating: PG   Spoilers: Ash   Status: Complete",
            [("rating_raw", "PG"), ("spoilers", "Ash"), ("status", "Complete")],
        ),
        ("Rating: PG | Category: Angst", [("rating_raw", "PG"), ("tags", "Angst")]),
        ("Rating: PG; Notes: x", [("rating_raw", "PG"), ("note", "x")]),
        (
            "Published: 2014-03-09 Words: 4,211 Chapters: 3/3",
            [("written", "2014-03-09"), ("measure", "4,211"), ("measure", "3/3")],
        ),
        ("Note: Spoilers: Ash", [("note", "Spoilers: Ash")]),
        ("Summary: She wrote the note: go.", [("description", "She wrote the note: go.")]),
        ("Rating: PG Title: x", [("rating_raw", "PG Title: x")]),
    ],
)
def test_several_labels_on_a_line(text: str, fields: list[tuple[str, str]]) -> None:
    assert told(text) == fields


@pytest.mark.parametrize(
    "text",
    [
        '"Rating: that is all you think of whenever you think," she said.',
        "Willow: I am here.",
        "Subject to: nothing.",
        "He said it: Note: no.",
        "By the way - he said",
        "It was noted.",
        "Disclaimers were read out.",
        "",
        "12: 30",
        "Salt Road Series - The Well",
        "Note",
        "Warning he was late",
        "The summary was dark: he wept.",
    ],
)
def test_what_begins_with_no_label(text: str) -> None:
    assert told(text) == []


def test_a_cell_needs_no_sign_behind_its_label() -> None:
    assert told("Rating", is_cell=True) == [("rating_raw", "")]
    assert told("Written on a train", is_cell=True) == []


def test_a_label_that_nobody_knows_has_the_form_of_one() -> None:
    found = labels.unknown("Favourite Lamp: the green one")
    assert found is not None
    assert (found.meaning, found.label, found.value) == ("other", "Favourite Lamp", "the green one")
    assert labels.unknown("She said one thing: nothing") is None
    assert labels.unknown("the lamp: green") is None


@given(st.text(max_size=300), st.booleans())
def test_no_letter_of_a_line_is_made_up(text: str, is_cell: bool) -> None:
    for each in labels.read(text, is_cell=is_cell):
        assert each.value.strip() in text
