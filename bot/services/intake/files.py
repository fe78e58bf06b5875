"""This room finds the files of an import and opens them: what is no document of the folder is told, not followed."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.domain.errors import ArchiveError
from bot.formats.boxes import Aside, Member


class File(NamedTuple):
    """A file to import, and the argument it was found under."""

    root: Path
    path: Path
    name: str = ""  # what its documents go by, where that is not its path


def found(roots: Sequence[Path]) -> list[File]:
    """Every file of `roots`, folders with all that is in them, each once, in the order of their names."""
    files = {path: File(root, path) for root in reversed(roots) for path in _below(root)}
    return sorted(files.values(), key=lambda file: (roots.index(file.root), file.path))


def _below(root: Path) -> list[Path]:
    """The file itself, or what is below a folder, hidden names left out.

    A folder that is closed or has nothing in it stands for itself, so that `opened` tells why.
    """
    files: list[Path] = []
    closed: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(folder, name).is_symlink()]
        files += [Path(folder, name) for name in names + links if not name.startswith(".")]
    files += [Path(error.filename) for error in closed]
    return sorted(files) or [root]


def size(file: File) -> int:
    """In bytes, 0 where it cannot be told."""
    try:
        return file.path.stat().st_size
    except (OSError, ValueError):
        return 0


def opened(file: File) -> Iterator[Member | Aside]:
    """The documents in a file, one after the other; what cannot be read is told as an Aside."""
    name = file.name or printable_path(file.path)
    try:
        yield from _unchanged(name, file)
    except (ArchiveError, OSError, ValueError) as reason:
        yield Aside(name, _why(reason))


def _unchanged(name: str, file: File) -> Iterator[Member | Aside]:
    """The documents of a file that stays as it is; one that changes meanwhile is a mixture of two."""
    if file.path != file.root:
        _check_below(file.root, file.path)
    from bot.formats.containers import members  # and so zip and XML, which nobody needs who only serves

    before = _look(file.path)
    for each in members(name, file.path):
        if _look(file.path) != before:
            yield Aside(each.path, "it changed while it was read; import it again")
            return
        yield each


def _look(path: Path) -> tuple[int, int, int]:
    seen = path.stat()
    return seen.st_ino, seen.st_size, seen.st_mtime_ns


def _check_below(root: Path, file: Path) -> None:
    """No folder on the way was a link, which `found` does not follow: a plain file lies where it seems to."""
    if stat.S_ISREG(file.lstat().st_mode):
        return
    linked = file.is_symlink()
    if linked and not file.exists():
        raise ArchiveError("it is a link that leads nowhere")
    if not file.resolve().is_relative_to(root.resolve()):
        raise ArchiveError("it is a link that leads out of the folder")
    if file.exists() and not file.is_file() and (linked or not file.is_dir()):
        raise ArchiveError("it is not a file")


def _why(reason: Exception) -> str:
    if isinstance(reason, FileNotFoundError):
        return "there is no such file; check the path"
    if isinstance(reason, IsADirectoryError):
        return "there is no page in it; check the path"
    if isinstance(reason, OSError):
        return f"it cannot be read ({reason.strerror}); check the path and its permissions"
    return str(reason)


def printable_path(argument: Path | str) -> str:
    """A path or word of the command line as text: bytes that are no UTF-8 are written as escapes."""
    return os.fsencode(argument).decode(errors="backslashreplace")


Progress = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done, and how much there is, in bytes or stories."""
