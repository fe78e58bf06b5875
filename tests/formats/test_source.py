"""This room proves that no byte of a document is misread in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Unreadable
from bot.formats import source


def texts(data: bytes) -> list[str]:
    return [line.text for line in source.decode(data).lines]


@pytest.mark.parametrize(
    ("data", "clause"),
    [
        (b"", "it is empty"),
        (b"\n \r\n\t\n", "it is empty"),
        (b"\xef\xbb\xbf\n", "it is empty"),
        (b"\x1a", "it is empty"),
        (b"The Lamp -- b\x00y Ann", "it is binary, not text: a NUL byte stands at byte 13"),
        (b"\x01\x02\x03\x04 lamp", "it is binary, not text: 4 of its 9 bytes are control codes"),
        ("The Lamp".encode("utf-16"), "it is UTF-16 text; save it as UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, clause: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        source.decode(data)
    assert str(refusal.value) == clause


def test_a_line_holds_its_newline_whichever_it_is() -> None:
    lines = source.decode(b"one\r\ntwo\rthree\n\nfour").lines
    assert lines == (
        source.Line("one", 0, 5),
        source.Line("two", 5, 9),
        source.Line("three", 9, 15),
        source.Line("", 15, 16),
        source.Line("four", 16, 20),
    )


def test_other_line_separators_are_part_of_a_line() -> None:
    assert texts("one\u2028two\x0bthree\x0cfour".encode()) == ["one\u2028two\x0bthree\x0cfour"]


def test_plain_utf_8_needs_no_repair() -> None:
    decoded = source.decode("“Grüße” — naïve café 😀, Âme\n".encode())
    assert decoded.lines[0].text == "“Grüße” — naïve café 😀, Âme"
    assert decoded.repairs == ()


def test_a_byte_order_mark_is_noted_and_not_text() -> None:
    decoded = source.decode(b"\xef\xbb\xbfThe Lamp\n")
    assert decoded.lines == (source.Line("The Lamp", 0, 12),)
    assert decoded.repairs == ("A byte-order mark stands at the beginning.",)


def test_a_page_that_mixes_charsets_is_read_line_by_line() -> None:
    decoded = source.decode(b"caf\xe9 \x93quoted\x94\nplain\n" + "naïve\n".encode() + b"\xeele")
    assert [line.text for line in decoded.lines] == ["café “quoted”", "plain", "naïve", "île"]
    assert decoded.repairs == ("2 lines (the first is 1) were not UTF-8 and read as cp1252.",)


def test_a_text_encoded_twice_is_decoded_twice() -> None:
    doubled = "“Don’t,” she said, naïve".encode().decode("latin-1").encode()
    sloppy = "It’s naïve".encode().decode("cp1252").encode()
    decoded = source.decode(doubled + b"\n" + sloppy + b"\nplain")
    assert [line.text for line in decoded.lines] == ["“Don’t,” she said, naïve", "It’s naïve", "plain"]
    assert decoded.repairs == ("2 lines (the first is 1) were encoded twice and decoded twice.",)


def test_control_codes_are_read_as_cp1252_or_left_out() -> None:
    decoded = source.decode("\x93quoted\x94\nbell\x07 rings\nend\x1a\n\x81".encode())
    assert [line.text for line in decoded.lines] == ["“quoted”", "bell rings", "end", ""]
    assert decoded.repairs == ("4 lines (the first is 1) were freed of control codes.",)


def test_a_loss_that_the_original_has_is_told() -> None:
    assert source.decode("caf\ufffd".encode()).repairs == (
        "1 line (1) was damaged before: the original itself holds U+FFFD there.",
    )


@given(st.one_of(st.binary(), st.text().map(str.encode), st.text().map(lambda text: text.encode("cp1252", "replace"))))
def test_lines_tile_the_document_whatever_its_bytes(data: bytes) -> None:
    try:
        decoded = source.decode(data)
    except Unreadable:
        return
    assert b"".join(data[line.start : line.end] for line in decoded.lines) == data
    assert all(one.end == other.start for one, other in zip(decoded.lines, decoded.lines[1:], strict=False))
    assert all("\n" not in line.text and "\r" not in line.text for line in decoded.lines)


@given(st.binary(min_size=1))
def test_no_replacement_character_is_ever_made(data: bytes) -> None:
    try:
        decoded = source.decode(data)
    except Unreadable:
        return
    made = sum(line.text.count("\ufffd") for line in decoded.lines)
    assert made <= data.count("\ufffd".encode())


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="ÂÃâ\ufeff\ufffd"), min_size=1)
)
def test_valid_utf_8_is_kept_letter_for_letter(text: str) -> None:
    if text.strip():
        assert texts(text.encode()) == [text]
