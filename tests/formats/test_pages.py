"""This room proves that pages are cut as prose and that a reader finds the place again."""

import random
import string
from bisect import bisect_right
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.models import Block, Page, Paragraph, Part, SceneBreak, Span, Style
from bot.formats import markdown, pages, prose
from tests.formats import strategies
from tests.formats.discord_markdown import letters, literal, shown

LIMITS = st.integers(pages.LEAST_LIMIT, 300)


def paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def part(*texts: str) -> Part:
    return Part("", tuple(paragraph(text) for text in texts))


def inked(parts: list[Part]) -> list[tuple[str, str]]:
    return [pair for each in parts for pair in strategies.inked(each.blocks)]


@given(strategies.parts, LIMITS)
def test_pages_joined_give_the_text_back_and_none_is_over_the_limit(parts: list[Part], limit: int) -> None:
    cut = pages.cut(parts, limit)
    assert all(0 < markdown.units(page.text) <= limit for page in cut)
    assert [pair for page in cut for pair in letters(shown(page.text))] == inked(parts)


@given(st.text(alphabet=strategies.SPECIAL, min_size=50, max_size=400), st.sampled_from(Style))
def test_one_long_paragraph_of_nothing_but_marks(text: str, style: Style) -> None:
    parts = [Part("", prose.normal([Paragraph((Span(text, style),))]))]
    cut = pages.cut(parts, pages.LEAST_LIMIT)
    assert all(0 < markdown.units(page.text) <= pages.LEAST_LIMIT for page in cut)
    assert [pair for page in cut for pair in letters(shown(page.text))] == inked(parts)


@given(strategies.prose_parts, LIMITS)
def test_no_cut_is_inside_a_word(parts: list[Part], limit: int) -> None:
    words = [
        word
        for each in parts
        for block in each.blocks
        for word in (["⁂"] if isinstance(block, SceneBreak) else prose.plain(block).split())
    ]
    found = [word for page in pages.cut(parts, limit) for word in "".join(text for text, _ in shown(page.text)).split()]
    assert found == words


@given(strategies.prose_parts, LIMITS)
def test_no_cut_is_inside_an_emphasis(parts: list[Part], limit: int) -> None:
    styled = [
        (span.text, span.style.value)
        for each in parts
        for block in each.blocks
        if isinstance(block, Paragraph)
        for span in block.spans
        if span.style is not Style.PLAIN
    ]
    fits = [markdown.units(text) <= pages.LEAST_LIMIT - 5 for text, _ in styled]
    if all(fits):
        found = [run for page in pages.cut(parts, limit) for run in shown(page.text) if run[1] != "plain"]
        assert found == styled


@given(st.lists(st.integers(50, 400), min_size=1, max_size=12))
def test_a_paragraph_that_fits_is_cut_only_where_a_line_would_stand_alone(sizes: list[int]) -> None:
    texts = [("word. " * size)[:size].strip() for size in sizes]
    cut = pages.cut([part(*texts)], 400)
    assert all(any(text in page.text for page in cut) for text in texts)


@given(strategies.prose_parts, LIMITS)
def test_a_page_knows_where_it_begins(parts: list[Part], limit: int) -> None:
    for page in pages.cut(parts, limit):
        block = parts[page.part].blocks[page.paragraph]
        assert page.anchor == prose.digest(block)
        first = "⁂" if isinstance(block, SceneBreak) else prose.plain(block)
        shown_first = "".join(text for text, _ in shown(page.text.split("\n\n", maxsplit=1)[0])).strip()
        assert shown_first in first


@given(strategies.prose_parts, LIMITS, LIMITS)
def test_a_place_shows_the_same_words_in_pages_of_any_length(parts: list[Part], here: int, there: int) -> None:
    _assert_same_words(parts, here, there)


@given(strategies.parts, LIMITS, LIMITS)
def test_a_place_is_the_same_in_any_length_whatever_is_written(parts: list[Part], here: int, there: int) -> None:
    _assert_same_words(parts, here, there)


@pytest.mark.parametrize("style", Style)
def test_a_place_within_an_emphasis_longer_than_a_page(style: Style) -> None:
    spans = (Span("It began. "), Span("on and on " * 90, style), Span(" and it ended.   So there. " * 30))
    _assert_same_words([Part("", prose.normal([Paragraph(spans)]))], 60, 600)
    _assert_same_words([Part("", prose.normal([Paragraph(spans)]))], 600, 45)


def _assert_same_words(parts: list[Part], here: int, there: int) -> None:
    """The first letter of each page is on the page that its place leads to, counted from the story's beginning."""
    others = pages.cut(parts, there)
    ends = list(accumulate(_inked(page) for page in others))
    read = 0
    for page in pages.cut(parts, here):
        found = max(1, bisect_right(others, page[:3], key=lambda other: other[:3]))
        assert ends[found - 1] > read >= ends[found - 1] - _inked(others[found - 1])
        read += _inked(page)


def _inked(page: Page) -> int:
    return len(letters(shown(page.text)))


def test_each_part_begins_a_page_and_an_empty_one_has_none() -> None:
    cut = pages.cut([part("One."), Part("Nothing", ()), part("Two.", "Three.")])
    assert cut == [
        Page(0, 0, 0, prose.digest(paragraph("One.")), "One."),
        Page(2, 0, 0, prose.digest(paragraph("Two.")), "Two.\n\nThree."),
    ]


def test_pages_are_filled_as_far_as_paragraphs_go() -> None:
    cut = pages.cut([part("a" * 20, "b" * 20, "c" * 20)], 42)
    assert [page.text for page in cut] == ["a" * 20 + "\n\n" + "b" * 20, "c" * 20]
    assert [page.paragraph for page in cut] == [0, 2]


def test_a_long_paragraph_is_cut_after_a_sentence_then_after_a_word() -> None:
    text = "He went down to the harbour. There was no lamp at all on the whole of the long stone quay tonight"
    cut = pages.cut([part(text)], 45)
    assert [page.text for page in cut] == [
        "He went down to the harbour.",
        "There was no lamp at all on the whole",
        "of the long stone quay tonight",
    ]
    assert {(page.part, page.paragraph) for page in cut} == {(0, 0)}


def test_pages_of_a_part_are_of_like_length() -> None:
    cut = pages.cut([part(*(letter * 100 for letter in "abcdef"))], 510)
    assert [len(page.text) for page in cut] == [304, 304]


def test_balance_costs_no_page() -> None:
    sizes = random.Random(7)
    for _ in range(200):
        told = part(*("x" * sizes.randint(1, 400) for _ in range(sizes.randint(1, 30))))
        needed, used = 0, 401
        for block in told.blocks:
            size = markdown.units(markdown.render_block(block))
            needed, used = (needed + 1, size) if used + 2 + size > 400 else (needed, used + 2 + size)
        assert len(pages.cut([told], 400)) == needed


def test_a_line_does_not_stand_alone_on_the_last_page() -> None:
    sentence = "The lamp went out over the harbour. "
    cut = pages.cut([part(sentence * 11, "Gone.")], 400)
    assert len(cut) == 2
    assert len(cut[1].text) > 100
    assert cut[0].text.endswith(".")


def test_a_speech_is_not_cut_where_it_need_not_be() -> None:
    text = "It was dark all along the quay, and cold. “Light the lamp. Light it now. The ship comes in.” Nobody did so."
    cut = pages.cut([part(text * 3)], 120)
    assert all(page.text.count("“") == page.text.count("”") for page in cut)


def test_a_closing_quote_stays_with_its_sentence() -> None:
    text = "“She said that it was dark.” And so it was, all along the quay."
    assert pages.cut([part(text)], 45)[0].text == "“She said that it was dark.”"


def test_a_line_that_a_cut_made_is_no_list() -> None:
    starts: set[str] = set()
    for ahead in range(1, 38):
        text = "x" * ahead + " and it was said there were forty: - or was it 41. nobody knew the number any more"
        cut = pages.cut([part(text)], 60)
        assert all(markdown.units(page.text) <= 60 for page in cut)
        assert " ".join(literal(page.text) for page in cut) == text
        starts |= {page.text.split(" ")[0] for page in cut}
    assert {r"\-", r"41\."} <= starts


@pytest.mark.parametrize("letter", ["a", "*", "_", "&", "\\", "😀", "|", "a_", ":a", "[](", "é"])
def test_an_endless_word_fills_its_pages(letter: str) -> None:
    text = letter * 500
    cut = pages.cut([part(text)], 101)
    assert "".join(run for page in cut for run, _ in shown(page.text)) == text
    assert {style for page in cut for _, style in shown(page.text)} == {"plain"}
    assert all(95 <= markdown.units(page.text) <= 101 for page in cut[:-1])


def test_an_emphasis_longer_than_a_page_is_cut_at_words_and_marked_again() -> None:
    text = "all of this was said very quietly " * 6
    cut = pages.cut([Part("", (Paragraph((Span(text.strip(), Style.ITALIC),)),))], 60)
    assert all(page.text.startswith("*") and page.text.endswith("*") for page in cut)
    assert " ".join(run for page in cut for run, _ in shown(page.text)) == text.strip()


def test_a_limit_too_small_for_a_scene_break_is_refused() -> None:
    with pytest.raises(ValueError, match="give it 40 or more"):
        pages.cut([part("One.")], 39)


def test_the_limit_leaves_room_in_an_embed() -> None:
    assert pages.PAGE_LIMIT == 4000


def unique_parts(seed: int) -> list[Part]:
    chance = random.Random(seed)
    texts = ["".join(chance.choices(string.ascii_lowercase, k=12)) for _ in range(30)]
    return [part(*texts[:12]), Part("", ()), part(*texts[12:])]


@given(st.integers(0, 50), st.integers(0, 2), st.integers(0, 30), st.randoms(use_true_random=False))
def test_a_paragraph_is_found_after_edits_elsewhere(seed: int, number: int, index: int, chance: random.Random) -> None:
    before = unique_parts(seed)
    number, index = pages.locate(before, number, index, "")
    if not before[number].blocks:
        return
    block = before[number].blocks[index]
    after = [Part(each.title, edited(each.blocks, block, chance)) for each in before]
    part_found, index_found = pages.locate(after, number, index, prose.digest(block))
    assert after[part_found].blocks[index_found] == block


def edited(blocks: tuple[Block, ...], kept: Block, chance: random.Random) -> tuple[Block, ...]:
    """Some blocks left out, some added; `kept` is not touched."""
    found: list[Block] = []
    for block in blocks:
        if block == kept or chance.random() > 0.3:
            found.append(block)
        if chance.random() < 0.3:
            found.append(paragraph(f"new {chance.random()}"))
    return tuple(found)


def test_of_equal_paragraphs_the_nearest_is_found() -> None:
    told = [part("yes", "a", "b", "c", "yes", "d", "yes")]
    assert pages.locate(told, 0, 3, prose.digest(paragraph("yes"))) == (0, 4)
    assert pages.locate(told, 0, 1, prose.digest(paragraph("yes"))) == (0, 0)


@pytest.mark.parametrize(("place", "found"), [((0, 1), (0, 1)), ((0, 9), (0, 1)), ((5, 5), (1, 0)), ((1, 0), (1, 0))])
def test_a_place_whose_paragraph_is_gone_is_clipped(place: tuple[int, int], found: tuple[int, int]) -> None:
    assert pages.locate([part("a", "b"), part("c")], *place, "gone") == found


def test_a_place_in_nothing_is_the_beginning() -> None:
    assert pages.locate([], 3, 4, "gone") == (0, 0)
    assert pages.locate([Part("", ())], 0, 4, "gone") == (0, 0)
