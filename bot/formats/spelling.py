"""This room guesses what a misspelt name was meant to be."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

LIKE = 55.0
"""Of 100: below it, a name has nothing to do with what was typed."""

CLOSE = 70.0
"""Of 100: a slip of the fingers in a word of five letters."""


def nearest(text: str, names: Sequence[str]) -> str | None:
    """The name most like `text`, or None where none is at all like it."""
    best = process.extractOne(text, names, scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=LIKE)
    return None if best is None else best[0]


def closest(text: str, words: Sequence[str]) -> str | None:
    """The word of a short list most like `text`, letter by letter; None where none is at all like it."""
    best = process.extractOne(text, words, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=LIKE)
    return None if best is None else best[0]


def likest(text: str, words: Sequence[str], count: int) -> list[str]:
    """Up to so many words that are like `text`, letter by letter, the likest first."""
    found = process.extract(text, words, scorer=fuzz.ratio, score_cutoff=CLOSE, limit=count)
    return [word for word, _, _ in found]
