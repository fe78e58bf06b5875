"""This room proves that furniture is recognised and that no sentence is taken for it."""

import pytest

from bot.formats import ends, furniture
from tests.formats.sheets import sheet

NAVIGATION = "| Return to Fiction Index | Return to Main |"


@pytest.mark.parametrize(
    "line",
    [
        "The End",
        "the end.",
        "THE END",
        "End",
        "Fin",
        "~ fin ~",
        "Finis",
        "Owari",
        "* * * END * * *",
        "--- The End ---",
        "(The End)",
        "The End?",
        "The End...",
        "End part 2",
        "End of Part One",
        "End of Chapter IV.",
        "The End (for now)",
        "TBC",
        "To be continued",
        "To Be Continued...",
        "to be continued in Part 2",
        "*** To be continued ***",
        "More to come",
        "To be concluded",
        "-30-",
        "La Fin",
        "Fini",
        "End part 3",
        "End Part 2/5",
        "End of Prologue",
    ],
)
def test_an_end_mark(line: str) -> None:
    assert ends.is_end(line)


@pytest.mark.parametrize(
    "line",
    [
        '"The end," she said.',
        '"The end."',
        "“The End”",
        "The end of the world.",
        "In the end",
        "It was the end.",
        "The end came.",
        "Fine.",
        "Final",
        "Endless",
        "End it.",
        "To be continued, he thought, is a promise.",
        "",
        "The " + " " * 80 + "End",
    ],
)
def test_a_sentence_is_no_end_mark(line: str) -> None:
    assert not ends.is_end(line)


@pytest.mark.parametrize(
    "line",
    [
        NAVIGATION,
        "[Home] [Fiction Index] [E-mail the author]",
        "Back to Part 2",
        "Return to Main",
        "Onwards to Chapter Three",
        "Onward to Part 3!",
        "<-- Previous | Next -->",
        "Back to The Lamp Index",
        "Part 1 | Part 2 | Part 3",
        "Home • Top",
        "| Main |",
    ],
)
def test_a_navigation_row(line: str) -> None:
    assert furniture.is_navigation(line)


@pytest.mark.parametrize(
    "line",
    [
        "Back to the beginning of the end.",
        "Return to me",
        '"Back to the main," he said',
        "She went home | he did not",
        "Next to the lamp",
        "",
        "|",
        "||",
        "Go back to bed",
        "On to the next page, she thought.",
        "| " + "Home | " * 40,
    ],
)
def test_a_sentence_is_no_navigation(line: str) -> None:
    assert not furniture.is_navigation(line)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("To be continued...", "To be continued"),
        ("TBC", "TBC"),
        ("*** to be continued in Part 2 ***", "to be continued in Part 2"),
        ("The End", ""),
        ("Once.", ""),
        ("", ""),
    ],
)
def test_what_a_mark_says_is_to_come(text: str, said: str) -> None:
    assert ends.continued(text) == said


@pytest.mark.parametrize(
    "line",
    [
        "You are visitor number 1234 since 1 May 1998",
        "This site is a member of the Lamp Keepers WebRing.",
        "Last updated 5/30/2001",
        "This page was created by Ann",
        "Please sign my guestbook",
        "Hosted by Example Pages",
        "Best viewed with a lamp",
        "© 1998 Ann. All rights reserved.",
        "E-mail the author",
        "Produced by an anonymous volunteer and Ann",
        "Transcribed from the 1905 edition by Ann",
    ],
)
def test_what_only_a_page_says(line: str) -> None:
    assert furniture.is_site(line)


@pytest.mark.parametrize(
    "line", ["Visitors were rare at the weir.", "He was hosted by his aunt and fed.", "It was created by hand."]
)
def test_a_sentence_is_not_the_page_s(line: str) -> None:
    assert not furniture.is_site(line)


FORM = ["Tell the author what you think:", "", "Name:", "Email:", "Comments:"]


def form(*lines: str) -> list[int]:
    found = sheet("\n".join(lines))
    return sorted(furniture.form(found, 0, len(found)))


def test_a_form_has_a_prompt_fields_and_buttons() -> None:
    assert form("Once.", "", *FORM, "[Send] [Reset]") == [2, 4, 5, 6, 7]


def test_a_form_is_two_empty_fields_at_least() -> None:
    assert form("Once.", "", "Name:") == []
    assert form("Once.", "", "Name: Ann", "Email: none") == []


def test_a_last_line_that_asks_for_nothing_is_no_prompt() -> None:
    assert form("Once.", "", "It was dark.", "", "Name:", "Email: ____") == [4, 5]


BOX = ["*" * 30, "* Archived at the Weir       *", "* Ask for permission, please *", "*" * 30]


def test_an_archivists_box_is_a_row_around_words_about_the_archive() -> None:
    found = sheet("\n".join([*BOX, "The Lamp"]))
    assert furniture.box(found, 0) == range(4)
    assert not furniture.box(found, 1)
    assert not furniture.box(sheet("\n".join([BOX[0], "* The Lamp *", BOX[0]])), 0)
    assert not furniture.box(sheet("\n".join(BOX[:3])), 0)


FRAMED = """\
The Example Library's The Lamp, by Ann

Title: The Lamp

*** START OF THIS EXAMPLE EBOOK THE LAMP ***

Once.

End of the Example eBook of The Lamp, by
Ann

*** END OF THIS EXAMPLE EBOOK THE LAMP ***

Licence.
"""


def test_a_digital_library_frames_its_books() -> None:
    assert furniture.library(sheet(FRAMED)) == (5, 8)
    assert furniture.library(sheet("Once.\n\nTwice.")) == (0, 3)
    assert furniture.library(sheet("Once.\n*** START OF IT ***")) == (2, 2)


def test_stars_alone_frame_nothing() -> None:
    assert furniture.library(sheet("***\nOnce.\n*** END ***")) == (0, 3)
