"""This room names what can be asked of an archive: words, phrases, filters, an order."""

import enum
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.models import Rating


class Field(enum.StrEnum):
    """What a filter looks at."""

    TITLE = "title"
    AUTHOR = "author"
    SERIES = "series"
    TAG = "tag"
    FANDOM = "fandom"
    STATUS = "status"
    LANGUAGE = "language"
    RATING = "rating"
    WORDS = "words"
    PARTS = "parts"


ORDERED = frozenset({Field.RATING, Field.WORDS, Field.PARTS})
"""The fields that have a more and a less."""


class Comparison(enum.StrEnum):
    IS = "="
    UNDER = "<"
    UP_TO = "<="
    OVER = ">"
    FROM = ">="


class Order(enum.StrEnum):
    """What a list is sorted by; every order has the story's number as its last word."""

    BEST = "best"  # how well the words fit; for a search alone
    TITLE = "title"
    AUTHOR = "author"
    NEWEST = "newest"
    UPDATED = "updated"
    LENGTH = "length"  # longest first
    READ = "read"  # most readers first
    LIKED = "liked"  # most likes first


class Words(NamedTuple):
    """A word, or several in a row, that the text or the header must have, or must not."""

    text: str
    is_phrase: bool = False
    negated: bool = False


class Filter(NamedTuple):
    """One condition. `value` is a Rating or a number for the ordered fields, a name for the others."""

    field: Field
    value: str | int | Rating
    comparison: Comparison = Comparison.IS
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All conditions hold together; an order of None is the place's own."""

    words: tuple[Words, ...] = ()
    filters: tuple[Filter, ...] = ()
    order: Order | None = None

    def __bool__(self) -> bool:
        return bool(self.words or self.filters)
