"""What came too late is counted, and said."""

import logging
from datetime import UTC, datetime

import pytest
from discord.utils import time_snowflake

from bot.domain.tally import Tally
from bot.punctuality import IN_TIME, Punctuality

BORN = datetime(2024, 5, 1, tzinfo=UTC)
INTERACTION = time_snowflake(BORN)


@pytest.mark.parametrize(("age", "late"), [(-5.0, 0), (0.0, 0), (IN_TIME, 0), (IN_TIME + 0.01, 1), (900.0, 1)])
def test_how_old_it_was_when_it_was_read(age: float, late: int) -> None:
    """A clock that is behind makes it younger than nothing."""
    punctuality = Punctuality(tally := Tally())
    punctuality.read(INTERACTION, BORN.timestamp() + age)
    assert (tally.read_late, tally.answered_late) == (late, 0)


def test_both_are_counted_apart_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    punctuality = Punctuality(tally := Tally())
    with caplog.at_level(logging.WARNING):
        punctuality.read(INTERACTION, BORN.timestamp() + 60)
        punctuality.too_late(INTERACTION)
        punctuality.too_late(INTERACTION)
    assert (tally.read_late, tally.answered_late) == (1, 2)
    assert f"Interaction {INTERACTION} was 60.0 seconds old when it was read" in caplog.text
    assert caplog.text.count(f"The answer to interaction {INTERACTION} came too late") == 2
