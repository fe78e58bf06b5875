"""Whatever a story is called, its cards are within Discord's limits."""

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.access import Audience
from bot.domain.models import Leaf, LinkKind, Story
from bot.domain.search import Order, Query, Total
from bot.formats.markdown import units
from bot.services.catalogue import Listing
from bot.services.library import AuthorView, Front, Neighbours, SeriesView, Shelf, Shown
from bot.store.series import OfAuthor
from bot.store.stories import Relation
from bot.store.tallies import Counts
from bot.ui import cards, reader
from tests.library import DARK, HALL
from tests.ui.hostile import HOSTILE, STARRED, STARS, STORIES
from tests.ui.limits import within_limits

SHELVES = st.lists(STORIES, max_size=10, unique_by=lambda story: story.id)
AUDIENCES = st.sampled_from([HALL, DARK])


@given(SHELVES, AUDIENCES)
@example(STARRED[:10], HALL)
@settings(deadline=None)
async def test_lists(stories: list[Story], audience: Audience) -> None:
    front = Front(audience.archive, Counts(len(stories), 0, 1, 1), stories[:5])
    assert within_limits(cards.front(front, audience, can_continue=True))


@given(st.lists(STORIES, min_size=2, max_size=25, unique_by=lambda story: story.id), HOSTILE, AUDIENCES)
@example(STARRED, STARS, HALL)
@settings(deadline=None, max_examples=40)
async def test_choices_and_series(stories: list[Story], text: str, audience: Audience) -> None:
    assert within_limits(cards.several(text, stories, audience))
    assert within_limits(cards.several_series(text, [(story.id, story.title) for story in stories]))
    missing = [story.title for story in stories]
    many = [replace(story, id=number) for number, story in enumerate(stories * 3, start=1)]
    for start in range(0, len(many), 10):
        shelf = Shelf(many[start : start + 10], start, len(many))
        labels = [(depth % 5, 0 if depth % 5 else 10**4) for depth in range(len(shelf.rows))]
        assert within_limits(cards.series(SeriesView(10**18, text, shelf, missing, labels), audience))


@given(SHELVES, AUDIENCES)
@example(STARRED[:10], HALL)
@settings(deadline=None)
async def test_each_row_is_whole(stories: list[Story], audience: Audience) -> None:
    """However long its pieces are, a row keeps its marks, its author and its facts."""
    for story in stories:
        row = cards.row(story, audience)
        title, _, rest = row.partition("** — by ")
        assert title.startswith("**")
        assert len(title) > 2
        assert f"\n{story.rating.label} · " in rest
        assert units(row) <= cards.ROW_LIMIT
    front = Front(audience.archive, Counts(len(stories), 0, 1, 1), stories[:5])
    for field in cards.front(front, audience, can_continue=False).embeds[0].fields:
        rows = [cards.row(story, audience) for story in stories[:5]]
        assert field.value
        assert "\n\n".join(rows).startswith(field.value)
        assert len(field.value) in [len("\n\n".join(rows[:count])) for count in range(1, 6)]


@given(
    SHELVES, HOSTILE, st.lists(st.builds(OfAuthor, st.integers(1, 10**18), HOSTILE, st.just(9)), max_size=25), AUDIENCES
)
@settings(deadline=None, max_examples=40)
async def test_authors(stories: list[Story], name: str, series: list[OfAuthor], audience: Audience) -> None:
    unique = list({each.id: each for each in series}.values())
    works = Listing(10**18, Query(), Order.TITLE, stories, Total(10**6, more=True), 0, has_after=True)
    assert within_limits(cards.author(AuthorView(10**18, name, unique), works, audience))
    assert within_limits(cards.several_authors(name, [(story.id, story.author) for story in STARRED]))


async def test_titles_that_are_missing_are_named_whole_and_the_rest_is_counted() -> None:
    missing = [f"Missing {number:02} {'long ' * 40}" for number in range(25)]
    card = cards.series(SeriesView(1, "Hearts", Shelf(STARRED[:1], 0, 1), missing, [(0, 1)]), HALL)
    told = card.embeds[0].fields[0].value
    assert told
    names, _, rest = told.partition(" and ")
    assert 1 <= len(names.split(", ")) < 25
    assert all(name.startswith("*Missing ") and name.endswith("*") for name in names.split(", "))
    assert rest == f"{25 - len(names.split(', '))} more"


@given(STORIES, SHELVES, st.integers(1, 400), st.lists(st.integers(1, 400), max_size=40, unique=True), HOSTILE)
@settings(deadline=None)
async def test_pages(story: Story, others: list[Story], number: int, starts: list[int], text: str) -> None:
    number = min(number, story.pages)
    parts = [(start, text) for start in sorted(starts) if start <= story.pages]
    leaf = Leaf(
        story.id, 1, story.title, story.author, number, story.pages, 0, story.parts, text, 0, 0, "x",
        "w" * 4_000, story.words, story.rating, tuple(parts),
    )  # fmt: skip
    shown = Shown(story, [(LinkKind.SEQUEL, text, None), (LinkKind.PREQUEL, text, story)])
    kinds = (LinkKind.COMPANION, LinkKind.FOLLOWS, LinkKind.UNIVERSE)
    beside = [Relation(kind, replace(story, id=10**17 + place)) for place, kind in enumerate(kinds)]
    works = [replace(each, id=10**16 + place) for place, each in enumerate(others * 3)]
    closed = frozenset(each.id for each in others[:3])
    ways = Neighbours(others[0] if others else None, others[1:], beside, works, story.author_id, closed)
    first, last = leaf._replace(number=1), leaf._replace(number=leaf.pages)
    assert within_limits(reader.page(last, opening=shown if leaf.pages == 1 else None, neighbours=ways))
    assert within_limits(reader.page(first, opening=shown, neighbours=ways if leaf.pages == 1 else None, told=False))
    assert within_limits(reader.page(leaf, told=False))
    assert within_limits(reader.page(leaf))


@given(st.integers(1, 400), st.data())
def test_the_jump_menu_reaches_both_ends(last: int, data: st.DataObject) -> None:
    starts = sorted(data.draw(st.sets(st.integers(1, last), max_size=40)))
    stops = reader.stops(last, starts)
    assert stops == sorted(set(stops))
    assert 1 <= len(stops) <= 24
    assert {1, last} <= set(stops) <= set(range(1, last + 1))
    if len(starts) <= 12:
        assert set(starts) <= set(stops)
    if last <= 24:
        assert stops == list(range(1, last + 1))
