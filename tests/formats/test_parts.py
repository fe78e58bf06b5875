"""This room proves that parts are found by their headings and not by their sentences."""

import pytest

from bot.formats import parts
from bot.formats.parts import Section


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Part 1", "Part 1"),
        ("PART ONE: The Harbour", "PART ONE: The Harbour"),
        ("Chapter IV - The Stair", "Chapter IV - The Stair"),
        ("Chapter Twenty-Two", "Chapter Twenty-Two"),
        ("Prologue", "Prologue"),
        ("Epilogue: After", "Epilogue: After"),
        ("*** Part 2 ***", "Part 2"),
        ("- Part 1 -", "Part 1"),
        ("(Part 2 of 26)", "(Part 2 of 26)"),
        ("Part 2 of 26", "Part 2 of 26"),
        ("Part 2/5", "Part 2/5"),
        ("Part 1a", "Part 1a"),
        ("Book II", "Book II"),
        ("Chapter One:", "Chapter One"),
        ("Chapter 3. Wait...", "Chapter 3. Wait..."),
        ("Part of me wanted to stay", None),
        ("Chapter one was done.", None),
        ("Part 1 was good", None),
        ("Chapter One. It was a dark night.", None),
        ('"Part One," she said.', None),
        ("Partly", None),
        ("Prologues bore me", None),
        ("Part 1 - " + "lamp " * 30, None),
    ],
)
def test_what_names_a_part(line: str, title: str | None) -> None:
    assert parts.title_of(line) == title


def split(*lines: str) -> list[Section]:
    return parts.split(lines, 0, len(lines), parts.headings(lines))


def test_a_text_with_no_heading_is_one_part_without_a_title() -> None:
    assert split("Once.", "", "Twice.", "") == [Section("", 0, 3)]


def test_headings_that_stand_alone_part_the_text() -> None:
    lines = ["Part 1", "", "Once.", "", "***", "", "Part 2: End", "", "Twice."]
    assert split(*lines) == [Section("Part 1", 1, 3), Section("Part 2: End", 7, 9)]


def test_text_ahead_of_the_first_heading_is_a_part_without_a_title() -> None:
    assert split("Hush.", "", "Part 1", "", "Once.") == [Section("", 0, 1), Section("Part 1", 3, 5)]


def test_a_heading_within_a_paragraph_is_text() -> None:
    assert split("Once.", "Part 2", "", "Twice.") == [Section("", 0, 4)]
    assert split("Once.", "", "Part 2", "Twice.") == [Section("", 0, 4)]


def test_a_rule_stands_for_a_blank_line_beside_a_heading() -> None:
    assert [section.title for section in split("Once.", "-----", "Part 2", "-----", "Twice.")] == ["", "Part 2"]


def test_headings_with_nothing_between_them_are_one_title() -> None:
    assert split("Book I", "", "Chapter 1", "", "Once.") == [Section("Book I · Chapter 1", 3, 5)]


def test_the_end_mark_of_a_part_is_not_its_text() -> None:
    lines = ["Part 1", "", "Once.", "", "End of Part 1", "", "***", "", "Part 2", "", "Twice."]
    assert split(*lines) == [Section("Part 1", 1, 3), Section("Part 2", 9, 11)]


def test_lines_beyond_the_text_name_no_part() -> None:
    lines = ["Once.", "", "Part 2", ""]
    assert parts.split(lines, 0, 1, parts.headings(lines)) == [Section("", 0, 1)]
