"""This room puts the stories of a series into the order they are read in, and what branches off beneath them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from bot.domain.models import LinkKind

_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,3})?")
DEEPEST = 4
"""How far a tree is indented: beyond it everything stands below each other."""


class Related(NamedTuple):
    """One story says what it is to another."""

    story_id: int
    kind: LinkKind
    target_id: int


class Branch(NamedTuple):
    """A story in the tree of a series; at depth 0 it stands in the series' own order."""

    story_id: int
    depth: int


def numbered(number: str) -> float | None:
    """The place in a series that a header names: "3", "Part 2.5"; None where it names none."""
    found = _NUMBER.search(number)
    return float(found[0]) if found else None


def gaps(numbers: Iterable[float | None]) -> list[int]:
    """The whole numbers that nothing has between the first and the last; none where too many for a series."""
    have = {int(number) for number in numbers if number is not None}
    if not have or max(have) - len(have) > 100:
        return []
    return sorted(set(range(1, max(have))) - have)


def reading_order(story_ids: Sequence[int], pairs: Iterable[tuple[int, int]]) -> list[int]:
    """`story_ids` with every (earlier, later) pair in that order, else in the order they came.

    What comes before a story moves up to it. Pairs that contradict each other (two stories that are each other's
    sequel) leave the order as it came.
    """
    known = set(story_ids)
    earlier: dict[int, list[int]] = defaultdict(list)
    for first, later in pairs:
        if first in known and later in known:
            earlier[later].append(first)
    try:
        TopologicalSorter(earlier).prepare()
    except CycleError:
        return list(story_ids)
    return list(_pulled(story_ids, earlier))


def _pulled(story_ids: Sequence[int], earlier: dict[int, list[int]]) -> Iterator[int]:
    """Each story once, what comes before it ahead of it."""
    done: set[int] = set()
    left = list(reversed(story_ids))
    while left:
        story_id = left[-1]
        waiting = [each for each in earlier.get(story_id, ()) if each not in done]
        if story_id in done or not waiting:
            left.pop()
            if story_id not in done:
                done.add(story_id)
                yield story_id
        else:
            left.extend(reversed(waiting))


def arranged(order: Sequence[int], by_hand: Sequence[int]) -> list[int]:
    """`order`, with what somebody put into order `by_hand` in that one; each other story stands behind all of those
    that come before it."""
    known = set(order)
    rank = {story_id: place for place, story_id in enumerate(by_hand, start=1) if story_id in known}
    behind: dict[int, list[int]] = defaultdict(list)
    furthest = 0
    for story_id in order:
        if story_id in rank:
            furthest = max(furthest, rank[story_id])
        else:
            behind[furthest].append(story_id)
    return [*behind[0], *(each for story_id, place in rank.items() for each in (story_id, *behind[place]))]


def pairs(links: Iterable[Related]) -> list[tuple[int, int]]:
    """(earlier, later), as far as sequels and prequels tell."""
    found: list[tuple[int, int]] = []
    for story_id, kind, target_id in links:
        if kind in (LinkKind.SEQUEL, LinkKind.FOLLOWS):
            found.append((target_id, story_id))
        elif kind is LinkKind.PREQUEL:
            found.append((story_id, target_id))
    return found


def outline(order: Sequence[int], links: Sequence[Related], outside: Sequence[int] = ()) -> list[Branch]:
    """A series with its side stories: each beneath the story it belongs to.

    What says it is a companion is a side story; of several sequels of one story the first goes on with the series and
    the others branch off. `outside` are stories of no or another series that belong to one of this.
    """
    beneath = _beneath(order, links, outside)
    aside = {child for children in beneath.values() for child in children}
    return list(_walk([story_id for story_id in order if story_id not in aside], beneath))


def _beneath(order: Sequence[int], links: Sequence[Related], outside: Sequence[int]) -> dict[int, list[int]]:
    place = {story_id: index for index, story_id in enumerate([*order, *outside])}
    within = set(order)
    beneath: dict[int, list[int]] = defaultdict(list)
    continued: set[int] = set()
    placed: set[int] = set()
    known = [link for link in links if link.story_id in place and link.target_id in place]
    for story_id, kind, target_id in sorted(known, key=lambda link: place[link.story_id]):
        goes_on = kind is not LinkKind.COMPANION and target_id not in continued and story_id in within
        if kind is LinkKind.PREQUEL or story_id in placed or target_id == story_id:
            continue
        if goes_on or kind is LinkKind.UNIVERSE:
            continued.add(target_id)
        elif target_id in within and not _is_beneath(target_id, story_id, beneath):
            beneath[target_id].append(story_id)
            placed.add(story_id)
    return beneath


def _is_beneath(story_id: int, other: int, beneath: dict[int, list[int]]) -> bool:
    """Whether a story is, or stands somewhere beneath, another one."""
    left = [other]
    while left:
        each = left.pop()
        if each == story_id:
            return True
        left.extend(beneath.get(each, ()))
    return False


def _walk(roots: Sequence[int], beneath: dict[int, list[int]]) -> Iterator[Branch]:
    left = [Branch(story_id, 0) for story_id in reversed(roots)]
    while left:
        branch = left.pop()
        yield branch
        depth = min(branch.depth + 1, DEEPEST)
        left.extend(Branch(child, depth) for child in reversed(beneath.get(branch.story_id, ())))
