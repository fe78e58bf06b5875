"""The life of a letter, as a table."""

import pytest

from bot.domain.delivery import (
    LEASE,
    NONCE_WINDOW,
    PATIENCE,
    RETRIES,
    Absent,
    Delivered,
    Later,
    Mistaken,
    Moved,
    Never,
    NotYet,
    Outcome,
    Refused,
    State,
    Step,
    Trip,
    Unknown,
    Wish,
    in_doubt,
    joins_at,
    may_repeat,
    next_step,
)

NOW = 1_000_000.0
LAST = len(RETRIES)


@pytest.mark.parametrize(
    ("outcome", "failures", "step"),
    [
        (Delivered(5, 6), 0, Step(Trip.DELIVERED, State.DELIVERED)),
        (Never("closed"), 0, Step(None, State.WAITING, problem="closed")),
        (Refused("filtered"), 0, Step(None, State.REFUSED, problem="filtered")),
        (Mistaken("too long"), 0, Step(None, State.PARKED, problem="too long")),
        (Absent(), 3, Step(None, State.READY, NOW)),
        (NotYet("out"), 3, Step(None, State.READY, NOW + 5, "out", silent=True)),
        (NotYet("out"), LAST, Step(None, State.READY, NOW + 5, "out", silent=True)),
        (Moved("gone"), 0, Step(None, State.READY, NOW, "gone", counts=True)),
        (Moved("gone"), 1, Step(None, State.READY, NOW + 30, "gone", counts=True)),
        (Moved("gone"), LAST, Step(None, State.PARKED, problem="gone", counts=True)),
        (Later("busy"), 0, Step(None, State.READY, NOW + 5, "busy", counts=True)),
        (Later("busy"), 1, Step(None, State.READY, NOW + 30, "busy", counts=True)),
        (Later("busy", after=600), 0, Step(None, State.READY, NOW + 600, "busy", counts=True)),
        (Later("busy", after=1), 2, Step(None, State.READY, NOW + 120, "busy", counts=True)),
        (Later("busy"), LAST, Step(None, State.PARKED, problem="busy", counts=True)),
        (Unknown("hung"), 0, Step(Trip.UNKNOWN, State.SENDING, NOW + 5, "hung", counts=True)),
        (Unknown("hung"), LAST - 1, Step(Trip.UNKNOWN, State.SENDING, NOW + 86_400, "hung", counts=True)),
        (Unknown("hung"), LAST, Step(Trip.PARKED, State.PARKED, problem="hung", counts=True)),
        (Unknown("out", counts=False), LAST, Step(Trip.UNKNOWN, State.SENDING, NOW + 5, "out", silent=True)),
        (Later("cut off", silent=True), 0, Step(None, State.READY, NOW + 5, "cut off", counts=True, silent=True)),
        (Unknown("hung", silent=True), 0, Step(Trip.UNKNOWN, State.SENDING, NOW + 5, "hung", counts=True, silent=True)),
    ],
)
def test_what_follows_a_try(outcome: Outcome, failures: int, step: Step) -> None:
    assert next_step(outcome, failures, NOW) == step


def test_a_letter_is_tried_for_a_day_and_seven_hours() -> None:
    assert RETRIES == (5, 30, 120, 600, 3_600, 21_600, 86_400)


def test_chance_spreads_retries_over_a_tenth_of_the_delay() -> None:
    assert next_step(Later("busy"), 1, NOW, jitter=1.0).due_at == NOW + 33
    assert next_step(Later("busy"), 1, NOW, jitter=0.5).due_at == NOW + 31.5


def test_a_nonce_is_repeated_only_while_discord_surely_remembers_it() -> None:
    assert may_repeat(NOW, NOW + NONCE_WINDOW - 1)
    assert not may_repeat(NOW, NOW + NONCE_WINDOW)
    assert not may_repeat(None, NOW), "a process that is gone made the first try"


@pytest.mark.parametrize(
    ("outcome", "known"),
    [
        (Delivered(1, 2), Delivered(1, 2)),
        (Unknown("hung", 7), Unknown("hung", 7)),
        (Absent(), Unknown("it was not found")),
        (Never("closed"), Unknown("closed")),
        (Refused("filtered"), Unknown("filtered")),
        (Mistaken("too long"), Unknown("too long")),
        (Later("busy", 600), Unknown("busy", 600)),
        (Later("cut off", silent=True), Unknown("cut off", silent=True)),
        (Moved("gone"), Unknown("gone", moved=True)),
        (NotYet("out"), Unknown("out", counts=False)),
    ],
)
def test_after_a_try_that_may_have_arrived_only_delivered_is_an_answer(outcome: Outcome, known: Outcome) -> None:
    assert in_doubt(outcome) == known


DAY = 86_400.0


@pytest.mark.parametrize(
    ("wish", "away_until", "at"),
    [
        (Wish.ON, None, NOW),
        (Wish.ON, NOW - 1, NOW),
        (Wish.ON, NOW + 99, NOW + 99),
        (Wish.OFF, None, None),
        (Wish.OFF, NOW + 99, None),
        (Wish.DAILY, None, 12 * DAY),
        (Wish.DAILY, 12 * DAY, 13 * DAY),
        (Wish.DAILY, 13 * DAY + 1, 14 * DAY),
    ],
)
def test_when_a_letter_joins_its_line(wish: Wish, away_until: float | None, at: float | None) -> None:
    assert joins_at(wish, away_until, NOW) == at


def test_a_delivery_ends_within_its_lease() -> None:
    assert PATIENCE < LEASE < NONCE_WINDOW
