"""Who is on the local Discord, and that they are the same ones again."""

import time
from pathlib import Path

import pytest

from bot.cast import Cast, StandingClock, cast_of
from bot.domain.errors import ArchiveError
from bot.sandbox import Sandbox
from bot.store.database import Database

SINCE = 1_700_000_000.0


async def ids(authors: list[str]) -> tuple[list[int], list[int]]:
    """Of everybody, and of every place."""
    async with Sandbox.start(page=True, clock=StandingClock(SINCE)) as sandbox:
        Cast(SINCE, authors).enter(sandbox)
        return [person.id for person in sandbox.persons], [place.id for place in sandbox.channels]


async def test_whoever_enters_at_the_same_time_is_the_same() -> None:
    assert await ids(["Ruby", "Wilma"]) == await ids(["Ruby", "Wilma"])


async def test_the_last_of_several_authors_takes_no_dms_and_a_single_one_does() -> None:
    async with Sandbox.start(page=True) as sandbox:
        authors = Cast(SINCE, ["Ruby", "Wilma"]).enter(sandbox)
        assert [person.user.dms_open for person in authors.values()] == [True, False]
    async with Sandbox.start(page=True) as sandbox:
        assert Cast(SINCE, ["Ruby"]).enter(sandbox)["Ruby"].user.dms_open


async def test_a_pen_name_without_a_letter_has_a_handle() -> None:
    async with Sandbox.start(page=True) as sandbox:
        assert Cast(SINCE, ["***"]).enter(sandbox)["***"].name == "author"


def test_the_clock_stands_until_it_goes() -> None:
    clock = StandingClock(SINCE)
    assert (clock(), clock()) == (SINCE, SINCE)
    clock.go()
    assert SINCE < clock() <= time.time()


async def test_a_new_cast_is_kept_and_known_again(tmp_path: Path, database: Database) -> None:
    cast, new = await cast_of(tmp_path, database)
    assert (new, await cast_of(tmp_path, database)) == (True, (cast, False))


@pytest.mark.parametrize("written", ["", "[]", "{}", '{"since": "long ago", "authors": []}', '{"since": 1}'])
async def test_what_was_kept_cannot_be_read(tmp_path: Path, database: Database, written: str) -> None:
    (tmp_path / "cast.json").write_text(written, "utf-8")
    with pytest.raises(ArchiveError, match=r"cast\.json does not say who was there;"):
        await cast_of(tmp_path, database)
