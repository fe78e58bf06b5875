"""Rows that draw a scene break, and what only looks like one."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.formats.rules import LETTER_RULES, LONGEST_RULE, RULE_STARTS, STRONG, WEAK, is_rule, suspects

DRAWN = [
    "***",
    "* * *",
    "   * * *   ",
    "*",
    "#",
    "~",
    "###",
    "~*~",
    "~*~*~*~",
    "•••",
    "⁂",
    "§",
    "---",
    "- - -",
    "_____",
    "=====",
    "<><><>",
    "-o-",
    "-oOo-",
    "<x>",
    "--- * ---",
    "oOo",
    "o0o",
]
SAID = [
    "",
    "   ",
    "-",
    "--",
    "– he said",
    "* a footnote",
    "# a heading",
    "*all in italics*",
    "_and this_",
    "oO",
    "o",
    "xxx",
    "O, the lamp!",
    "1 * 2 * 3",
    "...",
    ">>> quoted",
    "@home",
    "=== The Lamp ===",
]
ROWS = st.text(st.sampled_from(STRONG + WEAK + " .:>oOx0"), max_size=40)


@pytest.mark.parametrize("row", DRAWN)
def test_rows_that_draw_a_break(row: str) -> None:
    assert is_rule(row)
    assert is_rule(f"\t{row}  "), "where it stands in its line plays no part"


@pytest.mark.parametrize("row", SAID)
def test_what_is_said_draws_none(row: str) -> None:
    assert not is_rule(row)


@given(st.lists(st.one_of(ROWS, st.text(max_size=20), st.sampled_from([*DRAWN, *SAID])), max_size=30))
@example(["\u2003***", "\u00a0", "The lamp.", "oOo"])
def test_the_quick_look_misses_neither_a_rule_nor_a_blank(rows: list[str]) -> None:
    found = set(suspects(rows))
    assert {index for index, row in enumerate(rows) if is_rule(row) or not row.strip()} <= found


def test_the_quick_look_passes_prose_by() -> None:
    assert suspects(["The lamp went out.", "It was closed.", "So it goes."]) == []


@given(st.sampled_from(sorted(RULE_STARTS)))
def test_a_row_however_long_is_one(sign: str) -> None:
    assert is_rule(sign * (LONGEST_RULE + 1))
    assert not is_rule(sign * LONGEST_RULE + " lamp")


def test_letters_that_draw_a_break_are_short() -> None:
    assert all(map(is_rule, LETTER_RULES))
    assert suspects(sorted(LETTER_RULES)) == list(range(len(LETTER_RULES)))


@given(ROWS)
def test_blanks_around_a_row_change_nothing(row: str) -> None:
    assert is_rule(row) == is_rule(f" \t{row}\u00a0 ")


@given(st.text(st.characters(categories=["L", "N"]), min_size=6))
def test_words_and_numbers_draw_none(word: str) -> None:
    assert not is_rule(word)
    assert not is_rule(f"{word} {word}")
    assert suspects([word]) == []
