"""This room holds the README's table against the tests it names."""

import re
from pathlib import Path

import bot.sandbox

HERE = Path(__file__).parent
README = Path(bot.sandbox.__file__).parent / "README.md"
ROWS = re.findall(r"^\| (.+) \| (.+) \| (`test_.+`) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_rule_has_a_source_and_tests_that_are_there() -> None:
    written = {
        name
        for path in HERE.glob("test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))
    }
    assert len(ROWS) > 40
    for rule, source, tests in ROWS:
        assert source.strip(), rule
        assert set(re.findall(r"test_\w+", tests)) <= written, rule


def test_it_imports_nothing_of_the_bot() -> None:
    for path in README.parent.rglob("*.py"):
        found = re.findall(r"^(?:from|import) (bot|cogs)[. ]", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert found == [], path.name
