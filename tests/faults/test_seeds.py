"""Twelve seeds of everything that can go wrong, and nothing is lost; one that fails is replayed by its number."""

import json

import pytest
from _pytest.capture import CaptureFixture

from tests.faults.__main__ import main


@pytest.mark.timeout(600)
def test_nothing_is_lost_doubled_out_of_order_or_unanswered(capsys: CaptureFixture[str]) -> None:
    status = main(["--seeds", "12", "--jobs", "2", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["failed"] == [], f"python -m tests.faults --seed {told['failed'][0]['seed']}"
    assert (status, told["violations"], told["seeds"]) == (0, {}, 12)
    figures = told["figures"]
    assert figures["letters acknowledged"] > 12 * 5
    assert figures["letters arrived"] > 12 * 3
    assert figures["requests made to fail"] > 12 * 2
    assert figures["processes"] > 12 * 2
