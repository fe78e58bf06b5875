"""This room proves that a book of stories is told from a story with chapters, and taken apart where its list says."""

import re
from bisect import bisect

import pytest

from bot.domain.documents import Kind, Reading
from bot.domain.models import Paragraph
from bot.formats import contents, manuscript, prose, source
from tests.formats.sheets import TEXT, read, sheet
from tests.shared import shared

TITLES = ("The Lamp", "A Weir in Winter", "What the Dog Knew")


def book(title: str, *, listed: str = "{number}. {title}", headed: str = "{capitals}", below: str = "") -> str:
    """A book with a list of contents, and each title again above its story."""
    forms = [
        {"number": number, "title": name, "capitals": name.upper(), "roman": ("I", "II", "III")[number - 1]}
        for number, name in enumerate(TITLES, 1)
    ]
    front = [
        title,
        "",
        "by",
        "",
        "Ann Smith",
        "",
        "CONTENTS",
        "",
        *(listed.format(**form) for form in forms),
        "",
        "",
        "",
    ]
    return "\n".join([*front, *(f"{headed.format(**form)}\n\n{below}{TEXT}\n\n{TEXT}\n\n\n" for form in forms)])


def test_a_book_of_stories_is_one_story_a_title() -> None:
    found = read(book("Tales of the Weir", headed="Tale {roman}. {capitals}"))
    assert [each.title for each in found.manuscripts] == list(TITLES)
    assert {each.authors for each in found.manuscripts} == {("Ann Smith",)}
    assert [(each.series, each.series_number) for each in found.manuscripts] == [
        ("Tales of the Weir", "1"),
        ("Tales of the Weir", "2"),
        ("Tales of the Weir", "3"),
    ]
    assert [len(each.parts[0].blocks) for each in found.manuscripts] == [2, 2, 2]
    assert found.part is None
    assert found.warnings == (
        (
            "It was taken for a book of 3 stories, sure to 75%:"
            " its title, “Tales of the Weir”, speaks of several, its headings say “tale”."
        ),
    )


def test_the_list_is_furniture_and_the_headings_are_fields() -> None:
    text = book("Tales of the Weir", headed="Tale {roman}. {capitals}")
    found = read(text)
    kinds = {text[each.start : each.end].strip(): each.kind for each in found.ranges}
    assert kinds["Tale I. THE LAMP"] is Kind.FIELDS
    assert found.furniture[:1] == ("CONTENTS",)
    assert "1. The Lamp" in found.furniture
    assert manuscript.account(found.ranges)[Kind.UNCLASSIFIED] == 0


def test_chapters_are_parts_of_one_story() -> None:
    found = read(book("The Long Weir", listed="Chapter {number}: {title}", headed="Chapter {number}: {title}"))
    (told,) = found.manuscripts
    assert (told.title, told.authors, told.series) == ("The Long Weir", ("Ann Smith",), None)
    assert [part.title for part in told.parts] == [
        f"Chapter {number}: {title}" for number, title in enumerate(TITLES, 1)
    ]
    assert found.warnings == (
        (
            "Its list of contents has 3 titles; they were taken for parts of one story, since it is sure"
            " to no more than 0% that they are stories: its headings say “chapter”."
        ),
    )


def test_in_doubt_it_is_one_story() -> None:
    found = read(book("The Long Weir"))
    assert [part.title for part in found.manuscripts[0].parts] == [title.upper() for title in TITLES]
    assert "sure to no more than 30%" in found.warnings[0]


def test_titles_with_authors_of_their_own_are_stories() -> None:
    found = read(book("The Long Weir", below="by Bob\n\n"))
    assert len(found.manuscripts) == 1
    assert len(read(book("The Weir Anthology", below="by Bob\n\n")).manuscripts) == 3


def test_a_list_whose_titles_stand_nowhere_is_text() -> None:
    made = sheet(f"The Lamp\n\nbread\nsalt\noil\n\n{TEXT}\n\n{TEXT}")
    assert contents.find(made, 0, len(made)) is None


def test_a_list_whose_titles_stand_in_another_order_is_none() -> None:
    text = book("Tales of the Weir")
    made = sheet(
        text.replace("THE LAMP", "x").replace("WHAT THE DOG KNEW", "THE LAMP").replace("\nx\n", "\nWHAT THE DOG KNEW\n")
    )
    assert contents.find(made, 0, len(made)) is None


def test_a_paragraph_of_short_lines_is_no_list_even_where_they_stand_again() -> None:
    assert contents.find(sheet("bread\nsalt\noil\n\nbread\n\nOnce.\n\nsalt\n\nTwice.\n\noil\n\nThrice."), 0, 15) is None


def test_page_numbers_and_dots_are_no_titles() -> None:
    found = read(book("Tales of the Weir", listed="{title} ........ {number}", headed="Tale {roman}. {capitals}"))
    assert [each.title for each in found.manuscripts] == list(TITLES)


HOLMES = ("1661.txt", "1661-8.txt", "1661-h.htm")
STORIES = [
    "A Scandal in Bohemia",
    "The Red-headed League",
    "A Case of Identity",
    "The Boscombe Valley Mystery",
    "The Five Orange Pips",
    "The Man with the Twisted Lip",
    "The Adventure of the Blue Carbuncle",
    "The Adventure of the Speckled Band",
    "The Adventure of the Engineer's Thumb",
    "The Adventure of the Noble Bachelor",
    "The Adventure of the Beryl Coronet",
    "The Adventure of the Copper Beeches",
]


def edition(name: str) -> tuple[bytes, Reading]:
    data = shared(f"stories/holmes/{name}").read_bytes()
    return data, manuscript.read(source.read(data), name=name)


def plain(title: str) -> str:
    return title.replace("’", "'").casefold()


@pytest.mark.parametrize("name", HOLMES)
def test_an_edition_gives_its_twelve_stories_in_order(name: str) -> None:
    _, found = edition(name)
    assert [plain(each.title) for each in found.manuscripts] == list(map(plain, STORIES))
    assert {each.authors for each in found.manuscripts} == {("Arthur Conan Doyle",)}
    assert {each.series for each in found.manuscripts} == {"The Adventures of Sherlock Holmes"}
    assert [each.series_number for each in found.manuscripts] == [str(number) for number in range(1, 13)]


@pytest.mark.parametrize("name", HOLMES)
def test_the_library_s_own_words_are_furniture(name: str) -> None:
    data, found = edition(name)
    sizes = manuscript.account(found.ranges)
    assert sum(sizes.values()) == len(data)
    assert sizes[Kind.UNCLASSIFIED] == 0
    text = b"".join(data[each.start : each.end] for each in found.ranges if each.kind in (Kind.TEXT, Kind.NOTES))
    assert b"Gutenberg" not in text
    furniture = "\n".join(found.furniture)
    for words in ("START OF THIS PROJECT", "END OF THIS PROJECT", "End of the Project", "Produced by", "FULL LICENSE"):
        assert words in furniture


@pytest.mark.parametrize("name", HOLMES)
def test_every_letter_of_the_text_is_told(name: str) -> None:
    data = shared(f"stories/holmes/{name}").read_bytes()
    lines = source.read(data).lines
    found = manuscript.read(source.read(data), name=name)
    text = [each for each in found.ranges if each.kind is Kind.TEXT]
    starts = [each.start for each in text]

    def is_text(start: int, end: int) -> bool:
        place = bisect(starts, end - 1) - 1
        return place >= 0 and text[place].end > start

    written = "".join(line.text for line in lines if line.text and is_text(line.start, line.end))
    blocks = [block for each in found.manuscripts for part in each.parts for block in part.blocks]
    told = "".join(prose.plain(block) for block in blocks if isinstance(block, Paragraph))
    assert re.sub(r"[\s*_]", "", told) == re.sub(r"[\s*_]", "", written)
