"""This room proves that no byte of a plain text is misread in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.documents import Format, Line, Source
from bot.domain.errors import Unreadable
from bot.formats import source
from tests.formats import documents


def read(data: bytes) -> Source:
    found = source.read(data, Format.TEXT)
    documents.check(data, found)
    return found


def texts(data: bytes) -> list[str]:
    return [line.text for line in read(data).lines]


@pytest.mark.parametrize(
    ("data", "clause"),
    [
        (b"", "it is empty"),
        (b"\n \r\n\t\n", "it is empty"),
        (b"\xef\xbb\xbf\n", "it is empty"),
        (b"\x1a" + b"\n" * 20, "it is empty"),
        (b"<html><body><p>&nbsp;</p><!-- x --></body></html>", "it is empty"),
        (b"\xff\xfe\n\x00", "it is empty"),
        (b"\x01\x02\x03\x04 lamp", "it is binary, not text: 4 of its 9 bytes are control codes"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x02", "it is a picture (JPEG), not text"),
        (b"%PDF-1.4 lamp", "it is a PDF, not text; save it as text"),
        (b"{\\rtf1\\ansi lamp}", "it is rich text (RTF), not text; save it as text"),
        ("The Lamp".encode("utf-16-le"), "it is binary, not text: 8 of its 16 bytes are control codes"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, clause: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        source.read(data)
    assert str(refusal.value) == clause


def test_a_line_holds_its_newline_whichever_it_is() -> None:
    assert read(b"one\r\ntwo\rthree\n\nfour").lines == (
        Line("one", 0, 5),
        Line("two", 5, 9),
        Line("three", 9, 15),
        Line("", 15, 16),
        Line("four", 16, 20),
    )


def test_other_line_separators_are_part_of_a_line() -> None:
    assert texts("one\u2028two\x0bthree".encode()) == ["one\u2028two\x0bthree"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"one\x0ctwo\n", ["one", "", "two"]),
        (b"one\n\x0c\ntwo", ["one", "", "", "two"]),
        (b"caf\xe9\n\x0cd\xe9j\xe0\n", ["café", "", "déjà"]),
    ],
)
def test_a_form_feed_is_a_gap(data: bytes, told: list[str]) -> None:
    assert texts(data) == told


def test_plain_utf_8_needs_no_repair() -> None:
    found = read("“Grüße” — naïve café 😀, Âme\n".encode())
    assert found.lines[0].text == "“Grüße” — naïve café 😀, Âme"
    assert found.repairs == ()


def test_a_byte_order_mark_is_noted_and_not_text() -> None:
    found = read(b"\xef\xbb\xbfThe Lamp\n")
    assert found.lines == (Line("The Lamp", 0, 12),)
    assert found.repairs == ("A byte-order mark stands at the beginning.",)


def test_a_page_that_mixes_charsets_is_read_line_by_line() -> None:
    found = read(b"caf\xe9 \x93quoted\x94\nplain\n" + "naïve\n".encode() + b"\xeele")
    assert [line.text for line in found.lines] == ["café “quoted”", "plain", "naïve", "île"]
    assert found.repairs == ("2 lines (the first is 1) were not UTF-8 and read as cp1252.",)


def test_a_byte_that_cp1252_lacks_is_left_out_and_told() -> None:
    found = read(b"a lamp\x81 and \x9d caf\xe9")
    assert found.lines[0].text == "a lamp and  café"
    assert found.repairs == (
        "1 line (1) was not UTF-8 and read as cp1252.",
        "1 line (1) was freed of control codes.",
    )


def test_a_text_encoded_twice_is_decoded_twice() -> None:
    doubled = "“Don’t,” she said, naïve".encode().decode("latin-1").encode()
    sloppy = "It’s naïve".encode().decode("cp1252").encode()
    found = read(doubled + b"\n" + sloppy + b"\nplain")
    assert [line.text for line in found.lines] == ["“Don’t,” she said, naïve", "It’s naïve", "plain"]
    assert found.repairs == ("2 lines (the first is 1) were encoded twice and decoded twice.",)


@pytest.mark.parametrize(
    ("text", "single"),
    [
        ("She said “Itâ€™s late”", "She said “It’s late”"),
        ("cafÃ© and “naïve”", "café and “naïve”"),
        ("“Âme”", "“Âme”"),
        ("“SÃO” and “ÂNGELO”", "“SÃO” and “ÂNGELO”"),
    ],
)
def test_double_encoding_is_undone_beside_what_was_encoded_once(text: str, single: str) -> None:
    assert texts(text.encode()) == [single]


def test_control_codes_are_read_as_cp1252_or_left_out() -> None:
    found = read("\x93quoted\x94\nbell\x07 rings\nN\x00UL here and there in a long text\nend\x1a\n\x81".encode())
    assert [line.text for line in found.lines] == [
        "“quoted”", "bell rings", "NUL here and there in a long text", "end", "",
    ]  # fmt: skip
    assert found.repairs == ("5 lines (the first is 1) were freed of control codes.",)


def test_a_loss_that_the_original_has_is_told() -> None:
    assert read("caf\ufffd".encode()).repairs == (
        "1 line (1) was damaged before: the original itself holds U+FFFD there.",
    )


@pytest.mark.parametrize(("mark", "charset"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_utf_16_is_read_where_it_says_so(mark: bytes, charset: str) -> None:
    text = "The Lamp\r\n\r\nIt went out — at nine, 😀 \n"
    found = read(mark + text.encode(charset))
    assert [line.text for line in found.lines] == ["The Lamp", "", "It went out — at nine, 😀 "]
    assert documents.worth(found) == len(text.encode())
    assert "UTF-16" in found.repairs[0]


def test_what_is_no_utf_16_is_left_out() -> None:
    found = read(b"\xff\xfe" + "lamp".encode("utf-16-le") + b"\x00\xd8x")
    assert documents.letters(found)[0].startswith("lamp")
    assert found.repairs[1] == "Bytes that are no UTF-16 were left out."


@given(st.one_of(st.binary(), st.text().map(str.encode), st.text().map(lambda text: text.encode("cp1252", "replace"))))
def test_lines_tile_the_document_whatever_its_bytes(data: bytes) -> None:
    try:
        read(data)
    except Unreadable:
        return


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="ÂÃâð\ufeff\ufffd"), min_size=1)
)
def test_valid_utf_8_is_kept_letter_for_letter(text: str) -> None:
    if text.strip():
        assert texts(text.encode()) == [text]


def test_a_line_of_ours_knows_its_line_in_the_file() -> None:
    page = source.read(b"<html>\n<head>\n</head><body>\n<p>One\ntwo</p>\n\n<p><b>\nThree</b></p></body></html>")
    number = {line.text: page.number(place) for place, line in enumerate(page.lines, 1) if line.text}
    assert number == {"One two": 4, "Three": 8}
    assert source.read(b"one\rtwo\rthree").number(3) == 3
    assert page.number(0) == 0
