"""This room proves that a whole document is read, and every byte of it accounted for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.documents import DocumentKind, Kind, Manuscript, Reading
from bot.domain.errors import Unreadable
from bot.domain.models import Link, LinkKind, Paragraph, Rating, SceneBreak
from bot.formats import manuscript, prose, source
from bot.formats.edges import digest
from tests.formats.sheets import TEXT, read, story
from tests.shared import shared

PAGE = """\
Salt Road Series - The Well -- by Tam Okafor


Rating: PG

Description: A well, prequel to The Road.

Note: Spoilers -- The Pan.

Disclaimer: Mine.


Part One: Down

The well was *deep*.

Nobody knew how deep.


***

They dropped a stone.

End of Part One

Part Two: Up

Rating: that was what the stone said.

"The end," said the well.

The End

Tell the author what you think:

Name:
Email:
Comments:


| Return to Fiction Index | Return to Main |
"""
SEED = "stories/000_86b04798ceb08aa6.txt"


def of(data: bytes, name: str = "") -> Reading:
    return manuscript.read(source.read(data), name=name)


def bytes_of(data: bytes, found: Reading, kind: Kind) -> bytes:
    return b"".join(data[each.start : each.end] for each in found.ranges if each.kind is kind)


def told(found: Reading) -> str:
    parts = (part for each in found.manuscripts for part in each.parts)
    return "".join(prose.plain(block) for part in parts for block in part.blocks if isinstance(block, Paragraph))


def test_a_page_of_ours() -> None:
    found = story(PAGE)
    assert (found.title, found.author, found.series) == ("The Well", "Tam Okafor", "Salt Road")
    assert (found.rating, found.rating_raw) == (Rating.PG, "PG")
    assert found.description == "A well, prequel to The Road."
    assert found.links == (Link(LinkKind.PREQUEL, "The Road"),)
    assert found.spoilers == ("The Pan",)
    assert (found.notes, found.disclaimer, found.status, found.warnings) == ((), "Mine.", "", ())
    assert [part.title for part in found.parts] == ["Part One: Down", "Part Two: Up"]
    assert prose.to_markup(found.parts[0].blocks) == (
        "The well was *deep*.\n\nNobody knew how deep.\n\n***\n\nThey dropped a stone."
    )
    assert prose.to_markup(found.parts[1].blocks) == (
        'Rating: that was what the stone said.\n\n"The end," said the well.'
    )


def test_every_byte_of_a_page_of_ours_has_its_kind() -> None:
    data = PAGE.encode()
    found = of(data)
    assert b"Part One: Down\n" in bytes_of(data, found, Kind.FIELDS)
    assert bytes_of(data, found, Kind.FURNITURE).startswith(b"End of Part One\nThe End\nTell the author")
    assert b"Rating: that was" in bytes_of(data, found, Kind.TEXT)
    assert bytes_of(data, found, Kind.NOTES) == b"Note: Spoilers -- The Pan.\n"
    assert not bytes_of(data, found, Kind.BLANK).strip()
    assert manuscript.account(found.ranges)[Kind.UNCLASSIFIED] == 0


def test_the_seed_page() -> None:
    found = of(shared(SEED).read_bytes())
    (told,) = found.manuscripts
    assert (told.series, told.title, told.author) == ("Changing Hearts", "Not So Alone", "Ruby")
    assert (told.rating, told.rating_raw) == (Rating.PG_13, "PG-13")
    assert told.description.endswith("sequel to Letting Go.")
    assert told.links == (Link(LinkKind.SEQUEL, "Letting Go"),)
    assert told.spoilers == ("Wild at Heart", "The Initiative")
    assert (told.notes, told.disclaimer, told.warnings) == ((), "Joss owns all.", ())
    assert found.part is None
    (part,) = told.parts
    first, *_, last = part.blocks
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)
    assert prose.plain(first).startswith("Willow smiled")
    assert prose.plain(last).endswith('"Not so alone."')
    assert told.scene_breaks == 1


def test_the_seed_page_is_accounted_for_to_the_last_byte() -> None:
    data = shared(SEED).read_bytes()
    found = of(data)
    sizes = manuscript.account(found.ranges)
    assert sum(sizes.values()) == len(data)
    assert sizes[Kind.UNCLASSIFIED] == 0
    assert re.sub(rb"\s", b"", bytes_of(data, found, Kind.TEXT)).decode() == re.sub(r"\s", "", told(found))
    furniture = bytes_of(data, found, Kind.FURNITURE).decode()
    assert furniture.startswith("The End\nTell the author")
    assert furniture.endswith("Return to Main |")


@pytest.mark.parametrize("data", [b"Rating: G\n\nOnce there was a lamp.\n", b"Once there was a lamp.\n\nIt went out."])
def test_what_has_no_title_is_refused_or_named_after_its_file(data: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        of(data)
    assert str(refusal.value) == "it has no title; begin it with a line such as “Title -- by Author”"
    (found,) = of(data, "dir/the_old_lamp.txt").manuscripts
    assert (found.title, found.evidence["title"].confidence) == ("The old lamp", 0.2)
    assert found.warnings[-1] == "No title stands in the text; “The old lamp” was guessed from the name of the file."


@pytest.mark.parametrize(
    "text",
    [
        "The Lamp -- by Ann\n\nRating: G\n",
        "The Lamp -- by Ann\n\n***\n\nThe End\n",
        "The Lamp -- by Ann\n\nPart 1\n\nPart 2\n",
    ],
)
def test_what_has_no_text_is_no_story(text: str) -> None:
    found = read(text)
    assert (found.kind, found.warnings) == (DocumentKind.OTHER, ("It has no text.",))
    assert [(each.title, each.parts) for each in found.manuscripts] == [("The Lamp", ())]
    assert sum(manuscript.account(found.ranges).values()) == len(text)


def test_a_page_with_little_in_it() -> None:
    found = story("The Lamp -- by Ann\n\nIt went out.")
    assert (found.title, found.authors, len(found.parts)) == ("The Lamp", ("Ann",), 1)


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        (f"The Lamp (2/5)\nby Ann\n\n{TEXT}", "", "2"),
        (f"The Lamp\nby Ann\n\nChapter Three: Down\n\n{TEXT}", "", "3"),
        (f"The Lamp\nPart 4 of 5\nby Ann\n\n{TEXT}", "", "4"),
        (f"Title: The Lamp - Part IV\n\n{TEXT}", "lamp7.txt", "4"),
        (f"The Lamp\nby Ann\n\n{TEXT}", "lamp_Part_3_Final.txt", "3"),
        (f"The Lamp\nby Ann\n\n{TEXT}", "lamp.txt", None),
        (f"The Lamp\nby Ann\n\nPart 1\n\n{TEXT}\n\nPart 2\n\n{TEXT}", "lamp_Part_3.txt", None),
    ],
)
def test_which_part_of_a_story_a_document_is(text: str, name: str, label: str | None) -> None:
    found = read(text, name)
    assert found.manuscripts[0].title == "The Lamp"
    assert (found.part and found.part.label) == label


def test_a_part_s_own_title_stands_in_its_label() -> None:
    found = read(f"The Lamp (3/5)\nby Ann\n\nChapter 3: Down\n\n{TEXT}")
    assert found.part == ((3, ""), "3", 5, "Down")


def test_what_repeats_over_an_archive_is_furniture_when_read_again() -> None:
    text = f"The Lamp\nby Ann\n\nPlease keep off the grass at all times, dear visitor.\n\n{TEXT}\n\n{TEXT}"
    found = source.read(text.encode())
    line = digest("please keep off the  GRASS at all times, dear visitor.")
    assert line in manuscript.read(found).edges
    again = manuscript.read(found, repeated=frozenset((line,)))
    assert again.furniture == ("Please keep off the grass at all times, dear visitor.",)
    assert len(again.manuscripts[0].parts[0].blocks) == 2
    assert line not in again.edges


LONG = "The keeper went down the stairs that evening and saw that all of the lamps"


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_end_of_a_broken_sentence_is_text_however_often_it_repeats(gap: str) -> None:
    found = source.read(f"The Lamp\nby Ann\n\n{TEXT}\n\n{LONG}{gap}had gone out.\n".encode())
    again = manuscript.read(found, repeated=frozenset((digest("had gone out."),)))
    assert again.furniture == ()
    assert manuscript.account(again.ranges)[Kind.TEXT] >= len(f"{TEXT}{LONG}had gone out.")


def test_a_broken_sentence_that_repeats_as_a_whole_is_furniture() -> None:
    found = source.read(f"The Lamp\nby Ann\n\n{TEXT}\n\n{TEXT}\n\n{LONG}\nhad gone out.\n".encode())
    again = manuscript.read(found, repeated=frozenset(map(digest, (LONG, "had gone out."))))
    assert again.furniture == (LONG, "had gone out.")


@pytest.mark.parametrize("above", ["The End", f"{LONG} had gone out."])
def test_a_line_that_goes_on_nothing_is_furniture_where_it_repeats(above: str) -> None:
    found = source.read(f"The Lamp\nby Ann\n\n{TEXT}\n\n{above}\n\nback to the index of tales\n".encode())
    again = manuscript.read(found, repeated=frozenset((digest("back to the index of tales"),)))
    assert "back to the index of tales" in again.furniture


def test_the_lines_of_a_web_page_are_counted_as_its_file_s() -> None:
    page = f"<html>\n<body>\n\n<h1>The Lamp</h1>\n<h2>by Ann</h2>\n\n\n<p>Rating: PG</p><p>{TEXT}</p></body></html>"
    (found,) = of(page.encode()).manuscripts
    assert {name: each.line for name, each in found.evidence.items()} == {"title": 4, "authors": 5, "rating_raw": 8}


def test_markup_is_a_kind_of_its_own() -> None:
    page = f"<h1>The Lamp</h1><h2>by Ann</h2><p>&Eacute;t&eacute; &amp; {TEXT}</p><p>&nbsp;</p><p>{TEXT}</p>".encode()
    found = of(page)
    sizes = manuscript.account(found.ranges)
    assert sum(sizes.values()) == len(page)
    assert sizes[Kind.TEXT] == len(f"Été & {TEXT}{TEXT}".encode())
    assert sizes[Kind.FIELDS] == len("The Lampby Ann")


LINES = st.sampled_from(
    [
        "",
        "",
        "",
        "***",
        "The End",
        "Part 1",
        "Part 2: x",
        "Chapter One",
        "Rating: G",
        "Note: x",
        "Glossary",
        "lamp - a light",
        "Once.",
        "It was *dark*, and so on.",
        "“Café,” she said.",
        "  indented",
        "Name:",
        "Email:",
        "| Home |",
        "TBC",
        "> quoted",
        "-- ",
        "by Ann",
        "Title: x",
        "1",
        "I.",
        "Contents",
        "5/30/2001",
        "Author's Note: x",
        "No infringement is intended.",
        "ann@example.org",
    ]
)
TAGS = st.sampled_from(
    [
        "<p>",
        "<br>",
        "<h1>",
        "</h1>",
        "<h2>",
        "<hr>",
        "<li>",
        "<a href=x.html>",
        "</a>",
        "<a href='mailto:a@b.cd'>",
        "<td>",
        "<tr>",
        "<table>",
        "<center>",
        "<form>",
        "<input>",
        "<pre>",
        "</pre>",
        "<b>",
        "</b>",
        "&eacute;",
        "&nbsp;",
        "<title>",
        "</title>",
        "<blockquote>",
    ]
)
DOCUMENTS = st.one_of(
    st.text(min_size=1).map(lambda text: f"The Lamp -- by Ann\n\n{text}".encode()),
    st.lists(LINES).map(lambda lines: "\n".join(["The Lamp -- by Ann", *lines]).encode("cp1252")),
    st.lists(LINES).map(lambda lines: "\n".join(lines).encode() or b"x"),
    st.lists(st.one_of(LINES, TAGS)).map(lambda pieces: ("<html><body>" + " ".join(pieces)).encode()),
    st.lists(LINES).map(lambda lines: "\n".join(["From: a@b.cd", "Subject: The Lamp", "Date: x", "", *lines]).encode()),
)


def attempt(data: bytes) -> Reading | None:
    try:
        return of(data, "lamp.txt")
    except Unreadable:
        return None


@given(DOCUMENTS)
def test_ranges_tile_any_document(data: bytes) -> None:
    found = attempt(data)
    if found is None:
        return
    assert [each.start for each in found.ranges] == [0, *(each.end for each in found.ranges[:-1])]
    assert found.ranges[-1].end == len(data)
    assert all(each.start < each.end for each in found.ranges)
    assert all(one.kind is not other.kind for one, other in zip(found.ranges, found.ranges[1:], strict=False))
    assert sum(manuscript.account(found.ranges).values()) == len(data)


@given(st.lists(LINES).map(lambda lines: "\n".join(["The Lamp -- by Ann", *lines]).encode()))
def test_what_readers_see_is_the_text_and_all_of_it(data: bytes) -> None:
    found = attempt(data)
    if found is None or not found.manuscripts:
        return
    written = bytes_of(data, found, Kind.TEXT).decode()
    assert re.sub(r"[\s*_]", "", told(found)) == re.sub(r"[\s*_]", "", written)


@given(DOCUMENTS)
def test_structure_has_no_story_and_a_story_has_a_title_and_text(data: bytes) -> None:
    found = attempt(data)
    if found is None:
        return
    assert found.kind is DocumentKind.STORY or not any(each.parts for each in found.manuscripts)
    for each in found.manuscripts:
        assert each.title.strip()
        assert each.authors
        assert not {"\n", "\r"} & set(each.title + "".join(each.authors))
        assert all(0 <= proof.confidence <= 1 and proof.line >= 0 for proof in each.evidence.values())
        assert parts_are_sound(each)


def parts_are_sound(found: Manuscript) -> bool:
    """No part begins or ends with a scene break, and all are in normal form."""
    for part in found.parts:
        ends = (part.blocks[0], part.blocks[-1]) if part.blocks else ()
        if any(isinstance(block, SceneBreak) for block in ends) or prose.normal(part.blocks) != part.blocks:
            return False
    return True


@given(DOCUMENTS)
def test_nothing_of_a_document_is_unclassified_in_silence(data: bytes) -> None:
    found = attempt(data)
    if found is None or found.kind is not DocumentKind.STORY or not manuscript.account(found.ranges)[Kind.UNCLASSIFIED]:
        return
    assert any("could not be classified" in each for story in found.manuscripts for each in story.warnings)


@given(
    st.lists(
        st.sampled_from(
            ["a@b.cd", "http://www.example.org/~a", "by Ann", "E-mail: a@b.cd", "Rating: G", "", "Ann <a@b.cd>"]
        )
    )
)
def test_no_address_stands_in_a_field(lines: list[str]) -> None:
    found = attempt("\n".join(["The Lamp -- by Ann", "", *lines, "", TEXT, "", TEXT]).encode())
    assert found is not None
    for each in found.manuscripts:
        fields = (each.title, *each.authors, each.description, each.disclaimer, *(note.text for note in each.notes))
        assert not any("@" in text or "http" in text for text in fields)
