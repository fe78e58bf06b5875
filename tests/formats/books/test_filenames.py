"""This room tests the names of files."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.formats.books.binding import Binding
from bot.formats.books.filenames import named
from tests.formats.books import shelf as books


@given(st.text(max_size=300), st.sampled_from(Binding))
@example("../../etc/passwd", Binding.TEXT)
@example("\u202egpj.exe", Binding.EPUB)
@example("COM1", Binding.TEXT)
@example("a" * 59 + " b", Binding.TEXT)
def test_any_title_makes_a_name_that_any_system_takes(title: str, binding: Binding) -> None:
    name = named(books.book(title=title or "x"), binding)
    stem, _, ending = name.rpartition(".")
    assert ending == binding
    assert re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", stem)
    assert stem.lower() not in {"con", "prn", "aux", "nul", "com1", "lpt1"}
    assert len(name) <= 80


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Lamp", "The-Lamp.epub"),
        ("Ruby's Café -- Part 2", "Rubys-Cafe-Part-2.epub"),
        ("nul", "book-nul.epub"),
        ("灯", "book.epub"),
    ],
)
def test_a_title_can_be_read_in_it(title: str, name: str) -> None:
    assert named(books.book(title=title), Binding.EPUB) == name


def test_volumes_are_told_apart() -> None:
    book = replace(books.book(title="Tales"), volume=2, volumes=3)
    assert named(book, Binding.HTML) == "Tales-2-of-3.html"
