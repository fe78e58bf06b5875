"""This room proves that Markdown's marks become what they mean."""

import pytest

from bot.domain.documents import Format, RawField, Role, Source
from bot.domain.models import SceneBreak, Style
from bot.formats import prose, source
from tests.formats import documents
from tests.formats.documents import emphasis, letters, roles


def read(text: str | bytes) -> Source:
    data = text.encode() if isinstance(text, str) else text
    found = source.read(data, Format.MARKDOWN)
    documents.check(data, found)
    return found


@pytest.mark.parametrize(
    ("text", "title", "level"),
    [
        ("# The Lamp\n", "The Lamp", 1),
        ("### The *Lamp* ###\n", "The Lamp", 3),
        ("The Lamp\n========\n", "The Lamp", 1),
        ("The Lamp\n---\n", "The Lamp", 2),
    ],
)
def test_headings_are_told_with_their_level(text: str, title: str, level: int) -> None:
    (line,) = [line for line in read(text).lines if line.text]
    assert (line.role, line.text, line.level) == (Role.HEADING, title, level)


@pytest.mark.parametrize("text", ["#The Lamp", "####### The Lamp", "#", "# "])
def test_a_number_sign_alone_makes_no_heading(text: str) -> None:
    assert all(role is Role.PLAIN for role, _ in roles(read(text)))


def test_front_matter_is_fields() -> None:
    found = read(
        "---\ntitle: \"The Lamp\"\nauthor: Ann\ntags: [a, 'b c']\nwarnings:\n  - dark\n  - late\n---\n\nIt went out.\n"
    )
    assert found.fields == (
        RawField("title", "The Lamp", 2), RawField("author", "Ann", 3), RawField("tags", "a", 4),
        RawField("tags", "b c", 4), RawField("warnings", "dark", 6), RawField("warnings", "late", 7),
    )  # fmt: skip
    assert roles(found)[-1] == (Role.PLAIN, "It went out.")
    assert roles(found)[0] == (Role.CELL, 'title: "The Lamp"')


def test_front_matter_that_never_ends_is_text() -> None:
    assert read("---\ntitle: x\n").fields == ()


@pytest.mark.parametrize(
    ("text", "plain", "runs"),
    [
        ("so *very* late", "so very late", [("very", "italic")]),
        ("so _very_ **late**", "so very late", [("very", "italic"), ("late", "bold")]),
        ("__so__ snake_case_x 2*3*4", "so snake_case_x 234", [("so", "bold"), ("3", "italic")]),
        ("so\\", "so", []),
        (r"\*not\* so", "*not* so", [("*", "plain"), ("*", "plain")]),
        ("* not * so", "* not * so", []),
        ("é *ö* ü", "é ö ü", [("ö", "italic")]),
    ],
)
def test_emphasis_is_read_and_its_marks_are_markup(text: str, plain: str, runs: list[tuple[str, str]]) -> None:
    found = read(text)
    assert letters(found) == [plain]
    assert emphasis(found.lines) == [(run, Style(style)) for run, style in runs]
    assert documents.worth(found) == len(plain.encode())


def test_what_was_escaped_is_no_emphasis_later() -> None:
    (paragraph,) = prose.read(read(r"so \*not\* late").lines)
    assert not isinstance(paragraph, SceneBreak)
    assert [span.style for span in paragraph.spans] == [Style.PLAIN]


def test_links_lead_where_they_say() -> None:
    found = read('See [the *Lamp*](lamp.md "x") and <https://example.org/x>.')
    (line,) = found.lines
    assert [(line.text[start:end], target) for start, end, target in line.links] == [
        ("the *Lamp*", "lamp.md"), ("https://example.org/x", "https://example.org/x"),
    ]  # fmt: skip


def test_a_paragraphs_lines_are_one_but_for_hard_breaks() -> None:
    found = read("It went\nout and\nstayed so.\n\nRoses are red,  \nviolets blue,\\\nlamps are out.\n")
    assert letters(found) == ["It went out and stayed so.", "Roses are red,  ", "violets blue,", "lamps are out."]


def test_rules_quotations_and_items_stand_alone() -> None:
    found = read("One\n\n* * *\n\n> quoted\n> more\n\n- item\n- other\n\n---\n\nTwo")
    assert roles(found) == [
        (Role.PLAIN, "One"), (Role.PLAIN, "* * *"), (Role.QUOTE, "> quoted"), (Role.QUOTE, "> more"),
        (Role.PLAIN, "- item"), (Role.PLAIN, "- other"), (Role.PLAIN, "---"), (Role.PLAIN, "Two"),
    ]  # fmt: skip
    assert sum(isinstance(block, SceneBreak) for block in prose.read(found.lines)) == 2


def test_other_charsets_and_newlines_push_no_mark_out_of_its_line() -> None:
    found = read("é *ö*\r\nand **ü**\r\n\r\n# é\r\n".encode("cp1252"))
    assert letters(found) == ["é ö and ü", "é"]
