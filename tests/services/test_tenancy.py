"""The archive of a server that was left is kept for 30 days, and then erased to the last row."""

import logging

import pytest

from bot.services.tenancy import KEPT, Tenancy
from bot.store.database import Database
from tests.library import add, edition, open_archive
from tests.store.everything import plant

HERE, THERE = 41, 42
NOW = 1_000_000.0


class Servers:
    """The servers the bot is in, and the time."""

    def __init__(self) -> None:
        self.ids = {HERE, THERE}
        self.now = NOW
        self.erased = 0

    async def __call__(self) -> set[int]:
        return self.ids

    def forget(self) -> None:
        self.erased += 1


@pytest.fixture
def servers() -> Servers:
    return Servers()


@pytest.fixture
async def archive(database: Database) -> int:
    await plant(database)
    await open_archive(database, HERE)
    archive = await open_archive(database, THERE)
    for number in range(25):
        await add(database, edition(f"Tale {number}", "Ruby", series="Tales"), archive_id=archive)
    return archive


def _tenancy(database: Database, servers: Servers) -> Tenancy:
    return Tenancy(database, servers, servers.forget, lambda: servers.now)


async def _stories(database: Database, archive: int) -> int:
    return await database.reader.value("SELECT count(*) FROM stories WHERE archive_id = :id", id=archive)


async def test_it_is_kept_for_thirty_days(database: Database, archive: int, servers: Servers) -> None:
    tenancy = _tenancy(database, servers)
    servers.ids = {HERE}
    for servers.now in (NOW, NOW + KEPT - 1):
        await tenancy.round()
    assert await _stories(database, archive) == 25
    servers.ids = {HERE, THERE}
    servers.now = NOW + KEPT + 5
    await tenancy.round()
    assert await _stories(database, archive) == 25, "the bot was invited again in time"
    servers.ids = {HERE}
    await tenancy.round()
    assert await _stories(database, archive) == 25, "its thirty days begin anew"


async def test_then_nothing_of_it_is_left(
    database: Database, archive: int, servers: Servers, caplog: pytest.LogCaptureFixture
) -> None:
    tenancy = _tenancy(database, servers)
    servers.ids = {HERE}
    await tenancy.round()
    servers.now += KEPT
    with caplog.at_level(logging.INFO):
        await tenancy.round()
    assert "Erased archive" in caplog.text
    assert servers.erased == 1
    assert await _rows(database, archive) == {}
    assert await database.reader.value("SELECT count(*) FROM archives") == 2
    assert await database.reader.value("SELECT count(*) FROM story_words WHERE story_words MATCH 'tale'") == 0
    assert await database.reader.all("PRAGMA foreign_key_check") == []
    assert await _stories(database, 1) == 2, "the home archive stays as it is"
    assert len(await _rows(database, 1)) > 10


async def _rows(database: Database, archive: int) -> dict[str, int]:
    """How many rows of an archive each table holds, by what the schema says."""
    tables = await database.reader.all(
        "SELECT m.name FROM pragma_table_list m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
        " AND m.schema = 'main' AND c.name = 'archive_id'"
    )
    counts = {
        row["name"]: await database.reader.value(
            f"SELECT count(*) FROM {row['name']} WHERE archive_id = :id",  # pyright: ignore[reportArgumentType]
            id=archive,
        )
        for row in tables
    }
    return {name: count for name, count in counts.items() if count}


async def test_an_archive_full_of_everything_is_erased_whole(database: Database, servers: Servers) -> None:
    """What is planted about a person stands in each table that can hold it; here it is another server's."""
    await plant(database)
    archive = await open_archive(database, THERE)
    tables = [*await _rows(database, 1), "stories"]
    async with database.write() as db:
        await db.run("PRAGMA defer_foreign_keys = ON")
        for table in dict.fromkeys(tables):
            await db.run(f"UPDATE {table} SET archive_id = :id", id=archive)  # pyright: ignore[reportArgumentType]
    servers.ids = set()
    tenancy = _tenancy(database, servers)
    await tenancy.round()
    servers.now += KEPT
    await tenancy.round()
    assert await _rows(database, archive) == {}
    assert await database.reader.value("SELECT count(*) FROM archives") == 1
    for table in ("places", "bookmarks", "marks", "pages", "parts", "story_authors", "enclosures"):
        assert await database.reader.value(f"SELECT count(*) FROM {table}") == 0, table  # pyright: ignore[reportArgumentType]


async def test_the_home_archive_is_nobody_s_to_leave(database: Database, servers: Servers) -> None:
    await plant(database)
    async with database.write() as db:
        await db.run("UPDATE archives SET guild_id = :guild WHERE id = 1", guild=THERE)
    servers.ids = set()
    tenancy = _tenancy(database, servers)
    for servers.now in (NOW, NOW + 2 * KEPT):
        await tenancy.round()
    assert await _stories(database, 1) == 2


async def test_discord_is_not_asked_where_there_is_only_one_archive(database: Database) -> None:
    async def nobody() -> set[int]:
        raise AssertionError("asked in vain")

    await Tenancy(database, nobody).round()
