"""This room proves that furniture is recognised and that no sentence is taken for it."""

import pytest

from bot.domain.models import Kind
from bot.formats import furniture

FORM = ["Tell the author what you think:", "", "Name:", "Email:", "Comments:"]
NAVIGATION = "| Return to Fiction Index | Return to Main |"


def kinds(*lines: str) -> str:
    """One letter a line from the end of the text on: t(ext) f(urniture) b(lank) u(nclassified)."""
    tail = furniture.tail(lines, 0)
    return "t" * tail.start + "".join(kind.value[0] for kind in tail.kinds)


@pytest.mark.parametrize(
    "line",
    [
        "The End", "the end.", "THE END", "End", "Fin", "~ fin ~", "Finis", "Owari", "* * * END * * *",
        "--- The End ---",
        "(The End)",
        "The End?", "The End...", "End part 2", "End of Part One", "End of Chapter IV.", "The End (for now)", "TBC",
        "To be continued",
        "To Be Continued...",
        "to be continued in Part 2", "*** To be continued ***",
    ],
)  # fmt: skip
def test_an_end_mark(line: str) -> None:
    assert furniture.is_end(line)
    assert kinds("Once.", "", line) == "ttf"


@pytest.mark.parametrize(
    "line",
    [
        '"The end," she said.', '"The end."', "“The End”", "The end of the world.", "In the end", "It was the end.",
        "The end came.",
        "Fine.", "Final", "Endless", "End it.", "To be continued, he thought, is a promise.", "",
        "The " + " " * 80 + "End",
    ],
)  # fmt: skip
def test_a_sentence_is_no_end_mark(line: str) -> None:
    assert not furniture.is_end(line)
    assert kinds("Once.", "", line or "x") == "ttt"


@pytest.mark.parametrize(
    "line",
    [
        NAVIGATION, "[Home] [Fiction Index] [E-mail the author]", "Back to Part 2", "Return to Main",
        "Onwards to Chapter Three",
        "<-- Previous | Next -->",
        "Back to The Lamp Index", "Part 1 | Part 2 | Part 3", "Home • Top", "| Main |",
    ],
)  # fmt: skip
def test_a_navigation_row(line: str) -> None:
    assert furniture.is_navigation(line)


@pytest.mark.parametrize(
    "line",
    [
        "Back to the beginning of the end.", "Return to me", '"Back to the main," he said',
        "She went home | he did not",
        "Next to the lamp", "", "|", "||",
        "Go back to bed", "On to the next page, she thought.", "| " + "Home | " * 40,
    ],
)  # fmt: skip
def test_a_sentence_is_no_navigation(line: str) -> None:
    assert not furniture.is_navigation(line)


def test_the_foot_of_a_page_from_the_end_mark_down() -> None:
    assert kinds("Once.", "", "The End", "", *FORM, "", "", NAVIGATION) == "ttfbfbfffbbf"


def test_a_form_without_an_end_mark_ends_the_story() -> None:
    assert kinds("Once.", "", *FORM, "[Send] [Reset]") == "ttfbffff"


def test_a_form_is_two_empty_fields_at_least() -> None:
    assert kinds("Once.", "", "Name:") == "ttt"
    assert kinds("Once.", "", "Name: Ann", "Email: none") == "tttt"


def test_a_last_line_that_asks_for_nothing_is_no_prompt() -> None:
    assert kinds("Once.", "", "It was dark.", "", "Name:", "Email: ____") == "ttttff"


def test_navigation_alone_and_rules_above_it() -> None:
    assert kinds("Once.", "", "-----", NAVIGATION, "") == "ttffb"


def test_two_end_marks_are_both_furniture() -> None:
    assert kinds("Once.", "", "The End", "", "To be continued", "***") == "ttfbff"


def test_to_be_continued_is_a_status_too() -> None:
    assert furniture.tail(["Once.", "To be continued..."], 0).status == "To be continued"
    assert furniture.tail(["Once.", "The End"], 0).status == ""
    assert furniture.tail(["To be continued", "x" * 9000], 0).status == ""


def test_what_follows_the_end_is_reported_by_its_lines() -> None:
    lines = ["Once.", "", "The End", "", "A glossary.", "lamp: a light", "", NAVIGATION]
    assert kinds(*lines) == "ttfbuubf"
    assert furniture.tail(lines, 0).warnings == (
        "Lines 5 to 6 after the end of the story could not be classified; readers are not shown this.",
    )
    assert furniture.tail(lines[:5], 0).warnings == (
        "Line 5 after the end of the story could not be classified; readers are not shown this.",
    )


def test_an_end_mark_with_a_story_after_it_ends_nothing() -> None:
    assert kinds("Once.", "The End", *["And then it went on. " * 20] * 20) == "t" * 22


def test_an_end_mark_ahead_of_another_part_ends_nothing() -> None:
    lines = ["Part 1", "", "Once.", "", "The End", "", "Part 2", "", "Twice."]
    assert furniture.tail(lines, 0, frozenset({0, 6})).start == len(lines)
    assert furniture.tail([*lines, "", "The End"], 0, frozenset({0, 6})).kinds == (Kind.FURNITURE,)


def test_a_page_of_furniture_alone_has_no_text() -> None:
    assert furniture.tail(["", "The End", "", NAVIGATION], 1).start == 1
