"""Stories of an export as JSON: nothing is lost, and nothing that is not one gets through."""

from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.documents import Manuscript
from bot.domain.errors import Unreadable
from bot.domain.exports import Exported, ExportedPart
from bot.domain.models import Link, LinkKind, Part
from bot.formats.exports import bound, check, decode, encode, manifest
from tests.exports import STORIES

LAMP = Exported(
    number=7,
    story=Manuscript(
        title="The Lamp", authors=("Ruby",), parts=(Part("One", ()),), links=(Link(LinkKind.SEQUEL, "The Wick"),)
    ),
    parts=(ExportedPart("1", "It *burns*."),),
    leads=(None,),
    amended={},
    added_at=1.0,
    updated_at=2.0,
)


@given(STORIES)
@settings(deadline=None, max_examples=60)
def test_what_is_written_is_read_again(story: Exported) -> None:
    assert decode(encode(story)) == story


@given(STORIES)
@settings(deadline=None, max_examples=20)
def test_it_is_written_the_same_every_time(story: Exported) -> None:
    assert encode(decode(encode(story))) == encode(story)


def _changed(name: str, value: object) -> bytes:
    return orjson.dumps({**orjson.loads(encode(LAMP)), name: value})


WRONG: list[tuple[str, Any]] = [
    ("number", 0), ("number", 1 << 62), ("number", "7"), ("number", True), ("number", None), ("title", ""),
    ("title", "  "), ("title", ["The Lamp"]), ("authors", []), ("authors", [""]), ("authors", "Ruby"), ("series", 3),
    ("series", ""), ("rating", "X"), ("rating", 2), ("notes", [["during", "x"]]), ("notes", ["x"]),
    ("links", [["sequel", "x"]]), ("links", [["sequel", "x", "y"]]), ("links", [["heir", "x", None]]),
    ("links", [["sequel", "x", True]]), ("evidence", [["title", "1", 1.0, ""]]), ("amended", [["pages", "3"]]),
    ("state", "withdrawn"), ("state", "removed"), ("state", ""), ("added_at", -1), ("added_at", 1e300),
    ("updated_at", "now"), ("parts", [["One", "1"]]), ("parts", {"One": "1"}), ("missing", [1]), ("reason", 4),
    ("told", None), ("tags", [["x"]]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_what_no_export_says_is_refused(name: str, value: object) -> None:
    with pytest.raises(Unreadable):
        decode(_changed(name, value))


@given(st.one_of(st.binary(max_size=40), st.just(b"[]"), st.just(b'"x"'), st.just(b"[" * 2_000)))
def test_no_bytes_break_it(data: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(data)


def test_no_half_of_a_character_gets_in() -> None:
    with pytest.raises(Unreadable):
        decode(encode(LAMP).replace(b"burns", rb"\ud800"))


def test_markup_is_brought_into_its_normal_form() -> None:
    [part] = decode(_changed("parts", [["One", "1", "never *closed\n\n\n\n***"]])).parts
    assert part.markup == "never *closed*\n\n***"


def test_a_manifest_says_whose_it_is() -> None:
    assert check(manifest("Lanterns", "2001-02-03", 4)) == ("Lanterns", "2001-02-03")


@pytest.mark.parametrize(
    ("told", "why"),
    [({}, "not that of an export"), ({"format": "talebearer-export", "version": 2}, "a newer Talebearer")],
)
def test_another_manifest_is_refused(told: object, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        check(orjson.dumps(told))


def test_a_story_is_bound_with_its_text() -> None:
    book = bound(replace(LAMP, story=replace(LAMP.story, series="Lights")))
    assert (book.title, book.series, book.words, book.parts[0].title) == ("The Lamp", "Lights", 2, "One")
