"""This room installs what a few tests need from npm, outside the checkout, and finds it again the next time."""

import contextlib
import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "talebearer" / "npm"


def installed(wanted: Path) -> Path:
    """The `node_modules` with the versions that `wanted`, a package.json, pins.

    Without node, or without a way to the registry, the test is skipped; with CI=true it fails.
    """
    pinned = wanted.read_bytes()
    folder = CACHE / hashlib.sha256(pinned).hexdigest()[:16]
    if not (folder / "done").exists():
        _install(pinned, folder)
    return folder / "node_modules"


def node() -> str:
    return _program("node")


def _install(pinned: bytes, folder: Path) -> None:
    """In a folder of its own first: another process of the tests may be at the same."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder.parent))
    (made / "package.json").write_bytes(pinned)
    command = [_program("npm"), "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=made, capture_output=True, text=True, timeout=100, check=False)
    if done.returncode:
        _missing(f"npm could not install what {made / 'package.json'} names: {done.stderr.strip()[-300:]}")
    (made / "done").touch()
    with contextlib.suppress(OSError):  # the other one was quicker
        made.rename(folder)


def _program(name: str) -> str:
    found = shutil.which(name)
    return found or _missing(f"There is no {name} on this machine; install Debian's packages nodejs and npm.")


def _missing(sentence: str) -> str:
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)
