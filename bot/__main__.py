"""This room is the command line: one function for each of its commands."""

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
        start_logging(settings.log_level, settings.discord_token or "", form=settings.log_format)
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
    parser.set_defaults(command=_run_or_try, port=0, archive=None, keep=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    commands.add_parser("run", help="serve the archive on Discord").set_defaults(command=_run)
    _try_options(commands.add_parser("try", help="try it in the browser: a local Discord and no token"))
    _import_options(commands.add_parser("import", help="bring story pages into the archive", description=IMPORT))
    _export_options(commands.add_parser("export", help="write the whole archive to a file that imports back"))
    _backup_options(commands.add_parser("backup", help="copy the database, also while the bot runs"))
    _restore_options(commands.add_parser("restore", help="put a copy in the place of the database"))
    commands.add_parser("check", help="look whether everything is ready to serve").set_defaults(command=_check)
    _edition_options(commands.add_parser("edition", help="list the editions of a story, or show another one"))
    _publish_options(commands.add_parser("publish", help="show a withheld or hidden story to readers"))
    links = commands.add_parser("links", help="list the stories that others name and that are missing or in doubt")
    links.set_defaults(command=_links)
    _bar_options(commands.add_parser("bar", help="keep the do-not-import list"))
    authors = commands.add_parser("author", help="look after pen names")
    acts = authors.add_subparsers(title="commands", metavar="COMMAND", required=True)
    contacts = acts.add_parser("contacts", help="show the addresses that a story's pages tell, to find its author")
    contacts.add_argument("story", metavar="STORY", help="its title or number")
    contacts.set_defaults(command=_contacts)
    _link_options(acts.add_parser("link", help="tie a pen name to a Discord account; its waiting letters go out"))
    return parser


def _try_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=0, help="the port on 127.0.0.1 (default: a free one)")
    parser.add_argument("--archive", type=Path, metavar="FOLDER", help="the stories to show (default: the samples)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the archive stays (default: nowhere)")
    parser.set_defaults(command=_try)


IMPORT = (
    "Reads story pages (plain text, HTML, Markdown, EPUB, mail, mailboxes and zip archives of these): files or whole"
    " folders. Importing a page again changes nothing; an edited page updates its story. A file that"
    " `talebearer export` or /desk export made comes back as it was."
    " Exit status 1: some page was refused."
)


def _import_options(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("paths", nargs="*", type=Path, default=[], metavar="PATH", help="a page, or a folder of pages")
    what.add_argument("--undo", type=int, metavar="RUN", help="take back everything that a run of the importer did")
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen, field by field")
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the report with the originals to a web page")
    parser.add_argument("--withhold", action="store_true", help="import for review: readers do not see it yet")
    parser.add_argument("--jobs", type=_jobs, metavar="N", help="processes that read pages (default: one a core)")
    parser.set_defaults(command=_import)


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:4]) <= 64):
        raise argparse.ArgumentTypeError(f"must be a number from 1 to 64, not {text}")
    return int(text)


def _edition_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="its title or number")
    parser.add_argument("number", nargs="?", type=int, metavar="N", help="the edition to show (default: list them)")
    parser.set_defaults(command=_edition)


def _publish_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="its title or number")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why readers may see it; it is kept")
    parser.set_defaults(command=_publish)


def _bar_options(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    author = acts.add_parser("author", help="nothing by this author comes in")
    author.add_argument("names", nargs="+", metavar="NAME", help="every spelling of the pen name")
    author.set_defaults(command=_bar_author)
    story = acts.add_parser("story", help="this story does not come in again, nor a near copy of it")
    story.add_argument("story", metavar="STORY", help="its title or number")
    story.set_defaults(command=_bar_story)
    acts.add_parser("list", help="show the list").set_defaults(command=_bar_list)
    remove = acts.add_parser("remove", help="take an entry off the list")
    remove.add_argument("number", type=int, metavar="ENTRY")
    remove.set_defaults(command=_bar_remove)


def _export_options(parser: argparse.ArgumentParser) -> None:
    parser.description = "A zip of all stories as JSON, which `talebearer import` takes back whole, and as EPUBs."
    parser.add_argument("file", type=Path, metavar="FILE", help="where it goes; a file that is there stays")
    parser.set_defaults(command=_export)


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

    return try_out(settings, port=given.port, archive=given.archive, keep=given.keep)


def _import(settings: Settings, given: argparse.Namespace) -> int:
    from bot.exporting import bring_back, exports_among
    from bot.importing import Wishes, import_pages, undo_run

    if given.undo is not None:
        return asyncio.run(undo_run(settings.database_url, given.undo, dry_run=given.dry_run))
    wishes = Wishes(
        dry_run=given.dry_run, as_json=given.json, html=given.html, withhold=given.withhold, jobs=given.jobs
    )
    if exports_among(given.paths):
        return asyncio.run(bring_back(settings.database_url, given.paths, wishes))
    return asyncio.run(import_pages(settings.database_url, given.paths, wishes))


def _export(settings: Settings, given: argparse.Namespace) -> int:
    from bot.exporting import export

    return asyncio.run(export(settings.database_url, given.file))


def _edition(settings: Settings, given: argparse.Namespace) -> int:
    from bot.curating import edition

    return asyncio.run(edition(settings.database_url, given.story, given.number))


def _publish(settings: Settings, given: argparse.Namespace) -> int:
    from bot.curating import publish

    return asyncio.run(publish(settings.database_url, given.story, given.reason))


def _bar_author(settings: Settings, given: argparse.Namespace) -> int:
    from bot.curating import bar_author

    return asyncio.run(bar_author(settings.database_url, given.names))


def _bar_story(settings: Settings, given: argparse.Namespace) -> int:
    from bot.curating import bar_story

    return asyncio.run(bar_story(settings.database_url, given.story))


def _bar_list(settings: Settings, _given: argparse.Namespace) -> int:
    from bot.curating import bar_list

    return asyncio.run(bar_list(settings.database_url))


def _bar_remove(settings: Settings, given: argparse.Namespace) -> int:
    from bot.curating import bar_remove

    return asyncio.run(bar_remove(settings.database_url, given.number))


def _links(settings: Settings, _given: argparse.Namespace) -> int:
    from bot.curating import open_links

    return asyncio.run(open_links(settings.database_url))


def _contacts(settings: Settings, given: argparse.Namespace) -> int:
    from bot.curating import contacts

    return asyncio.run(contacts(settings.database_url, given.story))


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
    from bot.curating import link_author

    return asyncio.run(link_author(settings.database_url, given.name, given.user_id))


if __name__ == "__main__":
    sys.exit(main())
