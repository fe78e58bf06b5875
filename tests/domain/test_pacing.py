"""How fast the bot may ask: windows that no moment of breaks, and what Discord says when it has had enough."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pacing import (
    FLAGGED_PAUSE,
    INVALID_LIMIT,
    INVALID_SECONDS,
    OPENING_PAUSE,
    Limits,
    Pace,
    Stop,
    Window,
)

NOW = 1_000_000.0


@given(st.lists(st.floats(0, 10), min_size=1, max_size=200), st.integers(1, 40), st.sampled_from([1.0, 5.0]))
def test_no_window_of_any_position_holds_more(gaps: list[float], count: int, seconds: float) -> None:
    window, now, taken = Window(count, seconds), NOW, list[float]()
    for gap in gaps:
        now += gap / 20
        taken.append(window.take(now))
    assert taken == sorted(taken)
    for first, last in zip(taken, taken[count:], strict=False):
        assert last - first >= seconds - 1e-6


def test_who_comes_after_a_pause_waits_for_nothing() -> None:
    window = Window(2, 1.0)
    assert [window.take(NOW) for _ in range(4)] == [NOW, NOW, NOW + 1, NOW + 1]
    assert window.take(NOW + 60) == NOW + 60


def test_forty_requests_a_second() -> None:
    pace = Pace(Limits())
    waits = [pace.request(5.0) for _ in range(81)]
    assert (waits[39], waits[40], waits[79], waits[80]) == (0.0, 1.0, 1.0, 2.0)


def test_a_channel_rests_and_no_other_with_it() -> None:
    pace = Pace(Limits(dm_seconds=1.05))
    pace.sent(7, NOW)
    assert pace.channel_at(7, NOW) == NOW + 1.05
    assert pace.channel_at(8, NOW) == NOW


def test_channels_are_opened_one_by_one_and_a_hundred_a_day() -> None:
    pace, now = Pace(Limits()), NOW
    for _ in range(100):
        now = pace.opens_at(now)
        pace.opened(now)
    assert now == NOW + 99 * 6
    assert pace.opens_at(now) == NOW + 86_400


def test_opened_too_fast_is_ten_minutes_and_a_flag_is_a_day() -> None:
    pace = Pace(Limits())
    pace.refuse_opening(NOW, flagged=False)
    assert pace.opens_at(NOW) == NOW + OPENING_PAUSE
    pace.refuse_opening(NOW, flagged=True)
    assert pace.opens_at(NOW) == NOW + FLAGGED_PAUSE
    pace.refuse_opening(NOW + 1, flagged=False)
    assert pace.stop == Stop(NOW + FLAGGED_PAUSE, flagged=True), "a late answer does not shorten it"


def test_the_first_after_a_refusal_goes_alone() -> None:
    pace = Pace(Limits())
    pace.refuse_opening(NOW, flagged=True)
    day = NOW + FLAGGED_PAUSE
    pace.opened(day)
    assert pace.opens_at(day) == day + OPENING_PAUSE, "no other before the answer, or long after it"
    assert pace.let_open(day)
    assert pace.opens_at(day + 1) == day + 6
    assert (pace.stop, pace.let_open(day + 6)) == (None, False)


def test_one_that_is_refused_again_waits_another_day() -> None:
    pace = Pace(Limits())
    pace.refuse_opening(NOW, flagged=True)
    pace.opened(NOW + FLAGGED_PAUSE)
    pace.refuse_opening(NOW + FLAGGED_PAUSE + 1, flagged=True)
    assert pace.opens_at(NOW + FLAGGED_PAUSE + 2) == NOW + 2 * FLAGGED_PAUSE + 1


def test_one_that_was_asked_for_before_the_refusal_ends_nothing() -> None:
    """It hung, and was let open while the next was refused."""
    pace = Pace(Limits())
    pace.opened(NOW)
    pace.opened(NOW + 6)
    pace.refuse_opening(NOW + 6, flagged=True)
    assert not pace.let_open(NOW)
    assert pace.opens_at(NOW + 7) == NOW + 6 + FLAGGED_PAUSE


def test_a_successor_goes_on_but_not_by_a_clock_that_was_ahead() -> None:
    for flagged, longest in ((False, OPENING_PAUSE), (True, FLAGGED_PAUSE)):
        pace = Pace(Limits())
        pace.go_on_pausing(Stop(NOW + 10 * FLAGGED_PAUSE, flagged), NOW)
        assert pace.opens_at(NOW) == NOW + longest
        pace.go_on_pausing(Stop(NOW + 5, flagged), NOW)
        assert pace.opens_at(NOW) == NOW + 5
        pace.go_on_pausing(None, NOW)
        assert pace.opens_at(NOW) == NOW


def test_a_thousand_refusals_in_ten_minutes_silence_it() -> None:
    pace = Pace(Limits())
    for number in range(INVALID_LIMIT):
        assert pace.sends_at(NOW + number / 10) == NOW + number / 10
        pace.refused(NOW + number / 10)
    assert pace.sends_at(NOW + 100) == NOW + INVALID_SECONDS
    assert pace.sends_at(NOW + INVALID_SECONDS + 1) == NOW + INVALID_SECONDS + 1


def test_what_keeps_it_quiet_ends_when_discord_is_heard_of() -> None:
    pace = Pace(Limits())
    pace.cannot_reach(NOW + 60)
    pace.cannot_reach(NOW + 5)
    assert pace.sends_at(NOW) == NOW + 60
    pace.speak_again()
    assert pace.sends_at(NOW) == NOW


def test_a_pause_that_discord_asked_for_outlives_a_new_connection() -> None:
    pace = Pace(Limits())
    pace.keep_quiet(NOW + 3_600)
    pace.keep_quiet(NOW + 5)
    pace.speak_again()
    assert pace.sends_at(NOW) == NOW + 3_600


def test_a_clock_that_is_set_takes_along_what_was_counted() -> None:
    pace = Pace(Limits())
    pace.opened(NOW)
    pace.sent(7, NOW)
    pace.keep_quiet(NOW + 60)
    pace.cannot_reach(NOW + 90)
    for _ in range(INVALID_LIMIT):
        pace.refused(NOW)
    pace.shift(-3_600)
    now = NOW - 3_600
    assert (pace.opens_at(now), pace.channel_at(7, now)) == (now + 6, now + 1.05)
    assert pace.sends_at(now) == now + INVALID_SECONDS


def test_a_clock_that_is_set_takes_along_what_discord_refused() -> None:
    pace = Pace(Limits())
    pace.refuse_opening(NOW, flagged=True)
    pace.shift(-3_600)
    assert pace.stop == Stop(NOW - 3_600 + FLAGGED_PAUSE, flagged=True)
    pace.opened(NOW + FLAGGED_PAUSE)
    pace.shift(-3_600)
    assert pace.opens_at(NOW) == NOW - 3_600 + FLAGGED_PAUSE + OPENING_PAUSE
