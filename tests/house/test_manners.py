"""The manners of the house that can be counted."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

from tests.shared import CHECKOUT

CODE = [*(CHECKOUT / "bot").rglob("*.py"), *(CHECKOUT / "cogs").rglob("*.py")]
TESTS = list((CHECKOUT / "tests").rglob("*.py"))


def _functions(paths: list[Path]) -> Iterator[tuple[str, int]]:
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield f"{path.relative_to(CHECKOUT)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def _lines(paths: list[Path]) -> int:
    return sum(bool(line.strip()) for path in paths for line in path.read_text("utf-8").splitlines())


def test_functions_are_short() -> None:
    lengths = dict(_functions(CODE))
    assert [name for name, length in lengths.items() if length > 50] == []
    assert statistics.median(lengths.values()) <= 8
    assert statistics.quantiles(lengths.values(), n=10)[-1] <= 25


def test_files_are_short() -> None:
    long = {str(path.relative_to(CHECKOUT)) for path in CODE + TESTS if len(path.read_text("utf-8").splitlines()) > 400}
    assert long == set()


def test_every_room_says_what_it_is_for() -> None:
    silent = [path for path in CODE if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert silent == []


def test_there_are_as_many_lines_of_tests_as_of_code() -> None:
    assert _lines(TESTS) >= _lines(CODE)


def test_no_path_of_a_machine_and_no_token_is_committed() -> None:
    suspicious = ("/ho" + "me/", "/ro" + "ot/", "/wo" + "rk/", "discord.com/api/web" + "hooks/")
    found = [(path.name, word) for path in CODE + TESTS for word in suspicious if word in path.read_text("utf-8")]
    assert found == []
