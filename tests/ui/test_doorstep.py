"""What waits at a door is drawn within Discord's limits, whatever people call things."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.doorstep import Doorstep
from bot.store.notices import Notice
from bot.ui import desk, doorstep
from tests.ui.hostile import HOSTILE
from tests.ui.limits import within_limits
from tests.ui.test_letters import CLAIMS, IDS, RECEIVED

NOTICES = st.builds(Notice, IDS, IDS, HOSTILE, HOSTILE, st.just([("Take them", "claim-take", 1)]), HOSTILE)


@given(
    st.lists(NOTICES, max_size=25, unique_by=lambda each: each.id),
    st.lists(RECEIVED, max_size=25, unique_by=lambda each: each.letter_id),
    st.integers(0, 10**6),
    st.booleans(),
)
@settings(deadline=None, max_examples=30)
def test_all_that_waits(notices: list[Notice], answers: list[object], inbox: int, closed: bool) -> None:
    card = doorstep.found(Doorstep(notices, answers, inbox, closed))  # pyright: ignore[reportArgumentType]
    assert within_limits(card)
    assert (card.embeds[0].description == "Nothing waits for you.") == (not notices and not answers and not inbox)


@given(NOTICES)
@settings(deadline=None, max_examples=30)
def test_one_message_with_its_buttons(notice: Notice) -> None:
    card = doorstep.notice(notice)
    assert within_limits(card)
    assert card.controls is not None
    assert [control["custom_id"] for control in card.controls.rows[0]] == ["v1:claim-take:1"]


def test_what_is_announced_leads_there() -> None:
    assert within_limits(doorstep.announced())


@given(
    st.lists(CLAIMS, max_size=5, unique_by=lambda each: each.id),
)
@settings(deadline=None, max_examples=30)
def test_what_moderators_take_back(claims: list[object]) -> None:
    assert within_limits(desk.claims(claims, claims))  # pyright: ignore[reportArgumentType]
