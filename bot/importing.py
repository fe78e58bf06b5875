"""This room is the command line of the archive's owner: pages in, pen names tied to accounts."""

import json
import os
import re
import sys
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot import backups
from bot.domain.access import HOME
from bot.domain.errors import ArchiveError
from bot.logs import printable
from bot.services.feedback import Feedback
from bot.services.intake import Entry, Intake, Status, refusal, report
from bot.store.database import Database, open_database

SIZE_LIMIT = 32 * 1024 * 1024
"""Bytes of one page; the largest seen in real archives has 1.4 million."""

errors = Console(stderr=True, highlight=False, markup=False)


async def import_pages(database_path: Path, paths: Sequence[Path], *, dry_run: bool, as_json: bool) -> int:
    """Imports files and folders, shows how far it is and what became of each page; returns the exit status."""
    opened = _throwaway_copy if dry_run else open_database
    async with opened(database_path) as database:
        entries = await take_all(database, paths)
    if as_json:
        print(json.dumps(report(entries), ensure_ascii=False, indent=2))
    else:
        _show(entries, dry_run=dry_run)
    return 1 if any(entry.status is Status.REFUSED for entry in entries) else 0


@asynccontextmanager
async def _throwaway_copy(database_path: Path) -> AsyncGenerator[Database]:
    """A copy to try an import on: a transaction held for that long would keep the bot from storing letters."""
    with TemporaryDirectory(prefix="talebearer-") as folder:
        copy = Path(folder) / "copy.db"
        if database_path.exists():
            async with open_database(database_path) as database:
                await backups.copy(database, copy)
        async with open_database(copy) as database:
            yield database


async def take_all(database: Database, paths: Sequence[Path]) -> list[Entry]:
    """Imports every file of `paths`, folders with all that is in them, in the order of their names."""
    intake = Intake(database, HOME)
    files = [(root, file) for root in paths for file in found(root)]
    entries: list[Entry] = []
    with _progress() as progress:
        for root, file in progress.track(files, description="Importing"):
            name = _text(file)
            try:
                content = read(root, file)
            except (ArchiveError, OSError) as reason:
                entries.append(refusal(name, _why(reason)))
            else:
                entries.append(await intake.take(name, content, time.time()))
    return await intake.settled(entries)


def found(root: Path) -> list[Path]:
    """The file itself, or what is below a folder, hidden names left out.

    A folder that is closed or has nothing in it stands for itself, so that `read` tells why.
    """
    files: list[Path] = []
    closed: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(folder, name).is_symlink()]
        files += [Path(folder, name) for name in names + links if not name.startswith(".")]
    files += [Path(error.filename) for error in closed]
    return sorted(files) or [root]


def read(root: Path, file: Path) -> bytes:
    """The bytes of a page.

    Raises:
        ArchiveError: it is no file of the folder, or too large; the message is a clause.
        OSError: it cannot be read.
    """
    if file != root:
        _check_below(root, file)
    if file.stat().st_size > SIZE_LIMIT:
        raise ArchiveError(f"it is larger than {SIZE_LIMIT >> 20} MiB; split it")
    return file.read_bytes()


def _check_below(root: Path, file: Path) -> None:
    linked = file.is_symlink()
    if linked and not file.exists():
        raise ArchiveError("it is a link that leads nowhere")
    if not file.resolve().is_relative_to(root.resolve()):
        raise ArchiveError("it is a link that leads out of the folder")
    if not file.is_file() and (linked or not file.is_dir()):
        raise ArchiveError("it is not a file")


def _why(reason: Exception) -> str:
    if isinstance(reason, FileNotFoundError):
        return "there is no such file; check the path"
    if isinstance(reason, IsADirectoryError):
        return "there is no page in it; check the path"
    if isinstance(reason, OSError):
        return f"it cannot be read ({reason.strerror}); check the path and its permissions"
    return str(reason)


def _text(argument: Path | str) -> str:
    """A path or word of the command line as text: bytes that are no UTF-8 are written as escapes."""
    return os.fsencode(argument).decode(errors="backslashreplace")


def _progress() -> AbstractContextManager[Progress]:
    """A bar on a terminal, nothing elsewhere; standard output stays free for the report."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())


def _show(entries: Sequence[Entry], *, dry_run: bool) -> None:
    table = Table("", "Title", "Author", "Rating", "Words", "Pages", box=None, pad_edge=False)
    for entry in entries:
        if entry.edition is not None:
            story = entry.edition.manuscript
            figures = (story.rating.label, f"{entry.edition.words:,}", str(len(entry.edition.pages)))
            table.add_row(entry.status.value, *map(printable, (story.title, story.author)), *figures)
    if table.row_count:
        Console(markup=False).print(table)
    for entry in entries:
        for sentence in _remarks(entry):
            errors.print(printable(sentence), soft_wrap=True)
    counts = report(entries)
    totals = ", ".join(f"{counts[status.value]} {status.value}" for status in Status)
    print(f"Dry run, nothing written: {totals}." if dry_run else f"{totals}.".capitalize())


def _remarks(entry: Entry) -> list[str]:
    if entry.error is not None:
        return [entry.error]
    return [f"{entry.path}: {warning}" for warning in entry.edition.manuscript.warnings] if entry.edition else []


async def link_author(database_path: Path, name: str, user_id: str) -> int:
    """Ties a pen name to a Discord account and says how many letters go out now."""
    if not (re.fullmatch("[0-9]{17,19}", user_id) and int(user_id) < 1 << 63):
        raise ArchiveError(
            f"{user_id} is not the id of a Discord account, a number of 17 to 19 digits;"
            " turn on Developer Mode in Discord and choose Copy User ID."
        )
    async with open_database(database_path) as database:
        feedback = Feedback(database)
        spelt, waiting = await feedback.link(HOME, _text(name), int(user_id))
    letters = "no letter was waiting" if not waiting else f"{waiting} waiting letter{'s' * (waiting > 1)} on the way"
    print(f"{spelt} is the account {user_id} now; {letters}.")
    return 0
