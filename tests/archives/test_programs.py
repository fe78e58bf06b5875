"""Archives as programs left them: fields, parts and notes come out, and nothing of the program's is a story."""

from pathlib import Path

from bot.domain.documents import Kind
from bot.domain.models import Link, LinkKind, Rating
from tests.archives import pipeline, programs
from tests.archives.pipeline import Archive, Imported
from tests.imports import fill


def read(folder: Path, **pages: str | bytes) -> Archive:
    """By names with a _ for the dot."""
    fill(folder, {name.replace("_", "."): content for name, content in pages.items()})
    return pipeline.read(folder)


def text(found: Imported) -> str:
    return "\n".join(str(part.blocks) for part in found.story.parts)


def titles(found: Imported) -> list[str]:
    return [part.title for part in found.story.parts]


def test_a_digest_in_a_mailbox_is_cut_like_one_in_a_file(tmp_path: Path) -> None:
    found = read(tmp_path, v03_mbox=programs.digest())
    (told,) = found.stories
    assert (told.story.title, told.story.authors, told.story.rating) == ("The Mill", ("Ann Lee",), Rating.PG)
    assert told.paths == ("v03.mbox/1", "v03.mbox/3")
    assert [each.path for each in found.documents if each.path not in told.paths] == ["v03.mbox/2"]
    assert not [word for word in ("list", "In this issue", "End of", "----") if word in text(told)]


def test_a_fetched_book_has_the_rating_and_series_of_its_title_page(tmp_path: Path) -> None:
    (told,) = read(tmp_path, ferry_epub=programs.fetched_book()).stories
    story = told.story
    assert (story.title, story.authors, story.rating_raw, story.rating) == (
        "The Ferry",
        ("Ann Lee",),
        "T",
        Rating.PG_13,
    )
    assert (story.series, story.series_number, story.status) == ("Low Water", "3", "Completed")
    assert (story.description, titles(told)) == ("The ferry is late.", ["1. Low Water", "2. High Water"])
    assert "fic.example" not in f"{story}"


def test_of_a_journal_s_post_the_frame_and_the_answers_are_no_text(tmp_path: Path) -> None:
    (told,) = read(tmp_path, ferry_html=programs.journal()).stories
    story = told.story
    assert (story.title, story.authors, story.rating_raw) == ("The Ferry", ("quayside",), "R")
    assert (story.written, [note.text for note in story.notes]) == ("2005-03-05", [programs.NOTE])
    assert programs.paragraphs("ferry")[-1] in text(told)
    assert not [word for word in ("boats!", "UTC", "Reply", "mood", "music") if word in text(told)]


def test_what_a_download_has_between_its_chapters_is_notes(tmp_path: Path) -> None:
    (told,) = read(tmp_path, weir_html=programs.download()).stories
    story = told.story
    assert (story.title, story.authors, story.rating) == ("The Weir", ("ann", "tam"), Rating.R)
    assert (story.series, story.series_number, story.written) == ("Low Water", "2", "2012-03-04")
    assert (story.description, titles(told)) == ("", ["Chapter 1: Low Water", "Chapter 2: High Water"])
    assert [len(part.blocks) for part in story.parts] == [6, 6]
    assert [note.text for note in story.notes] == [
        "For Pell.",
        "Chapter 1: Low Water – Chapter Summary\nShe goes down.",
        f"Chapter 1: Low Water – Chapter Notes\n{programs.NOTE}",
        "Chapter 1: Low Water – Chapter End Notes\nMore on Sunday.",
        "The ferry is real.",
    ]


def test_a_page_for_the_printer_has_two_chapters_with_their_notes(tmp_path: Path) -> None:
    found = read(tmp_path, weir_html=programs.printed())
    (told,) = found.stories
    story = told.story
    assert (story.title, story.authors, story.series, story.rating_raw) == (
        "The Weir",
        ("Ann Lee",),
        "Low Water",
        "PG-13",
    )
    assert (story.description, story.cautions) == ("Maren looks for what the weir took.", ("Character Death",))
    assert (story.tags, story.status) == (("Maren", "Odo", "Drama", "Mystery"), "Complete")
    assert (story.written, story.disclaimer[:12], story.warnings) == ("2004-03-05", "All publicly", ())
    assert (titles(told), [len(part.blocks) for part in story.parts]) == (["Low Water", "High Water"], [6, 6])
    notes = [note.text for note in story.notes]
    assert notes == ["For the winter exchange.", f"Low Water – Author's Notes: {programs.NOTE}"]
    assert not [each for each in found.documents[0].reading.ranges if each.kind is Kind.UNCLASSIFIED]


def test_an_author_s_home_page_is_structure_and_what_its_host_wrote_is_nothing(tmp_path: Path) -> None:
    fill(tmp_path, programs.home_page())
    found = pipeline.read(tmp_path)
    mill, tide = found.stories
    assert [(each.story.title, each.story.authors) for each in found.stories] == [
        ("The Mill", ("Ann",)),
        ("Tide Tables", ("Ann",)),
    ]
    assert (mill.story.rating_raw, mill.story.description) == ("G", "Tove finds the key.")
    assert (tide.story.rating_raw, tide.paths) == ("PG", ("tide1.htm", "tide2.htm"))
    assert tide.story.links == (Link(LinkKind.SEQUEL, "The Mill"),)
    assert [len(part.blocks) for each in found.stories for part in each.story.parts] == [6, 6, 6]
    assert "example" not in f"{[each.story for each in found.stories]}"
