"""This room proves that a whole document is read, and every byte of it accounted for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Unreadable
from bot.domain.models import Kind, Link, LinkKind, Manuscript, Paragraph, Rating, SceneBreak
from bot.formats import manuscript, pages, prose
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


def read(text: str) -> Manuscript:
    return manuscript.read(text.encode())


def bytes_of(data: bytes, found: Manuscript, kind: Kind) -> bytes:
    return b"".join(data[each.start : each.end] for each in found.ranges if each.kind is kind)


def test_a_page_of_ours() -> None:
    found = read(PAGE)
    assert (found.title, found.author, found.series) == ("The Well", "Tam Okafor", "Salt Road")
    assert (found.rating, found.rating_raw) == (Rating.PG, "PG")
    assert found.description == "A well, prequel to The Road."
    assert found.links == (Link(LinkKind.PREQUEL, "The Road"),)
    assert found.spoilers == ("The Pan",)
    assert (found.note, found.disclaimer, found.status, found.warnings) == ("", "Mine.", "", ())
    assert [part.title for part in found.parts] == ["Part One: Down", "Part Two: Up"]
    assert prose.to_markup(found.parts[0].blocks) == (
        "The well was *deep*.\n\nNobody knew how deep.\n\n***\n\nThey dropped a stone."
    )
    assert prose.to_markup(found.parts[1].blocks) == (
        'Rating: that was what the stone said.\n\n"The end," said the well.'
    )


def test_every_byte_of_a_page_of_ours_has_its_kind() -> None:
    data = PAGE.encode()
    found = read(PAGE)
    assert b"Part One: Down\n" in bytes_of(data, found, Kind.FIELDS)
    assert bytes_of(data, found, Kind.FURNITURE).startswith(b"End of Part One\nThe End\nTell the author")
    assert b"Rating: that was" in bytes_of(data, found, Kind.TEXT)
    assert not bytes_of(data, found, Kind.BLANK).strip()
    assert manuscript.account(found.ranges)[Kind.UNCLASSIFIED] == 0


def test_the_seed_page() -> None:
    data = shared("stories/000_86b04798ceb08aa6.txt").read_bytes()
    found = manuscript.read(data)
    assert (found.series, found.title, found.author) == ("Changing Hearts", "Not So Alone", "Ruby")
    assert (found.rating, found.rating_raw) == (Rating.PG_13, "PG-13")
    assert found.description.endswith("sequel to Letting Go.")
    assert found.links == (Link(LinkKind.SEQUEL, "Letting Go"),)
    assert found.spoilers == ("Wild at Heart", "The Initiative")
    assert (found.note, found.disclaimer, found.warnings) == ("", "Joss owns all.", ())
    (part,) = found.parts
    first, *_, last = part.blocks
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)
    assert prose.plain(first).startswith("Willow smiled")
    assert prose.plain(last).endswith('"Not so alone."')
    assert found.scene_breaks == 1


def test_the_seed_page_is_accounted_for_to_the_last_byte() -> None:
    data = shared("stories/000_86b04798ceb08aa6.txt").read_bytes()
    found = manuscript.read(data)
    sizes = manuscript.account(found.ranges)
    assert sum(sizes.values()) == len(data)
    assert sizes[Kind.UNCLASSIFIED] == 0
    told = "".join(prose.plain(block) for block in found.parts[0].blocks if isinstance(block, Paragraph))
    assert re.sub(rb"\s", b"", bytes_of(data, found, Kind.TEXT)).decode() == re.sub(r"\s", "", told)
    furniture = bytes_of(data, found, Kind.FURNITURE).decode()
    assert furniture.startswith("The End\nTell the author")
    assert furniture.endswith("Return to Main |")


def test_a_long_book_is_read_and_cut() -> None:
    data = b"The Adventures -- by Arthur\n\n\n" + shared("stories/holmes/1661.txt").read_bytes()
    found = manuscript.read(data)
    assert sum(manuscript.account(found.ranges).values()) == len(data)
    cut = pages.cut(found.parts)
    assert 150 < len(cut) < 170
    words = sum(prose.words(part.blocks) for part in found.parts)
    assert 105_000 < words < 110_000


@pytest.mark.parametrize(
    ("data", "clause"),
    [
        (b"", "it is empty"),
        (b"The Lamp\0", "it is binary, not text: a NUL byte stands at byte 8"),
        (
            b"Rating: G\n\nOnce there was a lamp.\n",
            "it has no title; begin it with a line such as “Title -- by Author”",
        ),
        (
            b"Once there was a lamp.\n\nIt went out.",
            "it has no title; begin it with a line such as “Title -- by Author”",
        ),
        (b"The Lamp -- by Ann\n\nRating: G\n", "it has no text"),
        (b"The Lamp -- by Ann\n\n***\n\nThe End\n", "it has no text"),
        (b"The Lamp -- by Ann\n\nPart 1\n\nPart 2\n", "it has no text"),
        (b"<!DOCTYPE html>\n<html>", "it is a web page (HTML), and only plain text is read; save it as text"),
    ],
)
def test_what_is_no_story_is_refused_with_its_reason(data: bytes, clause: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        manuscript.read(data)
    assert str(refusal.value) == clause


def test_a_page_with_little_in_it() -> None:
    found = read("The Lamp\n\nIt went out.")
    assert (found.title, found.author, found.series, found.rating) == ("The Lamp", "Anonymous", None, Rating.UNRATED)
    assert found.warnings == ("No author is named; the story is kept as by Anonymous.",)


def test_repairs_guesses_and_leftovers_are_all_told() -> None:
    found = manuscript.read(b"Road - Lamp -- by Ann\r\n\r\nIt went \xf6ut.\r\n\r\nThe End\r\n\r\nA glossary.")
    assert [warning.split(" ")[0] for warning in found.warnings] == ["1", "“Road”", "Line"]
    assert manuscript.account(found.ranges)[Kind.UNCLASSIFIED] == len(b"A glossary.")
    assert "glossary" not in prose.to_markup(found.parts[0].blocks)


def test_to_be_continued_is_the_status_unless_a_field_says_more() -> None:
    assert read("The Lamp -- by Ann\n\nOn.\n\nTo be continued").status == "To be continued"
    assert read("The Lamp -- by Ann\n\nStatus: 1 of 3\n\nOn.\n\nTo be continued").status == "1 of 3"


LINES = st.sampled_from(
    [
        "The Lamp -- by Ann", "Rating: R", "Note:", "Part 1", "Prologue", "The End", "To be continued", "***", "Name:",
        "Email:",
        "| Home | Index |", "Once there was a lamp.", "*It* was _dark_.", "caf\xe9", "", "", "", "  indented",
    ]
)  # fmt: skip
DOCUMENTS = st.one_of(
    st.binary(),
    st.binary().map(lambda data: b"The Lamp -- by Ann\n\nOnce.\n" + data),
    st.lists(LINES).map(lambda lines: "\r\n".join(["The Lamp -- by Ann", *lines]).encode("cp1252")),
    st.lists(LINES).map(lambda lines: "\n".join(["The Lamp -- by Ann", *lines]).encode()),
)


@given(DOCUMENTS)
def test_ranges_tile_any_document(data: bytes) -> None:
    try:
        found = manuscript.read(data)
    except Unreadable:
        return
    assert [each.start for each in found.ranges] == [0, *(each.end for each in found.ranges[:-1])]
    assert found.ranges[-1].end == len(data)
    assert all(one.kind is not other.kind for one, other in zip(found.ranges, found.ranges[1:], strict=False))
    assert sum(manuscript.account(found.ranges).values()) == len(data)


@given(DOCUMENTS)
def test_what_readers_see_is_the_text_and_all_of_it(data: bytes) -> None:
    try:
        found = manuscript.read(data)
    except Unreadable:
        return
    if any("line" in warning for warning in found.warnings):
        return
    told = "".join(prose.plain(block) for part in found.parts for block in part.blocks if isinstance(block, Paragraph))
    written = bytes_of(data, found, Kind.TEXT).decode()
    assert re.sub(r"[\s*_]", "", told) == re.sub(r"[\s*_]", "", written)


@given(DOCUMENTS)
def test_a_part_neither_begins_nor_ends_with_a_scene_break(data: bytes) -> None:
    try:
        found = manuscript.read(data)
    except Unreadable:
        return
    for part in found.parts:
        assert not part.blocks or not isinstance(part.blocks[0], SceneBreak)
        assert not part.blocks or not isinstance(part.blocks[-1], SceneBreak)
        assert prose.normal(part.blocks) == part.blocks
