"""What a query means in an archive: ratings and numbers narrowed, names found however they are written."""

import pytest

from bot.domain.errors import QueryRefused
from bot.domain.models import Rating
from bot.domain.search import Field, Filter, Range, Selection, Sought
from bot.formats.query import filtered, parse
from bot.services.catalogue.meaning import selected
from bot.store.database import Database
from tests.catalogues import Drawn, shelve
from tests.library import HALL


async def _means(database: Database, line: str) -> Selection:
    return await selected(database, HALL, parse(line))


@pytest.mark.parametrize(
    ("line", "ratings"),
    [
        ("rating:pg", "PG"),
        ("rating:<pg-13", "G PG"),
        ("rating:<=pg-13", "G PG PG-13"),
        ("rating:>r", "NC-17 Not rated"),
        ("rating:>=pg rating:<=r", "PG PG-13 R"),
        ("-rating:g -rating:>pg", "PG"),
        ("rating:g rating:r", ""),
    ],
)
async def test_ratings(database: Database, line: str, ratings: str) -> None:
    selection = await _means(database, line)
    named = {rating.label for rating in selection.ratings}
    assert named == {rating.label for rating in Rating if f" {rating.label} " in f" {ratings} "}


@pytest.mark.parametrize(
    ("line", "limits"),
    [
        ("words:5", Range(5, 5)),
        ("words:<5k", Range(most=4_999)),
        ("words:<=5", Range(most=5)),
        ("words:>5", Range(least=6)),
        ("words:>=5 words:<=9", Range(5, 9)),
        ("-words:5", Range(without=(5,))),
        ("-words:<5", Range(least=5)),
        ("-words:>5", Range(most=5)),
        ("-words:<=5", Range(least=6)),
        ("-words:>=5", Range(most=4)),
    ],
)
async def test_numbers(database: Database, line: str, limits: Range) -> None:
    assert (await _means(database, line)).ranges == {Field.WORDS: limits}


async def test_names(database: Database) -> None:
    await shelve(database, Drawn(author="Ruby", tags=["Hurt/Comfort"], status="In Progress", series="Lights"))
    await shelve(database, Drawn(author="Ruby Red", tags=["Comfort Food"], fandoms=["The Tide"], language="Deutsch"))
    assert (await _means(database, "author:RUBY")).has == {Field.AUTHOR: ((1,),)}, "exactly so, not one of two"
    assert (await _means(database, "author:red -author:ruby")).lacks == {Field.AUTHOR: (1,)}
    assert (await _means(database, "tag:comfort")).has == {Field.TAG: (("comfort food", "hurt comfort"),)}
    assert (await _means(database, 'status:"in progress"')).has == {Field.STATUS: (("In Progress",),)}
    assert (await _means(database, 'fandom:"the tide" lang:deutsch')).has == {
        Field.FANDOM: (("the tide",),),
        Field.LANGUAGE: (("Deutsch",),),
    }
    assert (await _means(database, "-tag:unheard")).lacks == {Field.TAG: ()}, "nothing has it: no harm"
    for line in ("tag:unheard", "series:lihgts", "fandom:x", "language:y", "status:z"):
        with pytest.raises(QueryRefused, match="here is called so"):
            await _means(database, line)


async def test_one_name_alone_is_known_as_such(database: Database) -> None:
    await shelve(database, Drawn(tags=["Angst"]))
    assert (await _means(database, "tag:angst")).one_name == (Field.TAG, "angst")
    for line in ("", "tag:angst author:ruby", "tag:angst words:>1", "-tag:angst", "tag:angst lamp"):
        assert (await _means(database, line)).one_name is None, line
    assert (await _means(database, "")).is_everything
    assert not (await _means(database, "rating:g")).is_everything


async def test_words(database: Database) -> None:
    await shelve(database, Drawn(text="lamp lamps lantern"))
    selection = await _means(database, 'lamp* "old lamp" -sea title:wick xyz*')
    assert [(set(each.any_of), each.negated) for each in selection.words] == [
        ({"lamp", "lamps"}, False),
        ({"old lamp"}, False),
        ({"sea"}, True),
        ({"xyz"}, False),
    ]
    assert selection.titles == (Sought(("wick",)),)
    assert not selection.is_partial


@pytest.mark.parametrize(
    ("field", "typed", "meant"),
    [
        (Field.AUTHOR, "  Isolde   Wren ", Filter(Field.AUTHOR, "Isolde Wren")),
        (Field.AUTHOR, 'Ruby "Red" O: x', Filter(Field.AUTHOR, "Ruby Red O: x")),
        (Field.RATING, "pg-13", Filter(Field.RATING, Rating.PG_13)),
        (Field.RATING, "<=r", parse("rating:<=r").filters[0]),
        (Field.WORDS, ">5k", parse("words:>5000").filters[0]),
    ],
)
def test_an_option_of_a_command_is_a_filter(field: Field, typed: str, meant: Filter) -> None:
    assert filtered(field, typed) == meant


@pytest.mark.parametrize(
    ("field", "typed"), [(Field.RATING, "pg-14"), (Field.AUTHOR, "??"), (Field.WORDS, "many"), (Field.TAG, "x" * 200)]
)
def test_an_option_that_is_none_is_refused(field: Field, typed: str) -> None:
    with pytest.raises(QueryRefused):
        filtered(field, typed)
