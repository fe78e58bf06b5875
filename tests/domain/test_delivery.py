"""The life of a letter, as a table."""

import pytest

from bot.domain.delivery import (
    NONCE_WINDOW,
    RETRIES,
    Delivered,
    Later,
    Never,
    Outcome,
    Refused,
    State,
    Step,
    Unknown,
    may_repeat,
    next_step,
)

NOW = 1_000_000.0


@pytest.mark.parametrize(
    ("outcome", "attempt", "step"),
    [
        (Delivered(5, 6), 1, Step(State.DELIVERED)),
        (Never("closed"), 1, Step(State.WAITING, problem="closed")),
        (Refused("filtered"), 1, Step(State.PARKED, problem="filtered")),
        (Later("busy"), 1, Step(State.READY, NOW + 5, "busy")),
        (Later("busy"), 2, Step(State.READY, NOW + 30, "busy")),
        (Later("busy", after=600), 1, Step(State.READY, NOW + 600, "busy")),
        (Later("busy", after=1), 3, Step(State.READY, NOW + 120, "busy")),
        (Unknown("hung"), 1, Step(State.UNKNOWN, NOW + 5, "hung")),
        (Unknown("hung"), len(RETRIES), Step(State.UNKNOWN, NOW + 86_400, "hung")),
        (Unknown("hung"), len(RETRIES) + 1, Step(State.PARKED, problem="hung")),
        (Later("busy"), len(RETRIES) + 1, Step(State.PARKED, problem="busy")),
    ],
)
def test_what_follows_a_try(outcome: Outcome, attempt: int, step: Step) -> None:
    assert next_step(outcome, attempt, NOW) == step


def test_chance_spreads_retries_over_a_tenth_of_the_delay() -> None:
    assert next_step(Later("busy"), 2, NOW, jitter=1.0).due_at == NOW + 33
    assert next_step(Later("busy"), 2, NOW, jitter=0.5).due_at == NOW + 31.5


def test_a_nonce_is_repeated_only_while_discord_surely_remembers_it() -> None:
    assert may_repeat(NOW, NOW + NONCE_WINDOW - 1)
    assert not may_repeat(NOW, NOW + NONCE_WINDOW)
