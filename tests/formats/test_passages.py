"""A passage is found as its reader saw it, and nothing is found that is not there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats.markdown import escape
from bot.formats.passages import find, plain

PAGE = "She said \\*no\\*. *The “Lamp”* burnt — **low**,\n\nand nobody’s snake_case came. _Étienne_ ||slept||."


@pytest.mark.parametrize(
    ("passage", "found"),
    [
        ("She said *no*. The", "She said *no*. The"),
        ('the "lamp" BURNT', "The “Lamp” burnt"),
        ("“burnt - low, and nobody's”", "burnt — low, and nobody’s"),
        ("low,  \n and", "low, and"),
        ("snake_case", "snake_case"),
        ("etienne slept", "Étienne slept"),
    ],
)
def test_a_passage_is_found_in_the_pages_own_words(passage: str, found: str) -> None:
    assert find(passage, PAGE) == found


@pytest.mark.parametrize("passage", ["", "  ", '"', "“”", "lamps", "She said **no**", "no The"])
def test_what_is_not_there_is_not_found(passage: str) -> None:
    assert find(passage, PAGE) is None


@pytest.mark.parametrize("letters", ["ﬁ", "ß", "İ"])
def test_letters_that_fold_to_several_keep_their_place(letters: str) -> None:
    page = f"ab {letters} cd"
    assert find(page, page) == page
    assert find("cd", page) == "cd"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Mn", "Mc", "Me"]), max_size=80))
def test_plain_undoes_what_escaping_did(text: str) -> None:
    if not any(mark in text for mark in "*_~|\\"):
        assert plain(escape(text)) == text


@given(st.lists(st.from_regex(r"[a-zA-Z]{1,8}", fullmatch=True), min_size=1, max_size=30), st.data())
def test_any_run_of_words_is_found(words: list[str], data: st.DataObject) -> None:
    begins = data.draw(st.integers(0, len(words) - 1))
    ends = data.draw(st.integers(begins + 1, len(words)))
    run = words[begins:ends]
    found = find("  ".join(run).upper(), " ".join(words))
    assert found is not None
    assert found.casefold() == " ".join(run).casefold()
