"""A local Discord with a server, some people, and the real bot on it through a real client."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.store.database import Database
from tests.discord.stage import Stage, staged
from tests.local import local_discord


@pytest.fixture
async def stage(database: Database, database_path: Path) -> AsyncGenerator[Stage]:
    """The local Discord and its people; no bot yet."""
    async with local_discord() as sandbox:
        yield staged(sandbox, database, database_path)
