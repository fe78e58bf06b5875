"""This room names what can be asked of an archive: words, phrases, filters, an order."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
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


CHOICES = 25
"""What autocomplete may offer (docs.discord.com, Application Command Option Choice)."""
GLANCE = 0.008
"""Seconds for what is offered while somebody types, beyond what an index gives at once."""
NAMED = (Field.AUTHOR, Field.SERIES, Field.TAG, Field.FANDOM, Field.STATUS, Field.LANGUAGE)
"""The fields whose values are names that the archive knows; only the words of a title are searched for."""
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

    @property
    def is_beginning(self) -> bool:
        return self.text.endswith("*") and not self.is_phrase


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


BEGIN, END = "\x02", "\x03"
"""What stands around a hit in an excerpt; no text has these."""

Key = int | str
"""What an archive knows a name by: an author's or series' number, any other name's key or spelling."""


class Range(NamedTuple):
    """Numbers from one to another, both included, without some."""

    least: int = 0
    most: int = 10**9
    without: tuple[int, ...] = ()


class Sought(NamedTuple):
    """Phrases of which one must be there, or none may be: a beginning ("lam*") stands for several words."""

    any_of: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """What a query means in one archive. Of each list of keys a story must have one; of `lacks` it may have none."""

    ratings: frozenset[Rating] = frozenset(Rating)
    has: Mapping[Field, tuple[tuple[Key, ...], ...]] = field(default_factory=dict[Field, tuple[tuple[Key, ...], ...]])
    lacks: Mapping[Field, tuple[Key, ...]] = field(default_factory=dict[Field, tuple[Key, ...]])
    ranges: Mapping[Field, Range] = field(default_factory=dict[Field, Range])
    words: tuple[Sought, ...] = ()
    titles: tuple[Sought, ...] = ()
    is_partial: bool = False  # more words of the archive begin as asked for than are looked for

    @property
    def is_everything(self) -> bool:
        return not (self.has or self.lacks or self.ranges or self.words or self.titles or self.ratings < set(Rating))

    @property
    def one_name(self) -> tuple[Field, Key] | None:
        """The only key that is asked for, where nothing else is: how many have it is known without looking."""
        if self.lacks or self.ranges or self.words or self.titles or len(self.has) != 1:
            return None
        [(named, keys)] = self.has.items()
        return (named, keys[0][0]) if len(keys) == 1 and len(keys[0]) == 1 else None


class Total(NamedTuple):
    """How many stories a list has; with `more`, at least so many."""

    number: int
    more: bool = False


class Step(enum.IntEnum):
    """Where a button of a list leads; the numbers stand in custom ids and never change."""

    FIRST = 0
    PREVIOUS = 1
    NEXT = 2
    LAST = 3
