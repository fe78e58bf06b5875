"""What every room's tests start from: a real database file."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.store.database import Database, open_database


@pytest.fixture
def database_path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
async def database(database_path: Path) -> AsyncGenerator[Database]:
    async with open_database(database_path) as database:
        yield database
