"""This room tests what makes two texts copies of one."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.models import Paragraph, Part, SceneBreak, Span, Style
from bot.formats.likeness import Relation, prints, relation, share, sketch
from tests.formats.summaries import paragraph, prose


def _prints(*texts: str) -> "array[int]":
    return prints([Part("", tuple(map(paragraph, texts)))])


def test_case_blanks_accents_and_quotes_are_set_aside() -> None:
    assert _prints("“The café’s  light,” said Ruby, went OUT.") == _prints('"The cafe\'s light," said ruby, went out')


def test_markup_and_scene_breaks_are_set_aside() -> None:
    styled = Paragraph((Span("The light went "), Span("out over the sea", Style.ITALIC), Span(".")))
    plain = paragraph("The light went out over the sea.")
    assert prints([Part("", (styled, SceneBreak()))]) == prints([Part("One", (plain,))])


def test_other_scripts_are_told_apart() -> None:
    assert _prints("Свет погас над морем, и всё стихло.") != _prints("Свет погас над рекой, и всё стихло.")


def test_short_paragraphs_do_not_tell_texts_apart() -> None:
    long = "The light went out over the whole of the harbour."
    assert _prints("Yes.", long, "No.") == _prints(long)


def test_a_text_of_short_lines_alone_still_has_prints() -> None:
    assert len(_prints("Yes.", "No.", "Oh?")) == 3


@given(st.text(max_size=60))
def test_any_text_has_the_prints_of_its_capitals(text: str) -> None:
    assert _prints("the same old harbour light " + text.lower()) == _prints(
        "The Same Old Harbour Light " + text.lower()
    )


def test_the_sketch_is_of_the_smallest_whatever_the_order() -> None:
    numbers = list(range(100, 0, -1))
    assert sketch(numbers) == sketch(reversed(numbers)) == tuple(range(1, 17))


def test_share_counts_common_paragraphs_of_both() -> None:
    assert share([1, 2, 3, 4], [3, 4]) == (2, 1.0, 0.5)
    assert share([], [1]) == (0, 0.0, 0.0)


def test_the_same_text_is_the_same() -> None:
    whole = prints([Part("", prose("Lamp"))])
    assert relation(whole, whole[:], same_title=False) is Relation.SAME


def test_nine_of_ten_paragraphs_make_an_edition() -> None:
    whole = list(range(20))
    assert relation(whole, [*range(18), 98, 99], same_title=True) is Relation.EDITION
    assert relation(whole, [*range(17), 97, 98, 99], same_title=True) is None


def test_a_text_that_breaks_off_is_an_edition_under_its_title_alone() -> None:
    whole, half = list(range(20)), list(range(10))
    assert relation(whole, half, same_title=True) is Relation.EDITION
    assert relation(whole, half, same_title=False) is None


def test_nothing_is_like_an_empty_text() -> None:
    assert relation([], [], same_title=True) is None
