"""What the types are there to forbid, they forbid."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.shared import CHECKOUT

WRONG = Path(__file__).with_name("wrong_calls.py")


def _expected() -> set[tuple[int, str]]:
    lines = WRONG.read_text("utf-8").splitlines()
    marks = ((number, re.search(r"# wrong: (\w+)", line)) for number, line in enumerate(lines))
    return {(number, mark[1]) for number, mark in marks if mark}


def test_every_wrong_call_is_an_error_and_nothing_else_is(tmp_path: Path) -> None:
    checker = Path(sys.executable).with_name("basedpyright")
    outside = shutil.copy(WRONG, tmp_path)  # where it stands, the configuration leaves it out
    done = subprocess.run([checker, "--outputjson", outside], capture_output=True, check=False, cwd=CHECKOUT)
    found = {
        (diagnostic["range"]["start"]["line"], diagnostic["rule"])
        for diagnostic in json.loads(done.stdout)["generalDiagnostics"]
        if diagnostic["severity"] == "error"
    }
    expected = _expected()
    assert len(expected) == 7
    assert expected <= found
    assert {line for line, _ in found} == {line for line, _ in expected}
