"""A bot that is killed or asked to end under load is back before anybody notices, and no act has two effects."""

import pytest

from tests.faults.restarts import ENDS, GAP, restarts

TIMES = 4
"""In `.ci/run`; `python -m tests.faults.restarts` does it twenty times each way."""


@pytest.mark.parametrize("end", sorted(ENDS))
async def test_the_next_process_goes_on_with_the_session(end: str) -> None:
    outcome = await restarts(TIMES, ENDS[end])
    assert outcome.unanswered == []
    assert outcome.twice == []
    assert outcome.resumed == TIMES
    assert outcome.acts > 100
    assert min(outcome.gaps) <= GAP, "on the quietest moment of a busy machine"
