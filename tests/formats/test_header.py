"""This room proves that fields are found where they stand and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.models import Kind, Link, LinkKind, Rating
from bot.formats import header
from bot.formats.header import Header

TEXT = "Once there was a lamp."


def read(*lines: str) -> Header:
    return header.read([line for each in lines for line in each.split("\n")])


def field(*lines: str) -> Header:
    return read("The Lamp -- by Ann", "", *lines, "", TEXT)


def test_the_fields_of_a_page() -> None:
    found = field("Rating: PG-13", "", "Description: A lamp, sequel to The Wick.", "", "Disclaimer: Mine.")
    assert (found.title, found.author, found.series) == ("The Lamp", "Ann", "")
    assert (found.rating, found.rating_raw) == (Rating.PG_13, "PG-13")
    assert found.description == "A lamp, sequel to The Wick."
    assert found.disclaimer == "Mine."
    assert found.links == (Link(LinkKind.SEQUEL, "The Wick"),)
    assert found.warnings == []
    assert len(found.kinds) == 8
    assert set(found.kinds) == {Kind.FIELDS, Kind.BLANK}


@pytest.mark.parametrize(
    "line",
    [
        "Summary: Dark.",
        "SUMMARY: Dark.",
        "*Summary:* Dark.",
        "**Summary**: Dark.",
        "summary = Dark.",
        "Summary - Dark.",
        "Description -- Dark.",
    ],
)
def test_a_label_in_its_many_dresses(line: str) -> None:
    assert field(line).description == "Dark."


@pytest.mark.parametrize(
    "label", ["Note", "Notes", "Author's Note", "Author’s Notes", "AUTHORS NOTES", "A/N", "Author's Note(s)"]
)
def test_a_note_by_any_name(label: str) -> None:
    assert field(f"{label}: Be kind.").notes == ["Be kind."]


@pytest.mark.parametrize(
    "label", ["Warning", "Warnings", "Pairing", "Category", "Archive", "Distribution", "Dedication", "Fandom", "Date"]
)
def test_a_known_label_with_no_place_of_its_own_joins_the_notes(label: str) -> None:
    assert field(f"{label}: something").notes == [f"{label}: something"]


def test_a_value_over_several_lines() -> None:
    found = field("Summary: A lamp", "  that went out", "at nine.", "Rating: G")
    assert found.description == "A lamp that went out at nine."
    assert found.rating is Rating.G


def test_a_value_in_the_paragraph_below_its_label() -> None:
    found = field("Author's Notes:", "", "Be kind.", "", "Rating: G")
    assert found.notes == ["Be kind."]
    assert len(found.kinds) == 8


def test_an_empty_label_does_not_swallow_the_text() -> None:
    found = field("Author's Notes:")
    assert found.notes == []
    assert len(found.kinds) == 4


@pytest.mark.parametrize(
    ("line", "spoilers", "notes"),
    [
        ("Note: Spoilers -- Wild Heart, The Plan.", ("Wild Heart", "The Plan"), []),
        ("Note: Spoilers for Wild Heart; and The Plan", ("Wild Heart", "The Plan"), []),
        ("Spoilers: “Wild, Heart”, 'The Plan'", ("Wild, Heart", "The Plan"), []),
        ("Spoilers: none.", (), []),
        ("Spoilers: up to season 4", ("up to season 4",), []),
        ("Note: Spoilers: Dr. Moth, The Plan. Be kind.", ("Dr. Moth", "The Plan"), ["Be kind."]),
        ("Note: No spoilers here", (), ["No spoilers here"]),
    ],
)
def test_spoilers_are_named_one_by_one(line: str, spoilers: tuple[str, ...], notes: list[str]) -> None:
    found = field(line)
    assert (tuple(found.spoilers), found.notes) == (spoilers, notes)


@pytest.mark.parametrize("line", ["Rated PG", "Rating PG", "Rated: PG", "Rating - PG", "rated pg"])
def test_a_rating_with_or_without_a_colon(line: str) -> None:
    assert field(line).rating is Rating.PG


def test_the_first_of_two_ratings_counts_and_the_other_is_kept() -> None:
    found = field("Rating: R", "Rating: G")
    assert (found.rating, found.notes) == (Rating.R, ["Rating: G"])


def test_a_rating_nobody_knows_counts_as_the_strictest_and_is_told() -> None:
    found = field("Rating: Purple")
    assert found.rating is Rating.UNRATED
    assert found.warnings == ["The rating “Purple” is unknown and counts as the strictest."]
    assert field("Rating: Not rated").warnings == []


@pytest.mark.parametrize(
    "line",
    [
        '"Rating: that is all you think of," she said.',
        "Willow: I am here.",
        "Subject to: nothing.",
        "He said it: Note: no.",
    ],
)
def test_a_line_that_is_no_field_is_text_and_so_is_all_below(line: str) -> None:
    found = read("The Lamp -- by Ann", "", line, "", "Rating: G")
    assert found.rating_raw == ""
    assert len(found.kinds) == 2


def test_mail_labels_count_at_the_top_alone() -> None:
    assert field("From: Ann", "Subject: The Lamp").notes == ["From: Ann"]
    assert len(field("Rating: G", "", "From: Ann", "Subject: tonight").kinds) == 4


def test_an_address_is_never_shown() -> None:
    found = field(
        "E-mail: ann@example.org",
        "Email: none",
        "Feedback: to ann@example.org, please",
        "Archive: <mailto:ann@example.org>",
    )
    assert found.notes == ["Feedback: to [address withheld], please"]
    assert found.kinds[2:6] == [Kind.FIELDS] * 4
    assert "@" not in str(found)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("sequel to Letting Go", [("sequel", "Letting Go")]),
        ("A sequel to “Stop, Thief”.", [("sequel", "Stop, Thief")]),
        ('Prequel to "Letting Go"', [("prequel", "Letting Go")]),
        ("a companion piece to *Letting Go*; read it", [("companion", "Letting Go")]),
        ("companion to Letting Go -- and more", [("companion", "Letting Go")]),
        ("sequel to A and a prequel to B", [("sequel", "A"), ("prequel", "B")]),
        ("Sequel to my story, 'Letting Go'", [("sequel", "Letting Go")]),
        ("sequel to: Letting Go\nsequel to Letting Go", [("sequel", "Letting Go")]),
        ("no sequel so far", []),
        ("sequel to ...", []),
    ],
)
def test_stories_that_a_description_names(text: str, links: list[tuple[str, str]]) -> None:
    assert header.links(text) == [(LinkKind(kind), target) for kind, target in links]


def test_a_sequel_named_in_a_field_of_its_own() -> None:
    assert field("Sequel to: Letting Go").links == (Link(LinkKind.SEQUEL, "Letting Go"),)


def test_a_byline_on_the_second_line() -> None:
    for byline in (["by Ann"], ["", "By Ann"], ["by", "Ann"]):
        found = read("Stand by Me", *byline, "", TEXT)
        assert (found.title, found.author, found.warnings) == ("Stand by Me", "Ann", [])


def test_title_and_author_by_label_alone() -> None:
    found = read("Title: The Lamp", "Author: Ann <ann@example.org>", "Series: Salt Road Series", "", TEXT)
    assert (found.title, found.author, found.series) == ("The Lamp", "Ann", "Salt Road")


def test_an_author_who_is_not_named_is_anonymous() -> None:
    found = read("The Lamp", "", TEXT)
    assert (found.title, found.author) == ("The Lamp", "Anonymous")
    assert found.warnings == ["No author is named; the story is kept as by Anonymous."]


def test_a_sentence_or_the_middle_of_a_paragraph_is_no_title() -> None:
    assert read(TEXT, "", TEXT).title == ""
    assert read("Once there was a lamp and", "it went out.").title == ""
    assert read("Rating: G", "", TEXT).title == ""


def test_rules_and_navigation_above_the_text_are_furniture() -> None:
    found = read("| Home | Index |", "The Lamp", "========", "by Ann", "", "Rating: G", "------", "Note: she said.")
    assert (found.title, found.author, found.rating) == ("The Lamp", "Ann", Rating.G)
    assert [kind.value for kind in found.kinds] == [
        "furniture", "fields", "furniture", "fields", "blank", "fields", "furniture",
    ]  # fmt: skip


@given(
    st.lists(
        st.sampled_from(
            ["", "Note:", "Note: x", "by", "by Ann", "***", "The Lamp", "Rated R", "| Home |", TEXT, "Title: a -- by b"]
        )
    )
)
def test_any_mixture_of_lines_is_passed_in_order(lines: list[str]) -> None:
    found = header.read(lines)
    assert len(found.kinds) <= len(lines)
    assert all((kind is Kind.BLANK) is (not line) for kind, line in zip(found.kinds, lines, strict=False))
