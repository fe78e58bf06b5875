"""This room listens to what is asked of a database."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import LiteralString

from bot.store.database import Database
from bot.store.sqlite import Row, Value


@contextmanager
def asked(database: Database) -> Generator[list[tuple[LiteralString, dict[str, Value]]]]:
    """The statements that the reading connection is given within the block, with their parameters."""
    statements: list[tuple[LiteralString, dict[str, Value]]] = []
    reader = database.reader
    execute = reader.all

    async def listening(sql: LiteralString, **parameters: Value) -> list[Row]:
        statements.append((sql, parameters))
        return await execute(sql, **parameters)

    reader.all = listening
    try:
        yield statements
    finally:
        reader.all = execute
