"""This room guesses what a search that finds nothing was meant to be."""

import asyncio
from dataclasses import replace
from itertools import islice, product

from bot.domain import names
from bot.domain.access import Audience
from bot.domain.search import Query, Words
from bot.formats.spelling import likest
from bot.services.catalogue.meaning import selected
from bot.store import lists, vocabulary
from bot.store.database import Database

PATIENCE = 0.02
"""Seconds for the words that each misspelt one is compared with."""
COMPARED = 5_000
"""Words that each one is compared with."""
GUESSES = 4
"""Words that each one may have meant."""
TRIED = 6
"""Searches that are tried: one is only proposed if it finds something that its asker may see."""


async def meant(database: Database, audience: Audience, query: Query) -> Query | None:
    """The search that was meant; None where none is found."""
    guesses = [await _guesses(database, words) for words in query.words]
    for tried in islice(product(*guesses), TRIED):
        proposed = replace(query, words=tried)
        if proposed != query and await _finds(database, audience, proposed):
            return proposed
    return None


async def _guesses(database: Database, words: Words) -> list[Words]:
    """The words that are nearest to some, or themselves; what must not be there, and phrases, are left alone."""
    plain = names.key(words.text)
    if words.is_beginning or words.negated or words.is_phrase or len(plain) < 3 or not plain.isalpha():
        return [words]
    known = (await vocabulary.beginning(database.search, plain[:2], COMPARED, PATIENCE)).words
    if plain in known:
        return [words]
    near = await asyncio.to_thread(likest, plain, known, GUESSES)
    return [words._replace(text=each) for each in near] or [words]


async def _finds(database: Database, audience: Audience, query: Query) -> bool:
    sieve = await lists.sieve(database.reader, audience, await selected(database, audience, query))
    ids, _ = await lists.seek_newest(database.search, sieve, 1, PATIENCE)
    return bool(ids)
