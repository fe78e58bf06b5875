"""This room proves that bylines give authors and nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats import people

AUTHORS = [
    ("Ann", ("Ann",)),
    ("by Ann", ("Ann",)),
    ("By: Ann", ("Ann",)),
    ("written by Ann", ("Ann",)),
    ("a story by Ann", ("Ann",)),
    ("Ann <ann@example.org>", ("Ann",)),
    ("Ann (ann@example.org)", ("Ann",)),
    ("Ann - ann@example.org", ("Ann",)),
    ("<ann@example.org>", ()),
    ("Ann http://www.example.org/~ann", ("Ann",)),
    ("Ruth Kessler & Tam Okafor", ("Ruth Kessler", "Tam Okafor")),
    ("Ruth Kessler and Tam Okafor", ("Ruth Kessler", "Tam Okafor")),
    ("Ann, Bob and Cy", ("Ann", "Bob", "Cy")),
    ("Ann; Bob", ("Ann", "Bob")),
    ("Ruth Kessler, Tam Okafor", ("Ruth Kessler", "Tam Okafor")),
    ("Kessler, Ruth", ("Kessler, Ruth",)),
    ("Tam Okafor, Jr.", ("Tam Okafor, Jr.",)),
    ("Anderson Sandhu", ("Anderson Sandhu",)),
    ("S. L. Whitlow", ("S. L. Whitlow",)),
    ("Mary-Ann O'Dell", ("Mary-Ann O'Dell",)),
    ("*Ann*", ("Ann",)),
    ("“Ann”", ("Ann",)),
    ("Ann & Ann", ("Ann",)),
    ("Anonymous", ("Anonymous",)),
    ("-", ()),
    ("unknown", ()),
    ("n/a", ()),
    ("", ()),
    ("?", ()),
]


@pytest.mark.parametrize(("raw", "authors"), AUTHORS)
def test_who_wrote_it(raw: str, authors: tuple[str, ...]) -> None:
    assert people.read(raw).authors == authors


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        ("Ann, posted by Bob", "Posted by Bob"),
        ("Ann (posted by Bob)", "Posted by Bob"),
        ("written by Ann, archived by Bob", "Archived by Bob"),
        ("Ann with help from Bob", "With help from Bob"),
        ("Ann, with thanks to Bob", "With thanks to Bob"),
        ("Ann, beta'd by Bob", "Beta'd by Bob"),
        ("Ann, translated by Bob", "Translated by Bob"),
    ],
)
def test_who_stands_beside_the_author_is_a_note(raw: str, note: str) -> None:
    found = people.read(raw)
    assert (found.authors, found.notes) == (("Ann",), (note,))


@pytest.mark.parametrize(
    ("raw", "alias"),
    [("kestrel (Ann Smith)", "Ann Smith"), ("kestrel aka Nightjar", "Nightjar"), ("kestrel (a.k.a. Jo)", "Jo")],
)
def test_another_name_is_for_moderators(raw: str, alias: str) -> None:
    found = people.read(raw)
    assert (found.authors, found.aliases) == (("kestrel",), (alias,))


def test_junior_is_nobody_else() -> None:
    assert people.read("J. J. Ossian, Jr. <ossian@example.org>", listed=True).authors == ("J. J. Ossian, Jr.",)


def test_a_list_with_commas_is_one_only_where_that_is_known() -> None:
    assert people.read("Ann, Bob").authors == ("Ann, Bob",)
    assert people.read("Ann, Bob", listed=True).authors == ("Ann", "Bob")


@given(st.text())
def test_every_author_has_a_letter_and_no_address(raw: str) -> None:
    for name in people.read(raw).authors:
        assert any(map(str.isalnum, name))
        assert name == name.strip()


@given(st.text(alphabet="ab@. ,&()<>", max_size=60))
def test_an_address_is_never_a_name(raw: str) -> None:
    assert not any("a@b.ab" in name for name in people.read(f"{raw} <a@b.ab>").authors)
