"""This room keeps what the search has found: bytes that once broke a reader."""

import io
import zipfile

import pytest

from bot.domain.documents import Format
from bot.formats import containers, source
from bot.formats.boxes import Aside, Member
from tests.fuzz import laws

FOUND = [
    (Format.MARKDOWN, b"# Lamp\n\nall went out, slowl\\\n\\\\\n"),
    (Format.MARKDOWN, b"---\n\rit thou \xff\xff beside \\\\\\\\\\\\"),
    (Format.MARKDOWN, b"slowl--\n\\\\\n"),
]


@pytest.mark.parametrize(("form", "data"), FOUND)
def test_a_document_that_once_broke_a_law(form: Format, data: bytes) -> None:
    laws.check_source(data, source.read(data, form))


@pytest.mark.parametrize("name", ["", ".", "/"])
def test_a_member_of_a_zip_that_has_no_name(name: str) -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as file:
        file.writestr("Q", "out")
        file.writestr("lamp.txt", "The lamp went out.")
    data = box.getvalue().replace(b"Q", name.encode()[:1] or b"\0")  # a NUL ends a name ahead of its first letter
    told = list(containers.members("box.zip", data))
    assert [each.path for each in told if isinstance(each, Member)] == ["box.zip/lamp.txt"]
    assert all(each.reason for each in told if isinstance(each, Aside))
