"""This room proves that what stands under a story is told apart from it, and none of it lost."""

import pytest

from bot.domain.documents import Moment
from tests.formats.sheets import TEXT, kinds, read, story

FORM = "Tell the author what you think:\n\nName:\nEmail:\nComments:"
NAVIGATION = "| Return to Fiction Index | Return to Main |"
HEAD = f"The Lamp -- by Ann\n\n{TEXT}\n\n{TEXT * 4}"


def under(text: str) -> str:
    """What each line below the text is, one letter each."""
    return "".join(kind for kind, _ in split(text))


def split(text: str) -> list[tuple[str, str]]:
    found = kinds(f"{HEAD}\n\n{text}\n")
    return [(kind, line) for kind, lines in found[3:] for line in lines.split("\n") if line.strip()]


def after(text: str) -> list[str]:
    return [note.text for note in story(f"{HEAD}\n\n{text}\n").notes if note.moment is Moment.AFTER]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("The End", "f"),
        (f"The End\n\n{FORM}\n\n\n{NAVIGATION}", "ffffff"),
        (f"{FORM}\n[Send] [Reset]", "fffff"),
        (f"-----\n{NAVIGATION}", "ff"),
        ("The End\n\nTo be continued\n***", "fff"),
        ("Back to Part 1\n\nOnwards to Part 3", "ff"),
        ("The End\n\nHome", "ff"),
        ("The End\n\n-- \nAnn\nKeeper of lamps", "ffff"),
        ("-- \nAnn", "ff"),
        ("The End\n\nann@example.org", "ff"),
        ("The End\n\nAuthor's note: Be kind.", "fn"),
        ("The End\n\nSomething else altogether.", "fu"),
        ("The End\n\nDisclaimer: Mine.", "fF"),
        ("Author's Note: Be kind.\n\nAnd thank you.", "nn"),
        ("Note: he said that it was over.", "t"),
        ("Name:", "t"),
        ("Name: Ann\nEmail: none", "tt"),
        ("He thought it was the end.", "t"),
    ],
)
def test_the_foot_of_a_page(text: str, letters: str) -> None:
    assert under(text) == letters


def test_to_be_continued_is_a_status_too() -> None:
    found = story(f"{HEAD}\n\nTo be continued...")
    assert found.status == "To be continued"
    assert found.evidence["status"].confidence < 1
    assert story(f"{HEAD}\n\nThe End").status == ""
    assert story(f"The Lamp -- by Ann\n\nStatus: WIP\n\n{TEXT}\n\nTBC").status == "WIP"


def test_what_follows_the_end_is_reported_by_its_lines() -> None:
    warnings = story(f"{HEAD}\n\nThe End\n\nA green lamp.\nA red one.\n\n{NAVIGATION}").warnings
    assert warnings == (
        "Lines 9 to 10 after the end of the story could not be classified; readers are not shown this.",
    )
    assert "Line 9 after the end" in story(f"{HEAD}\n\nThe End\n\nA green lamp.").warnings[0]


def test_an_end_mark_with_a_story_after_it_ends_nothing() -> None:
    long = "\n\n".join(["And then it went on, and on, and on. " * 10] * 20)
    assert len(story(f"{HEAD}\n\nThe End\n\n{long}").parts[0].blocks) == 23


def test_an_end_mark_ahead_of_another_part_ends_nothing() -> None:
    found = story(f"The Lamp -- by Ann\n\nPart 1\n\n{TEXT}\n\nThe End\n\nPart 2\n\n{TEXT}\n\nThe End")
    assert [part.title for part in found.parts] == ["Part 1", "Part 2"]
    assert [len(part.blocks) for part in found.parts] == [1, 1]


def test_a_note_after_the_end_and_the_paragraph_below_it() -> None:
    assert after("The End\n\nAuthor's note: Be kind.\n\nAnd thank you.") == ["Be kind.\nAnd thank you."]


def test_two_notes_are_two() -> None:
    assert after("The End\n\nAuthor's note: Be kind.\n\nThanks: to Bob.") == ["Be kind.", "to Bob."]


def test_a_glossary_is_kept_line_by_line() -> None:
    assert after("The End\n\nGlossary\nweir - a low dam\nlamp - a light") == [
        "Glossary\nweir - a low dam\nlamp - a light"
    ]


def test_a_disclaimer_that_stands_only_at_the_end() -> None:
    assert story(f"{HEAD}\n\nThe End\n\nDisclaimer: The weir is not mine.").disclaimer == "The weir is not mine."
    text = "The characters belong to Example Pictures. No infringement is intended."
    assert story(f"{HEAD}\n\nThe End\n\n{text}").disclaimer == text


def test_the_labels_of_a_form_are_no_fields() -> None:
    form = "<form><p>Title: <input name=a></p><p>Author: <input name=b></p><p><input type=submit></p></form>"
    found = story(f"<html><body><h1>The Lamp</h1><h2>by Ann</h2><p>{TEXT}</p><p>{TEXT}</p>{form}</body></html>")
    assert (found.title, found.authors, found.notes) == ("The Lamp", ("Ann",), ())
    assert len(found.parts[0].blocks) == 2


def test_mail_quoted_on_top_and_the_signature_are_furniture() -> None:
    text = (
        "From: a@example.org\nSubject: The Lamp\nMessage-ID: <1@example.org>\n\n"
        "Bob wrote:\n> Once there was a weir.\n> It ran dry.\n\n"
        f"The Lamp\nby Ann\n\n{TEXT}\n\n-- \nAnn\nhttp://www.example.org/~ann/\n"
    )
    found = read(text)
    assert [line for line in found.furniture if line.startswith(">")] == ["> Once there was a weir.", "> It ran dry."]
    assert found.manuscripts[0].title == "The Lamp"
    assert len(found.manuscripts[0].parts[0].blocks) == 1
    assert [each.value for each in found.contacts] == ["a@example.org", "http://www.example.org/~ann/"]


def test_notes_that_a_program_put_under_a_heading_of_its_own() -> None:
    page = f"<html><body><h1>The Lamp</h1><p>by Ann</p><p>{TEXT}</p><h2>End Notes</h2><p>Be kind.</p></body></html>"
    assert [note.text for note in story(page).notes] == ["Be kind."]


@pytest.mark.parametrize("attribution", ["On Monday, Ottoline wrote:", "ottoline@example.com (Ottoline) writes:"])
def test_what_is_answered_below_the_text_is_furniture(attribution: str) -> None:
    answered = f"{attribution}\n> What became of it?\n>\n> Tell me.\n"
    found = read(f"The Lamp -- by Ann\n\nRating: PG\n\n\n{TEXT}\n\n{TEXT}\n\n{answered}")
    assert found.furniture == (attribution, "> What became of it?", ">", "> Tell me.")
    assert "What became" not in str(found.manuscripts[0].parts)


def test_a_quotation_that_nobody_is_named_for_is_text() -> None:
    found = story(f"The Lamp -- by Ann\n\nRating: PG\n\n\n{TEXT}\n\n{TEXT}\n\n> Agreed. File it.\n")
    assert "File it" in str(found.parts)


@pytest.mark.parametrize("mark", ["End 1/2", "END 2/2", "end of part 2/3", "~ End 2 of 3 ~"])
def test_end_marks_with_numbers(mark: str) -> None:
    assert mark in read(f"The Lamp -- by Ann\n\nRating: PG\n\n\n{TEXT}\n\n{TEXT}\n\n{mark}\n").furniture
