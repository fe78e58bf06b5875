"""This room writes what SQLite's text index is asked: every word quoted, so that nothing typed is its syntax."""

import re
from collections.abc import Iterable, Sequence

from bot.domain.search import Words

_WORD = re.compile(r"[^\W_]+")
HEAD = "{title author series}"
"""The columns that a row of a list shows: what somebody may find a story by whose text does not open for them."""


def wanted(words: Iterable[Words], columns: str = "") -> str:
    """What must be there of some words, and must not; empty where nothing must be there."""
    given = list(words)
    present = _joined([each for each in given if not each.negated], " AND ")
    absent = unwanted(given)
    if not present:
        return ""
    asked = f"({present}) NOT ({absent})" if absent else present
    return f"{columns} : ({asked})" if columns else asked


def unwanted(words: Iterable[Words]) -> str:
    """What must not be there, any of it; empty where nothing is named."""
    return _joined([each for each in words if each.negated], " OR ")


def _joined(words: Sequence[Words], between: str) -> str:
    return between.join(filter(None, map(_quoted, words)))


def _quoted(words: Words) -> str:
    """A word or phrase; a star at the end of a word asks for what begins so."""
    found = " ".join(_WORD.findall(words.text))
    if not found:
        return ""
    return f'"{found}"*' if words.text.endswith("*") else f'"{found}"'
