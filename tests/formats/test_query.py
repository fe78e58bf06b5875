"""This room tests what a search in one line means, and what it says of a bad one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import QueryRefused
from bot.domain.models import Rating
from bot.domain.search import ORDERED, Comparison, Field, Filter, Order, Query, Words
from bot.formats.query import LONGEST, MOST, parse, render


def _filter(text: str) -> Filter:
    (found,) = parse(text).filters
    return found


def test_the_whole_line_of_the_manual() -> None:
    query = parse(
        'lamp "the harbour" author:ruby series:"changing hearts" rating:<=pg-13 words:<5000 -tag:death sort:newest'
    )
    assert query == Query(
        (Words("lamp"), Words("the harbour", is_phrase=True)),
        (
            Filter(Field.AUTHOR, "ruby"),
            Filter(Field.SERIES, "changing hearts"),
            Filter(Field.RATING, Rating.PG_13, Comparison.UP_TO),
            Filter(Field.WORDS, 5000, Comparison.UNDER),
            Filter(Field.TAG, "death", negated=True),
        ),
        Order.NEWEST,
    )


@pytest.mark.parametrize("text", ["", "  ", "-", "- -", "…", '""', "!?"])
def test_nothing_asks_for_nothing(text: str) -> None:
    assert not parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("-lamp", Words("lamp", negated=True)),
        ("−lamp", Words("lamp", negated=True)),
        ("“the  lamp”", Words("the lamp", is_phrase=True)),
        ('-"the lamp"', Words("the lamp", is_phrase=True, negated=True)),
        ("don't", Words("don't")),
        ("half-light", Words("half-light")),
        ("12:30", Words("12:30", is_phrase=True)),
        ("http://example.org", Words("http://example.org", is_phrase=True)),
    ],
)
def test_words_and_phrases(text: str, words: Words) -> None:
    assert parse(text) == Query((words,))


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("rating:g", Rating.G),
        ("rating:PG13", Rating.PG_13),
        ('rating:"pg 13"', Rating.PG_13),
        ("rating:nc-17", Rating.NC_17),
        ("rating:K+", Rating.PG),
        ('rating:"not rated"', Rating.UNRATED),
        ("rated:mature", Rating.R),
    ],
)
def test_ratings_in_the_forms_people_write(text: str, rating: Rating) -> None:
    assert _filter(text) == Filter(Field.RATING, rating)


@pytest.mark.parametrize(
    ("text", "number", "comparison"),
    [
        ("words:5000", 5000, Comparison.IS),
        ("words:>=5k", 5000, Comparison.FROM),
        ("words:≤5,000", 5000, Comparison.UP_TO),
        ("words:>1.000.000", 1_000_000, Comparison.OVER),
        ("length:<10K", 10_000, Comparison.UNDER),
        ("parts:=3", 3, Comparison.IS),
    ],
)
def test_numbers_in_the_forms_people_write(text: str, number: int, comparison: Comparison) -> None:
    assert _filter(text)[1:3] == (number, comparison)


@pytest.mark.parametrize("text", ["sort:longest", "Sort:LENGTH", "sort:words"])
def test_orders_have_more_than_one_name(text: str) -> None:
    assert parse(text) == Query(order=Order.LENGTH)


@pytest.mark.parametrize(
    ("text", "reason", "cure"),
    [
        ("auther:ruby", "there is no “auther:” to search by", "the nearest is “author:”; or put it in quotation marks"),
        ("rating:pg-14", "“pg-14” is no rating", "the nearest is PG-13"),
        ("words:many", "“many” is no number", "write digits, 5000 or 5k"),
        ("author:", "it does not say which author", 'write for example author:"a name"'),
        ("rating:<=", "it does not say which rating", "write for example rating:<=pg-13"),
        ("author:<ruby", "author has no more and less", "write author:ruby"),
        ("sort:newset", "there is no order “newset”", "the nearest is sort:newest"),
        ('tag:"angst', "its quotation mark is never closed", 'put a " behind the last word of it'),
    ],
)
def test_a_bad_piece_is_named_with_the_nearest_good_one(text: str, reason: str, cure: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        parse(f"lamp {text}")
    assert str(refused.value) == f"“{text}” cannot be searched for because {reason}; {cure}."


def test_too_much_is_refused_with_the_limit() -> None:
    with pytest.raises(QueryRefused, match=f"keep it under {LONGEST}"):
        parse("x" * (LONGEST + 1))
    with pytest.raises(QueryRefused, match=f"keep to {MOST}"):
        parse("a " * (MOST + 1))


NAMES = st.text(st.characters(categories=("L", "N", "Zs", "Pd", "Po"), exclude_characters="\"“”„«»\\"), min_size=1).map(
    lambda text: " ".join(text.split())
).filter(lambda text: any(c.isalnum() for c in text) and len(text) < 12)  # fmt: skip
WORDS = st.builds(Words, NAMES, st.just(value=True), st.booleans()) | st.builds(
    Words, st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), st.just(value=False), st.booleans()
)
NAMED = st.builds(
    Filter,
    st.sampled_from([field for field in Field if field not in ORDERED]),
    NAMES,
    st.just(Comparison.IS),
    st.booleans(),
)
RATED = st.builds(Filter, st.just(Field.RATING), st.sampled_from(Rating), st.sampled_from(Comparison), st.booleans())
COUNTED = st.builds(
    Filter,
    st.sampled_from([Field.WORDS, Field.PARTS]),
    st.integers(0, 10**9 - 1),
    st.sampled_from(Comparison),
    st.booleans(),
)
QUERIES = st.builds(
    Query,
    st.lists(WORDS, max_size=5).map(tuple),
    st.lists(NAMED | RATED | COUNTED, max_size=5).map(tuple),
    st.none() | st.sampled_from(Order),
)


@given(QUERIES)
def test_what_is_rendered_is_read_as_the_same(query: Query) -> None:
    assert parse(render(query)) == query


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    query = _read(text)
    assert query is None or parse(render(query)) == query


def _read(text: str) -> Query | None:
    try:
        return parse(text)
    except QueryRefused:
        return None
