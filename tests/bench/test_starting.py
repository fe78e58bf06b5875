"""This room starts the try-out once as the benchmark does; its figures are judged by nobody here."""

import json

import pytest

from tests.bench.__main__ import main
from tests.bench.starting import Start, print_starts


def test_a_start_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["start", "--rounds", "1", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert 0 < printed["address_s"] <= printed["usable_s"]
    assert (printed["benchmark"], len(printed["starts"])) == ("start", 1)


@pytest.mark.parametrize(("seconds", "word"), [(2.9, "reached"), (3.1, "missed")])
def test_the_best_start_is_held_against_the_target(
    capsys: pytest.CaptureFixture[str], seconds: float, word: str
) -> None:
    print_starts([Start(9.0, 9.0), Start(1.0, seconds)], as_json=False)
    assert f"can use: {seconds:.2f} s; the target of 3 s is {word}" in capsys.readouterr().out
