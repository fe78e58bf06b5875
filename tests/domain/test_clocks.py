"""What is planned goes by a clock that nobody sets behind its back."""

from bot.domain.clocks import PlanClock


def test_it_goes_on_where_the_wall_clock_is_set() -> None:
    wall, steady = [1_000.0], [5.0]
    planned = PlanClock(lambda: wall[0], lambda: steady[0])
    assert (planned(), planned.behind()) == (1_000.0, 0.0)
    wall[0], steady[0] = 4_610.0, 15.0
    assert (planned(), planned.behind()) == (1_010.0, 3_600.0)
    planned.ahead += planned.behind()
    assert (planned(), planned.behind()) == (4_610.0, 0.0)
