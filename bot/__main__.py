"""This room is the command line: run, try, check, import, backup, restore, author link."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import __version__
from bot.config import Settings, read_settings
from bot.domain.errors import ArchiveError
from bot.logs import start_logging


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status: 0 done, 1 not all done, 2 not understood or not possible."""
    given = _parser().parse_args(arguments)
    try:
        settings = read_settings()
        start_logging(settings.log_level, settings.discord_token or "")
        return given.command(settings, given)
    except ArchiveError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="talebearer",
        description="A Discord bot that serves a story archive and carries readers' letters to the authors.",
        epilog="Without a command: `run` where DISCORD_TOKEN is set, else, on a terminal, `try`."
        " Settings come from the environment and the file .env; .env.example explains each.",
    )
    parser.add_argument("--version", action="version", version=f"talebearer {__version__}")
    parser.set_defaults(command=_run_or_try, port=0, archive=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    commands.add_parser("run", help="serve the archive on Discord").set_defaults(command=_run)
    _try_options(commands.add_parser("try", help="try it in the browser: a local Discord, no token, nothing kept"))
    _import_options(commands.add_parser("import", help="bring story pages into the archive", description=IMPORT))
    _backup_options(commands.add_parser("backup", help="copy the database, also while the bot runs"))
    _restore_options(commands.add_parser("restore", help="put a copy in the place of the database"))
    commands.add_parser("check", help="look whether everything is ready to serve").set_defaults(command=_check)
    authors = commands.add_parser("author", help="look after pen names")
    acts = authors.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _link_options(acts.add_parser("link", help="tie a pen name to a Discord account; its waiting letters go out"))
    return parser


def _try_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=0, help="the port on 127.0.0.1 (default: a free one)")
    parser.add_argument("--archive", type=Path, metavar="FOLDER", help="the stories to show (default: the samples)")
    parser.set_defaults(command=_try)


IMPORT = (
    "Reads story pages, files or whole folders. Importing a page again changes nothing; an edited page updates"
    " its story. Exit status 1: some page was refused."
)


def _import_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a page, or a folder of pages")
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")
    parser.set_defaults(command=_import)


def _backup_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="where the copy goes; a file that is there stays")
    parser.set_defaults(command=_backup)


def _restore_options(parser: argparse.ArgumentParser) -> None:
    parser.description = "Stop the bot first. What is there now is kept beside it under another name."
    parser.add_argument("file", type=Path, metavar="FILE", help="a copy that `talebearer backup` or the bot made")
    parser.set_defaults(command=_restore)


def _link_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help='the pen name, like "Ruby"')
    parser.add_argument("user_id", metavar="USER_ID", help="the account's id (Developer Mode, Copy User ID)")
    parser.set_defaults(command=_link)


def _run_or_try(settings: Settings, given: argparse.Namespace) -> int:
    if settings.discord_token is None and sys.stdin.isatty() and sys.stdout.isatty():
        return _try(settings, given)
    return _run(settings, given)


# The floors below are imported by the command that needs them: `--help` and `import` start without Discord.


def _run(settings: Settings, _given: argparse.Namespace) -> int:
    from bot.running import run

    return run(settings)


def _try(settings: Settings, given: argparse.Namespace) -> int:
    from bot.tryout import try_out

    return try_out(settings, port=given.port, archive=given.archive)


def _import(settings: Settings, given: argparse.Namespace) -> int:
    from bot.importing import import_pages

    return asyncio.run(import_pages(settings.database_url, given.paths, dry_run=given.dry_run, as_json=given.json))


def _backup(settings: Settings, given: argparse.Namespace) -> int:
    from bot.backups import back_up

    return asyncio.run(back_up(settings.database_url, given.file))


def _restore(settings: Settings, given: argparse.Namespace) -> int:
    from bot.backups import restore

    return asyncio.run(restore(settings.database_url, given.file))


def _check(settings: Settings, _given: argparse.Namespace) -> int:
    from bot.checking import check

    return asyncio.run(check(settings))


def _link(settings: Settings, given: argparse.Namespace) -> int:
    from bot.importing import link_author

    return asyncio.run(link_author(settings.database_url, given.name, given.user_id))


if __name__ == "__main__":
    sys.exit(main())
