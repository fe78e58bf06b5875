"""Whatever an author's stories are called, and whatever they ask for, the cards are within Discord's limits."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.models import Standing, Story
from bot.services.announcing import News
from bot.services.personal import Asked as Forgetting
from bot.services.withdrawal import Asked
from bot.services.works import Plotted, Shelf
from bot.store.announcements import Wish
from bot.store.oblivion import Stays
from bot.store.submissions import State, Submission
from bot.store.withdrawals import Weight
from bot.store.works import Mine
from bot.ui import announcements, personal, submitting, withdrawal, works
from tests.library import DARK, HALL
from tests.ui.hostile import HOSTILE, STORIES
from tests.ui.limits import within_limits

COUNTS = st.integers(0, 10**12)
WORKS = st.builds(
    Mine,
    id=st.integers(1, 10**18),
    archive_id=st.just(1),
    title=HOSTILE,
    author=HOSTILE,
    state=st.sampled_from(Standing),
    state_reason=HOSTILE,
    words=COUNTS,
    parts=COUNTS,
    pages=COUNTS,
)
SEVERAL = st.lists(WORKS, max_size=10, unique_by=lambda story: story.id)


@given(SEVERAL, st.integers(0, 9), st.integers(0, 500))
@settings(deadline=None, max_examples=50)
def test_an_author_s_shelf(stories: list[Mine], pages: int, more: int) -> None:
    assert within_limits(works.shelf(Shelf(stories, 10 * pages, 10 * pages + len(stories) + more)))
    if stories:
        assert within_limits(works.several(stories))
        assert within_limits(withdrawal.several(stories))


@given(WORKS, st.builds(Weight, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS), HOSTILE)
@settings(deadline=None, max_examples=50)
def test_one_story_of_an_author_s(story: Mine, weight: Weight, said: str) -> None:
    assert within_limits(works.story(story))
    assert within_limits(withdrawal.ask(Asked(story, weight)))
    assert within_limits(withdrawal.done(said))
    assert works.plotted(Plotted(story, b"", "words")).alt == "words"


@given(st.dictionaries(st.text("abc_ ", min_size=1, max_size=20), COUNTS, max_size=25), st.builds(Stays, *[COUNTS] * 5))
@settings(deadline=None, max_examples=50)
def test_what_is_told_about_one_s_own_data(goes: dict[str, int], stays: Stays) -> None:
    assert within_limits(personal.ask(Forgetting(goes, stays)))
    assert within_limits(personal.done(stays))
    assert within_limits(personal.export(b""))


@given(st.lists(STORIES, max_size=10, unique_by=lambda story: story.id), COUNTS, st.sampled_from([HALL, DARK]))
@settings(deadline=None, max_examples=50)
def test_news(stories: list[Story], more: int, audience: object) -> None:
    assert audience in (HALL, DARK)
    card = announcements.news(News(DARK, stories, len(stories) + more, 5, pings=True))
    assert within_limits(card)
    description = card.embeds[0].description or ""
    assert ("in the Fiction Index." in description) == (len(stories) + more > description.count("** — by "))


@given(st.builds(Wish, st.one_of(st.none(), COUNTS), st.one_of(st.none(), COUNTS), st.booleans(), HOSTILE))
def test_where_news_are_told(wish: Wish) -> None:
    assert within_limits(announcements.wish(wish))


@given(st.lists(st.builds(
    Submission, st.integers(1, 10**12), st.just(1), st.just(1), st.just(1), HOSTILE, HOSTILE, st.just(State.WAITING),
    st.floats(0, 4e9),
), max_size=3, unique_by=lambda each: each.id))  # fmt: skip
@settings(deadline=None)
def test_what_waits_at_the_desk(found: list[Submission]) -> None:
    assert within_limits(submitting.waiting(found))
