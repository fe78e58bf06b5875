"""This room tests how parts and index pages become one manuscript."""

import pytest

from bot.domain.documents import Evidence, Manuscript, Moment, Note, PartLabel
from bot.domain.models import Link, LinkKind, Part, Rating
from bot.formats.assembly import Work
from bot.formats.joining import Joined
from bot.formats.merging import merge, titled
from bot.formats.people import ANONYMOUS, NAMELESS
from bot.formats.summary import Piece
from tests.formats.summaries import label, manuscript, prose


def _work(*labels: PartLabel | None, **fields: object) -> Work:
    pieces = tuple(Piece(number, 0) for number in range(len(labels)))
    return Work(pieces, labels, **fields)  # type: ignore[arg-type]


def _told(value: str, line: int = 5) -> Joined:
    return Joined((value,), Evidence(line, 0.8, "index.html"))


def _titles(story: Manuscript) -> list[str]:
    return [part.title for part in story.parts]


def test_a_story_in_one_document_stays_as_it_is() -> None:
    story = manuscript("Lamp", description="A lamp goes out.")
    assert merge(_work(None), [story]) == story


def test_parts_are_titled_by_number_and_name() -> None:
    stories = [manuscript("Lamp", text=str(number)) for number in range(3)]
    labels = label(1), label(2, title="The Calm"), PartLabel((9.0, ""), "Epilogue")
    assert _titles(merge(_work(*labels), stories)) == ["Part 1", "Part 2: The Calm", "Epilogue"]


def test_a_chapter_that_names_its_number_itself_is_not_numbered_twice() -> None:
    chapter = manuscript("Lamp", parts=(Part("Part 2: The Calm", prose("calm")),))
    assert _titles(merge(_work(label(1), label(2)), [manuscript("Lamp"), chapter]))[1] == "Part 2: The Calm"


def test_a_document_with_parts_of_its_own_brings_them_all() -> None:
    several = manuscript("Lamp", parts=(Part("One", prose("one")), Part("Two", prose("two"))))
    assert _titles(merge(_work(label(1), label(2)), [several, manuscript("Lamp")])) == ["One", "Two", "Part 2"]


def test_one_part_of_several_that_is_alone_says_which_it_is() -> None:
    assert _titles(merge(_work(label(2, total=3)), [manuscript("Lamp")])) == ["Part 2"]


def test_fields_come_from_the_first_part_that_has_them() -> None:
    first = manuscript("Lamp", "Anonymous", status="To be continued")
    second = manuscript(
        "Lamp", "Ruby", description="A lamp.", status="Complete", evidence={"description": Evidence(3, 1.0)}
    )
    whole = merge(_work(label(1), label(2)), [first, second])
    assert (whole.authors, whole.description, whole.status) == (("Ruby",), "A lamp.", "Complete")
    assert whole.evidence["description"] == Evidence(3, 1.0)


def test_lists_are_united_and_nothing_is_doubled() -> None:
    link = Link(LinkKind.SEQUEL, "The Well")
    note = Note(Moment.BEFORE, "Thanks to Jo.")
    first = manuscript("Lamp", tags=("angst",), links=(link,), notes=(note,))
    second = manuscript("Lamp", tags=("angst", "sea"), links=(link,), notes=(note, Note(Moment.AFTER, "Bye.")))
    whole = merge(_work(label(1), label(2)), [first, second])
    assert whole.tags == ("angst", "sea")
    assert whole.links == (link,)
    assert [each.text for each in whole.notes] == ["Thanks to Jo.", "Bye."]


def test_the_strictest_part_rates_the_whole_and_says_so() -> None:
    mild = manuscript("Lamp", rating=Rating.PG, rating_raw="PG")
    strict = manuscript("Lamp", rating=Rating.R, rating_raw="R for this part")
    whole = merge(_work(label(1), label(2), label(3)), [mild, strict, manuscript("Lamp")])
    assert (whole.rating, whole.rating_raw) == (Rating.R, "R for this part")
    assert whole.warnings == ("The parts have different ratings; the strictest, R, was taken.",)


def test_an_index_fills_in_what_is_missing_and_is_named() -> None:
    told = {"authors": Joined(("Ruby", "Jo"), Evidence(5, 0.8, "index.html")), "description": _told("A lamp.")}
    whole = merge(_work(None, joined=told), [manuscript("Lamp", "Anonymous", description="Its own words.")])
    assert whole.authors == ("Ruby", "Jo")
    assert whole.description == "Its own words."
    assert whole.evidence["authors"].path == "index.html"
    assert "description" not in whole.evidence


def test_an_index_rates_a_story_that_does_not_rate_itself() -> None:
    whole = merge(_work(None, joined={"rating_raw": _told("PG-13")}), [manuscript("Lamp")])
    assert (whole.rating, whole.rating_raw) == (Rating.PG_13, "PG-13")


def test_of_two_ratings_the_stricter_counts() -> None:
    own = manuscript("Lamp", rating=Rating.PG, rating_raw="PG")
    stricter = merge(_work(None, joined={"rating_raw": _told("R")}), [own])
    milder = merge(_work(None, joined={"rating_raw": _told("G")}), [own])
    assert (stricter.rating, milder.rating) == (Rating.R, Rating.PG)
    assert stricter.warnings == ("index.html rates the story R; the stricter of the two was taken.",)


def test_a_title_page_adds_its_fields_and_no_text() -> None:
    front = manuscript("Lamp", "Ruby", parts=(), rating=Rating.R, rating_raw="R", status="Complete")
    chapters = [manuscript("Lamp", "Anonymous", text=each, status="") for each in "ab"]
    whole = merge(_work(label(1), label(2)), chapters, [front])
    assert (whole.rating, whole.status, whole.authors) == (Rating.R, "Complete", ("Ruby",))
    assert _titles(whole) == ["Part 1", "Part 2"]


def test_a_part_to_be_continued_says_nothing_of_the_whole() -> None:
    chapters = [manuscript("Lamp", text="a", status="To be continued"), manuscript("Lamp", text="b")]
    assert merge(_work(label(1), label(2)), chapters).status == ""


def test_what_assembly_found_is_told() -> None:
    work = _work(label(1), warnings=("Part 2 is missing.",))
    assert merge(work, [manuscript("Lamp", warnings=("No date.",))]).warnings == ("No date.", "Part 2 is missing.")


def test_a_description_on_an_index_page_tells_of_other_stories_too() -> None:
    told = {"description": _told("Sequel to The Mill. The third in the Low Water series.")}
    story = merge(_work(None, joined=told), [manuscript("Lamp", links=(Link(LinkKind.COMPANION, "The Weir"),))])
    assert story.links == (Link(LinkKind.COMPANION, "The Weir"), Link(LinkKind.SEQUEL, "The Mill"))
    assert (story.series, story.series_number) == ("Low Water", "3")
    assert story.evidence["series"] == Evidence(5, 0.7, "index.html")


@pytest.mark.parametrize("own", ["Salt Road", None])
def test_what_the_story_says_of_its_series_stands(own: str | None) -> None:
    told = {"description": _told("The third in the Low Water series."), "series": _told("Salt Road")}
    story = merge(_work(None, joined=told), [manuscript("Lamp", series=own)])
    assert (story.series, story.series_number) == ("Salt Road", "")


def test_nobody_is_missed_once_an_index_names_the_author() -> None:
    alone = manuscript("The Lamp", ANONYMOUS, warnings=(NAMELESS, "Another."))
    told = {"authors": Joined(("Ann",), Evidence(3, 0.8, "index.html"))}
    merged = merge(Work((Piece(0, 0),), (None,), joined=told), [alone])
    assert (merged.authors, merged.warnings) == (("Ann",), ("Another.",))


def test_nobody_is_missed_where_one_part_names_the_author() -> None:
    parts = [manuscript("The Lamp"), manuscript("The Lamp", ANONYMOUS, warnings=(NAMELESS,))]
    merged = merge(Work((Piece(0, 0), Piece(1, 0)), (label(1), label(2))), parts)
    assert merged.warnings == ()


@pytest.mark.parametrize(("confidence", "rules", "expected"), [
    (0.2, False, "The Lamp"), (0.8, False, "Lamp1"), (0.95, True, "The Lamp"),
])  # fmt: skip
def test_an_index_names_what_was_guessed_or_is_its_own(confidence: float, expected: str, *, rules: bool) -> None:
    alone = manuscript("Lamp1", evidence={"title": Evidence(0, confidence)})
    told = {"title": Joined(("The Lamp",), Evidence(3, 0.8, "index.html"), rules)}
    assert merge(Work((Piece(0, 0),), (None,), joined=told), [alone]).title == expected


@pytest.mark.parametrize(
    ("number", "own", "expected"),
    [
        (1, "Chapter 1", "Chapter 1"),
        (2, "Chapter Two: The Weir", "Chapter Two: The Weir"),
        (2, "Chapter 1", "Part 2: Chapter 1"),
    ],
)
def test_a_part_that_says_its_number_is_not_told_it_twice(number: int, own: str, expected: str) -> None:
    assert titled(label(number), own, alone=False) == expected
