"""A history without fault passes, and every way to lose, double, mislead or keep waiting is noticed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.faults.checker import is_owed, violations
from tests.faults.history import Act, Arrival, Change, History, Presence, Row, mark, marks

SENT = [Act(number, "mara", "letter", 10.0 + number, "kept", mark(number), kept=True) for number in (1, 2, 3)]
STORED = [Row(number, number, mark(number), "ruby", "delivered", None) for number in (1, 2, 3)]
ARRIVED = [Arrival(mark(number), "ruby", 100 + number) for number in (1, 2, 3)]


def good() -> History:
    return History(
        acts=list(SENT), rows=list(STORED), arrivals=list(ARRIVED), presences=[Presence(0.0, 60.0, False)], end=60.0
    )


def lose_row(history: History) -> None:
    history.rows.pop()
    history.arrivals.pop()


def lose_line(history: History) -> None:
    history.rows[2] = replace(STORED[2], state=None)
    history.arrivals.pop()


def lose_message(history: History) -> None:
    history.arrivals.pop()


def store_twice(history: History) -> None:
    history.rows.append(replace(STORED[2], id=4))


def deliver_twice(history: History) -> None:
    history.arrivals.append(replace(ARRIVED[2], message=104))


def deliver_astray(history: History) -> None:
    history.arrivals[0] = replace(ARRIVED[0], recipient="wren")


def make_up(history: History) -> None:
    history.arrivals.append(Arrival(mark(9), "ruby", 109))


def make_up_row(history: History) -> None:
    history.rows.append(Row(9, 9, mark(9), "ruby", "waiting", None))


def forget_thanks(history: History) -> None:
    history.acts.append(Act(9, "ruby", "v1:thank:3", 20.0, "Your thanks are on their way", kept=True))


def swap(history: History) -> None:
    history.arrivals[1:] = reversed(ARRIVED[1:])


def say_waiting(history: History) -> None:
    history.rows[2] = replace(STORED[2], state="waiting")


def carry_for_ever(history: History) -> None:
    history.rows[2] = replace(STORED[2], state="leased")
    history.arrivals.pop()


def stand_still(history: History) -> None:
    history.rows[2] = replace(STORED[2], state="ready", due_at=50.0)
    history.arrivals.pop()


def hide(history: History) -> None:
    history.rows[2] = replace(STORED[2], state="gone")
    history.arrivals.pop()


def overtake(history: History) -> None:
    history.changes.append(Change("parcel 3", "delivered", "unknown"))


def keep_silent(history: History) -> None:
    history.acts.append(Act(9, "jon", "read", 20.0, None))


def say_nothing(history: History) -> None:
    history.acts.append(Act(9, "jon", "read", 20.0, " "))


def hurry(history: History) -> None:
    history.throttled.append(30.0)
    history.disturbed.append(24.0)


FAULTS: list[tuple[Callable[[History], None], str]] = [
    (lose_row, "lost: mark3end of mara was acknowledged and is not stored"),
    (lose_line, "lost: mark3end is stored and stands in no line"),
    (lose_message, "lost: mark3end is said to be delivered and never arrived"),
    (store_twice, "doubled: mark3end of mara is stored 2 times"),
    (deliver_twice, "doubled: mark3end arrived 2 times at ruby"),
    (deliver_astray, "astray: mark1end for ruby arrived at wren"),
    (make_up, "made up: mark9end arrived and is not stored"),
    (make_up_row, "made up: letter 9 (mark9end) was never submitted like this"),
    (forget_thanks, "lost: v1:thank:3 of ruby was acknowledged and is not stored"),
    (swap, "out of order: mark2end reached ruby after a younger letter"),
    (say_waiting, "astray: mark3end is said to be waiting and has arrived"),
    (carry_for_ever, "stuck: mark3end is on its way and nobody carries it"),
    (stand_still, "stuck: mark3end is ready and was due 10.0 s before the end"),
    (hide, "lost: mark3end is 'gone', where nobody sees it"),
    (overtake, "overtaken: parcel 3 was delivered, and then it became unknown"),
    (keep_silent, "unanswered: read of jon at 20.000"),
    (say_nothing, "unanswered: read of jon got an answer without words"),
    (hurry, "too fast: Discord answered 429 at 30.000, and nothing had disturbed the pace"),
]


def test_a_history_without_fault() -> None:
    assert violations(good()) == []


@pytest.mark.parametrize(("breaks", "sentence"), FAULTS, ids=[breaks.__name__ for breaks, _ in FAULTS])
def test_each_fault_is_noticed(breaks: Callable[[History], None], sentence: str) -> None:
    history = good()
    breaks(history)
    assert violations(history) == [sentence]


@pytest.mark.parametrize("state", ["held", "parked", "ready", "refused", "unknown", "waiting"])
def test_a_letter_may_visibly_wait(state: str) -> None:
    history = good()
    history.rows[2] = replace(STORED[2], state=state, due_at=59.5)
    history.arrivals.pop()
    assert violations(history) == []


@pytest.mark.parametrize("state", ["unknown", "parked"])
def test_a_letter_of_unknown_outcome_may_have_arrived(state: str) -> None:
    history = good()
    history.rows[2] = replace(STORED[2], state=state, due_at=61.0)
    assert violations(history) == []


def test_behind_one_that_is_put_off_nothing_is_late() -> None:
    history = good()
    history.rows[1] = replace(STORED[1], state="unknown", due_at=90.0)
    history.rows[2] = replace(STORED[2], state="ready", due_at=12.0)
    del history.arrivals[1:]
    assert violations(history) == []


def test_thanks_have_no_mark() -> None:
    history = good()
    history.acts.append(Act(9, "ruby", "v1:thank:3", 20.0, "Your thanks are on their way", kept=True))
    history.rows.append(Row(4, 9, "letter 4", "mara", "delivered", None))
    history.arrivals.append(Arrival("letter 4", "mara", 201))
    assert violations(history) == []


def test_what_was_not_acknowledged_may_be_gone_or_kept() -> None:
    history = good()
    history.presences = [Presence(0.0, 12.0, False)]
    history.acts[1:] = [replace(act, words=None, kept=False) for act in SENT[1:]]
    history.rows.pop()
    history.arrivals.pop()
    assert violations(history) == []


def test_a_disturbed_pace_is_forgiven_for_a_while() -> None:
    history = good()
    history.throttled, history.disturbed = [30.0], [25.5]
    assert violations(history) == []


UP = Presence(0.0, 10.0, False)


@pytest.mark.parametrize(
    ("at", "presences", "owed"),
    [
        (5.0, [UP], True),
        (8.5, [UP], False),  # it had a second and a half
        (8.0, [UP], True),
        (11.0, [UP, Presence(12.0, 20.0, resumed=True)], True),  # read a second later, and young
        (11.0, [UP, Presence(12.0, 20.0, resumed=False)], False),  # another session never reads it
        (11.0, [UP, Presence(13.6, 20.0, resumed=True)], False),  # too old when it was read
        (9.5, [UP, Presence(10.2, 20.0, resumed=True)], True),  # read twice: the second one had the time
        (9.5, [UP, Presence(10.2, 11.0, resumed=True), Presence(11.5, 20.0, resumed=True)], True),
        (9.5, [UP, Presence(10.2, 11.0, resumed=True), Presence(11.5, 20.0, resumed=False)], False),
        (11.0, [UP], False),
    ],
)
def test_who_is_owed_an_answer(at: float, presences: list[Presence], *, owed: bool) -> None:
    assert is_owed(Act(1, "mara", "read", at, None), presences) is owed


def test_an_answer_that_failed_twice_is_not_the_bots_fault() -> None:
    history = good()
    history.acts.append(Act(9, "jon", "read", 20.0, None, faults=2))
    assert violations(history) == []


def test_marks_are_found_in_their_order() -> None:
    assert marks(f"**{mark(12)}** and\n> {mark(3)}.") == ["mark12end", "mark3end"]
