"""This room is the command line of the archive's owner: pages in, runs back, a copy of the database."""

import sys
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from bot import report, report_html
from bot.domain.access import HOME
from bot.domain.errors import ArchiveError
from bot.logs import printable
from bot.services.intake import Intake, Options, Outcome, Stage, Status, Undone, stage
from bot.services.intake.staging import Row
from bot.store import ledger
from bot.store.database import Database, Writer, copy_unchanged, is_served, open_database


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the command line asks of an import."""

    dry_run: bool = False
    as_json: bool = False
    html: Path | None = None
    withhold: bool = False
    jobs: int | None = None


async def import_pages(database_path: Path, paths: Sequence[Path], wishes: Wishes) -> int:
    """Imports files and folders, shows how far it is and what became of each page; returns the exit status."""
    _check_html(wishes.html)
    async with opened(database_path, dry_run=wishes.dry_run) as database:
        intake = Intake(database, HOME)
        with stage() as staged, progress() as shown:
            outcome = await intake.take(paths, staged, time.time(), options(wishes, shown, database_path))
            shown.stop()
            await _tell(intake, outcome, staged, wishes)
    return 1 if outcome.totals[Status.REFUSED] else 0


def _check_html(file: Path | None) -> None:
    """Before anything is imported: a report that cannot be written must not be found out about afterwards."""
    if file is not None and (file.is_dir() or not file.absolute().parent.is_dir()):
        raise ArchiveError(f"{file} cannot be written; name a file in a folder that is there.")


def options(wishes: Wishes, shown: Progress, database_path: Path | None = None) -> Options:
    """How an import is run that shows how far it is; a database that nobody serves is written to in larger pieces."""
    bars: dict[str, TaskID] = {}

    def told(what: str, done: int, total: int) -> None:
        if what not in bars:
            bars[what] = shown.add_task(what, total=total)
        shown.update(bars[what], completed=done)

    common = Options(
        withhold=wishes.withhold,
        progress=told,
        begun=_on_record,
        is_shared=lambda: database_path is not None and not wishes.dry_run and is_served(database_path),
    )
    return common if wishes.jobs is None else replace(common, jobs=wishes.jobs)


async def _on_record(db: Writer, run_id: int) -> None:
    act = ledger.Act(HOME, "import from the command line", None, run_id=run_id)
    await ledger.record(db, act, time.time())


async def _tell(intake: Intake, outcome: Outcome, staged: Stage, wishes: Wishes) -> None:
    if wishes.html is not None:
        with wishes.html.open("w", encoding="utf-8", newline="\n") as file:
            await report_html.write(file, intake.told(staged), outcome, staged, dry_run=wishes.dry_run)
    if wishes.as_json:
        await report.print_json(intake.told(staged), outcome)
    else:
        await report.print_report(intake.told(staged), outcome, dry_run=wishes.dry_run)
    if wishes.html is not None and not wishes.as_json:
        print(printable(f"The report is in {wishes.html}."))


def opened(database_path: Path, *, dry_run: bool) -> AbstractAsyncContextManager[Database]:
    return _throwaway_copy(database_path) if dry_run else open_database(database_path)


@asynccontextmanager
async def _throwaway_copy(database_path: Path) -> AsyncGenerator[Database]:
    """A copy to try an import on: a transaction held for that long would keep the bot from storing letters."""
    with TemporaryDirectory(prefix="talebearer-") as folder:
        copy = Path(folder) / "copy.db"
        if database_path.exists():
            await copy_unchanged(database_path, copy)
        async with open_database(copy) as database:
            yield database


async def take_all(database: Database, paths: Sequence[Path]) -> list[Row]:
    """Imports every file of `paths` into a database that nobody serves; returns the rows of the report."""
    intake = Intake(database, HOME)
    with stage() as staged:
        await intake.take(paths, staged, time.time(), Options(is_shared=lambda: False))
        return [row async for row in intake.told(staged)]


def progress() -> Progress:
    """A bar on a terminal, nothing elsewhere; standard output stays free for the report."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())


async def undo_run(database_path: Path, run_id: int, *, dry_run: bool) -> int:
    """Takes a run back, or says what that would do; exit status 1 where something of it has to stay."""
    async with opened(database_path, dry_run=dry_run) as database:
        undone = await Intake(database, HOME).undo(run_id, time.time())
    for sentence in _told(undone):
        print(printable(sentence))
    if dry_run:
        print("Dry run, nothing written.")
    return 0 if undone.is_whole else 1


def _told(undone: Undone) -> list[str]:
    told = [f"Removed: {title}." for title in undone.removed]
    told += [f"Shown again as before: {title}." for title in undone.restored]
    told += [f"Lost an edition kept beside it: {title}." for title in undone.lessened]
    told += [
        f"Stays, because run {later} changed it again: {title}. Take run {later} back first."
        for title, later in undone.stay
    ]
    return [*told, f"Run {undone.run_id}: {undone.counts}."]
