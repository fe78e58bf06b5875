"""This room is the command line of exports: an archive out into one file, and back with nothing lost."""

import time
from collections.abc import Sequence
from pathlib import Path

import orjson

from bot.domain.access import HOME
from bot.domain.errors import ArchiveError
from bot.importing import Wishes, opened, options, progress
from bot.logs import printable
from bot.services.exporting import write_to
from bot.services.intake import Intake, Returned, is_export
from bot.store.database import open_database


async def export(database_path: Path, target: Path) -> int:
    """Writes the home archive into one file, also while the bot runs."""
    _check(target)
    async with open_database(database_path) as database:
        with progress() as shown:
            try:
                made = await write_to(database, HOME, target, time.time(), options(Wishes(), shown).progress)
            except OSError as error:
                raise ArchiveError(
                    f"{target} could not be written ({error}); name a file in a folder that is there and has room."
                ) from error
    if not made.stories:
        raise ArchiveError(
            f"The archive in {database_path} has no stories, so nothing was exported; import some first."
        )
    print(printable(f"Exported {made.stories:,} stories to {target}."))
    return 0


def _check(target: Path) -> None:
    if target.exists():
        raise ArchiveError(f"{target} is there already and stays as it is; name another file.")


def exports_among(paths: Sequence[Path]) -> bool:
    """Whether files are those of an export.

    Raises:
        ArchiveError: some are, and others are not.
    """
    found = [path for path in paths if is_export(path)]
    if found and len(found) != len(paths):
        raise ArchiveError(f"{found[0]} is the export of an archive and the others are not; import it by itself.")
    return bool(found)


async def bring_back(database_path: Path, paths: Sequence[Path], wishes: Wishes) -> int:
    """Imports the files of an export and says what became of its stories; exit status 1 where some were refused."""
    async with opened(database_path, dry_run=wishes.dry_run) as database:
        with progress() as shown:
            chosen = options(wishes, shown, database_path)
            returned = await Intake(database, HOME).bring_back(paths, time.time(), chosen)
    if wishes.as_json:
        print(orjson.dumps(_object(returned), option=orjson.OPT_INDENT_2).decode())
    else:
        for sentence in _told(returned):
            print(printable(sentence))
    if wishes.dry_run and not wishes.as_json:
        print("Dry run, nothing written.")
    return 1 if returned.refused else 0


def _told(returned: Returned) -> list[str]:
    differ = [
        f"{title} stays as it is here, where its text or header is another; take the one here out first."
        for title in returned.differ
    ]
    counts = (
        f"Run {returned.run_id}: {returned.added} added, {returned.unchanged} unchanged, {len(differ)} stay as they"
        f" are, {len(returned.held)} held, {len(returned.refused)} refused."
    )
    return [*returned.refused, *returned.held, *differ, counts]


def _object(returned: Returned) -> dict[str, object]:
    return {
        "run": returned.run_id,
        "added": returned.added,
        "unchanged": returned.unchanged,
        "differ": returned.differ,
        "held": returned.held,
        "refused": returned.refused,
    }
