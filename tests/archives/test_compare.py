"""This room proves that what is not exact is seen, in every field."""

from dataclasses import replace

import pytest

from bot.domain.documents import (
    Contact,
    ContactKind,
    DocumentKind,
    Entry,
    Format,
    Kind,
    Manuscript,
    Moment,
    Note,
    PartLabel,
    Range,
    Reading,
)
from bot.domain.models import Link, LinkKind, Paragraph, Part, Rating, SceneBreak, Span, Style
from tests.archives import evidence
from tests.archives.__main__ import read
from tests.archives.compare import judge, kinds, tiles
from tests.archives.matrix import specimen
from tests.archives.quirks import QUIRKS
from tests.archives.tales import numbered
from tests.archives.truth import NOTHING, Chapter, Form, Gap, Mark, Passage, TrueDocument, TrueEntry, italic

DATA = b"The Lamp (2/3)\nRating: PG\n\nIt *went* out.\n***\nNight.\nNote: Thanks."
PIECES = (Passage(Form.PROSE, (f"It {italic('went')} out.",)), Gap(), Passage(Form.PROSE, ("Night.",)))
FIELDS = {
    "title": "The Lamp",
    "rating": Rating.PG,
    "rating_raw": "PG",
    "after": ("Thanks.",),
    "spoilers": ("Weir",),
    "links": (Link(LinkKind.SEQUEL, "Ash"),),
    "status": "To be continued",
}
TRUE = TrueDocument(
    path="lamp2.txt",
    data=DATA,
    fields={**NOTHING, **FIELDS},
    chapters=(Chapter(numbered(2), "", PIECES),),
    number=(2, ""),
    marks=(Mark(0, 3, Kind.FIELDS, "The"), Mark(30, 34, Kind.TEXT, "went")),
    private=("odo@weir.example",),
    doubts=("1/2/99",),
    repaired=True,
)
STORY = Manuscript(
    title="The Lamp",
    authors=(),
    rating=Rating.PG,
    rating_raw="PG",
    spoilers=("Weir",),
    notes=(Note(Moment.AFTER, "Note: Thanks."),),
    links=(Link(LinkKind.SEQUEL, "Ash"),),
    status="TO BE CONTINUED...",
    parts=(
        Part(
            "",
            (
                Paragraph((Span("It "), Span("went", Style.ITALIC), Span(" out."))),
                SceneBreak(),
                Paragraph((Span("Night."),)),
            ),
        ),
    ),
)
READING = Reading(
    kind=DocumentKind.STORY,
    format=Format.TEXT,
    manuscripts=(STORY,),
    part=PartLabel((2, ""), "2", 3),
    ranges=(Range(0, 27, Kind.FIELDS), Range(27, 53, Kind.TEXT), Range(53, len(DATA), Kind.NOTES)),
    contacts=(Contact(ContactKind.MAIL, "odo@weir.example", 1),),
    repairs=("a sentence",),
    warnings=("1/2/99 may be either day.",),
)


def wrong(reading: Reading, document: TrueDocument = TRUE) -> set[str]:
    return {verdict.field for verdict in judge(document, reading) if not verdict.right}


def test_a_true_reading_has_nothing_wrong() -> None:
    assert wrong(READING) == set()


@pytest.mark.parametrize(
    ("field", "value", "seen"),
    [
        ("title", "Lamp", "title"),
        ("authors", ("Odo",), "authors"),
        ("series", "Weir", "series"),
        ("rating", Rating.R, "rating"),
        ("rating_raw", "pg", "rating_raw"),
        ("description", "Rating", "description"),
        ("spoilers", (), "spoilers"),
        ("notes", (), "after"),
        ("notes", (Note(Moment.AFTER, "Thanks. And more."),), "after"),
        ("notes", (*STORY.notes, Note(Moment.BEFORE, "Hm.")), "before"),
        ("links", (), "links"),
        ("status", "Complete", "status"),
        ("title", "odo@weir.example", "private"),
        ("parts", (*STORY.parts, Part("Two", ())), "parts"),
        ("parts", (Part("", (SceneBreak(), *STORY.parts[0].blocks)),), "scenes"),
        ("parts", (Part("", STORY.parts[0].blocks[:2]),), "text"),
        ("parts", (Part("", (Paragraph((Span("It went out."),)), *STORY.parts[0].blocks[1:])),), "emphasis"),
        ("parts", (Part("", (*STORY.parts[0].blocks, Paragraph((Span("\ufffd"),)))),), "no U+FFFD"),
    ],
)
def test_a_field_that_is_not_exact_is_seen(field: str, value: object, seen: str) -> None:
    assert seen in wrong(replace(READING, manuscripts=(replace(STORY, **{field: value}),)))


@pytest.mark.parametrize(
    ("field", "value", "seen"),
    [
        ("kind", DocumentKind.INDEX, "kind"),
        ("manuscripts", (STORY, STORY), "story"),
        ("manuscripts", (), "story"),
        ("part", None, "part"),
        ("ranges", READING.ranges[:2], "accounting"),
        ("ranges", (Range(0, len(DATA), Kind.TEXT),), "kinds"),
        ("contacts", (), "contacts"),
        ("repairs", (), "repairs"),
        ("warnings", (), "warnings"),
    ],
)
def test_what_is_wrong_with_a_document_is_seen(field: str, value: object, seen: str) -> None:
    assert seen in wrong(replace(READING, **{field: value}))


def test_an_index_page_that_becomes_a_story_is_seen() -> None:
    index = TrueDocument(path="index.html", data=DATA, kind=DocumentKind.INDEX, entries=(TrueEntry("a.html", "A"),))
    page = replace(READING, kind=DocumentKind.INDEX, manuscripts=(), entries=(Entry("a.html", "A", 1),))
    assert wrong(page, index) == set()
    assert wrong(READING, index) == {"kind", "no story", "entries"}


def test_ranges_that_overlap_or_leave_a_gap_do_not_tile() -> None:
    assert tiles(b"ab", (Range(0, 1, Kind.TEXT), Range(1, 2, Kind.BLANK))).right
    assert not tiles(b"ab", (Range(0, 2, Kind.TEXT), Range(1, 2, Kind.BLANK))).right
    assert not tiles(b"ab", (Range(1, 2, Kind.BLANK), Range(0, 1, Kind.TEXT))).right
    assert not tiles(b"ab", ()).right


def test_a_mark_beyond_all_ranges_is_wrong() -> None:
    assert not kinds((Mark(5, 6, Kind.TEXT, "a"),), (Range(0, 2, Kind.TEXT),)).right
    assert not kinds((Mark(0, 1, Kind.TEXT, "a"),), ()).right


def test_headings_are_told_with_or_without_their_number() -> None:
    told = (TRUE.chapters[0]._replace(title="The Weir"), TRUE.chapters[0])
    document = replace(TRUE, chapters=told, headings=("Chapter One: The Weir", "Chapter Two:"))
    blocks = STORY.parts[0].blocks
    for titles in (("The Weir", "Chapter Two"), ("Chapter One: The Weir", "Chapter Two")):
        story = replace(STORY, parts=tuple(Part(title, blocks) for title in titles))
        assert "parts" not in wrong(replace(READING, manuscripts=(story,)), document)
    story = replace(STORY, parts=(Part("Weir", blocks), Part("Chapter Two", blocks)))
    assert "parts" in wrong(replace(READING, manuscripts=(story,)), document)


def test_a_line_that_the_value_does_not_stand_on_is_seen() -> None:
    document = specimen(QUIRKS["windows_1252"], 0)[0]
    (story,) = read(document.data, document.path).manuscripts
    assert all(each.right for each in evidence.judge(document, story))
    moved = {name: each._replace(line=each.line + 9) for name, each in story.evidence.items()}
    assert not all(each.right for each in evidence.judge(document, replace(story, evidence=moved)))
