"""The life of a letter, as a table."""

import pytest

from bot.domain.delivery import (
    LEASE,
    NONCE_WINDOW,
    PATIENCE,
    RETRIES,
    Delivered,
    Later,
    Never,
    Outcome,
    Refused,
    State,
    Step,
    Unknown,
    in_doubt,
    may_repeat,
    next_step,
)

NOW = 1_000_000.0
LAST = len(RETRIES)


@pytest.mark.parametrize(
    ("outcome", "failures", "step"),
    [
        (Delivered(5, 6), 0, Step(State.DELIVERED)),
        (Never("closed"), 0, Step(State.WAITING, problem="closed")),
        (Refused("filtered"), 0, Step(State.PARKED, problem="filtered")),
        (Later("busy"), 0, Step(State.READY, NOW + 5, "busy")),
        (Later("busy"), 1, Step(State.READY, NOW + 30, "busy")),
        (Later("busy", after=600), 0, Step(State.READY, NOW + 600, "busy")),
        (Later("busy", after=1), 2, Step(State.READY, NOW + 120, "busy")),
        (Unknown("hung"), 0, Step(State.UNKNOWN, NOW + 5, "hung")),
        (Unknown("hung"), LAST - 1, Step(State.UNKNOWN, NOW + 86_400, "hung")),
        (Unknown("hung"), LAST, Step(State.PARKED, problem="hung")),
        (Later("busy"), LAST, Step(State.PARKED, problem="busy")),
    ],
)
def test_what_follows_a_try(outcome: Outcome, failures: int, step: Step) -> None:
    assert next_step(outcome, failures, NOW) == step


def test_chance_spreads_retries_over_a_tenth_of_the_delay() -> None:
    assert next_step(Later("busy"), 1, NOW, jitter=1.0).due_at == NOW + 33
    assert next_step(Later("busy"), 1, NOW, jitter=0.5).due_at == NOW + 31.5


def test_a_nonce_is_repeated_only_while_discord_surely_remembers_it() -> None:
    assert may_repeat(NOW, NOW + NONCE_WINDOW - 1)
    assert not may_repeat(NOW, NOW + NONCE_WINDOW)


def test_after_a_try_that_may_have_arrived_only_delivered_is_an_answer() -> None:
    assert in_doubt(Delivered(1, 2)) == Delivered(1, 2)
    assert in_doubt(Never("closed")) == Unknown("closed")
    assert in_doubt(Refused("filtered")) == Unknown("filtered")
    assert in_doubt(Later("busy", 600)) == Unknown("busy", 600)
    assert next_step(Unknown("busy", 600), 0, NOW) == Step(State.UNKNOWN, NOW + 600, "busy")


def test_a_delivery_ends_within_its_lease() -> None:
    assert PATIENCE < LEASE < NONCE_WINDOW
