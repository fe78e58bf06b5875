"""This room tests what index pages add to the documents they lead to."""

import pytest

from bot.domain.documents import DocumentKind
from bot.formats.joining import Signposts, joined
from tests.formats.summaries import index, row, story

LAMP = story("archive/ruby/Lamp.html", "The Lamp")


@pytest.mark.parametrize(
    ("page", "target"),
    [
        ("archive/ruby/index.html", "Lamp.html"),
        ("archive/ruby/index.html", "LAMP.HTM"),
        ("archive/ruby/index.html", "./lamp.html#top"),
        ("archive/ruby/index.html", "%4camp.html?x=1"),
        ("archive/ruby/index.html", r"..\ruby\Lamp.html"),
        ("archive/index.html", "ruby/lamp.htm"),
        ("archive/mara/index.html", "../ruby/lamp.html"),
        ("archive/mara/index.html", "/ruby/lamp.html"),
    ],
)
def test_an_address_as_old_pages_write_it_is_followed(page: str, target: str) -> None:
    signposts = Signposts([index(page, row(target))], [LAMP])
    assert signposts.led_by(page) == [LAMP.path]
    assert len(signposts.to(LAMP.path)) == 1


@pytest.mark.parametrize(
    "target", ["", "#top", "mailto:ruby@example.org", "http://example.org/ruby/lamp.html", "other.html", "../../../etc"]
)
def test_an_address_elsewhere_leads_nowhere(target: str) -> None:
    signposts = Signposts([index("archive/ruby/index.html", row(target))], [LAMP])
    assert signposts.to(LAMP.path) == ()


def test_a_page_does_not_lead_to_itself() -> None:
    page = index("archive/index.html", row("index.html"))
    assert Signposts([page], [page, LAMP]).led_by(page.path) == []


def test_fields_come_with_the_page_and_line_they_stand_on() -> None:
    page = index("archive/index.html", row("ruby/lamp.html", "The Lamp", 12, authors=("Ruby",), rating_raw="PG"))
    fields, warnings = joined(Signposts([page], [LAMP]).to(LAMP.path))
    assert {name: found.value for name, found in fields.items()} == {
        "title": ("The Lamp",), "authors": ("Ruby",), "rating_raw": ("PG",),
    }  # fmt: skip
    assert fields["authors"].evidence[:1] + fields["authors"].evidence[2:] == (12, "archive/index.html")
    assert warnings == ()


def test_pages_that_differ_are_named() -> None:
    first = index("a.html", row("archive/ruby/lamp.html", rating_raw="PG"))
    second = index("b.html", row("archive/ruby/lamp.html", rating_raw="R"))
    fields, warnings = joined(Signposts([first, second], [LAMP]).to(LAMP.path))
    assert fields["rating_raw"].value == ("PG",)
    assert warnings == ("a.html and b.html differ about the rating: “PG” and “R”; the first was taken.",)


def test_an_author_s_page_names_the_author_of_all_it_leads_to() -> None:
    page = index("ruby.html", row("archive/ruby/lamp.html"), heading="Ruby", kind=DocumentKind.AUTHOR)
    fields, _ = joined(Signposts([page], [LAMP]).to(LAMP.path))
    assert fields["authors"].value == ("Ruby",)


def test_sections_are_headed_by_authors_where_a_story_in_one_says_so() -> None:
    paths = ("clock.html", "tar.html", "round.html")
    sections = ("Ada Finch", "Bram Oak", "Ada Finch and Bram Oak")
    page = index("index.html", *(row(path, section=name) for path, name in zip(paths, sections, strict=True)))
    clock, tar = story("clock.html", "The Clock"), story("tar.html", "Tar")
    together = story("round.html", "Round", authors=("Ada Finch", "Bram Oak"))
    signposts = Signposts([page], [clock, tar, together])
    told = [joined(signposts.to(path))[0]["authors"].value for path in paths]
    assert told == [("Ada Finch",), ("Bram Oak",), ("Ada Finch", "Bram Oak")]


def test_sections_that_no_story_bears_out_name_nobody() -> None:
    page = index("index.html", row("clock.html", section="Harbour Lights"), row("tar.html", section="Bram Oak"))
    signposts = Signposts([page], [story("clock.html", "The Clock", "Mara"), story("tar.html", "Tar")])
    assert "authors" not in joined(signposts.to("tar.html"))[0]
