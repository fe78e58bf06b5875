"""A line of the list says what it was made from, and nothing can be read out of it that was forgotten."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import forgetting
from bot.domain.forgetting import Forgetting, Subject, from_line, to_line

MOMENTS = st.floats(0, 4e9, allow_nan=False)
NUMBERS = st.integers(1, 2**62)


@given(NUMBERS, NUMBERS, st.text(max_size=50), st.lists(st.text(max_size=64), max_size=4), st.binary(), MOMENTS)
def test_a_story_comes_back_from_its_line(
    archive: int, story: int, title: str, digests: list[str], prints: bytes, at: float
) -> None:
    made = forgetting.story(archive, story, title, digests, prints, at)
    assert from_line(to_line(made)) == made
    assert len(to_line(made).splitlines()) == 1
    assert bytes.fromhex(made.told["prints"]) == prints
    assert (made.kind, made.archive_id, made.told["story"]) == (Subject.STORY, archive, story)


@given(NUMBERS, MOMENTS)
def test_a_person_comes_back_from_their_line(user: int, at: float) -> None:
    made = forgetting.person(user, at)
    assert from_line(to_line(made)) == made
    assert (made.kind, made.archive_id, made.told) == (Subject.PERSON, None, {"user": user})


def test_what_was_forgotten_twice_is_two_lines() -> None:
    keys = {forgetting.person(1, at).key for at in (1.0, 2.0)} | {forgetting.person(2, 1.0).key}
    keys |= {forgetting.story(1, story, "", [], b"", 1.0).key for story in (1, 2)}
    assert len(keys) == 5


@pytest.mark.parametrize("missing", ["key", "kind", "archive_id", "told", "at"])
def test_a_line_that_lacks_something_is_none(missing: str) -> None:
    told = Forgetting("a", Subject.PERSON, None, {}, 1.0)._asdict()
    del told[missing]
    with pytest.raises(KeyError):
        from_line(json.dumps(told))
