"""This room imports pages for tests: files by their names, and the rows of the report."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.services.intake import Intake, Options, Outcome, stage
from bot.services.intake.staging import Row
from bot.store.database import Database

NOW = 1_000.0


@dataclass(slots=True)
class Imported:
    """What an import came to."""

    outcome: Outcome
    rows: list[Row] = field(default_factory=list[Row])

    @property
    def statuses(self) -> list[str]:
        return [row["status"] for row in self.rows]

    def row(self, title: str) -> Row:
        return next(row for row in self.rows if row["title"] == title)


def fill(folder: Path, pages: Mapping[str, str | bytes]) -> None:
    """Leaves nothing but these pages in a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in pages.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


async def take(
    database: Database,
    folder: Path,
    pages: Mapping[str, str | bytes],
    *,
    now: float = NOW,
    withhold: bool = False,
    archive_id: int = 1,
) -> Imported:
    """Writes pages into a folder and imports it; what the folder held before is gone."""
    fill(folder, pages)
    return await take_paths(database, [folder], now=now, withhold=withhold, archive_id=archive_id)


async def take_paths(
    database: Database, paths: list[Path], *, now: float = NOW, withhold: bool = False, archive_id: int = 1
) -> Imported:
    intake = Intake(database, archive_id)
    with stage() as staged:
        options = Options(withhold=withhold, jobs=1, is_shared=lambda: False)
        outcome = await intake.take(paths, staged, now, options)
        return Imported(outcome, [row async for row in intake.told(staged)])


async def shelve(database: Database, folder: Path, name: str, text: str, now: float = 1.0) -> int:
    """Imports one page from a folder of its own; returns the number of its story."""
    imported = await take(database, folder / name, {f"{name}.txt": text}, now=now)
    (row,) = imported.rows
    return int(str(row["id"]))
