"""This room knows which episode is meant by a name, and whether a story tells of any that its reader has not seen."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.domain.episodes import SEPARATOR, Progress
from bot.domain.names import key, sort_key

LIKE = 88.0
"""Of 100: the same name with a slip or a word left out; another name is less like it."""

_UP_TO = re.compile(
    r"^(?:(?:everything|all|anything|episodes?) )?(?:up to|through|thru|until|till)(?: and including)? (?=.)"
)
_DIGITS = re.compile(r"\d+")


def lines(text: str) -> list[str]:
    """The lines of a list as it is typed, each once, without blank ones."""
    return list(dict.fromkeys(line for line in (" ".join(each.split()) for each in text.splitlines()) if line))


def place(name: str, episodes: Sequence[str]) -> int | None:
    """The number, from 1, of the episode that a name means; None where it means none of them.

    Of two that it may mean it is the later one: nothing is told too early. Numbers in names have to agree, since
    "Part 1" is very like "Part 2".
    """
    meant = sort_key(_UP_TO.sub("", key(name)))
    numbered = [(sort_key(each), number) for number, line in enumerate(episodes, start=1) for each in _names(line)]
    exact = [number for each, number in numbered if each == meant]
    if exact:
        return max(exact)
    alike = [(each, number) for each, number in numbered if _DIGITS.findall(each) == _DIGITS.findall(meant)]
    found = process.extract(meant, [each for each, _ in alike], scorer=fuzz.ratio, score_cutoff=LIKE, limit=None)
    best = max((score for _, score, _ in found), default=0.0)
    return max((alike[index][1] for _, score, index in found if score == best), default=None)


def _names(line: str) -> list[str]:
    return [line, *(name.strip() for name in line.split(SEPARATOR) if name.strip())]


def spoil(names: Sequence[str], known: Sequence[Progress]) -> bool:
    """Whether any of the names is of an episode beyond what was seen, or of none that is known."""
    return not all(any(reached) and all(reached) for reached in ([*_reached(name, known)] for name in names))


def _reached(name: str, known: Sequence[Progress]) -> list[bool]:
    """Of each list that has an episode of this name, whether it was seen."""
    places = [(place(name, each.lines), place(each.last, each.lines)) for each in known]
    return [last is not None and number <= last for number, last in places if number is not None]
