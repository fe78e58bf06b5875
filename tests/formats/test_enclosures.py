"""A file that was sent as letters within a text is no text, however it ends."""

import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.documents import Kind
from bot.domain.models import Paragraph
from bot.formats import prose, source
from bot.formats.manuscript import account
from tests.formats.documents import check, letters
from tests.formats.sheets import read

STORY = "The Lamp -- by Ann\n\nRating: PG\n\n\nOnce there was a lamp, and nobody lit it.\n\nThen somebody did.\n\n"


def uuencoded(data: bytes, end: str = "`\nend\n") -> str:
    rows = (binascii.b2a_uu(data[place : place + 45]).decode() for place in range(0, len(data), 45))
    return f"begin 644 map.gif\n{''.join(rows)}{end}"


@given(st.binary(min_size=46, max_size=4_000), st.sampled_from(["`\nend\n", " \nend\n", "end\n", ""]))
def test_a_picture_is_told_and_not_read(data: bytes, end: str) -> None:
    sent = uuencoded(data, end)
    found = read(f"{STORY}THE END\n\n{sent}")
    (told,) = found.warnings
    assert told.startswith("A file within the text, “map.gif”, of ")
    assert told.endswith(" bytes, was left aside.")
    assert account(found.ranges)[Kind.MARKUP] >= len(sent.rstrip()) - 4
    assert "begin" not in str(found.manuscripts[0].parts)


def test_what_follows_it_is_read() -> None:
    found = read(f"{STORY}{uuencoded(b'lamp' * 400)}\nAnd then the lamp went out.\n")
    told = [prose.plain(block) for block in found.manuscripts[0].parts[0].blocks if isinstance(block, Paragraph)]
    assert told == ["Once there was a lamp, and nobody lit it.", "Then somebody did.", "And then the lamp went out."]


@pytest.mark.parametrize(
    "text",
    [
        "begin 644 map.gif\nand that was all that it said.\n\nNobody knew what it meant.\n",
        "begin at the beginning\n\nend\n",
        "Let us\nbegin 12 things and\nend\n",
    ],
)
def test_words_that_begin_so_are_text(text: str) -> None:
    data = f"{STORY}{text}".encode()
    found = source.read(data)
    check(data, found)
    assert found.warnings == ()
    assert all(line in letters(found) for line in text.splitlines() if line)
