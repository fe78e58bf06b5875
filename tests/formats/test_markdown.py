"""This room proves that what an author wrote is what Discord shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.models import Block, Paragraph, SceneBreak, Span, Style
from bot.formats import markdown
from tests.formats import strategies
from tests.formats.discord_markdown import letters, literal, shown

ESCAPED = {
    "*word* **word**": r"\*word\* \*\*word\*\*",
    "_word_ and __word__": r"\_word\_ and \_\_word\_\_",
    "~~gone~~": r"\~\~gone\~\~",
    "||secret||": r"\|\|secret\|\|",
    "`code`": r"\`code\`",
    "> quoted": r"\> quoted",
    ">>> quoted": r"\>>> quoted",
    "# Heading": r"\# Heading",
    "### Heading": r"\### Heading",
    "-# small": r"\-# small",
    "- item": r"\- item",
    "  - item": r"  \- item",
    "1. item": r"1\. item",
    "one\n12. item": "one\n12\\. item",
    "[text](https://example.org)": r"[text]\(https:\//example.org)",
    "http://example.org": r"http:\//example.org",
    "<https://example.org>": r"\<https:\//example.org>",
    "<@1> <@!1> <@&1> <#1>": r"\<@1> \<@!1> \<@&1> \<#1>",
    "</read:1>": r"\</read:1>",
    "@everyone and @here": r"\@everyone and \@here",
    "<t:1700000000:R>": r"\<t\:1700000000:R>",
    "<a:wave:1>": r"\<a\:wave:1>",
    ":smile:": r"\:smile:",
    r"\o/ C:\*": r"\o/ C:\\\*",
    r"¯\_(ツ)_/¯": r"¯\\\_(ツ)\_/¯",
}
LEFT_ALONE = [
    "snake_case_name",
    "a - b, well-known",
    "1.5 miles, in 1914. She",
    "I <3 you, <<telepathy>>, a < b > c",
    "either | or, ~tilde~",
    "12:30, he said: so",
    "mail me @ home #3",
    "[sic] (really)",
    "//thoughts// and/or",
    r"C:\dir or \o/",
    "#hashtag -dash +plus",
    "Ünïcödé “quotes” — dashes… 😀",
]


@pytest.mark.parametrize(("text", "escaped"), ESCAPED.items())
def test_what_discord_would_take_for_markup_is_neutralised(text: str, escaped: str) -> None:
    assert markdown.escape(text) == escaped
    assert literal(escaped) == text


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_discord_shows_as_it_stands_costs_nothing(text: str) -> None:
    assert markdown.escape(text) == text
    assert literal(text) == text


@pytest.mark.parametrize(
    "text", ["*a*", "||a||", ":a:", "# a", "<@1>", "[a](https://b)", "~~a~~", "`a`", "1. a", "@here"]
)
def test_the_reader_of_these_tests_knows_markup_when_it_sees_it(text: str) -> None:
    assert {style for _, style in shown(text)} != {"plain"}


@given(strategies.marked_text)
def test_any_text_is_shown_as_it_stands(text: str) -> None:
    assert literal(markdown.escape(text)) == text


@given(strategies.marked_text)
def test_escaping_inserts_backslashes_and_nothing_else(text: str) -> None:
    remaining = iter(markdown.escape(text))
    assert all(letter in remaining for letter in text)
    assert len(markdown.escape(text)) - len(text) == markdown.escape(text).count("\\") - text.count("\\")


@given(st.text())
def test_units_are_those_of_utf_16(text: str) -> None:
    assert markdown.units(text) == sum(2 if ord(letter) > 0xFFFF else 1 for letter in text)


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("The Lamp", 8, "The Lamp"),
        ("The Lamplighter's Tale", 12, "The…"),
        ("The Lamplighter", 4, "The…"),
        ("Lamplighter", 5, "Lamp…"),
        ("😀😀😀", 4, "😀…"),
        (r"aaa\*bcd", 5, "aaa…"),
        ("word", 0, ""),
        ("word", 1, "…"),
    ],
)
def test_shortening_stops_at_a_word(text: str, limit: int, short: str) -> None:
    assert markdown.shorten(text, limit) == short


@given(strategies.marked_text, st.integers(0, 30))
def test_shortened_text_keeps_its_limit_and_halves_nothing(text: str, limit: int) -> None:
    whole = markdown.escape(text)
    short = markdown.shorten(whole, limit)
    assert markdown.units(short) <= limit
    short.encode("utf-8")
    if short != whole and limit:
        assert short.endswith("…")
        assert whole.startswith(short[:-1])
        assert not markdown.HALF_ESCAPE.search(short[:-1]) or whole[len(short) - 1 :][:1].isspace()


def rendered(*spans: tuple[str, Style]) -> str:
    return markdown.render([Paragraph(tuple(Span(text, style) for text, style in spans))])


def test_paragraphs_and_scene_breaks_stand_apart() -> None:
    first, second = Paragraph((Span("One."),)), Paragraph((Span("Two."),))
    assert markdown.render([first, SceneBreak(), second]) == f"One.\n\n{markdown.SCENE_BREAK}\n\nTwo."
    assert markdown.SCENE_BREAK.strip("\N{EM SPACE}") == "⁂"


def test_a_style_gives_up_the_spaces_at_its_edges() -> None:
    assert rendered(("He was ", Style.PLAIN), (" very ", Style.ITALIC), ("late", Style.PLAIN)) == "He was  *very* late"


def test_italics_beside_bold_do_not_collapse() -> None:
    assert rendered(("a", Style.ITALIC), ("b", Style.BOLD)) == "_a_**b**"
    assert rendered(("a", Style.BOLD), ("b_c", Style.ITALIC)) == r"**a**_b\_c_"


def test_an_underscore_keeps_no_shortcode_apart() -> None:
    assert rendered((":", Style.PLAIN), ("a:", Style.ITALIC), ("b", Style.BOLD)) == r":_a\:_**b**"


def test_what_no_mark_can_set_is_set_plain() -> None:
    assert rendered(("a", Style.BOLD), ("b", Style.ITALIC), ("c", Style.PLAIN)) == "**a**bc"
    assert rendered(("a", Style.BOLD), (":", Style.ITALIC), ("0:", Style.PLAIN)) == r"**a**\:0:"


def test_a_harmless_underscore_is_escaped_where_marks_may_stand_on_the_page() -> None:
    assert rendered(("snake_case \\o/", Style.PLAIN)) == r"snake\_case \\o/"


def test_each_line_of_a_verse_is_marked_by_itself() -> None:
    assert rendered(("one\ntwo", Style.ITALIC)) == "*one*\n*two*"


@given(strategies.tidy_blocks)
def test_any_blocks_are_shown_letter_for_letter_in_their_style(blocks: tuple[Block, ...]) -> None:
    assert letters(shown(markdown.render(blocks))) == strategies.inked(blocks)
