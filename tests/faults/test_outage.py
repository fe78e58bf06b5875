"""Discord is out for half a minute; the bot is back soon after, and what has become due drains in order."""

from tests.faults.outage import LETTERS, outage

OUT, CAP = 30.0, 5.0
"""Seconds; `python -m tests.faults.outage` has it out for five minutes, with the cap that is the default."""


async def test_half_a_minute_without_discord() -> None:
    outcome = await outage(OUT, CAP)
    assert outcome.back_after <= CAP + 5
    assert outcome.letters == 2 * LETTERS
    assert outcome.in_order
    assert outcome.closest >= 1.0
    assert outcome.too_fast == 0
