"""When two names are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Not So Alone", "not so  alone"),
        ("Café Noir", "CAFE NOIR"),
        ("Don't Look", "Don’t look!"),
        ("Letting Go", "Letting Go."),
        ("Straße", "strasse"),
    ],
)
def test_one_name_in_two_spellings(one: str, other: str) -> None:
    assert names.key(one) == names.key(other)


@pytest.mark.parametrize(("one", "other"), [("Part 1", "Part 2"), ("Hope", "Hopes"), ("???", "!!!"), ("A B", "AB")])
def test_two_names(one: str, other: str) -> None:
    assert names.key(one) != names.key(other)


@pytest.mark.parametrize(
    ("title", "filed"), [("The Lamp", "lamp"), ("A Lamp", "lamp"), ("The", "the"), ("Theory", "theory")]
)
def test_titles_are_filed_without_their_article(title: str, filed: str) -> None:
    assert names.sort_key(title) == filed


@given(st.text(min_size=1).filter(str.strip))
def test_every_name_has_a_key_that_is_its_own(name: str) -> None:
    key = names.key(name)
    assert key
    assert names.key(key) == key
