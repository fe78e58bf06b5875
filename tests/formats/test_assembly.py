"""This room tests how documents become stories: parts, copies, index pages, what repeats."""

import math
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.documents import DocumentKind, Format, PartLabel, Reading
from bot.formats.assembly import Work, plan, repeated
from bot.formats.likeness import Relation
from bot.formats.summary import Piece, Summary
from tests.formats.summaries import index, label, manuscript, reading, row, story, summarised

EPILOGUE = PartLabel((math.inf, ""), "Epilogue")


def _works(*documents: Summary) -> Sequence[Work]:
    return plan(documents).works


def _paths(work: Work, documents: Sequence[Summary]) -> list[str]:
    paths = {each.piece: each.path for each in documents}
    return [paths[piece] for piece in work.pieces]


def _parts(title: str, *numbers: float, folder: str = "ruby", author: str = "Ruby", **more: object) -> list[Summary]:
    return [
        story(f"{folder}/{title}{number}.txt", title, author, label(number), **more)  # type: ignore[arg-type]
        for number in numbers
    ]


def test_documents_with_titles_of_their_own_are_stories_of_their_own() -> None:
    documents = [story("a.txt", "The Lamp", "Ruby"), story("b.txt", "The Well", "Ruby")]
    assert [_paths(work, documents) for work in _works(*documents)] == [["a.txt"], ["b.txt"]]


def test_parts_stand_in_the_order_of_their_numbers() -> None:
    documents = [*_parts("Lamp", 10, 2, 1, 3, 4, 5, 6, 7, 8, 9), story("ruby/end.txt", "Lamp", "Ruby", EPILOGUE)]
    (work,) = _works(*documents)
    assert _paths(work, documents) == [*(f"ruby/Lamp{number}.txt" for number in range(1, 11)), "ruby/end.txt"]
    assert (work.missing, work.warnings) == ((), ())


def test_missing_parts_are_named() -> None:
    (work,) = _works(*_parts("Lamp", 1, 2, 5))
    assert work.missing == ("3", "4")
    assert work.warnings == ("Parts 3 and 4 are missing.",)


def test_one_part_alone_lacks_the_others() -> None:
    (work,) = _works(story("a.txt", "Lamp", "Ruby", label(2, total=3)))
    assert work.missing == ("1", "3")


def test_the_same_title_by_another_author_is_another_story() -> None:
    assert len(_works(story("a.txt", "Lamp", "Ruby", text="1"), story("b.txt", "Lamp", "Mara", text="2"))) == 2


def test_without_authors_the_folder_keeps_stories_apart() -> None:
    assert len(_works(story("one/a.txt", "Lamp", part=label(1)), story("two/b.txt", "Lamp", part=label(2)))) == 2
    assert len(_works(story("one/a.txt", "Lamp", part=label(1)), story("one/b.txt", "Lamp", part=label(2)))) == 1


def test_a_document_without_a_number_before_part_two_is_the_first() -> None:
    documents = [story("ruby/lamp.txt", "Lamp", "Ruby"), *_parts("Lamp", 2, 3)]
    (work,) = _works(*documents)
    assert _paths(work, documents)[0] == "ruby/lamp.txt"
    assert work.warnings == ("ruby/lamp.txt has no number and was taken for the first part.",)
    assert work.missing == ()


def test_parts_whose_title_is_misspelt_are_joined_and_named() -> None:
    documents = [*_parts("The Long Road Home", 1, 2), *_parts("The Long Raod Home", 3)]
    (work,) = _works(*documents)
    assert len(work.pieces) == 3
    assert "“The Long Raod Home” and was taken for a part of “The Long Road Home”" in work.warnings[0]


def test_numbered_stories_of_like_titles_are_not_joined() -> None:
    documents = [*_parts("The Long Road Home", 1, 2), *_parts("The Long Raod Home", 2, 3)]
    assert len(_works(*documents)) == 2


def test_a_part_that_is_there_twice_is_named_and_kept() -> None:
    twice = story("ruby/Lamp2-new.txt", "Lamp", "Ruby", label(2), text="another second part")
    (work,) = _works(*_parts("Lamp", 1, 2, 3), twice)
    assert len(work.pieces) == 4
    assert work.warnings == (
        "Part 2 is there more than once (ruby/Lamp2-new.txt, ruby/Lamp2.txt); all of them stand in the story.",
    )


def test_a_copy_in_another_folder_is_a_duplicate() -> None:
    documents = [*_parts("Lamp", 1, 2, 3), *_parts("Lamp", 1, 2, 3, folder="mirror")]
    (work,) = _works(*documents)
    assert len(work.pieces) == 3
    assert [(found.path, found.relation) for found in work.duplicates] == [("ruby/Lamp1.txt", Relation.SAME)]
    assert work.warnings == ()


def test_parts_spread_over_folders_are_one_story() -> None:
    documents = [*_parts("Lamp", 1, 2), *_parts("Lamp", 3, 4, folder="new")]
    (work,) = _works(*documents)
    assert len(work.pieces) == 4


def test_a_copy_in_another_format_is_a_duplicate() -> None:
    page = story("ruby/lamp.html", "Lamp", "Ruby", text="one", format=Format.HTML)
    text = story("ruby/lamp.txt", "Lamp", "Ruby", text="one")
    (work,) = _works(text, page)
    assert [found.relation for found in work.duplicates] == [Relation.SAME]


def test_the_copy_with_fewer_repairs_is_shown() -> None:
    damaged = story("a.txt", "Lamp", "Ruby", text="one", repairs=("1 line was read as cp1252.",))
    sound = story("b.txt", "Lamp", "Ruby", text="one")
    (work,) = _works(damaged, sound)
    assert work.pieces == (sound.piece,)
    assert work.duplicates[0].path == "a.txt"


def test_a_whole_and_its_parts_are_one_story() -> None:
    parts = _parts("Lamp", 1, 2)
    text = "".join(f"{each.prints}" for each in parts)
    whole = story("lamp.txt", "Lamp", "Ruby", text=text)
    whole.prints[:] = parts[0].prints + parts[1].prints
    (work,) = _works(*parts, whole)
    assert {found.relation for found in work.duplicates} == {Relation.SAME}


def test_texts_with_less_in_common_are_reported_alone() -> None:
    one, other = story("a.txt", "Lamp", "Ruby", text="one"), story("b.txt", "Lamp", "Ruby", text="two")
    other.prints[:5] = one.prints[:5]
    works = _works(one, other)
    assert len(works) == 2
    assert "50% of the paragraphs of the shorter are common with a.txt; nothing was merged." in works[1].warnings


def test_a_story_under_two_series_is_one() -> None:
    works = _works(story("x/a.txt", "Lamp", "Ruby", text="one"), story("y/a.txt", "Lamp", "R.", text="one"))
    assert len(works) == 1


def test_members_of_a_container_are_one_story_in_its_order() -> None:
    documents = [
        story("box.epub/b.xhtml", "Lamp", "Ruby", text="first"),
        story("box.epub/a.xhtml", "Lamp", "Ruby", text="second"),
    ]
    documents = [replace(each, group="box.epub", order=order) for order, each in enumerate(documents)]
    (work,) = _works(*documents)
    assert _paths(work, documents) == ["box.epub/b.xhtml", "box.epub/a.xhtml"]
    assert (work.missing, work.warnings) == ((), ())


def test_index_pages_are_structure_and_name_authors() -> None:
    documents = [story("lamp.txt", "The Lamp"), story("well.txt", "The Well")]
    page = index("index.html", row("lamp.txt", "The Lamp", authors=("Ruby",), rating_raw="PG"), row("well.txt"))
    found = plan([*documents, page])
    assert found.structure == (page.piece.document,)
    assert found.works[0].joined["authors"].value == ("Ruby",)
    assert found.works[0].joined["rating_raw"].value == ("PG",)
    assert not found.works[1].joined


def test_an_index_that_leads_to_another_copy_speaks_of_the_one_that_is_shown() -> None:
    shown, other = (story(f"{folder}/lamp.txt", "The Lamp", text="one") for folder in ("a", "b"))
    page = index("b/index.html", row("lamp.txt", authors=("Ruby",), rating_raw="R"))
    (work,) = plan([shown, other, page]).works
    assert work.pieces == (shown.piece,)
    assert work.joined["authors"].value == ("Ruby",)
    assert work.joined["rating_raw"].value == ("R",)


def test_title_pages_of_a_container_go_with_its_story() -> None:
    front = summarised(77, "box.epub/title.xhtml", Reading(
        kind=DocumentKind.OTHER, format=Format.HTML, manuscripts=(manuscript("Lamp", rating_raw="R", parts=()),)
    ), group="box.epub")  # fmt: skip
    chapter = replace(story("box.epub/a.xhtml", "Lamp", "Ruby"), group="box.epub", order=1)
    found = plan([*front, chapter])
    assert found.works[0].fronts == (front[0].piece,)
    assert found.works[0].pieces == (chapter.piece,)
    assert found.structure == (77,)


def test_a_part_that_was_saved_twice_is_told_once() -> None:
    again = story("ruby/Lamp2-copy.txt", "Lamp", "Ruby", label(2))
    (work,) = _works(*_parts("Lamp", 1, 2, 3), again)
    assert len(work.pieces) == 3
    assert [(each.path, each.relation) for each in work.duplicates] == [("ruby/Lamp2.txt", Relation.SAME)]
    assert work.warnings == ("ruby/Lamp2.txt is a part that is there already and was left out.",)


def test_an_index_tells_apart_two_authors_of_one_title_in_a_folder() -> None:
    documents = [story("a.txt", "Lamp", text="one"), story("b.txt", "Lamp", text="two")]
    page = index("index.html", row("a.txt", authors=("Ruby",)), row("b.txt", authors=("Mara",)))
    assert len(plan([*documents, page]).works) == 2


def test_a_story_s_own_index_page_gathers_chapters_with_titles_of_their_own() -> None:
    documents = [
        story("lamp/one.html", "The Storm", part=label(1, title="The Storm")),
        story("lamp/two.html", "The Calm", part=label(2, title="The Calm")),
    ]
    page = index("lamp/index.html", row("one.html", part="1"), row("two.html", part="2"), heading="The Lamp")
    work, *others = plan([*documents, page]).works
    assert not others
    assert work.joined["title"].value == ("The Lamp",)


def test_a_section_s_index_page_gathers_nothing() -> None:
    documents = [story("a.txt", "The Lamp", "Ruby"), story("b.txt", "The Well", "Mara")]
    page = index("index.html", row("a.txt"), row("b.txt"), heading="Adventures")
    assert len(plan([*documents, page]).works) == 2


def test_what_leads_to_the_index_page_of_a_story_speaks_of_the_story() -> None:
    documents = _parts("Lamp", 1, 2)
    own = index("ruby/lamp.html", row("Lamp1.txt", part="1"), row("Lamp2.txt", part="2"), heading="Lamp")
    main = index("index.html", row("ruby/lamp.html", "Lamp", rating_raw="R"))
    (work,) = plan([*documents, own, main]).works
    assert work.joined["rating_raw"].value == ("R",)


def test_a_row_that_leads_to_one_part_does_not_rate_the_whole() -> None:
    documents = _parts("Lamp", 1, 2)
    page = index("index.html", row("ruby/Lamp1.txt", "Lamp 1", rating_raw="R"), row("ruby/Lamp2.txt"))
    (work,) = plan([*documents, page]).works
    assert "rating_raw" not in work.joined


def test_rows_that_agree_rate_the_whole() -> None:
    documents = _parts("Lamp", 1, 2)
    page = index("index.html", *(row(each.path, "Lamp", rating_raw="R") for each in documents))
    (work,) = plan([*documents, page]).works
    assert work.joined["rating_raw"].value == ("R",)


def test_another_order_on_the_index_page_is_named() -> None:
    documents = _parts("Lamp", 1, 2)
    page = index("ruby/index.html", row("Lamp2.txt", part="2"), row("Lamp1.txt", part="1"), heading="Lamp")
    (work,) = plan([*documents, page]).works
    assert any("another order" in warning for warning in work.warnings)


def test_lines_that_repeat_over_works_in_a_folder_are_furniture() -> None:
    documents = [story(f"x/{number}.txt", f"Tale {number}", edges=(7, number)) for number in range(3)]
    assert repeated(documents) == {"x": frozenset({7})}


def test_lines_that_repeat_over_parts_of_one_work_are_not() -> None:
    documents = [story(f"x/{number}.txt", "Tale", part=label(number), edges=(7,)) for number in range(3)]
    assert repeated(documents) == {}


def test_other_documents_are_kept_as_structure() -> None:
    page = index("guestbook.html", kind=DocumentKind.OTHER)
    assert plan([page]) == ((), (page.piece.document,))


def test_the_header_of_a_story_s_own_page_is_a_front_of_it() -> None:
    told = manuscript("The Weir", rating_raw="R", parts=())
    page = summarised(
        900,
        "weir/index.html",
        reading(
            told,
            kind=DocumentKind.INDEX,
            entries=(row("w1.html", part="1"), row("w2.html", part="2")),
            heading="The Weir",
        ),
    )
    parts = [story(f"weir/w{n}.html", "The Weir", part=label(n)) for n in (1, 2)]
    (work,) = plan([*page, *parts]).works
    assert work.fronts == (Piece(900, 0),)
    assert work.joined["title"].rules


def test_a_page_of_several_stories_fronts_none_and_names_none() -> None:
    told = manuscript("All of It", rating_raw="R", parts=())
    entries = (row("w1.html", part="1"), row("w2.html", part="2"), row("lamp.html", "The Lamp"))
    page = summarised(901, "index.html", reading(told, kind=DocumentKind.INDEX, entries=entries, heading="All of It"))
    above = index("main.html", row("index.html", "Enter"))
    parts = [story(f"w{n}.html", "The Weir", "Ann", part=label(n)) for n in (1, 2)]
    works = plan([*page, above, *parts, story("lamp.html", "The Lamp", "Ann")]).works
    assert [work.fronts for work in works] == [(), ()]
    assert [work.joined.get("title") for work in works if len(work.pieces) > 1] == [None]


def test_a_row_that_bears_the_story_s_title_speaks_of_all_its_parts() -> None:
    page = index("index.html", row("w1.html", "The Weir", description="Ann leaves."), row("w2.html", "2", part="2"))
    parts = [story(f"w{n}.html", "The Weir", "Ann", part=label(n)) for n in (1, 2)]
    (work,) = plan([page, *parts]).works
    assert work.joined["description"].value == ("Ann leaves.",)
