"""This room proves that parts are found by their headings and not by their sentences."""

import pytest

from bot.formats import parts
from bot.formats.parts import Section
from tests.formats.sheets import TEXT, read, sheet


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
        ("(Part 2 of 26)", "Part 2 of 26"),
        ("The First Part", "The First Part"),
        ("Act 2: “Wait...”", "Act 2: “Wait...”"),
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
    found = sheet("\n".join(lines))
    return parts.split(found, 0, len(found), parts.headings(found))


def test_a_text_with_no_heading_is_one_part_without_a_title() -> None:
    assert split("Once.", "", "Twice.", "", "") == [Section("", 0, 3)]


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
    found = sheet("Once.\n\nPart 2\n\n")
    assert parts.split(found, 0, 1, parts.headings(found)) == [Section("", 0, 1)]


def titles(text: str) -> list[str]:
    found = sheet(text)
    return [section.title for section in parts.split(found, 0, len(found), parts.headings(found))]


@pytest.mark.parametrize("form", ["{}", "{}.", "- {} -", "* {} *", "({})"])
def test_bare_numbers_head_parts_where_they_count_from_one(form: str) -> None:
    lines = [form.format(number) for number in (1, 2, 3)]
    assert titles("\n\n".join([lines[0], "Once.", lines[1], "Twice.", lines[2], "Thrice."])) == lines


@pytest.mark.parametrize("numbers", [("1",), ("2", "3"), ("1", "3"), ("12/10", "12/11"), ("1999", "2000")])
def test_other_bare_numbers_are_text(numbers: tuple[str, ...]) -> None:
    assert titles("\n\n".join(line for number in numbers for line in (number, "Once."))) == [""]


def test_roman_numerals_count_too() -> None:
    assert titles("I.\n\nOnce.\n\nII.\n\nTwice.") == ["I.", "II."]


def test_a_page_marks_its_headings_itself() -> None:
    body = "<h3>The Weir</h3><p>Once there was a weir.</p><h3>Low Water</h3><p>Then there was none.</p>"
    assert titles(f"<html><body>{body}</body></html>") == ["The Weir", "Low Water"]


def test_a_text_set_in_headings_has_none() -> None:
    assert titles("<html><body><h4>Once there was a weir.</h4><h4>Then there was none.</h4></body></html>") == [""]


def test_the_only_heading_says_which_part_a_document_is() -> None:
    assert parts.label_of([Section("Book I · Chapter 3: The Weir", 2, 9)]) == ((1, ""), "1", None, "")
    assert parts.label_of([Section("Chapter 3: The Weir", 2, 9)]) == ((3, ""), "3", None, "The Weir")
    assert parts.label_of([Section("The Weir", 2, 9)]) is None
    assert parts.label_of([Section("Part 1", 2, 9), Section("Part 2", 10, 11)]) is None


def test_rows_of_links_between_a_heading_and_its_text_are_furniture() -> None:
    nav = '<center><a href="a.html">Previous</a> | <a href="i.html">Index</a> | <a href="c.html">Next</a></center>'
    chapters = "".join(f"<h2>Chapter {n}</h2>{nav}<p>{TEXT} {n}</p>{nav}" for n in (1, 2))
    reading = read(f"<html><body><h1>The Lamp</h1><p>by Ann</p>{chapters}</body></html>")
    parts = reading.manuscripts[0].parts
    assert [(part.title, len(part.blocks)) for part in parts] == [("Chapter 1", 1), ("Chapter 2", 1)]
    assert "Previous" not in str(parts)
    assert len([text for text in reading.furniture if "Index" in text]) == 4
