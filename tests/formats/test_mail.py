"""This room proves that a message gives its text, and an account of everything around it."""

import base64
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.documents import Format, RawField, Role, Source
from bot.formats import mail, mail_parts, source
from tests.formats import documents
from tests.formats.documents import letters, roles

HEAD = "From: Ann <ann@example.org>\nSubject: The Lamp (1/2)\nDate: Sat, 3 Jan 1996 01:05:34 GMT\n"


def read(message: str | bytes) -> Source:
    data = message.encode() if isinstance(message, str) else message
    found = source.read(data, Format.MAIL)
    documents.check(data, found)
    assert found.format is Format.MAIL
    return found


def body(found: Source) -> list[str]:
    return [line.text for line in found.lines if line.text and line.role is not Role.MAIL]


def part(kind: str, text: str, *more: str) -> str:
    return "\n".join(["--xx", f"Content-Type: {kind}", *more, "", text, ""])


def multipart(*parts: str, kind: str = "mixed") -> str:
    top = f'{HEAD}MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="xx"\n\nA message of several parts.\n'
    return f"{top}{''.join(parts)}--xx--\nepilogue\n"


def test_headers_are_fields_with_their_lines() -> None:
    found = read(f"Received: from a\n\tby b;\n c\n{HEAD}\nIt went out.\n")
    assert found.fields == (
        RawField("Received", "from a by b; c", 1),
        RawField("From", "Ann <ann@example.org>", 4),
        RawField("Subject", "The Lamp (1/2)", 5),
        RawField("Date", "Sat, 3 Jan 1996 01:05:34 GMT", 6),
    )
    assert roles(found)[1] == (Role.MAIL, "\tby b;")
    assert body(found) == ["It went out."]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("=?iso-8859-1?Q?Andr=E9_M?= <a@x>", "André M <a@x>"),
        ("=?utf-8?b?w6k=?= =?utf-8?q?_x?=", "é x"),
        ("=?no-such-set?q?x?=", "=?no-such-set?q?x?="),
        ("=?utf-8?b?&&&?=", "=?utf-8?b?&&&?="),
        ("=?utf-8?q?=FF?=", "=?utf-8?q?=FF?="),
        ("half =?utf-8?q?x", "half =?utf-8?q?x"),
    ],
)
def test_encoded_words_are_read_where_they_can_be(written: str, meant: str) -> None:
    assert mail_parts.headers(f"From: {written}".encode())[0].value == meant


def test_headers_of_eight_bits_are_read_like_any_line() -> None:
    assert [each.value for each in mail_parts.headers(b"From: Andr\xe9\nSubject: na\xc3\xafve")] == ["André", "naïve"]


def test_a_mailboxes_own_line_is_a_header() -> None:
    found = read(f"From ann@example.org Sat Jan  3 01:05:34 1996\n{HEAD}\nIt went out.\n")
    assert roles(found)[0] == (Role.MAIL, "From ann@example.org Sat Jan  3 01:05:34 1996")
    assert found.fields[0].line == 2


def test_quoted_mail_is_quotation_and_what_was_escaped_is_none() -> None:
    found = read(f"{HEAD}\n> It went\n>From there it came.\n\nFrom here.\n")
    assert roles(found)[3:] == [
        (Role.QUOTE, "> It went"), (Role.PLAIN, "From there it came."), (Role.PLAIN, "From here."),
    ]  # fmt: skip
    assert documents.worth(found) == len(f"{HEAD}\n> It went\n>From there it came.\n\nFrom here.\n") - 1


@pytest.mark.parametrize(
    ("tail", "signed"),
    [
        ("-- \nAnn\nhttp://x/\n", ["-- ", "Ann", "http://x/"]),
        ("--\nAnn\n", ["--", "Ann"]),
        ("-- \n" + "And on it went.\n" * 16, []),
        ("---\nAnn\n", []),
        ("-- \nlater\n" + "And on.\n" * 20 + "-- \nAnn\n", ["-- ", "Ann"]),
    ],
)
def test_a_signature_is_short_and_last(tail: str, signed: list[str]) -> None:
    found = read(f"{HEAD}\nIt went out.\n\n{tail}")
    assert [text for role, text in roles(found)[3:] if role is Role.MAIL] == signed


def test_quoted_printable_is_undone_line_by_line() -> None:
    head = f"{HEAD}Content-Transfer-Encoding: quoted-printable\n\n"
    message = f"{head}caf=E9 and a line that mail =\nbroke.\n=3D x=20\n"
    found = read(message)
    assert body(found) == ["café and a line that mail broke.", "= x "]
    assert documents.worth(found) == len(head) + len("cafx and a line that mail broke.\n= x \n")
    (line,) = (line for line in found.lines if line.text.startswith("café"))
    assert [message.encode()[start:end] for start, end in line.markup] == [b"E9", b"=\n"]
    assert message.encode()[line.start : line.end].endswith(b"broke.\n")


def test_base64_is_undone() -> None:
    text = "“It went out,” she said.\n\nAnd on it went, and on, and on and on.\n" * 4
    encoded = base64.encodebytes(text.encode()).decode()
    found = read(f"{HEAD}Content-Transfer-Encoding: base64\n\n{encoded}")
    assert body(found) == [line for line in text.splitlines() if line]
    assert documents.worth(found) == len(HEAD) + len("Content-Transfer-Encoding: base64\n\n") + len(text.encode())


@given(st.text(max_size=200), st.sampled_from(["quoted-printable", "base64"]))
def test_what_was_sent_comes_back(text: str, encoding: str) -> None:
    sent = quopri.encodestring(text.encode()) if encoding == "quoted-printable" else base64.encodebytes(text.encode())
    data = f"{HEAD}Content-Transfer-Encoding: {encoding}\n\nx\n".encode()[:-2] + sent
    plain = source.plain.read(text.encode()) if text else None
    found = mail.read(data)
    documents.check(data, found)
    told = [line.text for line in found.lines if line.role is not Role.MAIL and line.text.strip(" \t\r")]
    kept = [line.text for line in plain.lines if line.text.strip(" \t\r")] if plain else []
    if text.isprintable() and not text.startswith(("--", ">")) and "<" not in text and "&" not in text:
        assert told == kept


def test_the_text_wins_over_its_html_twin() -> None:
    found = read(multipart(part("text/html", "<p>No</p>"), part("text/plain", "Yes\n"), kind="alternative"))
    assert body(found) == ["Yes"]
    assert found.warnings == ("A part that is text/html, of 10 bytes, was left aside.",)


def test_html_is_read_where_there_is_no_text() -> None:
    found = read(multipart(part("text/html", "<p>It went <i>out</i>.<p>Yes", "Content-Transfer-Encoding: 8bit")))
    assert body(found) == ["It went out.", "Yes"]
    assert documents.emphasis(found.lines) == [("out", "italic")]


def test_html_without_parts_is_read_as_a_page() -> None:
    assert body(read(f"{HEAD}Content-Type: text/html\n\n<p>One<p>Two")) == ["One", "Two"]
    assert body(read(f"{HEAD}\n<html><body><p>One<p>Two</body></html>")) == ["One", "Two"]


def test_quoted_printable_html_is_both_undone() -> None:
    found = read(
        f"{HEAD}Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p a=3Db>It=\n s=E9<p>x"
    )
    assert body(found) == ["It sé", "x"]


def test_a_header_is_one_line_without_control_codes() -> None:
    found = read("From: a@b.example\nSubject: The\0 Weir =?utf-8?q?=0A(1/2)?=\nDate: x\nMessage-ID: <1@b>\n\nYes\n")
    assert [each.value for each in found.fields if each.label == "Subject"] == ["The Weir (1/2)"]


def test_attachments_are_named_and_not_read() -> None:
    picture = part('image/gif; name="me.gif"', "R0lGOD", "Content-Transfer-Encoding: base64")
    found = read(multipart(part("text/plain", "Yes\n"), picture))
    assert body(found) == ["Yes"]
    assert found.warnings == ("“me.gif” (image/gif), of 7 bytes, was left aside.",)


def test_parts_within_parts_are_found() -> None:
    inner = 'multipart/alternative; boundary="yy"'
    nested = part(inner, "--yy\nContent-Type: text/plain\n\nYes\n--yy--\n")
    assert body(read(multipart(nested))) == ["Yes"]


def test_a_boundary_that_never_comes_is_no_loss() -> None:
    found = read(f'{HEAD}Content-Type: multipart/mixed; boundary="zz"\n\nIt went out.\n')
    assert letters(found)[-1] == "It went out."


def test_parts_within_parts_for_ever_end() -> None:
    deep = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(50))
    read(f"{HEAD}{deep}Content-Type: text/plain\n\nYes\n")
