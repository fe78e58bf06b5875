"""This room reads a search in one line: `lamp "the harbour" author:ruby rating:<=pg-13 -tag:death sort:newest`."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.errors import QueryRefused
from bot.domain.models import Rating
from bot.domain.search import ORDERED, Comparison, Field, Filter, Order, Query, Words
from bot.formats.spelling import closest

LONGEST = 500
"""Characters of a search; a slash command's option would take 6,000."""
MOST = 20
"""Words and filters in one search."""
SORT = "sort"

PIECE = re.compile(
    r"""(?P<minus>[-−–](?=[^\s-]))?
    (?:(?P<name>[^\W\d_]{1,30}):(?!//)(?P<sign><=|>=|=<|=>|≤|≥|<|>|=)?)?
    (?:["“”„«](?P<phrase>[^"“”„«»]*)(?P<closed>["“”»])?|(?P<word>[^\s"“”„«»]+))?""",
    re.VERBOSE,
)
SIGNS = {
    None: Comparison.IS, "=": Comparison.IS, "<": Comparison.UNDER, ">": Comparison.OVER,
    "<=": Comparison.UP_TO, "=<": Comparison.UP_TO, "≤": Comparison.UP_TO,
    ">=": Comparison.FROM, "=>": Comparison.FROM, "≥": Comparison.FROM,
}  # fmt: skip
OTHER_NAMES = {
    "authors": Field.AUTHOR, "by": Field.AUTHOR, "tags": Field.TAG, "genre": Field.TAG, "lang": Field.LANGUAGE,
    "rated": Field.RATING, "length": Field.WORDS, "word": Field.WORDS, "chapters": Field.PARTS, "part": Field.PARTS,
}  # fmt: skip
FIELDS = {field.value: field for field in Field} | OTHER_NAMES
OTHER_ORDERS = {
    "new": Order.NEWEST, "added": Order.NEWEST, "longest": Order.LENGTH, "words": Order.LENGTH,
    "likes": Order.LIKED, "popular": Order.READ, "readers": Order.READ, "relevance": Order.BEST,
}  # fmt: skip
ORDERS = {order.value: order for order in Order} | OTHER_ORDERS
RATINGS = {rating.label.casefold(): rating for rating in Rating} | {
    "pg13": Rating.PG_13, "nc17": Rating.NC_17, "unrated": Rating.UNRATED, "none": Rating.UNRATED,
    "k": Rating.G, "k+": Rating.PG, "t": Rating.PG_13, "m": Rating.R, "ma": Rating.NC_17, "x": Rating.NC_17,
    "general": Rating.G, "teen": Rating.PG_13, "mature": Rating.R, "explicit": Rating.NC_17,
}  # fmt: skip
EXAMPLES = {Field.RATING: "rating:<=pg-13", Field.WORDS: "words:<5000", Field.PARTS: "parts:1"}
NUMBER = re.compile(r"(?P<digits>\d{1,3}(?:[,.']\d{3}){1,2}|\d{1,9})(?P<thousand>k)?", re.IGNORECASE)
QUOTES = re.compile('["“”„«»]')
SIGN = re.compile("<=|>=|=<|=>|≤|≥|<|>|=")
PLAIN = re.compile(r"[^\s\"“”„«»:−–-][^\s\"“”„«»:]*")


def parse(text: str) -> Query:
    """What is asked for.

    Raises:
        QueryRefused: a piece of it cannot be read; the sentence names the piece and the nearest good one.
    """
    if len(text) > LONGEST:
        raise QueryRefused(text, f"it has {len(text)} characters", f"keep it under {LONGEST}")
    words: list[Words] = []
    filters: list[Filter] = []
    order: Order | None = None
    for match in _pieces(text):
        if match["name"] is None:
            words.extend(_words(match))
        elif match["name"].casefold() == SORT:
            order = _order(match)
        else:
            filters.append(_filter(match))
    if len(words) + len(filters) > MOST:
        raise QueryRefused(text, f"it has {len(words) + len(filters)} words and filters", f"keep to {MOST}")
    return Query(tuple(words), tuple(filters), order)


def _pieces(text: str) -> Iterator[re.Match[str]]:
    place = 0
    while place < len(text):
        match = PIECE.match(text, place)
        if match is None or match.end() == place:
            place += 1
            continue
        if match["phrase"] is not None and match["closed"] is None:
            raise QueryRefused(match[0], "its quotation mark is never closed", 'put a " behind the last word of it')
        yield match
        place = match.end()


def _words(match: re.Match[str]) -> Iterator[Words]:
    """A piece without a letter or digit, a lone dash say, asks for nothing."""
    text = match["phrase"] if match["phrase"] is not None else match["word"] or ""
    if re.search(r"\w", text):
        is_phrase = match["phrase"] is not None or not PLAIN.fullmatch(text)  # "12:30" is two words in a row
        yield Words(" ".join(text.split()), is_phrase, match["minus"] is not None)


def _filter(match: re.Match[str]) -> Filter:
    name = match["name"].casefold()
    if name not in FIELDS:
        near = closest(name, [*(field.value for field in Field), SORT])
        hint = f"the nearest is “{near}:”" if near else f"there are {_listed([f'{each}:' for each in Field])}"
        raise QueryRefused(match[0], f"there is no “{name}:” to search by", f"{hint}; or put it in quotation marks")
    field = FIELDS[name]
    if match["sign"] and field not in ORDERED:
        raise QueryRefused(match[0], f"{field} has no more and less", f"write {field}:{_value(match) or 'name'}")
    return Filter(field, _meaning(field, match), SIGNS[match["sign"]], match["minus"] is not None)


def filtered(field: Field, typed: str) -> Filter:
    """The filter that an option of a command asks for: a name, or a sign and a rating or number.

    Raises:
        QueryRefused: it is no rating, or no number.
    """
    value = " ".join(QUOTES.sub(" ", typed).split())
    piece = f"{field}:{value}"
    if not re.search(r"\w", value) or len(value) > LONGEST // 4:
        raise QueryRefused(piece, f"it does not say which {field}", "choose one of those that are offered")
    if field not in ORDERED:
        return Filter(field, value)
    sign = SIGN.match(value)
    rest = value[sign.end() :] if sign else value
    meant = _rating(piece, rest) if field is Field.RATING else _number(piece, rest)
    return Filter(field, meant, SIGNS[sign[0] if sign else None])


def _value(match: re.Match[str]) -> str:
    return " ".join((match["phrase"] or match["word"] or "").split())


def _meaning(field: Field, match: re.Match[str]) -> str | int | Rating:
    value = _value(match)
    if not re.search(r"\w", value):
        example = EXAMPLES.get(field, f'{field}:"a name"')
        raise QueryRefused(match[0], f"it does not say which {field}", f"write for example {example}")
    if field is Field.RATING:
        return _rating(match[0], value)
    return _number(match[0], value) if field in ORDERED else value


def _rating(piece: str, value: str) -> Rating:
    rating = RATINGS.get(value.casefold().replace(" ", "-").replace("--", "-"), RATINGS.get(value.casefold()))
    if rating is None:
        near = closest(value, [rating.label for rating in Rating])
        raise QueryRefused(
            piece,
            f"“{value}” is no rating",
            f"the nearest is {near}" if near else f"there are {_listed([rating.label for rating in Rating])}",
        )
    return rating


def _number(piece: str, value: str) -> int:
    match = NUMBER.fullmatch(value)
    if match is None:
        raise QueryRefused(piece, f"“{value}” is no number", "write digits, 5000 or 5k")
    return int(re.sub(r"\D", "", match["digits"])) * (1_000 if match["thousand"] else 1)


def _order(match: re.Match[str]) -> Order:
    value = _value(match).casefold()
    if value not in ORDERS:
        near = closest(value, list(Order)) if value else None
        hint = f"the nearest is sort:{near}" if near else f"there are {_listed([f'sort:{each}' for each in Order])}"
        raise QueryRefused(match[0], f"there is no order “{value}”", hint)
    return ORDERS[value]


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def render(query: Query) -> str:
    """The line that `parse` reads as this query again."""
    pieces = [_minus(each.negated) + _quoted(each.text, phrase=each.is_phrase) for each in query.words]
    pieces += map(piece, query.filters)
    if query.order is not None:
        pieces.append(f"{SORT}:{query.order}")
    return " ".join(pieces)


def _minus(negated: bool) -> str:
    return "-" if negated else ""


def piece(each: Filter) -> str:
    """A filter as it is written in a search."""
    sign = "" if each.comparison is Comparison.IS else each.comparison.value
    value = each.value.label if isinstance(each.value, Rating) else str(each.value)
    return f"{_minus(each.negated)}{each.field}:{sign}{_quoted(value, phrase=False)}"


def _quoted(text: str, *, phrase: bool) -> str:
    return f'"{text}"' if phrase or not PLAIN.fullmatch(text) else text
