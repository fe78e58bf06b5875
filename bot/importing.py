"""This room is the command line of the archive's owner: pages in, pen names tied to accounts."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.domain.errors import ArchiveError
from bot.services.feedback import Feedback
from bot.services.intake import Entry, Intake, Status, refusal, report
from bot.store.database import Database, open_database

HOME = 1
"""The home archive: what the command line imports into."""
SIZE_LIMIT = 32 * 1024 * 1024
"""Bytes of one page; the largest seen in real archives has 1.4 million."""

errors = Console(stderr=True, highlight=False, markup=False)


async def import_pages(database_path: Path, paths: Sequence[Path], *, dry_run: bool, as_json: bool) -> int:
    """Imports files and folders, shows how far it is and what became of each page; returns the exit status."""
    async with open_database(database_path) as database:
        entries = await take_all(database, paths, dry_run=dry_run)
    if as_json:
        print(json.dumps(report(entries), ensure_ascii=False, indent=2))
    else:
        _show(entries, dry_run=dry_run)
    return 1 if any(entry.status is Status.REFUSED for entry in entries) else 0


async def take_all(database: Database, paths: Sequence[Path], *, dry_run: bool = False) -> list[Entry]:
    """Imports every file of `paths`, folders with all that is in them, in the order of their names."""
    intake = Intake(database, HOME)
    files = [(root, file) for root in paths for file in found(root)]
    entries: list[Entry] = []
    with _progress() as progress:
        for root, file in progress.track(files, description="Importing"):
            try:
                content = read(root, file)
            except (ArchiveError, OSError) as reason:
                entries.append(refusal(str(file), _why(reason)))
            else:
                entries.append(await intake.take(str(file), content, time.time(), dry_run=dry_run))
    return entries


def found(root: Path) -> Iterator[Path]:
    """The file itself, or the files below a folder, hidden ones left out."""
    if not root.is_dir():
        yield root
        return
    for path in sorted(root.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts):
            yield path


def read(root: Path, file: Path) -> bytes:
    """The bytes of a page.

    Raises:
        ArchiveError: it is a link out of the folder, or too large; the message is a clause.
        OSError: it cannot be read.
    """
    if root.is_dir() and not file.resolve().is_relative_to(root.resolve()):
        raise ArchiveError("it is a link that leads out of the folder")
    if file.stat().st_size > SIZE_LIMIT:
        raise ArchiveError(f"it is larger than {SIZE_LIMIT >> 20} MiB; split it")
    return file.read_bytes()


def _why(reason: Exception) -> str:
    if isinstance(reason, FileNotFoundError):
        return "there is no such file; check the path"
    if isinstance(reason, OSError):
        return f"it cannot be read ({reason.strerror}); check its permissions"
    return str(reason)


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


def printable(text: str) -> str:
    """Text of a page for a terminal: control characters and escapes are shown, not obeyed."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


async def link_author(database_path: Path, name: str, user_id: str) -> int:
    """Ties a pen name to a Discord account and says how many letters go out now."""
    if not (user_id.isascii() and user_id.isdecimal() and 15 <= len(user_id) <= 19):
        raise ArchiveError(
            f"{user_id} is not the id of a Discord account, a number of 17 to 19 digits;"
            " turn on Developer Mode in Discord and choose Copy User ID."
        )
    async with open_database(database_path) as database:
        feedback = Feedback(database)
        spelt, waiting = await feedback.link(HOME, name, int(user_id))
    letters = "no letter was waiting" if not waiting else f"{waiting} waiting letter{'s' * (waiting > 1)} on the way"
    print(f"{spelt} is the account {user_id} now; {letters}.")
    return 0


async def back_up(database_path: Path, target: Path) -> int:
    """Copies the database while others read and write it, and checks the copy."""
    if not database_path.exists():
        raise ArchiveError(
            f"There is no database {database_path} to copy; check DATABASE_URL and the folder you are in."
        )
    if target.exists():
        raise ArchiveError(f"{target} is there already and stays as it is; name another file.")
    async with open_database(database_path) as database:
        await database.copy_to(target)
    print(f"Copied {database_path} to {target}: {target.stat().st_size:,} bytes, checked.")
    return 0
