"""This room proves that paragraphs, scene breaks and emphasis come out as the author set them."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.documents import Line, Run
from bot.domain.models import Block, Paragraph, SceneBreak, Span, Style
from bot.formats import prose
from bot.formats.rules import is_rule
from tests.formats import strategies
from tests.shared import shared

RULES = [
    "***",
    "* * * * *",
    "*",
    "---",
    "- - - - -",
    "_____________",
    "~*~",
    "~~~~~",
    "=-=-=",
    "###",
    "+++",
    "<><><>",
    "-o-",
    "-XXX-",
    "oOo",
    "~*~*~*~ ~*~*~*~",
    "====================",
    "   * * *   ",
    "•",
    "⁂",
    "*" * 500,
]
NO_RULES = [
    "...",
    "…",
    "--",
    "—",
    ">>>>",
    "?",
    '"..."',
    ":-)",
    "<3",
    "xxx",
    "XOXO",
    "- Hello",
    "* item",
    "1.",
    "||",
    "||||",
    "",
]


def lines(texts: Iterable[str]) -> list[Line]:
    return [Line(text, 0, 0) for text in texts]


def told(text: str) -> list[str]:
    """Paragraphs as plain text, a scene break as ⁂."""
    blocks = prose.read(lines(text.split("\n")))
    return ["⁂" if isinstance(block, SceneBreak) else prose.plain(block) for block in blocks]


@pytest.mark.parametrize("line", RULES)
def test_a_row_of_ornaments_is_a_scene_break(line: str) -> None:
    assert told(f"One.\n\n{line}\n\nTwo.") == ["One.", "⁂", "Two."]


@pytest.mark.parametrize("line", NO_RULES)
def test_a_line_that_only_looks_odd_is_text(line: str) -> None:
    assert not is_rule(line)


def test_the_wider_gap_is_the_scene_break() -> None:
    assert told("One.\n\nTwo.\n\n\nThree.\n\nFour.") == ["One.", "Two.", "⁂", "Three.", "Four."]


def test_a_gap_that_everything_has_is_no_scene_break() -> None:
    assert told("One.\n\n\nTwo.\n\n\nThree.\n\n\n\n\nFour.") == ["One.", "Two.", "Three.", "⁂", "Four."]


def test_a_gap_around_an_ornament_is_not_counted_twice() -> None:
    assert told("One.\n\nTwo.\n\n\n***\n\n\nThree.\n***\nFour.") == ["One.", "Two.", "⁂", "Three.", "⁂", "Four."]


def test_ornaments_at_either_end_part_nothing() -> None:
    assert told("***\n\nOne.\n\n* * *\n\n***\n\nTwo.\n\n***") == ["One.", "⁂", "Two."]


def test_without_blank_lines_each_line_is_a_paragraph() -> None:
    assert told("One.\nTwo.\nThree.") == ["One.", "Two.", "Three."]


def test_one_paragraph_a_line_where_blank_lines_are_rare_scene_breaks() -> None:
    scene = "\n".join(["A line as long as a paragraph is, and longer than any column. " * 2] * 8)
    assert told(f"{scene}\n\n{scene}").count("⁂") == 1


def test_indents_part_paragraphs_and_then_a_blank_line_is_a_scene_break() -> None:
    scene = "\n".join(
        ["    The lamp went out at nine, as it did on every night that the", "wind came over the hill."] * 5
    )
    paragraph = "The lamp went out at nine, as it did on every night that the wind came over the hill."
    assert told(f"{scene}\n\n{scene}") == [paragraph] * 5 + ["⁂"] + [paragraph] * 5


def test_one_scene_break_among_a_few_indented_paragraphs_is_one() -> None:
    long = ["    The lamp went out at nine, as it did on every night that the", "wind came over the hill."]
    said = '    "And who," she said, "is to light it again?"'
    told_of = told("\n".join([*long * 4, "", *long, said, *long, said]))
    assert (len(told_of), told_of.index("⁂")) == (9, 4)


WRAPPED = """\
The keeper of the lamp had not slept for three nights, and on the
fourth he sat down on the stair, put his back against the wall, and
let the wick burn as it would.

"You might have called," she said. It was not the sort of thing that
anyone said to him.

Over the water, over the stone,
nobody walks the night alone,
  lamp at the window, lamp at the door,
nobody walks it any more.

He hummed it all the way down to the harbour, which was further than
he
remembered, and further than he liked, being by then a man who liked
things
near."""


def test_hard_wrapped_lines_flow_and_verse_does_not() -> None:
    first, second, verse, last = told(WRAPPED)
    assert "\n" not in first + second + last
    assert second.endswith("the sort of thing that anyone said to him.")
    assert verse.split("\n")[2] == "  lamp at the window, lamp at the door,"
    assert "further than he remembered, and further than he liked, being by then a man who liked things near." in last


def test_a_salutation_keeps_its_line_in_a_wrapped_letter() -> None:
    letter = (
        f"{WRAPPED}\n\nDear Sir,\nI have the honour to inform you that the lamp is out, and that it\nwas out all night."
    )
    assert told(letter)[-1].startswith(
        "Dear Sir,\nI have the honour to inform you that the lamp is out, and that it was"
    )


def test_lines_of_an_unwrapped_text_stay_as_broken() -> None:
    long = "A paragraph that goes on in one line, far beyond where any mailer would have broken it. " * 3
    assert told(f"{long}\n\nTo Ann,\nwith love\n\n{long}")[1] == "To Ann,\nwith love"


def test_quoted_mail_keeps_its_lines() -> None:
    quoted = "> The lamp was out all night and nobody in the whole town saw it\n> go, or said so."
    assert told(f"{WRAPPED}\n\n{quoted}")[-1] == quoted


LINES = [
    "The keeper of the lamp had not slept for three nights, and on the",
    "fourth he sat down on the stair, put his back against the wall, and",
    "let the wick burn as it would, until the morning came over the sea.",
    "Nobody had told him that the ship was late, or that it would not be",
    "seen again.",
]


def test_a_blank_line_after_every_line_says_nothing() -> None:
    paragraph = "\n\n".join(LINES)
    assert told(f"{paragraph}\n\n\n\n{paragraph}\n\n\n\n{paragraph}") == [" ".join(LINES)] * 3


def test_lines_all_apart_end_a_paragraph_where_one_is_short() -> None:
    assert told("\n\n".join(LINES * 3)) == [" ".join(LINES)] * 3


def test_lines_all_apart_may_begin_a_paragraph_with_an_indent() -> None:
    indented = ["    " + LINES[0], *LINES[1:]]
    assert told("\n\n".join(indented * 6)) == [" ".join(LINES)] * 6


def test_short_paragraphs_all_apart_are_paragraphs() -> None:
    assert told("\n\n".join(['"No," she said.', '"Yes," said he, who had no mind to go out so late.'] * 9)) == [
        '"No," she said.', '"Yes," said he, who had no mind to go out so late.',
    ] * 9  # fmt: skip


def test_a_script_keeps_its_speakers_apart() -> None:
    script = "ANN: It went out at nine, and nobody was there to see it or to light it\nagain.\nTHE KEEPER: So it did."
    assert told(f"{WRAPPED}\n\n{script}")[-1].split("\n") == [
        "ANN: It went out at nine, and nobody was there to see it or to light it again.", "THE KEEPER: So it did.",
    ]  # fmt: skip


def test_verse_with_long_lines_stands() -> None:
    verse = (
        "Over the water and over the stone and away,\nNobody walks in the night on his own, but the lamp\n"
        "Stands at the window and burns at the door of the day,\nNobody walks any more."
    )
    assert told(f"{WRAPPED}\n\n{verse}")[-1] == verse


@pytest.mark.parametrize(
    "drawing",
    [
        "   __|__\n  \\_____/\n ~~~~~~~~~~~",
        "  /\\_/\\\n ( o.o )\n  > ^ <",
        "+---+\n|   |\n+---+\n=====",
        "   ^^^^^^\n  <(o.o)>\n ----------",
    ],
)
def test_a_drawing_keeps_its_lines_and_its_margin(drawing: str) -> None:
    least = min(len(line) - len(line.lstrip()) for line in drawing.split("\n"))
    assert told(f"{WRAPPED}\n\n{drawing}\n\nSo it stood.")[-2:] == [
        "\n".join(line[least:] for line in drawing.split("\n")), "So it stood.",
    ]  # fmt: skip


def test_what_a_document_sets_in_a_style_flows_with_its_lines() -> None:
    texts = [
        ("The keeper of the lamp had not slept for three nights, and on the", [Run(55, 65, Style.ITALIC)]),
        ("fourth he sat down on the stair, put his back against the wall, and", [Run(0, 6, Style.ITALIC)]),
        ("  let the wick *burn* as it would, until the sun came over the hill.", [Run(2, 5, Style.BOLD)]),
        ("So.", [Run(0, 2, Style.BOLD)]),
    ]
    (paragraph,) = prose.read([Line(text, 0, 0, runs=tuple(runs)) for text, runs in texts])
    assert isinstance(paragraph, Paragraph)
    assert [(span.text, span.style) for span in paragraph.spans if span.style is not Style.PLAIN] == [
        ("and on the fourth", Style.ITALIC), ("let", Style.BOLD), ("burn", Style.ITALIC),
        ("So", Style.BOLD),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "run"),
    [("so /very/ late", "very"), ("/Now/, she", "Now"), ("“/So it is/”", "So it is"), ("(/so/)", "so")],
)
def test_slashes_mark_emphasis_where_they_plainly_do(text: str, run: str) -> None:
    assert [span.text for span in prose.spans(text) if span.style is Style.ITALIC] == [run]


@pytest.mark.parametrize(
    "text",
    [
        "and/or", "his/her/its", "9/11/01", "//thoughts//", "<<telepathy>>", "one / two / three", "/srv/ann/x",
        "http://x/a/b", "</i>", "1/2 /3/ 4", "w/o a word w/ you",
    ],
)  # fmt: skip
def test_slashes_and_brackets_that_mark_nothing_stay(text: str) -> None:
    assert prose.spans(text) == (Span(text),)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("*Now*, she", [("Now", Style.ITALIC), (", she", Style.PLAIN)]),
        ("so _very_ late", [("so ", Style.PLAIN), ("very", Style.ITALIC), (" late", Style.PLAIN)]),
        ("**Stop**", [("Stop", Style.BOLD)]),
        ("***Stop***", [("Stop", Style.BOLD)]),
        ("“*Now* and *then*”", [("“", 0), ("Now", 1), (" and ", 0), ("then", 1), ("”", 0)]),
        ("*one\ntwo*", [("one\ntwo", Style.ITALIC)]),
        ("_snake_case_", [("_snake_case_", Style.PLAIN)]),
        ("snake_case and camel_case", [("snake_case and camel_case", Style.PLAIN)]),
        ("2*3*4", [("2*3*4", Style.PLAIN)]),
        ("a * b * c", [("a * b * c", Style.PLAIN)]),
        ("a footnote* here", [("a footnote* here", Style.PLAIN)]),
        ("*never closed", [("*never closed", Style.PLAIN)]),
        ("* not* this *", [("* not* this *", Style.PLAIN)]),
        ("****", [("****", Style.PLAIN)]),
    ],
)
def test_emphasis_stands_at_word_boundaries(text: str, spans: list[tuple[str, Style | int]]) -> None:
    styles = {0: Style.PLAIN, 1: Style.ITALIC}
    assert prose.spans(text) == tuple(
        Span(run, style if isinstance(style, Style) else styles[style]) for run, style in spans
    )


@given(strategies.marked_text)
def test_no_letter_is_lost_to_emphasis(text: str) -> None:
    kept = iter(text)
    assert all(letter in kept for letter in prose.plain(Paragraph(prose.spans(text))))
    assert set(text) - set(prose.plain(Paragraph(prose.spans(text)))) <= {"*", "_", "/"}


@pytest.mark.parametrize(
    ("blocks", "markup"),
    [
        ([Paragraph((Span("a"),)), SceneBreak(), Paragraph((Span("b"),))], "a\n\n***\n\nb"),
        ([Paragraph((Span("a"), Span("b", Style.ITALIC), Span("c", Style.BOLD)))], "a*b***c**"),
        ([Paragraph((Span("c", Style.BOLD), Span("b", Style.ITALIC)))], "**c***b*"),
        ([Paragraph((Span("***"),))], r"\*\*\*"),
        ([Paragraph((Span("a\\*_"),))], r"a\\\*_"),
    ],
)
def test_markup_is_what_it_is_documented_to_be(blocks: list[Block], markup: str) -> None:
    assert prose.to_markup(blocks) == markup
    assert list(prose.from_markup(markup)) == blocks


@given(strategies.blocks)
def test_markup_gives_back_exactly_what_it_was_made_of(blocks: tuple[Block, ...]) -> None:
    tidy = prose.normal(blocks)
    assert prose.normal(tidy) == tidy
    assert prose.from_markup(prose.to_markup(blocks)) == tidy
    assert prose.from_markup(prose.to_markup(tidy)) == tidy


@given(strategies.blocks)
def test_the_normal_form_is_what_it_is_documented_to_be(blocks: tuple[Block, ...]) -> None:
    for block in prose.normal(blocks):
        if isinstance(block, Paragraph):
            text = prose.plain(block)
            assert text.strip()
            assert "\n\n" not in text
            assert text == text.strip("\n")
            assert all(span.text for span in block.spans)
            assert all(one.style is not other.style for one, other in zip(block.spans, block.spans[1:], strict=False))


@given(strategies.marked_text)
def test_markup_that_a_person_wrote_is_read_as_well_as_can_be(markup: str) -> None:
    blocks = prose.from_markup(markup)
    assert prose.from_markup(prose.to_markup(blocks)) == blocks


@given(st.lists(strategies.marked_text))
def test_read_gives_blocks_in_normal_form(texts: list[str]) -> None:
    blocks = prose.read(lines(text.replace("\n", " ") for text in texts))
    assert prose.normal(blocks) == blocks


def test_words_are_counted_in_paragraphs_alone() -> None:
    assert prose.words(prose.read(lines(["One two-three,", "", "***", "", "*four* fi*v*e."]))) == 4


def test_a_digest_forgets_white_space_and_style_and_nothing_else() -> None:
    one = Paragraph((Span("The  lamp\nwent "), Span("out", Style.ITALIC)))
    assert prose.digest(one) == prose.digest(Paragraph((Span("The lamp went out"),)))
    assert prose.digest(one) != prose.digest(Paragraph((Span("The lamp went on"),)))
    assert len(prose.digest(SceneBreak())) == 16


def test_the_seed_page_has_one_scene_break() -> None:
    text = shared("stories/000_86b04798ceb08aa6.txt").read_text()
    body = text[text.index("Willow smiled") : text.index("The End")]
    assert told(body).count("⁂") == 1
