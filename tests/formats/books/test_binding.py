"""This room tests books as pages and plain text, their covers, and their volumes."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from bot.domain.books import BoundStory
from bot.formats.books import cover, languages, plain, webpage
from bot.formats.books.binding import Binding, bind
from tests.formats.books import shelf as books

LARGE = 1 << 30


class Tags(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_page_of_hostile_names_holds_only_our_own_elements() -> None:
    page = Tags(webpage.write(books.book(books.story(books.HOSTILE, description=books.HOSTILE, parts=2))))
    assert page.elements <= {
        "html", "head", "meta", "title", "style", "body", "article", "h1", "h2", "p", "em", "strong", "br", "hr",
    }  # fmt: skip
    assert page.attributes <= {"lang", "charset", "http-equiv", "content", "name", "id", "class"}
    assert "<script>alert(1)</script>" in page.text


def test_a_page_forbids_whatever_is_not_in_it() -> None:
    page = webpage.write(books.book()).decode()
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert not re.search(r"https?:|url\(", page)


def test_a_page_with_several_stories_leads_to_each() -> None:
    page = webpage.write(books.book(books.story("The Lamp"), books.story("The Well"), title="Both")).decode()
    assert '<a href="#story2">The Well</a>' in page
    assert '<article id="story2">' in page


def test_a_text_reads_as_a_text_of_the_old_days() -> None:
    told = plain.write(books.book(books.full())).decode()
    assert told.startswith("The Lamp -- by Ruby & Jo\n\nHarbour Lights, 3 · PG-13 · 1,234 words · Complete")
    assert "Chapter 2\n---------\n\nIt was _late_, and the *lamp*.\n\n" in told
    assert f"\n\n{' ' * 35}* * *\n\nRough the sea,\nand rougher the wind.\n" in told
    assert told.endswith("The end of the road.\n")


def test_a_text_of_several_stories_begins_with_their_titles() -> None:
    told = plain.write(books.book(books.story("The Lamp"), books.story("The Well"), title="Both")).decode()
    assert told.startswith("Both\n\n   1. The Lamp\n   2. The Well\n")


def test_a_cover_holds_hostile_titles_as_text() -> None:
    picture = ET.fromstring(cover.draw(books.book(books.story(books.HOSTILE * 5))))
    assert {element.tag.split("}")[1] for element in picture.iter()} == {
        "svg",
        "title",
        "rect",
        "circle",
        "path",
        "text",
    }
    assert sum(element.tag.endswith("text") for element in picture.iter()) <= cover.MOST_LINES + 1


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("English", "en"),
        ("en-GB", "en"),
        ("DE", "de"),
        ("Deutsch", "de"),
        ("日本語", "ja"),
        ("Klingon", "und"),
        ("", "und"),
    ],
)
def test_languages_are_known_by_name_and_code(named: str, code: str) -> None:
    assert languages.code(named) == code


def test_a_book_in_two_languages_claims_none() -> None:
    assert languages.of(books.book(books.story(language="English"), books.story(language="German"))) == "und"
    assert languages.of(books.book(books.story(language="German"))) == "de"
    assert languages.of(books.book()) == "en"


def _titles(stories: tuple[BoundStory, ...]) -> list[str]:
    return [story.title for story in stories]


@pytest.mark.parametrize("binding", Binding)
def test_what_fits_is_one_volume(binding: Binding) -> None:
    (bound,) = bind(books.book(), binding, LARGE)
    assert bound.book.name == "The Lamp"
    assert len(bound.content) > 100


@pytest.mark.parametrize("binding", [Binding.HTML, Binding.TEXT])
def test_what_does_not_fit_is_parted_between_stories_and_nothing_is_lost(binding: Binding) -> None:
    stories = [books.story(f"Tale {number}", size=1_000) for number in range(7)]
    volumes = bind(books.book(*stories, title="Tales"), binding, 20_000)
    assert all(len(volume.content) <= 20_000 for volume in volumes)
    assert [title for volume in volumes for title in _titles(volume.book.stories)] == [f"Tale {n}" for n in range(7)]
    assert [volume.book.name for volume in volumes] == [
        f"Tales, volume {number} of {len(volumes)}" for number in range(1, len(volumes) + 1)
    ]


def test_one_long_story_is_parted_between_its_parts() -> None:
    volumes = bind(books.book(books.story(parts=8, size=1_000)), Binding.TEXT, 20_000)
    assert len(volumes) > 1
    assert [part.title for volume in volumes for part in volume.book.stories[0].parts] == [
        f"Chapter {number}" for number in range(1, 9)
    ]


def test_a_single_part_is_never_cut() -> None:
    (volume,) = bind(books.book(books.story(size=2_000)), Binding.TEXT, 5_000)
    assert len(volume.content) > 5_000
    assert volume.book.volumes == 1
