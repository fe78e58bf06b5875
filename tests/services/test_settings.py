"""What readers choose, and what is remembered of it."""

import asyncio
from pathlib import Path

import pytest

from bot.domain.settings import Notice, PageLength, ReaderSettings
from bot.services.settings import Preferences
from bot.store import settings
from bot.store.database import Database, open_database
from tests.store.statements import asked


async def test_everybody_begins_alike(database: Database) -> None:
    assert await Preferences(database).of(100) == ReaderSettings(
        PageLength.LONG, plain=False, shared=False, counted=True, new_parts=Notice.DM, new_stories=Notice.DM
    )


async def test_one_setting_is_changed_and_the_others_stay(database: Database) -> None:
    preferences = Preferences(database)
    await preferences.change(100, page_length=PageLength.SHORT)
    await preferences.change(100, new_parts=Notice.DIGEST, counted=False)
    wanted = ReaderSettings(page_length=PageLength.SHORT, new_parts=Notice.DIGEST, counted=False)
    for each in (preferences, Preferences(database)):
        assert await each.of(100) == wanted
        assert await each.of(101) == ReaderSettings()


async def test_what_is_known_is_not_asked_again(database: Database) -> None:
    preferences = Preferences(database, remembered=2)
    with asked(database) as statements:
        for reader in (1, 2, 1, 2):
            await preferences.of(reader)
        assert len(statements) == 2
        await preferences.of(3)
        await preferences.of(2)
        assert len(statements) == 3, "1 was the one to go"
        await preferences.of(1)
        assert len(statements) == 4


async def test_what_another_process_wrote_is_seen(database: Database, database_path: Path) -> None:
    preferences = Preferences(database)
    await preferences.of(100)
    async with open_database(database_path) as other:
        await Preferences(other).change(100, plain=True)
    assert not (await preferences.of(100)).plain
    preferences.forget()
    assert (await preferences.of(100)).plain


async def test_what_was_read_before_a_change_is_not_remembered_after_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    preferences = Preferences(database)
    read, go_on = asyncio.Event(), asyncio.Event()
    original = settings.of

    async def slow(*arguments: object) -> ReaderSettings:
        found = await original(*arguments)  # pyright: ignore[reportArgumentType]
        if not read.is_set():
            read.set()
            await go_on.wait()
        return found

    monkeypatch.setattr(settings, "of", slow)
    asking = asyncio.create_task(preferences.of(100))
    await read.wait()
    await preferences.change(100, shared=True)
    go_on.set()
    assert not (await asking).shared, "it was read before"
    assert (await preferences.of(100)).shared


@pytest.mark.parametrize(
    ("chosen", "limit"),
    [
        (ReaderSettings(), 4_000),
        (ReaderSettings(plain=True), 2_400),
        (ReaderSettings(PageLength.SHORT, plain=True), 1_200),
        (ReaderSettings(PageLength.MEDIUM), 2_400),
    ],
)
def test_a_plain_page_is_never_long(chosen: ReaderSettings, limit: int) -> None:
    assert chosen.limit == limit
