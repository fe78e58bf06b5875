"""Whatever a story is called, its cards are within Discord's limits."""

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.access import Audience
from bot.domain.delivery import State
from bot.domain.models import Leaf, LinkKind, Rating, Story
from bot.formats.markdown import units
from bot.services.library import Front, Neighbours, SeriesView, Shelf, Shown
from bot.store.letters import Parcel, Receipt
from bot.store.stories import Counts
from bot.ui import cards, forms, reader
from tests.library import DARK, HALL
from tests.ui.limits import within_limits


def _repeated(text: str, times: int) -> str:
    return text * times


def _tuple(names: list[str]) -> tuple[str, ...]:
    return tuple(names)


HOSTILE: st.SearchStrategy[str] = st.one_of(
    st.text(min_size=1, max_size=30).filter(lambda text: bool(text.strip())),
    st.builds(
        _repeated,
        st.sampled_from(["*", "_", "`", "|", "@everyone ", "<@1>", "🕯️", "🕯", "\u202e", "[x](y)", "# ", "word ", "\\"]),
        st.integers(1, 900),
    ),
)
OPTIONAL: st.SearchStrategy[str] = st.one_of(st.just(""), HOSTILE)
STORIES = st.builds(
    Story,
    id=st.integers(1, 10**18),
    archive_id=st.just(1),
    author_id=st.integers(1, 9),
    author=HOSTILE,
    series_id=st.just(3),
    series=st.one_of(st.none(), HOSTILE),
    title=HOSTILE,
    rating=st.sampled_from(Rating),
    rating_raw=OPTIONAL,
    description=OPTIONAL,
    spoilers=st.lists(HOSTILE, max_size=5).map(_tuple),
    note=OPTIONAL,
    disclaimer=OPTIONAL,
    status=OPTIONAL,
    words=st.integers(0, 10**7),
    parts=st.integers(1, 400),
    pages=st.integers(1, 400),
)
STARS = "*" * 900
STARRED = [
    Story(
        id=number, archive_id=1, author_id=1, author=STARS, series_id=3, series=STARS, title=STARS,
        rating=Rating.UNRATED, rating_raw=STARS, description=STARS, spoilers=(STARS,), note=STARS, disclaimer=STARS,
        status=STARS, words=10**7, parts=400, pages=400,
    )
    for number in range(1, 26)
]  # fmt: skip
"""Stories that fill every room there is."""
SHELVES = st.lists(STORIES, max_size=10, unique_by=lambda story: story.id)
AUDIENCES = st.sampled_from([HALL, DARK])


@given(SHELVES, AUDIENCES)
@example(STARRED[:10], HALL)
@settings(deadline=None)
async def test_lists(stories: list[Story], audience: Audience) -> None:
    assert within_limits(cards.index(Shelf(stories, 10, 10**6), audience))
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
        assert within_limits(cards.series(SeriesView(10**18, text, shelf, missing), audience))


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


async def test_titles_that_are_missing_are_named_whole_and_the_rest_is_counted() -> None:
    missing = [f"Missing {number:02} {'long ' * 40}" for number in range(25)]
    card = cards.series(SeriesView(1, "Hearts", Shelf(STARRED[:1], 0, 1), missing), HALL)
    told = card.embeds[0].fields[0].value
    assert told
    names, _, rest = told.partition(" and ")
    assert 1 <= len(names.split(", ")) < 25
    assert all(name.startswith("*Missing ") and name.endswith("*") for name in names.split(", "))
    assert rest == f"{25 - len(names.split(', '))} more"


@given(st.dictionaries(st.sampled_from(["name", "email", "comments", STARS]), OPTIONAL))
@settings(deadline=None)
async def test_what_is_given_back(fields: dict[str, str]) -> None:
    card = cards.given_back(fields)
    kept = [text for text in fields.values() if text.strip()]
    assert bool(card.embeds) == bool(kept)
    if kept:
        assert within_limits(card)
        assert card.attachment is not None
        assert all(text in card.attachment[1].decode("utf-8", "surrogatepass") for text in kept)


async def test_a_waiting_letter_says_nothing_that_may_be_untrue() -> None:
    """It waits both for an author nobody has linked and for one who takes no direct messages."""
    told = cards.receipt(Receipt(1, "The Lamp", "Ruby", State.WAITING)).embeds[0].description
    assert told
    assert told.endswith("It waits for Ruby and goes out as soon as they can be reached on Discord.")


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
    ways = Neighbours(others[0] if others else None, others[1:])
    assert within_limits(reader.page(leaf, opening=shown, neighbours=ways))
    assert within_limits(reader.page(leaf))


@given(STORIES, HOSTILE, OPTIONAL)
@settings(deadline=None)
async def test_letters(story: Story, comments: str, name: str) -> None:
    parcel = Parcel(
        1, 1, 0, 2, "n", 0.0, False, None, story.author, story.id, story.title, 3, name[:80], name[:254],
        comments[:4_000], 0.0,
    )  # fmt: skip
    assert within_limits(cards.letter(parcel))
    for state in State:
        assert within_limits(cards.receipt(Receipt(1, story.title, story.author, state)))


@given(STORIES, OPTIONAL)
@settings(deadline=None)
async def test_the_form(story: Story, name: str) -> None:
    form = forms.letter(story, 3, name).to_dict()
    assert 1 <= units(form["title"].strip()) <= 45
    for label in form["components"]:
        assert units(label["label"]) <= 45
        assert units(label.get("description") or "") <= 100
        field = label["component"]
        assert units(field.get("placeholder") or "") <= 100
        assert units(field.get("value") or "") <= field["max_length"]


@given(st.integers(1, 400), st.data())
def test_the_jump_menu_reaches_both_ends(last: int, data: st.DataObject) -> None:
    starts = sorted(data.draw(st.sets(st.integers(1, last), max_size=40)))
    stops = reader.stops(last, starts)
    assert stops == sorted(set(stops))
    assert 1 <= len(stops) <= 25
    assert {1, last} <= set(stops) <= set(range(1, last + 1))
    if len(starts) <= 12:
        assert set(starts) <= set(stops)
    if last <= 25:
        assert stops == list(range(1, last + 1))
