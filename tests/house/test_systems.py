"""On Windows and macOS nothing fails at import: what only some systems have is asked for where it is needed."""

import subprocess
import sys

from tests.shared import CHECKOUT

ELSEWHERE = ("fcntl", "grp", "posix_ipc", "pty", "pwd", "resource", "syslog", "termios", "tty", "uvloop")
"""Modules that Windows does not have, and one that is not installed there."""

IMPORTS = """
import importlib, pkgutil, sys
for name in {elsewhere!r}:
    sys.modules[name] = None  # whoever imports it now gets an ImportError
import bot, cogs
for package in (bot, cogs):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
import bot.__main__
print(len([name for name in sys.modules if name.startswith(("bot.", "cogs."))]))
"""


def _imported(elsewhere: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    script = IMPORTS.format(elsewhere=elsewhere)
    return subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=False)


def test_every_room_can_be_imported_where_those_are_missing() -> None:
    done = _imported(ELSEWHERE)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 200


def test_a_module_that_is_missing_would_be_noticed() -> None:
    done = _imported((*ELSEWHERE, "zipfile"))
    assert done.returncode == 1
    assert "zipfile" in done.stderr
