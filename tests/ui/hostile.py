"""This room makes names and stories that try every limit of a message."""

from hypothesis import strategies as st

from bot.domain.models import Rating, Story


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
    series_number=OPTIONAL,
    series_place=st.one_of(st.none(), st.integers(1, 400)),
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
