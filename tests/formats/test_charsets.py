"""Text that is not UTF-8 is read in the encoding that it speaks for, and the log says in which."""

import pytest

from bot.formats import charsets, source
from tests.formats.documents import check, letters

LINES = [
    "Zoë laughed, “naïve,” she said — and the señor’s café was closed.",
    "“It’s over,” said Chloé. Nobody’s reply was heard…",
    "The garçon’s tray fell; voilà, a crème brûlée.",
]


@pytest.mark.parametrize(("charset", "name"), [("mac_roman", "Mac Roman"), ("cp1252", "cp1252")])
@pytest.mark.parametrize("newline", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize("page", ["{}", "<html><body><h1>A</h1><p>{}</p><p>b</p><hr></body></html>"])
def test_a_text_is_read_in_its_own_encoding(charset: str, name: str, newline: str, page: str) -> None:
    data = page.format(newline.join(LINES)).encode(charset)
    found = source.read(data)
    check(data, found)
    assert " ".join(letters(found)).count("señor’s café") == 1
    assert "“It’s over,” said Chloé." in " ".join(letters(found))
    assert any(repair.endswith(f"not UTF-8 and read as {name}.") for repair in found.repairs)
    assert charsets.FOREIGN not in found.repairs


@pytest.mark.parametrize(
    "line",
    [
        "Don\x92t go.",
        "a caf\xe9",
        "\x93Yes,\x94 he said",
        "Ni\xf1o",
        "Se\xf1ora Ruiz",
        "Š and Ž",
        "\x8e",
        "na\xefve \x96 so",
    ],
)
def test_a_letter_or_two_are_no_evidence_of_a_mac(line: str) -> None:
    assert charsets.of(line.encode("latin-1", "replace")) == charsets.CP1252


def test_a_line_of_utf_8_stays_so_among_those_of_a_mac() -> None:
    data = "\r".join(LINES).encode("mac_roman") + b"\r" + "Olga’s été.".encode()
    assert letters(source.read(data))[-1] == "Olga’s été."


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r", "iso8859_5"])
def test_another_alphabet_is_told_and_not_guessed_at(encoding: str) -> None:
    data = "Марен посмотрела на воду и ничего не ответила.\nСтарый Пелл рассмеялся.\n".encode(encoding)
    found = source.read(data)
    assert found.repairs[-1] == charsets.FOREIGN
    check(data, found)
