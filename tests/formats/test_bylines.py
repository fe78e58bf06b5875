"""Who wrote a story where links name them, and what a song says between its title and its author."""

import pytest

from tests.formats.sheets import TEXT, story


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
