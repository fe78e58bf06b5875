"""Bylines of links and of chapters, and fields that only programs and songs have."""

import pytest

from bot.domain.documents import Moment, Note
from tests.formats.sheets import TEXT, field, story


def page(body: str) -> str:
    return f"<html><head><title></title></head><body>{body}<p>{TEXT}</p><p>{TEXT}</p></body></html>"


@pytest.mark.parametrize(
    "tune", ['(to the tune of "The Ferryman")', "Sung to the tune of The Ferryman", "TTTO: The Ferryman"]
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_song_names_its_tune_between_title_and_author(tune: str, gap: str) -> None:
    verse = "Oh the lamp it burned at midnight\nAnd the boats came rolling in,\nAnd the keeper counted seven."
    found = story(f"The Keeper's Filk{gap}{tune}{gap}by Ann Lee\n\n{verse}\n\n{verse}\n")
    assert (found.title, found.authors) == ("The Keeper's Filk", ("Ann Lee",))
    assert [note.text for note in found.notes] == [tune]
    assert "tune" not in str(found.parts).lower()


def test_a_tune_in_the_text_is_text() -> None:
    assert "danced" in str(story("The Lamp -- by Ann\n\n\nTo the tune of the bells they danced.\n\nAll night.").parts)


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ('by <a href="a">ann</a>, <a href="t">tam (harbourtam)</a>', ("ann", "tam")),
        (
            'by <a href="a">ann</a>, <a href="t">tam</a>, and <a href="o">J. J. Ossian, Jr.</a>',
            ("ann", "tam", "J. J. Ossian, Jr."),
        ),
        ('by <a href="a">Lee, Ann</a>', ("Lee, Ann",)),
    ],
)
def test_a_comma_between_two_links_parts_two_authors(byline: str, authors: tuple[str, ...]) -> None:
    assert story(page(f"<h1>The Well</h1><p>{byline}</p>")).authors == authors


@pytest.mark.parametrize(("said", "status"), [("Yes", "Complete"), ("no", "In progress")])
def test_completed_or_not_is_a_status_and_no_date(said: str, status: str) -> None:
    found = field(f"Completed: {said}", "Published: 5 March 2004")
    assert (found.status, found.written, found.warnings) == (status, "2004-03-05", ())


def test_a_field_that_says_none_is_no_note() -> None:
    assert field("Challenges: None", "Beta: Tam").notes == (Note(Moment.BEFORE, "Beta: Tam"),)


@pytest.mark.parametrize(
    ("heading", "titles"), [("Table of Contents", ["Low Water", "High Water"]), ("Two places", [""])]
)
def test_two_titles_are_a_list_where_it_is_called_so(heading: str, titles: list[str]) -> None:
    listed = f"{heading}\n\n1. Low Water by Ann\n2. High Water by Ann"
    told = [f"{title} Water by Ann\n\n{TEXT}\n\n{TEXT}" for title in ("Low", "High")]
    found = story("\n\n\n".join(["The Lamp -- by Ann", listed, *told]))
    assert [part.title for part in found.parts] == titles
