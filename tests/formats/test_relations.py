"""This room proves that only stories are taken for what a story is the sequel of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.models import LinkKind
from bot.formats import relations

NAMED = [
    ("sequel to Letting Go", [("sequel", "Letting Go")]),
    ("A sequel to “Stop, Thief”.", [("sequel", "Stop, Thief")]),
    ('Prequel to "Letting Go"', [("prequel", "Letting Go")]),
    ("a companion piece to *Letting Go*; read it", [("companion", "Letting Go")]),
    ("companion to Letting Go -- and more", [("companion", "Letting Go")]),
    ("sequel to A and a prequel to B", [("sequel", "A"), ("prequel", "B")]),
    ("Sequel to my story, 'Letting Go'", [("sequel", "Letting Go")]),
    ("sequel to: Letting Go\nsequel to Letting Go", [("sequel", "Letting Go")]),
    ("A quiet one, takes place after The Lock-Keeper.", [("follows", "The Lock-Keeper")]),
    ("Set right after Letting Go", [("follows", "Letting Go")]),
    ("This follows “Ash”.", [("follows", "Ash")]),
    ("A continuation of Letting Go", [("follows", "Letting Go")]),
    ("takes place between Ash and Low Water.", [("follows", "Ash"), ("prequel", "Low Water")]),
    ("takes place between “Ebb and Flow” and “Ash”", [("follows", "Ebb and Flow"), ("prequel", "Ash")]),
    ("takes place between Ebb and Flow and Ash", [("follows", "Ebb and Flow and Ash")]),
    ("A quiet hour, set in Nightjar's universe.", [("universe", "Nightjar")]),
    ("Set in the Salt Road universe", [("universe", "Salt Road")]),
    ("sequel to Mr. Moth", [("sequel", "Mr. Moth")]),
]
NOTHING = [
    "no sequel so far",
    "sequel to ...",
    "She follows the ferryman home.",
    "It takes place after dark.",
    "He came after Odo",
    "following them",
    "Takes place after season 4",
    "Marit follows Odo into the long dark cellar under it",
]


@pytest.mark.parametrize(("text", "links"), NAMED)
def test_stories_that_a_description_names(text: str, links: list[tuple[str, str]]) -> None:
    assert relations.find(text) == [(LinkKind(kind), target) for kind, target in links]


@pytest.mark.parametrize("text", NOTHING)
def test_what_names_no_story(text: str) -> None:
    assert relations.find(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The storm again. Third in the Salt Road series.", ("Salt Road", "3")),
        ("the 2nd story in my “Salt Road” cycle", ("Salt Road", "2")),
        ("Part 4 of the Salt Road saga", ("Salt Road", "4")),
        ("book two of the Salt Road trilogy", ("Salt Road", "2")),
        ("the third in line", None),
        ("first in the morning", None),
    ],
)
def test_a_place_in_a_series(text: str, place: tuple[str, str] | None) -> None:
    assert relations.place(text) == place


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Sequel to Letting Go", True),
        ("This is the sequel to Letting Go.", True),
        ("(Third in the Salt Road series)", True),
        ("She had written a sequel to Letting Go, and nobody had read it.", False),
        ("Takes place after Ash.", True),
    ],
)
def test_a_line_that_says_nothing_else(text: str, alone: bool) -> None:
    assert relations.is_relation(text) is alone


@given(st.text(alphabet=st.sampled_from('sequel to between and after "“”Ab.,\n()'), max_size=200))
def test_targets_have_a_letter_and_no_quotation_marks_around_them(text: str) -> None:
    for link in relations.find(text):
        assert link.target == link.target.strip("\"'“”* ")
        assert link.target
