"""This room writes what SQLite's text index is asked: every word quoted, so that nothing typed is its syntax."""

import re
from collections.abc import Iterable, Sequence

from bot.domain.search import Sought

_WORD = re.compile(r"[^\W_]+")
HEAD = "{title author series}"
"""The columns that a row of a list shows: what somebody may find a story by whose text does not open for them."""


def wanted(phrases: Iterable[Sought], columns: str = "") -> str:
    """What must be there, and must not; empty where nothing must be there."""
    given = list(phrases)
    present = _joined([each for each in given if not each.negated], " AND ")
    absent = unwanted(given)
    if not present:
        return ""
    asked = f"({present}) NOT ({absent})" if absent else present
    return f"{columns} : ({asked})" if columns else asked


def unwanted(phrases: Iterable[Sought]) -> str:
    """What must not be there, any of it; empty where nothing is named."""
    return _joined([each for each in phrases if each.negated], " OR ")


def _joined(phrases: Sequence[Sought], between: str) -> str:
    return between.join(filter(None, map(_quoted, phrases)))


def _quoted(phrase: Sought) -> str:
    """One phrase, or any of several; nothing where there is no letter or digit in it."""
    found = [" ".join(_WORD.findall(each)) for each in phrase.any_of]
    quoted = " OR ".join(f'"{each}"' for each in found if each)
    return f"({quoted})" if len(found) > 1 and quoted else quoted
