"""This room draws random texts, blocks and parts."""

from collections.abc import Iterable, Iterator

from hypothesis import strategies as st

from bot.domain.models import Block, Paragraph, Part, SceneBreak, Span, Style
from bot.formats.prose import normal

SPECIAL = "\\*_~|`<>@#:/[]()-+.!1a b\n"
marked_text = st.one_of(
    st.text(alphabet=st.sampled_from(SPECIAL), max_size=40),
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                "*",
                "**",
                "_",
                "snake_case",
                "||",
                "~~",
                "http://",
                "<@1>",
                ":smile:",
                "@everyone",
                "- ",
                "1. ",
                "😀",
                " ",
                "\n",
                "x",
            ]
        ),
        max_size=12,
    ).map("".join),
)
spans = st.lists(st.builds(Span, marked_text, st.sampled_from(Style)), max_size=6).map(tuple)
blocks = st.lists(st.one_of(st.builds(Paragraph, spans), st.just(SceneBreak())), max_size=6).map(tuple)
tidy_blocks = blocks.map(normal)
parts = st.lists(st.builds(Part, st.just(""), tidy_blocks), max_size=3)

word = st.text(alphabet="abcdéß😀'", min_size=1, max_size=9)
words = st.lists(word, min_size=1, max_size=30).map(" ".join)
sentence = st.tuples(words, st.sampled_from([".", "!", "?”", ",", ""])).map("".join)
emphasis = st.lists(word, min_size=1, max_size=3).map(" ".join)
piece = st.one_of(
    sentence.map(Span), st.builds(Span, emphasis, st.just(Style.ITALIC)), st.builds(Span, emphasis, st.just(Style.BOLD))
)


def _spaced(pieces: list[Span]) -> Paragraph:
    """Pieces with a plain space between them, as an author sets emphasis."""
    return Paragraph(tuple(span for each in pieces for span in (each, Span(" ")))[:-1])


prose_paragraph = st.lists(piece, min_size=1, max_size=8).map(_spaced)
prose_parts = st.lists(
    st.builds(
        Part,
        st.just(""),
        st.lists(st.one_of(prose_paragraph, prose_paragraph, st.just(SceneBreak())), min_size=1, max_size=8).map(
            normal
        ),
    ),
    min_size=1,
    max_size=3,
)


def inked(found: Iterable[Block]) -> list[tuple[str, str]]:
    """The letters a reader must see, each with its style."""
    return [
        (letter, style)
        for block in found
        for text, style in ([("⁂", "plain")] if isinstance(block, SceneBreak) else _runs(block))
        for letter in text
        if not letter.isspace()
    ]


def _runs(paragraph: Paragraph) -> Iterator[tuple[str, str]]:
    """Italics that no mark can set (bold ahead of them, a letter behind) are plain."""
    spans = (Span(""), *paragraph.spans, Span(""))
    for before, span, after in zip(spans, paragraph.spans, spans[2:], strict=False):
        wedged = (
            before.style is Style.BOLD
            and after.style is Style.PLAIN
            and after.text[:1].isascii()
            and after.text[:1].isalnum()
        )
        yield span.text, "plain" if wedged and span.style is Style.ITALIC else span.style.value
