"""This room asks epubcheck, Discord's readers' strictest librarian."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def check(path: Path) -> None:
    """epubcheck is a Java archive, wherever a distribution puts it."""
    checker = shutil.which("epubcheck")
    if checker is None or shutil.which("java") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("epubcheck is missing: install Debian's epubcheck and default-jre-headless.")
        pytest.skip("epubcheck is missing: install Debian's epubcheck and default-jre-headless to run this.")
    command = ["java", "-jar", checker, "--failonwarnings", "--usage", str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "0 fatals / 0 errors / 0 warnings" in told.stdout
