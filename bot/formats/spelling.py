"""This room guesses what a misspelt name was meant to be."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

LIKE = 55.0
"""Of 100: below it, a name has nothing to do with what was typed."""


def nearest(text: str, names: Sequence[str]) -> str | None:
    """The name most like `text`, or None where none is at all like it."""
    best = process.extractOne(text, names, scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=LIKE)
    return None if best is None else best[0]


def closest(text: str, words: Sequence[str]) -> str | None:
    """The word of a short list most like `text`, letter by letter; None where none is at all like it."""
    best = process.extractOne(text, words, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=LIKE)
    return None if best is None else best[0]
