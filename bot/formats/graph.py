"""This room finds the story that another one names: "sequel to Letting Go"."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.domain import names
from bot.domain.models import Link

SURE = 90.0
"""Of 100: from here on a misspelt title of the same author or series is taken for the right one."""
APART = 6.0
"""Of 100: how much likelier than the second the first has to be."""
POSSIBLE = 75.0
"""Of 100: from here on a title stands among the candidates of the to-do list."""

BY = re.compile(r"^(?P<title>.{1,200}?)[\s,(]{1,5}by\s(?P<author>[^()]{1,100}?)\)?$", re.IGNORECASE)


class Named(NamedTuple):
    """A story as a link can mean it."""

    id: int
    title: str
    authors: tuple[str, ...]
    series: str | None


class Verdict(NamedTuple):
    """Which story a link means. Without a target it stands on the to-do list, for the reason `why`, a clause."""

    target: int | None
    candidates: tuple[int, ...]
    confidence: float  # 0 to 1
    why: str = ""


class _Match(NamedTuple):
    story: Named
    likeness: float  # of 100
    near: bool  # of the same author or series, or of the author that the link names


def judge(link: Link, story: Named, candidates: Sequence[Named]) -> Verdict:
    """The story that `link`, which stands in `story`, means; never a guess between two.

    `candidates` are the archive's stories of exactly that title, and all of the same authors and the same series.
    """
    others = [each for each in candidates if each.id != story.id]
    matches = _matches(link.target, story, others)
    near = [match for match in matches if match.near]
    exact = [match for match in near or matches if match.likeness == 100]
    if len(exact) == 1:
        return Verdict(exact[0].story.id, (exact[0].story.id,), 1.0 if exact[0].near else 0.8)
    if exact:
        return _open(exact, f"{len(exact)} stories are called that")
    return _likeliest(near)


def _likeliest(near: Sequence[_Match]) -> Verdict:
    if not near:
        return Verdict(None, (), 0.0, "no story of that name is in the archive")
    best = near[0]
    apart = len(near) == 1 or best.likeness - near[1].likeness >= APART
    if best.likeness >= SURE and apart:
        return Verdict(best.story.id, (best.story.id,), round(best.likeness / 100 * 0.9, 2))
    return _open(near, "no story is called just that")


def _open(matches: Sequence[_Match], why: str) -> Verdict:
    return Verdict(None, tuple(match.story.id for match in matches), 0.0, why)


def _matches(target: str, story: Named, others: Sequence[Named]) -> list[_Match]:
    """The stories that the words may mean, likeliest first; a whole title "Stand by Me" goes before an author "Me"."""
    whole = _rated(target, _people(story), story.series, others)
    named = BY.match(target)
    if named is None or any(match.likeness == 100 for match in whole):
        return whole
    return _rated(named["title"], {names.key(named["author"])}, None, others)


def _rated(title: str, people: set[str], series: str | None, others: Sequence[Named]) -> list[_Match]:
    wanted = names.sort_key(title)
    found = [_Match(each, _likeness(wanted, each), _is_near(each, people, series)) for each in others]
    return sorted((match for match in found if match.likeness >= POSSIBLE), key=lambda match: -match.likeness)


def _likeness(wanted: str, story: Named) -> float:
    return fuzz.ratio(wanted, names.sort_key(story.title))


def _is_near(story: Named, people: set[str], series: str | None) -> bool:
    same_series = series is not None and story.series is not None and names.key(series) == names.key(story.series)
    return same_series or bool(people & _people(story))


def _people(story: Named) -> set[str]:
    return {names.key(author) for author in story.authors}
