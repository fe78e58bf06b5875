"""This room proves that fields are found where they stand and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.documents import Kind, Moment, Note
from bot.domain.models import Link, LinkKind, Rating
from bot.formats import header
from tests.formats.sheets import TEXT, field, kinds, read, sheet, story


def before(*lines: str) -> list[str]:
    return [note.text for note in field(*lines).notes if note.moment is Moment.BEFORE]


def test_the_fields_of_a_page() -> None:
    found = field("Rating: PG-13", "", "Description: A lamp, sequel to The Wick.", "", "Disclaimer: Mine.")
    assert (found.title, found.authors, found.series) == ("The Lamp", ("Ann",), None)
    assert (found.rating, found.rating_raw) == (Rating.PG_13, "PG-13")
    assert (found.description, found.disclaimer) == ("A lamp, sequel to The Wick.", "Mine.")
    assert found.links == (Link(LinkKind.SEQUEL, "The Wick"),)
    assert (found.notes, found.warnings) == ((), ())


def test_each_field_has_its_line_and_how_sure_it_is() -> None:
    found = story(f"The Lamp\nby Ann\n\nRating: PG\n\n5/30/2001\n\n{TEXT}\n\n{TEXT}").evidence
    assert (found["title"].line, found["authors"].line, found["rating_raw"].line, found["written"].line) == (1, 2, 4, 6)
    assert found["rating_raw"].confidence == 1
    assert 0.5 < found["written"].confidence < found["title"].confidence < 1


def test_all_that_a_header_may_say() -> None:
    found = field(
        "Series: Salt Road #3",
        "Fandom: The Weir; Low Water",
        "Pairing: Marit/Odo, Tove/Ilse",
        "Genre: Drama/Humour",
        "Warnings: violence, storms",
        "Language: English",
        "Date: 5/30/2001",
        "Status: WIP",
        "Spoilers: Ash, and “Stop, Thief”",
    )
    assert (found.series, found.series_number) == ("Salt Road", "3")
    assert found.fandom == ("The Weir", "Low Water")
    assert found.tags == ("Marit/Odo", "Tove/Ilse", "Drama", "Humour")
    assert found.cautions == ("violence", "storms")
    assert (found.language, found.written, found.status) == ("English", "2001-05-30", "WIP")
    assert found.spoilers == ("Ash", "Stop, Thief")


@pytest.mark.parametrize("value", ["none", "None.", "n/a", "No warnings", "-"])
def test_nothing_to_warn_of_is_no_warning(value: str) -> None:
    assert field(f"Warnings: {value}").cautions == ()


@pytest.mark.parametrize(
    ("value", "series", "number"),
    [
        ("Salt Road", "Salt Road", ""),
        ("Salt Road Series", "Salt Road", ""),
        ("Part 3 of Salt Road", "Salt Road", "3"),
        ("Salt Road, part 3", "Salt Road", "3"),
        ("Salt Road (3 of 5)", "Salt Road (3 of 5)", ""),
        ("none", None, ""),
        ("Book 2 of the Salt Road", "Salt Road", "2"),
        ("Salt Road [3]", "Salt Road", "3"),
        ("Salt Road [a trilogy]", "Salt Road [a trilogy]", ""),
    ],
)
def test_a_series_and_the_place_in_it(value: str, series: str | None, number: str) -> None:
    found = field(f"Series: {value}")
    assert (found.series, found.series_number) == (series, number)


def test_third_in_a_series_that_only_the_description_names() -> None:
    found = field("Summary: The storm again. Third in the Salt Road series.")
    assert (found.series, found.series_number) == ("Salt Road", "3")
    assert found.evidence["series"].confidence < 1


@pytest.mark.parametrize("label", ["Note", "Notes", "Author's Note", "Author’s Notes", "A/N", "Dedication"])
def test_a_note_by_any_name(label: str) -> None:
    assert before(f"{label}: Be kind.") == ["Be kind."]


@pytest.mark.parametrize("label", ["Archive", "Distribution", "Feedback", "Timeline", "Setting"])
def test_a_known_label_with_no_place_of_its_own_joins_the_notes(label: str) -> None:
    assert before(f"{label}: something") == [f"{label}: something"]


def test_a_value_over_several_lines() -> None:
    found = field("Summary: A lamp", "  that went out", "at nine.", "Rating: G")
    assert (found.description, found.rating) == ("A lamp that went out at nine.", Rating.G)


def test_a_value_in_the_paragraph_below_its_label() -> None:
    assert before("Author's Notes:", "", "Be kind.", "", "Rating: G") == ["Be kind."]


def test_an_empty_label_does_not_swallow_the_text() -> None:
    found = story(f"The Lamp -- by Ann\n\nAuthor's Notes:\n\n{TEXT}\n\n{TEXT}")
    assert found.notes == ()
    assert len(found.parts[0].blocks) == 2


def test_an_indented_text_right_below_a_field_is_not_its_value() -> None:
    wrapped = "    Once there was a lamp that nobody had ever seen alight\nand it went out."
    found = story(f"The Lamp -- by Ann\n\nSummary: A lamp.\n{wrapped}\n{wrapped}")
    assert found.description == "A lamp."


@pytest.mark.parametrize(
    ("line", "spoilers", "notes"),
    [
        ("Note: Spoilers -- Wild Heart, The Plan.", ("Wild Heart", "The Plan"), []),
        ("Note: Spoilers for Wild Heart; and The Plan", ("Wild Heart", "The Plan"), []),
        ("Spoilers: “Wild, Heart”, 'The Plan'", ("Wild, Heart", "The Plan"), []),
        ("Spoilers: none.", (), []),
        ("Note: Spoilers: Dr. Moth, The Plan. Be kind.", ("Dr. Moth", "The Plan"), ["Be kind."]),
        ("Note: No spoilers here", (), ["No spoilers here"]),
    ],
)
def test_spoilers_are_named_one_by_one(line: str, spoilers: tuple[str, ...], notes: list[str]) -> None:
    assert field(line).spoilers == spoilers
    assert before(line) == notes


def test_the_first_of_two_ratings_counts_and_the_other_is_kept() -> None:
    assert field("Rating: R", "Rating: G").rating is Rating.R
    assert before("Rating: R", "Rating: G") == ["Rating: G"]


def test_a_rating_nobody_knows_counts_as_the_strictest_and_is_told() -> None:
    found = field("Rating: Purple")
    assert found.rating is Rating.UNRATED
    assert found.warnings == ("The rating “Purple” is unknown and counts as the strictest.",)
    assert field("Rating: Not rated").warnings == ()


def test_a_date_of_two_readings_is_told_and_less_sure() -> None:
    found = field("Date: 3/4/2001")
    assert (found.written, found.evidence["written"].confidence) == ("2001-03-04", 0.5)
    assert "3/4/2001" in found.warnings[0]
    assert field("Date: Febtober 9th").written == ""


@pytest.mark.parametrize(
    "line",
    [
        '"Rating: that is all you think of," she said.',
        "Willow: I am here.",
        "Subject to: nothing.",
        "He said it: Note: no.",
        "“Author: unknown,” Odo read from the card, and put it down again.",
    ],
)
def test_a_line_that_is_no_field_is_text_and_so_is_all_below(line: str) -> None:
    found = story(f"The Lamp -- by Ann\n\n{line}\n\nRating: G\n\n{TEXT}")
    assert (found.rating_raw, found.authors) == ("", ("Ann",))
    assert len(found.parts[0].blocks) == 3


def test_mail_labels_count_at_the_top_alone() -> None:
    text = f"The Lamp -- by Ann\n\nRating: G\n\nFrom: Ann\nSubject: tonight\n\n{TEXT}"
    assert len(story(text).parts[0].blocks) == 2


def test_a_rating_deep_in_the_text_does_not_win() -> None:
    assert story(f"The Lamp -- by Ann\n\n{TEXT}\n\nRating: NC-17\n\n{TEXT}").rating_raw == ""


def test_a_field_that_nobody_knows_stands_between_others() -> None:
    assert before("Rating: G", "", "Favourite Lamp: the green one", "", "Status: WIP") == [
        "Favourite Lamp: the green one"
    ]
    assert before("Rating: G", "", "Favourite Lamp: the green one") == ["Favourite Lamp: the green one"]
    script = story(f"The Lamp -- by Ann\n\nRating: G\n\nMARIT: Who is there?\n\n{TEXT}")
    assert (script.notes, len(script.parts[0].blocks)) == ((), 2)


def test_an_address_is_shown_nowhere_and_told_to_moderators() -> None:
    text = (
        "The Lamp -- by Ann <ann@example.org>\n\nE-mail: ann2@example.org\nHomepage: http://www.example.org/~ann/\n"
        f"Real name: Ann Smith\nFeedback: to ann@example.org, please\n\n{TEXT}"
    )
    found = read(text)
    (told,) = found.manuscripts
    assert told.notes == (Note(Moment.BEFORE, "Feedback: to [address withheld], please"),)
    assert not any(word in str(told) for word in ("@", "http", "Smith"))
    assert [each.value for each in found.contacts] == [
        "ann@example.org",
        "ann2@example.org",
        "http://www.example.org/~ann/",
        "Ann Smith",
    ]


def test_an_address_in_the_running_text_stays() -> None:
    found = read(f'The Lamp -- by Ann\n\n"Write to odo@example.org," she said.\n\n{TEXT}')
    assert "odo@example.org" in str(found.manuscripts[0].parts)
    assert found.contacts == ()


def test_a_byline_on_the_second_line() -> None:
    for byline in ("by Ann", "\nBy Ann", "by\nAnn", "by\n\nAnn"):
        found = story(f"Stand by Me\n{byline}\n\n{TEXT}")
        assert (found.title, found.authors, found.warnings) == ("Stand by Me", ("Ann",), ())


def test_a_centred_title_with_a_starred_underline() -> None:
    found = story(f"        The Lamp\n        ********\n           by\n        Ann Smith\n\n{TEXT}")
    assert (found.title, found.authors) == ("The Lamp", ("Ann Smith",))


def test_title_and_author_by_label_alone() -> None:
    found = story(f"Title: The Lamp\nAuthor: Ann <ann@example.org>\nSeries: Salt Road Series\n\n{TEXT}")
    assert (found.title, found.authors, found.series) == ("The Lamp", ("Ann",), "Salt Road")


def test_an_author_who_is_not_named_is_anonymous_and_not_in_evidence() -> None:
    found = story(f"The Lamp\n\n{TEXT}\n\n{TEXT}")
    assert (found.title, found.authors) == ("The Lamp", ("Anonymous",))
    assert found.warnings == ("No author is named; the story is kept as by Anonymous.",)
    assert "authors" not in found.evidence
    assert "authors" in story(f"The Lamp\nby Anonymous\n\n{TEXT}").evidence


def test_a_wrapped_first_line_that_begins_with_by_is_no_byline() -> None:
    text = "By noon the piano was cold again, the old post office\nwas empty, and nobody cared."
    assert story(f"The Lamp\n\n{text}\n\n{TEXT}").authors == ("Anonymous",)


def test_rules_and_navigation_above_the_text_are_furniture() -> None:
    text = f"| Home | Index |\nThe Lamp\n========\nby Ann\n\nRating: G\n------\nNote: she said.\n\n{TEXT}"
    assert story(text).rating is Rating.G
    assert kinds(text) == [
        ("f", "| Home | Index |"),
        ("F", "The Lamp"),
        ("f", "========"),
        ("F", "by Ann"),
        ("F", "Rating: G"),
        ("f", "------"),
        ("t", "Note: she said."),
        ("t", TEXT),
    ]


def test_a_rule_between_fields_does_not_end_them() -> None:
    text = f"The Lamp\nby Ann\n\nRating: G\n\n----\n\nSummary: Dark.\n\nStatus: WIP\n\n----\n\n{TEXT}"
    assert (story(text).description, story(text).status) == ("Dark.", "WIP")


OWNED = [
    "I do not own any of these people; I am making no money from this.",
    "The characters are the property of Example Productions. No infringement is intended.",
    "All characters belong to Example Pictures, and are used here without permission.",
    "(c) 1998 Ann",
]


@pytest.mark.parametrize("text", OWNED)
def test_ownership_in_prose_is_the_disclaimer(text: str) -> None:
    assert field(text).disclaimer == text


@pytest.mark.parametrize(
    "text",
    [
        "The house belongs to my aunt.",
        "I do not own a lamp, she thought.",
        '"No infringement is intended," he said.',
        "The copyright office was shut.",
    ],
)
def test_a_sentence_about_owning_is_text(text: str) -> None:
    assert story(f"The Lamp -- by Ann\n\n{text}\n\n{TEXT}").disclaimer == ""


@pytest.mark.parametrize(
    "text",
    [
        "Sequel to Letting Go.",
        "This story takes place after Ash.",
        "Thanks to Bob for reading it.",
        "Feedback is welcome.",
    ],
)
def test_prose_of_the_header_is_a_note(text: str) -> None:
    assert before(text) == [text]


def test_prose_between_fields_is_of_the_header_if_it_speaks_of_the_story() -> None:
    lines = ["Rating: G", "", "I wrote this for the summer challenge of my favourite series.", "", "Status: WIP"]
    assert field(*lines).status == "WIP"
    assert before(*lines) == [lines[2]]


PAGE = "<html><head><title>{title}</title></head><body>{body}<p>" + TEXT + "</p><p>" + TEXT + "</p></body></html>"


def page(body: str, title: str = "") -> str:
    return PAGE.format(title=title, body=body)


def test_two_headings_with_part_series_and_author() -> None:
    found = read(page("<h1>The Well (part 2 of 26)</h1><h2>a Salt Road fanfiction by Ann Smith</h2>"))
    (told,) = found.manuscripts
    assert (told.title, told.authors, told.series) == ("The Well", ("Ann Smith",), "Salt Road")
    assert found.part is not None
    assert (found.part.label, found.part.total) == ("2", 26)


def test_a_heading_and_a_paragraph_with_name_and_address() -> None:
    found = read(page('<h2>The Well</h2><p>By Ann &lt;<a href="mailto:ann@example.org">ann@example.org</a>&gt;</p>'))
    assert found.manuscripts[0].authors == ("Ann",)
    assert [each.value for each in found.contacts] == ["ann@example.org"]


def test_labels_in_the_cells_of_a_table() -> None:
    pairs = [("<b>Rating</b>", "PG"), ("Status:", "Complete"), ("Date:", "1999")]
    rows = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in pairs)
    found = story(page(f"<h1>The Well</h1><p>by Ann</p><table>{rows}</table>"))
    assert (found.rating_raw, found.status, found.written) == ("PG", "Complete", "1999")


def test_a_heading_over_two_lines_is_one() -> None:
    assert story(page("<h1>THE<br>WELL</h1><h3>by Ann</h3>")).title == "THE WELL"


def test_a_heading_with_the_author_s_link() -> None:
    found = story(page('<h1><a href="s/1">Stand by Night</a> by <a href="u">kes</a></h1>'))
    assert (found.title, found.authors, found.warnings) == ("Stand by Night", ("kes",), ())


def test_the_page_s_own_title_counts_where_no_other_stands() -> None:
    found = story(page("", "The Well by Ann Smith"))
    assert (found.title, found.authors) == ("The Well", ("Ann Smith",))
    assert found.evidence["title"].confidence < 0.8


def test_a_banner_above_the_title_is_furniture() -> None:
    found = story(page("<p>The Weir Archive</p><h2>The Well</h2><p>by Ann</p>", "The Well"))
    assert (found.title, found.notes) == ("The Well", ())


def test_a_series_may_stand_above_the_title() -> None:
    found = story(page("<h2>Salt Road Series</h2><h1>The Well</h1><p>by Ann</p>"))
    assert (found.title, found.series) == ("The Well", "Salt Road")


def test_where_the_title_is_known_a_first_line_is_none() -> None:
    head = "From: Bob <bob@example.org>\nSubject: [FIC] The Well (1/3) [PG-13]\nDate: 14 Mar 1995 22:04:11 GMT"
    text = f"{head}\n\nLondon\n\n{TEXT}"
    found = read(text)
    (told,) = found.manuscripts
    assert (told.title, told.written, told.rating_raw) == ("The Well", "1995-03-14", "PG-13")
    assert found.part is not None
    assert found.part.label == "1"
    assert told.authors == ("Anonymous",)
    assert [each.value for each in found.contacts] == ["bob@example.org", "Bob"]


@given(
    st.lists(
        st.sampled_from(
            [
                "",
                "Note:",
                "Note: x",
                "by",
                "by Ann",
                "***",
                "The Lamp",
                "Rated R",
                "| Home |",
                TEXT,
                "Title: a -- by b",
                "Foo: x",
                "5/30/01",
            ]
        ),
        min_size=1,
    ).filter(any)
)
def test_any_mixture_of_lines_is_passed_in_order(lines: list[str]) -> None:
    made = sheet("\n".join(lines))
    found = header.read(made, 0, len(made))
    assert 0 <= found.end <= len(lines)
    assert all(made.kinds[index] is None for index in range(found.end, len(made)))
    assert all(made.kinds[index] in (Kind.FIELDS, Kind.NOTES, Kind.FURNITURE) for index in made.written(0, found.end))
