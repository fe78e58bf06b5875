"""A seed is one plan for ever, and all that can go wrong does in some of them."""

from collections import Counter

import pytest

from tests.faults.plan import FATAL, MOST_FATAL, OFTEN, Kind, Trouble, draw

SEEDS = range(1, 201)


def test_a_seed_is_one_plan() -> None:
    assert draw(7, 3.0) == draw(7, 3.0)
    assert draw(7, 3.0) != draw(8, 3.0)


def test_each_has_a_chance_of_their_own() -> None:
    assert _numbers(7, "mara") == _numbers(7, "mara")
    assert _numbers(7, "mara") != _numbers(7, "jon")
    assert _numbers(7, "mara") != _numbers(8, "mara")


def _numbers(seed: int, name: str) -> list[float]:
    dice = draw(seed, 3.0).dice(name)
    return [dice.random() for _ in range(3)]


@pytest.mark.parametrize("seed", SEEDS[:40])
def test_strokes_fall_in_time_and_leave_time_to_start(seed: int) -> None:
    plan = draw(seed, 3.0)
    times = [stroke.at for stroke in plan.strokes]
    assert times == sorted(times)
    assert times[-1] < 3.0
    kinds = [stroke.kind for stroke in plan.strokes]
    assert 1 <= sum(kind in FATAL for kind in kinds) <= MOST_FATAL
    assert any(kind in OFTEN for kind in kinds)


def test_everything_happens_somewhere() -> None:
    plans = [draw(seed, 3.0) for seed in SEEDS]
    kinds = Counter(stroke.kind for plan in plans for stroke in plan.strokes)
    assert kinds.keys() == set(Kind)
    assert {trouble for plan in plans for trouble in plan.troubles} == set(Trouble)
    assert {plan.slow_disk for plan in plans} == {True, False}
