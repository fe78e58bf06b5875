"""This room knows what must not come in by itself: what somebody took back, and what a moderator has to see first."""

import re
from collections.abc import Collection, Sequence
from importlib import resources
from typing import NamedTuple

from bot.domain import names
from bot.domain.documents import Manuscript
from bot.domain.models import Rating
from bot.formats.likeness import share

NEAR = 0.6
"""Share of a text's paragraphs from which on it is held to be the one that was taken back."""
WORDS = "minors.txt"


class Barred(NamedTuple):
    """The do-not-import list of an archive."""

    authors: frozenset[str] = frozenset()  # keys of their names, every spelling
    works: tuple[tuple[str, frozenset[int]], ...] = ()  # titles, and prints of the paragraphs


def held(manuscript: Manuscript, prints: Sequence[int], barred: Barred) -> str | None:
    """Why a story may not come in, a clause; None where nothing speaks against it."""
    for author in manuscript.authors:
        if names.key(author) in barred.authors:
            return f"its author {author} is on the do-not-import list"
    for title, taken_back in barred.works:
        common = share(prints, taken_back).of_shorter
        if common >= NEAR:
            return f"{common:.0%} of its paragraphs are those of “{title}”, which is on the do-not-import list"
    return None


def minors(manuscript: Manuscript, limit: Rating) -> str | None:
    """Why a moderator has to look at a story first: it is above the archive's limit, and its header speaks of minors.

    The words stand in `minors.txt`, one a line; their plurals count as well.
    """
    if manuscript.rating <= limit:
        return None
    told = "\n".join((*manuscript.cautions, *manuscript.tags, manuscript.description))
    match = _speaks_of(told)
    return f"it is rated {manuscript.rating.label} and its header says “{match}”" if match else None


def _speaks_of(text: str) -> str | None:
    words = _words()
    found = re.search(rf"\b(?:{'|'.join(map(re.escape, words))})s?\b", text, re.IGNORECASE)
    return found[0] if found else None


def _words() -> Collection[str]:
    lines = resources.files("bot.formats").joinpath(WORDS).read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
