"""Excerpts: one line, what was looked for in bold, and nothing of the story's own marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.search import BEGIN, END
from bot.formats.highlights import highlighted
from bot.formats.markdown import units


@pytest.mark.parametrize(
    ("excerpt", "shown"),
    [
        (f"the {BEGIN}lamp{END} was lit", "the **lamp** was lit"),
        (f"*the {BEGIN}lamp{END}* was\n\n***\n\nlit", "the **lamp** was lit"),
        (f"a \\* {BEGIN}lamp{END} _x_", "a \\* **lamp** \\_x\\_"),
        (f"{BEGIN}one{END} {BEGIN}two{END}", "**one** **two**"),
        (f"stray {END} and {BEGIN} marks", "stray and marks"),
        ("# nothing", "\\# nothing"),
        ("", ""),
    ],
)
def test_excerpts(excerpt: str, shown: str) -> None:
    assert " ".join(highlighted(excerpt, 100).split()) == shown


def test_one_that_is_cut_inside_a_hit_is_bold_to_its_end() -> None:
    assert highlighted(f"a {BEGIN}{'long ' * 30}{END}", 30) == "a **long long long long long…**"


@given(st.text(alphabet=st.sampled_from(["a", " ", "*", "\\", "\n", BEGIN, END, "_", "|", "😀"]), max_size=80))
def test_it_is_one_short_line_whatever_is_in_it(excerpt: str) -> None:
    shown = highlighted(excerpt, 40)
    assert "\n" not in shown
    assert BEGIN not in shown
    assert END not in shown
    assert units(shown) <= 40 + 4 * (excerpt.count(BEGIN) + 1)
