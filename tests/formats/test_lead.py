"""The fields of a story are found below a greeting, never within a story."""

import pytest

from bot.domain.documents import Moment
from tests.formats.sheets import read, story

TEXT = "\n\n".join(
    f"Maren looked out over the water {number} times and did not answer the boy. Nobody had crossed the bar since then."
    for number in range(9)
)
FIELDS = "Title: The Weir\nAuthor: Ann Reed\nRating: PG\nSummary: Somebody waits."
NEWS = "From: ann@example.com\nNewsgroups: alt.tales\nSubject: {}\nDate: Sat, 08 Aug 1998 00:02:43 GMT\n\n"


@pytest.mark.parametrize(
    "greeting",
    [
        "Hi all, delurking to post my first one. Be gentle.",
        "Well, here it is...finally.",
        "Hello!\n\nThis took me a year.\nI hope that it was worth it.\n\nAnn",
        "A one-act play in script form",
    ],
)
@pytest.mark.parametrize("head", ["", NEWS.format("The Weir (1/1)")])
def test_a_greeting_is_a_note_and_the_fields_below_it_count(head: str, greeting: str) -> None:
    found = story(f"{head}{greeting}\n\n{FIELDS}\n\n* * *\n\n{TEXT}\n")
    assert (found.title, found.authors, found.rating_raw) == ("The Weir", ("Ann Reed",), "PG")
    assert found.description == "Somebody waits."
    assert {note.moment for note in found.notes} == {Moment.BEFORE}
    assert " ".join(note.text for note in found.notes) == " ".join(greeting.split())


def test_a_line_below_the_title_is_a_note_where_fields_follow() -> None:
    found = story(f'"The Wharf"\n\nA one-act play in script form\n\nWritten by: Dace\nRating: PG\n\n{TEXT}\n')
    assert (found.title, found.authors, found.rating_raw) == ("The Wharf", ("Dace",), "PG")


@pytest.mark.parametrize(
    "inner",
    [
        "From: Pell\nTo: Maren\nSubject: the gate\nDate: today",
        "Name: Pell\nNote: he is not to be trusted\nDate: Tuesday",
        "Rating: poor\nNote: he is not to be trusted",
    ],
)
def test_a_letter_within_a_story_is_text(inner: str) -> None:
    found = read(f"The Weir\nby Ann Reed\n\nMaren opened the file.\n\n{inner}\n\n{TEXT}\n").manuscripts[0]
    assert (found.title, found.authors, found.rating_raw, found.notes) == ("The Weir", ("Ann Reed",), "", ())
    assert len(found.parts[0].blocks) == 11


@pytest.mark.parametrize("opening", ['"I know what I saw," said Pell.', "> Agreed. File it."])
def test_dialogue_and_quotation_are_no_greeting(opening: str) -> None:
    found = story(f"{opening}\n\n{FIELDS}\n\n{TEXT}\n", "weir.txt")
    assert (found.authors, found.rating_raw) == (("Anonymous",), "")


def test_fields_far_below_are_text() -> None:
    found = story(f"The Weir\n\n{TEXT}\n\n{TEXT}\n\n{FIELDS}\n\n{TEXT}\n")
    assert found.rating_raw == ""


def test_the_title_once_more_below_the_fields_is_no_text() -> None:
    found = story(f"{FIELDS}\n\n*****\n\nThe Weir\nAnn Reed\n\nTHE LONG WHARF\n11:42 PM\n\n{TEXT}\n")
    first = found.parts[0].blocks[0]
    assert "THE LONG WHARF" in str(first)
    assert "Weir" not in str(found.parts)


def test_a_later_part_sends_back_to_the_first_for_its_fields() -> None:
    found = story(f"{NEWS.format('NEW: The Weir 2/2 by A. Reed')}The Weir 2/2\nsee part one for headers\n\n{TEXT}\n")
    assert (found.title, found.authors) == ("The Weir", ("A. Reed",))
    assert "headers" not in str(found.parts)


@pytest.mark.parametrize("title", ["THE LAMPS OF\nSEVEN STREETS", "What the Tide\n  Leaves Behind\n  It"])
def test_a_title_on_several_lines(title: str) -> None:
    found = story(f"{title}\n\nby J. Quill and Ottoline\n\n{TEXT}\n")
    assert (found.title, found.authors) == (" ".join(title.split()), ("J. Quill", "Ottoline"))


def test_two_lines_of_a_text_are_no_title() -> None:
    found = story(f"The rain had stopped,\nand nobody spoke.\n\nby the door stood Pell.\n\n{TEXT}\n", "weir.txt")
    assert found.authors == ("Anonymous",)


@pytest.mark.parametrize("number", ["Part 1 of 2", "Chapter One", "Prologue"])
def test_title_author_and_part_on_three_lines(number: str) -> None:
    read_as = read(f"Moorings\nBy Saskia\n{number}\n\n{TEXT}\n")
    assert (read_as.manuscripts[0].title, read_as.manuscripts[0].authors) == ("Moorings", ("Saskia",))
    assert read_as.part is not None


@pytest.mark.parametrize("byline", ["A poem by Ilke", "Lyrics by Ilke", "a short play by Ilke", "Words by Ilke"])
def test_other_kinds_of_works_have_bylines(byline: str) -> None:
    assert story(f"Tidesong\n{byline}\n\n{TEXT}\n").authors == ("Ilke",)


def test_a_heading_below_a_greeting_is_the_heading() -> None:
    found = story(
        f"{NEWS.format('stuff')}Onward to the next one, everybody!\n\nThe Weir -- by Ann Reed\n\n{FIELDS}\n\n{TEXT}\n"
    )
    assert (found.title, found.authors, found.rating_raw) == ("The Weir", ("Ann Reed",), "PG")
    assert [note.text for note in found.notes] == ["Onward to the next one, everybody!"]
