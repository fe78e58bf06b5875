"""This room is what readers choose for themselves; every press asks for it, so it is kept in memory."""

from collections import OrderedDict
from typing import Any

from bot.domain.settings import ReaderSettings
from bot.store import settings
from bot.store.database import Database

REMEMBERED = 10_000
"""Readers whose settings are kept in memory, those who were there last: about 3 MB."""


class Preferences:
    """The settings of each reader."""

    def __init__(self, database: Database, remembered: int = REMEMBERED) -> None:
        self._database = database
        self._remembered = remembered
        self._known: OrderedDict[int, ReaderSettings] = OrderedDict()
        self._edition = 0  # grows with each write: what was read before one is not remembered after it

    def forget(self) -> None:
        """Drops what is remembered: another process has written to the database."""
        self._edition += 1
        self._known.clear()

    async def of(self, reader_id: int) -> ReaderSettings:
        known = self._known.get(reader_id)
        if known is not None:
            self._known.move_to_end(reader_id)
            return known
        edition = self._edition
        found = await settings.of(self._database.reader, reader_id)
        if edition == self._edition:
            self._remember(reader_id, found)
        return found

    async def change(self, reader_id: int, **changes: Any) -> ReaderSettings:  # noqa: ANN401 - `ReaderSettings` names them
        """Changes the settings that are named and leaves the others."""
        async with self._database.write() as db:
            changed = (await settings.of(db, reader_id))._replace(**changes)
            await settings.keep(db, reader_id, changed)
        self._edition += 1
        self._remember(reader_id, changed)
        return changed

    def _remember(self, reader_id: int, found: ReaderSettings) -> None:
        self._known[reader_id] = found
        self._known.move_to_end(reader_id)
        if len(self._known) > self._remembered:
            self._known.popitem(last=False)
