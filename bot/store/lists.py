"""This room lists stories: any filters, any order, and no page dearer than another."""

import json
from collections.abc import Mapping, Sequence
from typing import LiteralString, NamedTuple

from bot.domain.access import Audience
from bot.domain.models import Rating
from bot.domain.search import Field, Key, Order, Range, Selection
from bot.store import tallies, wording
from bot.store.orders import DIGITS, ORDERS, Boundary, Ordering, gathered
from bot.store.sqlite import Reader, Row, Seeker, Value

FEW = 10_000
"""Stories that are fetched and sorted rather than looked for along an order."""

_HAS: dict[Field, LiteralString] = {
    Field.AUTHOR: "EXISTS (SELECT 1 FROM story_authors x WHERE x.story_id = s.id AND x.author_id IN",
    Field.SERIES: "(coalesce(s.series_id, 0) IN",
    Field.TAG: "EXISTS (SELECT 1 FROM story_tags x WHERE x.story_id = s.id AND x.kind = 'tag' AND x.name_key IN",
    Field.FANDOM: "EXISTS (SELECT 1 FROM story_tags x WHERE x.story_id = s.id AND x.kind = 'fandom' AND x.name_key IN",
    Field.STATUS: "(s.status IN",
    Field.LANGUAGE: "(s.language IN",
}
_WANTED: dict[Field, tuple[LiteralString, LiteralString]] = {
    Field.AUTHOR: (":author", ":no_author"),
    Field.SERIES: (":series", ":no_series"),
    Field.TAG: (":tag", ":no_tag"),
    Field.FANDOM: (":fandom", ":no_fandom"),
    Field.STATUS: (":status", ":no_status"),
    Field.LANGUAGE: (":language", ":no_language"),
}
_KEYS: LiteralString = "(SELECT value FROM json_each(:keys))"
_OF: dict[Field, LiteralString] = {
    Field.AUTHOR: f"SELECT DISTINCT story_id AS id FROM story_authors WHERE author_id IN {_KEYS}",
    Field.SERIES: f"SELECT id FROM stories WHERE series_id IN {_KEYS}",
    Field.TAG: (
        "SELECT DISTINCT story_id AS id FROM story_tags"
        f" WHERE archive_id = :archive AND kind = 'tag' AND name_key IN {_KEYS}"
    ),
    Field.FANDOM: (
        "SELECT DISTINCT story_id AS id FROM story_tags"
        f" WHERE archive_id = :archive AND kind = 'fandom' AND name_key IN {_KEYS}"
    ),
}
"""Where the stories with a key are found without looking at the others."""
_RANGES: dict[Field, LiteralString] = {
    Field.WORDS: (
        " AND s.words BETWEEN :words_least AND :words_most"
        " AND s.words NOT IN (SELECT value FROM json_each(:words_without))"
    ),
    Field.PARTS: (
        " AND s.parts BETWEEN :parts_least AND :parts_most"
        " AND s.parts NOT IN (SELECT value FROM json_each(:parts_without))"
    ),
}
_RANK: LiteralString = "bm25(story_words, 10, 6, 6, 5, 3, 1)"
"""A word in the title says more than one in the text; the columns are those of story_words."""


class Sieve(NamedTuple):
    """A selection in SQL, for one audience: what opens for it is looked through as a whole, the rest by its row."""

    ratings: tuple[Rating, ...]
    opens: Rating
    where: LiteralString
    parameters: dict[str, Value]
    source: LiteralString = ""
    has_words: bool = False
    shuns_words: bool = False
    shuns_titles: bool = False

    def groups(self) -> list[bool]:
        """Whether there is anything to look through that opens here, and anything that does not."""
        return [opens for opens in (True, False) if any((rating <= self.opens) is opens for rating in self.ratings)]


async def sieve(db: Reader, audience: Audience, selection: Selection) -> Sieve:
    """Decides how a selection is best looked for: by its words, by a rare name in it, or along the order."""
    ratings = tuple(rating for rating in sorted(selection.ratings) if rating <= audience.lists)
    where, parameters = _conditions(selection)
    parameters["archive"] = audience.archive.id
    made = Sieve(
        ratings,
        audience.opens,
        where,
        parameters | _matches(selection),
        has_words=bool(wording.wanted(selection.words) or wording.wanted(selection.titles)),
        shuns_words=not wording.wanted(selection.words) and bool(wording.unwanted(selection.words)),
        shuns_titles=bool(wording.unwanted(selection.titles)),
    )
    if made.has_words:
        return made
    rarest = await _rarest(db, audience, selection)
    if rarest is None:
        return made
    return made._replace(source=_OF[rarest[0]], parameters={**made.parameters, "keys": json.dumps(rarest[1])})


def _conditions(selection: Selection) -> tuple[LiteralString, dict[str, Value]]:
    where: LiteralString = ""
    parameters: dict[str, Value] = {}
    for named, keys in selection.has.items():
        wanted = _WANTED[named][0]
        where += f" AND NOT EXISTS (SELECT 1 FROM json_each({wanted}) w WHERE NOT {_in(named, 'w.value')})"
        parameters[wanted[1:]] = json.dumps(keys)
    for named, keys in selection.lacks.items():
        unwanted = _WANTED[named][1]
        where += f" AND NOT {_in(named, unwanted)}"
        parameters[unwanted[1:]] = json.dumps(keys)
    for measured, limits in selection.ranges.items():
        where += _RANGES[measured]
        parameters |= _limits(measured, limits)
    return where, parameters


def _in(named: Field, keys: LiteralString) -> LiteralString:
    return f"{_HAS[named]} (SELECT value FROM json_each({keys})))"


def _limits(measured: Field, limits: Range) -> Mapping[str, Value]:
    name = measured.value
    without = json.dumps(limits.without)
    return {f"{name}_least": limits.least, f"{name}_most": limits.most, f"{name}_without": without}


def _matches(selection: Selection) -> dict[str, Value]:
    """What the text index is asked: of stories that open, and of those that have a row alone."""
    titles = wording.wanted(selection.titles, "title")
    shunned = wording.unwanted(selection.words)
    return {
        "whole": _both(wording.wanted(selection.words), titles),
        "heads": _both(wording.wanted(selection.words, wording.HEAD), titles),
        "no_whole": shunned,
        "no_heads": f"{wording.HEAD} : ({shunned})",
        "no_titles": f"title : ({wording.unwanted(selection.titles)})",
    }


def _both(one: str, other: str) -> str:
    return f"({one}) AND ({other})" if one and other else one or other


async def _rarest(db: Reader, audience: Audience, selection: Selection) -> tuple[Field, tuple[Key, ...]] | None:
    """The keys that are asked for which the fewest stories have, where those are few."""
    found: list[tuple[int, Field, tuple[Key, ...]]] = []
    for named, every in selection.has.items():
        for keys in every:
            if named in _OF:
                ratings = [rating for rating in Rating if rating <= audience.lists]
                number = await tallies.stories(db, audience.archive.id, named, keys, ratings)
                found.append((number, named, keys))
    number, named, keys = min(found, key=lambda each: each[0], default=(FEW + 1, Field.TITLE, ()))
    return (named, keys) if number <= FEW else None


def statement(sieve: Sieve, order: Order, bounds: Boundary | None, *, forward: bool) -> LiteralString:
    """The ids of a page's stories in an order, forward from a boundary or back from it (None: from the end)."""
    if order is Order.BEST:
        return gathered([_ranked(sieve, opens=opens) for opens in sieve.groups()], _BEST, forward=True)
    ordering = ORDERS[order]
    beyond = ordering.beyond(forward=forward) if bounds is not None else ""
    tail = f"{beyond} ORDER BY {ordering.sorted(forward=forward)} LIMIT :limit"
    arms: list[LiteralString] = [f"SELECT {ordering.columns} FROM {arm}{tail}" for arm in _arms(sieve, ordering)]
    return gathered(arms, ordering, forward=forward)


_BEST = Ordering("", "rank")


def _arms(sieve: Sieve, ordering: Ordering) -> list[LiteralString]:
    """FROM and WHERE of each part of a list."""
    if sieve.has_words:
        return [_matched(sieve, opens=opens) for opens in sieve.groups()]
    if sieve.source:
        found: LiteralString = f"({sieve.source}) c CROSS JOIN stories s ON s.id = c.id"
        return [f"{found} WHERE {_gate(sieve, opens=opens)}" for opens in sieve.groups()]
    return [
        f"stories s INDEXED BY {ordering.through} WHERE s.archive_id = :archive AND s.state = 'published'"
        f" AND s.rating = {DIGITS[rating]}{_rest(sieve, opens=rating <= sieve.opens)}"
        for rating in sieve.ratings
    ]


def _matched(sieve: Sieve, *, opens: bool) -> LiteralString:
    match: LiteralString = ":whole" if opens else ":heads"
    return (
        f"(SELECT rowid AS id FROM story_words WHERE story_words MATCH {match}) c"
        f" CROSS JOIN stories s ON s.id = c.id WHERE {_gate(sieve, opens=opens)}"
    )


def _ranked(sieve: Sieve, *, opens: bool) -> LiteralString:
    match: LiteralString = ":whole" if opens else ":heads"
    return (
        f"SELECT {_RANK} AS first, 0 AS second, s.id AS id FROM story_words CROSS JOIN stories s"
        f" ON s.id = story_words.rowid WHERE story_words MATCH {match} AND {_gate(sieve, opens=opens)}"
        " ORDER BY first LIMIT :limit"
    )


def _gate(sieve: Sieve, *, opens: bool) -> LiteralString:
    """All conditions, for the ratings that open here or those that have a row alone."""
    digits = ", ".join([DIGITS[rating] for rating in sieve.ratings if opens is (rating <= sieve.opens)])
    gate: LiteralString = f"s.archive_id = :archive AND s.state = 'published' AND s.rating IN ({digits})"
    return f"{gate}{_rest(sieve, opens=opens)}"


def _rest(sieve: Sieve, *, opens: bool) -> LiteralString:
    """Every condition but the gate's; of what does not open here, words must be absent from its row alone."""
    where = sieve.where
    if sieve.shuns_words:
        where += _ABSENT[opens]
    return f"{where}{_UNTITLED}" if sieve.shuns_titles else where


_ABSENT: dict[bool, LiteralString] = {
    True: " AND s.id NOT IN (SELECT rowid FROM story_words WHERE story_words MATCH :no_whole)",
    False: " AND s.id NOT IN (SELECT rowid FROM story_words WHERE story_words MATCH :no_heads)",
}
_UNTITLED: LiteralString = " AND s.id NOT IN (SELECT rowid FROM story_words WHERE story_words MATCH :no_titles)"


def newest(sieve: Sieve, *, opens: bool) -> LiteralString:
    """The ids of stories, the newest first as far as time allows: each is told as soon as it is found."""
    if sieve.has_words:
        return f"SELECT s.id AS id FROM {_matched(sieve, opens=opens)} ORDER BY c.id DESC LIMIT :limit"
    gate = _gate(sieve, opens=opens)
    if sieve.source:
        return (
            f"SELECT s.id AS id FROM ({sieve.source}) c CROSS JOIN stories s ON s.id = c.id WHERE {gate} LIMIT :limit"
        )
    return f"SELECT s.id AS id FROM stories s NOT INDEXED WHERE {gate} ORDER BY s.id DESC LIMIT :limit"


async def sort(db: Reader, order: Order, ids: Sequence[int]) -> list[int]:
    """These stories in an order."""
    ordering = ORDERS[order]
    rows = await db.all(
        f"SELECT {ordering.columns} FROM json_each(:ids) c CROSS JOIN stories s ON s.id = c.value"
        f" ORDER BY {ordering.sorted(forward=True)}",
        ids=json.dumps(list(ids)),
    )
    return [row["id"] for row in rows]


async def page(
    db: Reader, sieve: Sieve, order: Order, bounds: Boundary | None, limit: int, *, forward: bool
) -> list[int]:
    """Ids of a list's stories, in its order."""
    rows = await db.all(
        statement(sieve, order, bounds, forward=forward), **sieve.parameters, **_bounded(bounds), limit=limit
    )
    return _ids(rows, forward=forward)


async def seek(
    seeker: Seeker, sieve: Sieve, order: Order, bounds: Boundary | None, limit: int, seconds: float, *, forward: bool
) -> tuple[list[int], bool]:
    """Like `page`, in so many seconds; and whether they were enough."""
    found = await seeker.rows(
        statement(sieve, order, bounds, forward=forward), seconds, **sieve.parameters, **_bounded(bounds), limit=limit
    )
    return _ids(found.rows, forward=forward), found.finished


async def seek_newest(seeker: Seeker, sieve: Sieve, limit: int, seconds: float) -> tuple[list[int], bool]:
    """The newest stories that are found in so many seconds, and whether they were enough."""
    groups = sieve.groups()
    found = [
        await seeker.rows(newest(sieve, opens=opens), seconds / len(groups), **sieve.parameters, limit=limit)
        for opens in groups
    ]
    ids = sorted((row["id"] for each in found for row in each.rows), reverse=True)
    return ids[:limit], all(each.finished for each in found)


def _bounded(bounds: Boundary | None) -> dict[str, Value]:
    return {} if bounds is None else dict(bounds._asdict())


def _ids(rows: list[Row], *, forward: bool) -> list[int]:
    ids = [row["id"] for row in rows]
    return ids if forward else ids[::-1]
