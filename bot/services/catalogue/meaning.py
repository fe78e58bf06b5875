"""This room finds out what a query means in one archive: which author is Ruby, which tags are meant."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from functools import reduce

from bot.domain import names
from bot.domain.access import Audience
from bot.domain.errors import QueryRefused
from bot.domain.models import Rating
from bot.domain.search import NAMED, Comparison, Field, Filter, Key, Query, Range, Selection, Sought, Words
from bot.formats.query import piece
from bot.formats.spelling import nearest
from bot.store import naming, vocabulary
from bot.store.database import Database

PATIENCE = 0.03
"""Seconds to look for a name that is not written as the archive writes it."""
BEGINNINGS = 24
"""Words that one beginning may stand for: the most frequent ones."""
COMPARED = 5_000
"""Names that a misspelt one is compared with."""


async def selected(database: Database, audience: Audience, query: Query) -> Selection:
    """The selection that a query asks for.

    Raises:
        QueryRefused: it names somebody or something that the archive does not know.
    """
    has: dict[Field, list[tuple[Key, ...]]] = defaultdict(list)
    lacks: dict[Field, list[Key]] = defaultdict(list)
    for each in query.filters:
        if each.field in NAMED:
            keys = await _keys(database, audience, each)
            (lacks[each.field].extend if each.negated else has[each.field].append)(keys)  # pyright: ignore[reportArgumentType]
    words, are_all = await _spelt_out(database, query.words)
    measured = {each.field for each in query.filters} & {Field.WORDS, Field.PARTS}
    return Selection(
        _ratings(query.filters),
        {field: tuple(keys) for field, keys in has.items()},
        {field: tuple(keys) for field, keys in lacks.items()},
        {field: _range(each for each in query.filters if each.field is field) for field in measured},
        words,
        tuple(Sought((str(f.value),), f.negated) for f in query.filters if f.field is Field.TITLE),
        not are_all,
    )


async def _spelt_out(database: Database, words: Iterable[Words]) -> tuple[tuple[Sought, ...], bool]:
    """Words as they are sought, beginnings by what they stand for; and whether that is everything.

    Left to itself, the text index would gather all stories of all words that begin so ahead of the first.
    """
    found: list[Sought] = []
    are_all = True
    for each in words:
        phrases: tuple[str, ...] = (each.text,)
        if each.is_beginning and (start := names.key(each.text)).isalnum():
            known = await vocabulary.beginning(database.search, start, BEGINNINGS, PATIENCE)
            are_all = are_all and known.finished
            phrases = tuple(known.words) or (start,)
        found.append(Sought(phrases, each.negated))
    return tuple(found), are_all


async def _keys(database: Database, audience: Audience, asked: Filter) -> tuple[Key, ...]:
    text = str(asked.value)
    found = await naming.exactly(database.reader, audience, asked.field, text)
    found = found or await naming.holding(database.search, audience, asked.field, text, PATIENCE)
    if not found and not asked.negated:
        raise await _unknown(database, audience, asked)
    return tuple(name.key for name in found)


async def _unknown(database: Database, audience: Audience, asked: Filter) -> QueryRefused:
    known = await naming.some(database.search, audience, asked.field, COMPARED, PATIENCE)
    near = await asyncio.to_thread(nearest, str(asked.value), known)
    cure = f"the nearest is {piece(asked._replace(value=near))}" if near else "leave it out, or try another name"
    return QueryRefused(piece(asked), f"no {asked.field} here is called so", cure)


def _ratings(filters: Iterable[Filter]) -> frozenset[Rating]:
    wanted = frozenset(Rating)
    for each in filters:
        if each.field is Field.RATING:
            found = frozenset(rating for rating in Rating if _holds(rating, each))
            wanted &= frozenset(Rating) - found if each.negated else found
    return wanted


def _holds(rating: Rating, asked: Filter) -> bool:
    limit = int(asked.value)
    return {
        Comparison.IS: rating == limit,
        Comparison.UNDER: rating < limit,
        Comparison.UP_TO: rating <= limit,
        Comparison.OVER: rating > limit,
        Comparison.FROM: rating >= limit,
    }[asked.comparison]


_OPPOSITE = {
    Comparison.UNDER: Comparison.FROM,
    Comparison.FROM: Comparison.UNDER,
    Comparison.OVER: Comparison.UP_TO,
    Comparison.UP_TO: Comparison.OVER,
}


def _range(filters: Iterable[Filter]) -> Range:
    return reduce(_narrowed, filters, Range())


def _narrowed(limits: Range, asked: Filter) -> Range:
    number = int(asked.value)
    match _OPPOSITE.get(asked.comparison, Comparison.IS) if asked.negated else asked.comparison:
        case Comparison.IS if asked.negated:
            return limits._replace(without=(*limits.without, number))
        case Comparison.IS:
            return limits._replace(least=max(limits.least, number), most=min(limits.most, number))
        case Comparison.UNDER:
            return limits._replace(most=min(limits.most, number - 1))
        case Comparison.UP_TO:
            return limits._replace(most=min(limits.most, number))
        case Comparison.OVER:
            return limits._replace(least=max(limits.least, number + 1))
        case Comparison.FROM:
            return limits._replace(least=max(limits.least, number))
