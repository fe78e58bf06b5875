"""This room sees what was forgotten to its end: out of the index, out of the file, and out of copies brought back."""

import asyncio
import contextlib
import json
import logging
import os
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path

from bot.domain.errors import ArchiveError
from bot.domain.forgetting import Forgetting, Subject, from_line, to_line
from bot.store import forgettings, memory, withdrawals
from bot.store.database import Database, Writer

log = logging.getLogger(__name__)

DONE = "forgotten to the end up to"
"""Key under which it is remembered how far the index of words is done."""
RETRY = 30.0
"""Seconds between two tries to empty the log of the file, which whoever reads keeps from it."""

Again = Callable[[Writer, Forgetting], Awaitable[None]]


def beside(path: Path) -> Path:
    """Where the list of a database stands: a copy that is put in its place must not take it along."""
    return path.with_name(f"{path.name}.forgotten")


def among_copies(path: Path) -> Path:
    """A second one, with the copies of the database: who saves those saves it with them."""
    return path.parent / "backups" / beside(path).name


class Forgetter:
    """Keeps the list of what was forgotten beside the database, and goes through it where a copy was brought back."""

    def __init__(self, database: Database, again: Mapping[Subject, Again]) -> None:
        self._database = database
        self._again = again
        self._woken = asyncio.Event()
        self._left = False
        """Whether the log of the file may still hold what was forgotten."""

    def wake(self) -> None:
        """Something was forgotten."""
        self._woken.set()

    async def again(self, *more: Path) -> int:
        """Forgets what the lists name and this database still knows; to be done before it serves. Returns how much.

        Raises:
            ArchiveError: a list cannot be read.
        """
        path = self._database.path
        listed = await asyncio.to_thread(_read, (beside(path), among_copies(path), *more))
        known = {each.key for each in await forgettings.everything(self._database.reader)}
        missing = [each for each in listed if each.key not in known]
        for each in missing:
            async with self._database.write() as db:
                await self._again[each.kind](db, each)
        if missing:
            log.info("Forgot %s things again that this copy of the database still knew", len(missing))
        await self.round()
        return len(missing)

    async def run(self) -> None:
        while True:
            await self._rest()
            self._woken.clear()
            await self.round()

    async def _rest(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(RETRY if self._left else None):
                await self._woken.wait()

    async def round(self) -> None:
        """Writes the lists, and overwrites what the index of words and the log of the file still hold."""
        everything = await forgettings.everything(self._database.reader)
        await asyncio.to_thread(_write, self._database.path, everything)
        newest = max((each.at for each in everything if each.kind is Subject.STORY), default=0.0)
        if newest > float(await memory.recall(self._database.reader, DONE) or 0.0):
            await self._overwrite()
            async with self._database.write() as db:
                await memory.remember(db, DONE, repr(newest))
        self._left = not await self._database.write_back()

    async def _overwrite(self) -> None:
        async with self._database.write() as db:
            await withdrawals.begin_merge(db)
        more = True
        while more:
            async with self._database.write() as db:
                more = await withdrawals.merge(db)


def _read(lists: Iterable[Path]) -> list[Forgetting]:
    """What the lists name, each once, in the order it was forgotten."""
    found: dict[str, Forgetting] = {}
    for file in lists:
        for line in file.read_text("utf-8").splitlines() if file.exists() else ():
            try:
                made = from_line(line)
            except (ValueError, KeyError, TypeError, json.JSONDecodeError) as error:
                raise ArchiveError(
                    f"{file} is damaged, and what was forgotten is not known without it;"
                    " bring the list back that was saved with the copies of the database."
                ) from error
            found[made.key] = made
    return sorted(found.values(), key=lambda made: made.at)


def _write(path: Path, everything: Iterable[Forgetting]) -> None:
    lines = "".join(f"{to_line(made)}\n" for made in everything)
    for file in (beside(path), among_copies(path)):
        if file.parent.exists() and (lines or file.exists()):
            _replace(file, lines)


def _replace(file: Path, text: str) -> None:
    """On disk as a whole or not at all."""
    unfinished = file.with_name(f"{file.name}.part")
    with unfinished.open("w", encoding="utf-8", newline="\n") as part:
        part.write(text)
        part.flush()
        os.fsync(part.fileno())
    unfinished.replace(file)
